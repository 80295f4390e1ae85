import { Reporter } from '../diagnostics/diagnostic.js';
import { renderers } from '../diagnostics/render.js';
import { visible } from '../diagnostics/visible.js';
import type { ExitCode } from './context.js';
import type { Terminal } from './terminal.js';

/** Says that twfc itself is at fault; where, only to those who ask. */
export function internalError(error: unknown, terminal: Terminal, debug: boolean): ExitCode {
  const reporter = new Reporter();
  const what = error instanceof Error ? error.message : String(error);
  const hint = debug
    ? 'Please report it, with the program that shows it and the lines below.'
    : 'Please report it, with the program that shows it; `--debug` shows where it happened.';
  reporter.reportUnplaced('TWF901', { what }, { hint });
  terminal.out(renderers.pretty(reporter.all, { colour: false, files: 0 }));
  if (debug && error instanceof Error) terminal.err(`${(error.stack ?? '').split('\n').map(visible).join('\n')}\n`);
  return 2;
}
