import type { Host } from '../host.js';
import { version } from '../version.js';
import { calledCommand, type CommandName, commandUsage, usage } from './commands.js';
import type { Context, ExitCode } from './context.js';
import { processTerminal, type Terminal } from './terminal.js';

/** Loaded when they are asked for: the parser and the Temporal SDK take longer to load than most commands to run. */
const implementations: Readonly<Record<CommandName, () => Promise<(cx: Context) => Promise<ExitCode>>>> = {
  check: async () => (await import('./check.js')).check,
  build: async () => (await import('./build.js')).build,
  fmt: async () => (await import('./fmt.js')).fmt,
  types: async () => (await import('./types.js')).types,
  run: async () => (await import('./run/run.js')).run,
  contracts: async () => (await import('./contracts/contracts.js')).contracts,
  endpoints: async () => (await import('./endpoints/endpoints.js')).endpoints,
};

/**
 * Runs the command line, and never throws.
 *
 * @param argv what stands after `twfc`
 */
export async function main(
  argv: readonly string[],
  terminal: Terminal = processTerminal(),
  host?: Host,
): Promise<ExitCode> {
  const given = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : argv.length);
  const called = calledCommand(argv);
  if (given.includes('--version')) {
    terminal.out(`${version}\n`);
    return 0;
  }
  if (given.includes('--help') || given.includes('-h') || argv[0] === 'help') {
    terminal.out(called ? commandUsage(called.spec) : usage());
    return 0;
  }
  if (argv[0] === undefined) {
    terminal.err(usage());
    return 2;
  }
  try {
    const { start } = await import('./start.js');
    return await start(argv, { called, terminal, host, load: (name) => implementations[name]() });
  } catch (error) {
    const { internalError } = await import('./internal-error.js');
    return internalError(error, terminal, argv.includes('--debug') || Boolean(terminal.env['TWFC_DEBUG']));
  }
}
