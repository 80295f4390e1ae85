import { parseArgs } from 'node:util';
import type { Reporter } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import { type CommandSpec, commonOptions, type OptionSpec } from './commands.js';

/** What was given after the name of a command. Options that were left out are absent. */
export interface Arguments {
  /** Of a command with actions: which. */
  readonly action: string | undefined;
  readonly paths: readonly string[];
  readonly switches: ReadonlySet<string>;
  /** The values of each option, in order; of one that cannot be repeated, the last alone. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

export function valueOf(args: Arguments, option: string): string | undefined {
  return args.values.get(option)?.at(-1);
}

/** @returns undefined when they make no sense: that has been reported */
export function parseArguments(
  command: CommandSpec,
  argv: readonly string[],
  reporter: Reporter,
): Omit<Arguments, 'action'> | undefined {
  const before = reporter.all.length;
  const { options } = command;
  const others = commonOptions.filter((one) => !options.some(({ name }) => name === one.name));
  const specs: readonly OptionSpec[] = [...options, ...others];
  const { tokens } = parseArgs({
    args: [...argv],
    options: Object.fromEntries(
      specs.map(({ name, short, value }) => [
        name,
        { type: value === undefined ? 'boolean' : 'string', ...(short !== undefined && { short }) } as const,
      ]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const paths: string[] = [];
  const switches = new Set<string>();
  const values = new Map<string, readonly string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(token.value);
    if (token.kind !== 'option') continue;
    const { rawName: option, value } = token;
    const spec = specs.find(({ name }) => name === token.name);
    if (!spec) {
      const names = specs.map(({ name }) => `--${name}`);
      const hint = didYouMean(option, names) ?? `\`twfc ${command.name} --help\` lists its options.`;
      reporter.reportUnplaced('TWF031', { command: `twfc ${command.name}`, option }, { hint });
    } else if (fits(spec, value, token.inlineValue === true)) {
      if (value === undefined) switches.add(spec.name);
      else values.set(spec.name, [...(spec.many ? (values.get(spec.name) ?? []) : []), value]);
    } else reporter.reportUnplaced('TWF032', { option, expected: expectation(spec) });
  }
  return reporter.all.length === before ? { paths, switches, values } : undefined;
}

function fits({ value: wanted, choices, number }: OptionSpec, value: string | undefined, inline: boolean): boolean {
  if (wanted === undefined || value === undefined) return wanted === value;
  // `--out --check`: the value has been forgotten.
  if (!inline && /^-[a-zA-Z-]/.test(value)) return false;
  return number ? /^\d{1,9}$/.test(value) : (choices?.includes(value) ?? value !== '');
}

function expectation({ value, choices, number }: OptionSpec): string {
  if (value === undefined) return 'no value';
  if (number) return `a whole number: ${value}`;
  return choices ? `one of ${choices.map((choice) => `\`${choice}\``).join(', ')}` : `a value: ${value}`;
}
