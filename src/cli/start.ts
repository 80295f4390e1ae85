import { Reporter } from '../diagnostics/diagnostic.js';
import { nearest } from '../diagnostics/suggest.js';
import { type Host, nodeHost } from '../host.js';
import { type Arguments, parseArguments } from './arguments.js';
import { type CommandName, commands } from './commands.js';
import { type Context, type ExitCode, report } from './context.js';
import type { Terminal } from './terminal.js';

export interface Start {
  readonly command: (typeof commands)[number] | undefined;
  readonly terminal: Terminal;
  readonly host: Host | undefined;
  load(name: CommandName): Promise<(cx: Context) => Promise<ExitCode>>;
}

/** Reads the arguments of a command, and runs it. */
export async function start(argv: readonly string[], { command, terminal, host, load }: Start): Promise<ExitCode> {
  const reporter = new Reporter();
  const args = command ? parseArguments(command, argv.slice(1), reporter) : unknown(argv[0]!, reporter);
  const cx = { host: host ?? nodeHost(), terminal, args: args ?? none };
  if (!command || !args) return report(cx, reporter.all, 0);
  const run = await load(command.name);
  return await run(cx);
}

const none: Arguments = { paths: [], switches: new Set(), values: new Map() };

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
