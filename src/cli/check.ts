import { Reporter } from '../diagnostics/diagnostic.js';
import { loadProgram } from '../load.js';
import { checkProgram } from '../program.js';
import { type Context, type ExitCode, report } from './context.js';

/** `twfc check`: prints what is wrong with a program. */
export async function check(cx: Context): Promise<ExitCode> {
  const reporter = new Reporter();
  const program = await loadProgram(cx.host, cx.args.paths, reporter);
  if (!program) return report(cx, reporter.all, 0);
  return report(cx, checkProgram(program.sources, program.config).diagnostics, program.sources.length);
}
