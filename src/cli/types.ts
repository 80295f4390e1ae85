import type { DeclaredType } from '../check/facts.js';
import { declarationsFor, declarationText } from '../declare.js';
import { Reporter } from '../diagnostics/diagnostic.js';
import { counted } from '../diagnostics/render.js';
import { loadProgram } from '../load.js';
import { checkProgram } from '../program.js';
import { type Context, type ExitCode, exitCodeOf, report, say } from './context.js';
import { replaceSources } from './replace.js';

/** `twfc types`: prints the types of a program, or adds declarations of those that are inferred to its files. */
export async function types(cx: Context): Promise<ExitCode> {
  const reporter = new Reporter();
  const program = await loadProgram(cx.host, cx.args.paths, reporter);
  if (!program) return report(cx, reporter.all, 0);
  const { sources, config } = program;
  const { diagnostics, facts } = checkProgram(sources, config);
  if (!facts) return report(cx, diagnostics, sources.length);
  if (!cx.args.switches.has('write')) {
    cx.terminal.out(facts().types.map(printed).join('\n'));
    return 0;
  }
  const { added, declared, left } = declarationsFor(sources, config, facts());
  const texts = new Map([...added].map(([source, addition]) => [source, source.text + addition]));
  if (!replaceSources(cx.host, texts, reporter)) return report(cx, reporter.all, 0);
  for (const { path } of added.keys()) say(cx, `${path} has new declarations at its end.`);
  for (const { name, why } of left) say(cx, `\`${name}\` is not declared: ${why}.`);
  say(cx, declared.length > 0 ? `${counted(declared.length, 'type')} declared.` : 'There is nothing to declare.');
  return exitCodeOf(cx, reporter.all);
}

/** A declaration, below where it comes from. */
function printed(declared: DeclaredType): string {
  const isInferred = declared.kind === 'record' && !declared.type.declared;
  const origin = isInferred ? declared.origin : undefined;
  const place = origin ? `: ${origin.file.path}:${origin.file.position(origin.span.start).line}` : '';
  return `${isInferred ? `# Inferred from use${place}\n` : ''}${declarationText(declared)}`;
}
