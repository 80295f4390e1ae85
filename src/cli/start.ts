import { Reporter } from '../diagnostics/diagnostic.js';
import { didYouMean, nearest } from '../diagnostics/suggest.js';
import { type Host, nodeHost } from '../host.js';
import { type Arguments, parseArguments } from './arguments.js';
import { type Called, type CommandName, commands } from './commands.js';
import { type Context, type ExitCode, report } from './context.js';
import type { Terminal } from './terminal.js';

export interface Start {
  readonly called: Called | undefined;
  readonly terminal: Terminal;
  readonly host: Host | undefined;
  load(name: CommandName): Promise<(cx: Context) => Promise<ExitCode>>;
}

/** Reads the arguments of a command, and runs it. */
export async function start(argv: readonly string[], { called, terminal, host, load }: Start): Promise<ExitCode> {
  const reporter = new Reporter();
  const args = called ? read(called, reporter) : unknown(argv[0]!, reporter);
  const cx = { host: host ?? nodeHost(), terminal, args: args ?? none };
  if (!called || !args) return report(cx, reporter.all, 0);
  const run = await load(called.name);
  return await run(cx);
}

function read({ name, spec, action, rest }: Called, reporter: Reporter): Arguments | undefined {
  const { actions } = spec;
  if (actions) {
    const names = actions.map((one) => one.name);
    const hint =
      (action === undefined ? undefined : didYouMean(action, names)) ?? `\`twfc ${name} --help\` explains them.`;
    const values = { command: `twfc ${name}`, actions: names.map((one) => `\`${one}\``).join(', ') };
    return reporter.reportUnplaced('TWF080', values, { hint });
  }
  const args = parseArguments(spec, rest, reporter);
  return args && { ...args, action };
}

const none: Arguments = { action: undefined, paths: [], switches: new Set(), values: new Map() };

function unknown(command: string, reporter: Reporter): undefined {
  const names = commands.map(({ name }) => name);
  const near = nearest(command, names);
  const hint = command.startsWith('-')
    ? 'The command comes first: `twfc check --quiet`.'
    : near !== undefined
      ? `Did you mean \`${near}\`?`
      : /[./\\]/.test(command)
        ? `To check it: \`twfc check ${command}\`.`
        : `There are ${names.join(', ')}: see \`twfc --help\`.`;
  return reporter.reportUnplaced('TWF030', { command }, { hint });
}
