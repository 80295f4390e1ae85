import { posix } from 'node:path';
import { type Diagnostic, Reporter } from '../diagnostics/diagnostic.js';
import { counted } from '../diagnostics/render.js';
import type { Emitted } from '../emit/emit.js';
import { loadProgram } from '../load.js';
import { compile } from '../program.js';
import type { SourceFile } from '../source.js';
import { valueOf } from './arguments.js';
import { type Context, type ExitCode, exitCodeOf, report, say } from './context.js';
import { isUpToDate, markedMap, type OutputPlan, planOutput, writeOutput } from './output.js';

/** `twfc build`: writes the TypeScript that a program becomes, if it has no errors. */
export async function build(cx: Context): Promise<ExitCode> {
  const reporter = new Reporter();
  const program = await loadProgram(cx.host, cx.args.paths, reporter);
  if (!program) return report(cx, reporter.all, 0);

  const { sources, config } = program;
  const out = valueOf(cx.args, 'out');
  const folder = out === undefined ? config.out : posix.resolve(cx.host.cwd, out);
  const sourcePath = ({ path }: SourceFile) => posix.relative(folder, posix.resolve(cx.host.cwd, path));
  const { diagnostics, files } = compile(sources, {
    ...config,
    sourcePath,
    externs: config.externs && importPath(folder, config.externs),
    importPath: (path) => importPath(folder, posix.resolve(cx.host.cwd, path)),
  });
  const outcome = exitCodeOf(cx, diagnostics) === 0 ? update(cx, folder, files) : nothing;
  const code = report(cx, [...diagnostics, ...outcome.diagnostics], sources.length);
  for (const line of outcome.lines) say(cx, line);
  return code || outcome.code;
}

/** How a generated file imports a module of the author. */
function importPath(folder: string, module: string): string {
  const path = posix.relative(folder, module).replace(/(?:\.d)?\.([cm]?)[jt]sx?$/, '.$1js');
  return path.startsWith('.') ? path : `./${path}`;
}

interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  readonly lines: readonly string[];
  readonly code: ExitCode;
}

const nothing: Outcome = { diagnostics: [], lines: [], code: 0 };

/** Brings the output folder up to date, or says whether it is. */
function update({ host, args }: Context, folder: string, files: readonly Emitted[]): Outcome {
  const reporter = new Reporter();
  const shown = posix.relative(host.cwd, folder) || '.';
  const output = files.flatMap(({ path, text, map }) => [
    { path, text },
    { path: `${path}.map`, text: markedMap(map) },
  ]);
  const plan = planOutput(host, folder, output, reporter);
  const failed = () => ({ ...nothing, diagnostics: reporter.all });
  if (!plan) return failed();
  if (isUpToDate(plan)) return { ...nothing, lines: [`${shown} is up to date.`] };
  if (args.switches.has('check')) {
    const line = `${shown} is not up to date (${changes(plan)}): run \`twfc build\`.`;
    return { diagnostics: [], lines: [line], code: 1 };
  }
  if (!writeOutput(host, plan, reporter)) return failed();
  return { ...nothing, lines: [`${shown} is up to date now: ${changes(plan)}.`] };
}

function changes({ write, remove }: OutputPlan): string {
  const parts = [
    ...(write.length > 0 ? [`${counted(write.length, 'file')} new or changed`] : []),
    ...(remove.length > 0 ? [`${counted(remove.length, 'file')} no longer generated`] : []),
  ];
  return parts.join(', ');
}
