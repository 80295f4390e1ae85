/** THE table of commands and their options. Loaded before anything else: it imports nothing. */

export interface OptionSpec {
  readonly name: string;
  readonly short?: string;
  /** What stands after it, as the help names it; without one it is a switch. */
  readonly value?: string;
  /** The only values that it takes. */
  readonly choices?: readonly string[];
  /** It takes a whole number. */
  readonly number?: true;
  /** It may be given several times. */
  readonly many?: true;
  readonly help: string;
}

export interface CommandSpec {
  readonly name: string;
  readonly usage: string;
  readonly help: string;
  readonly options: readonly OptionSpec[];
}

export const commonOptions = [
  {
    name: 'format',
    value: 'FORMAT',
    choices: ['pretty', 'short', 'json'],
    help: 'how diagnostics are printed: pretty (the default), short, or json, which has hints too',
  },
  { name: 'max-warnings', value: 'N', number: true, help: 'fail when there are more warnings than this' },
  { name: 'color', help: 'colour the output, whatever it goes to' },
  { name: 'no-color', help: 'never colour it (as NO_COLOR does)' },
  { name: 'quiet', short: 'q', help: 'print errors and results, and nothing else' },
  { name: 'debug', help: 'on an internal error, show where it happened' },
] as const satisfies readonly OptionSpec[];

export const commands = [
  {
    name: 'check',
    usage: '[paths…]',
    help: 'check a program, and print what is wrong with it',
    options: [],
  },
  {
    name: 'build',
    usage: '[paths…]',
    help: 'check a program, and write the TypeScript that it becomes',
    options: [
      { name: 'out', short: 'o', value: 'DIR', help: 'where to write it (default: `out` of twfc.json, or generated/)' },
      { name: 'check', help: 'write nothing, and fail when what is there is not up to date' },
    ],
  },
  {
    name: 'fmt',
    usage: '[paths…]',
    help: 'format the files of a program',
    options: [
      { name: 'check', help: 'write nothing, list the files that are not formatted, and fail if there are any' },
      {
        name: 'dialect',
        value: 'DIALECT',
        choices: ['current', 'classic'],
        help: 'write all in one dialect, as far as it has what is said, and list what it has not',
      },
      { name: 'stdin', help: 'format what comes in, and print it (also: `twfc fmt -`)' },
    ],
  },
  {
    name: 'types',
    usage: '[paths…]',
    help: 'print the types of a program, declared and inferred',
    options: [{ name: 'write', help: 'add declarations of the inferred ones to the ends of the files' }],
  },
  {
    name: 'run',
    usage: '[paths…] --type WORKFLOW',
    help: 'run a workflow on a Temporal Service, and print its result as JSON',
    options: [
      { name: 'type', value: 'WORKFLOW', help: 'the workflow; may be left out where only one is called by no other' },
      { name: 'input', short: 'i', value: 'JSON', many: true, help: 'an argument of the workflow; once for each' },
      { name: 'workflow-id', short: 'w', value: 'ID', help: 'its workflow id (default: its name and a random part)' },
      { name: 'trace', help: 'print what happens, as it happens' },
    ],
  },
] as const satisfies readonly CommandSpec[];

export type CommandName = (typeof commands)[number]['name'];

export function usage(): string {
  const rows = commands.map(({ name, usage, help }) => [`${name} ${usage}`, help] as const);
  return [
    'twfc compiles TWF (Temporal Workflow Format) to TypeScript.',
    '',
    'Usage: twfc COMMAND [paths…] [options]',
    '',
    'A path is a .twf file or a folder, which is searched; without one, the current folder is meant.',
    '',
    'Commands:',
    ...table(rows),
    '',
    'Options of every command:',
    ...table(commonOptions.map(optionRow)),
    ...table([
      ['--help', 'print this, or the help of a command'],
      ['--version', 'print the version of twfc'],
    ]),
    '',
    'Exit codes: 0 fine; 1 the program has errors, or its workflow failed; 2 the command could not do its work.',
    '',
  ].join('\n');
}

export function commandUsage({ name, usage, help, options }: CommandSpec): string {
  const own = options.length > 0 ? ['Options:', ...table(options.map(optionRow)), ''] : [];
  return [
    `Usage: twfc ${name} ${usage} [options]`,
    '',
    `${help[0]!.toUpperCase()}${help.slice(1)}.`,
    '',
    ...own,
    'Options of every command:',
    ...table(commonOptions.map(optionRow)),
    '',
  ].join('\n');
}

function optionRow({ name, short, value, help }: OptionSpec): readonly [string, string] {
  return [`${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`, help];
}

function table(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(24, ...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
