import { posix } from 'node:path';
import type { DeclaredType } from '../check/facts.js';
import { declarationsFor, declarationText } from '../declare.js';
import { Reporter } from '../diagnostics/diagnostic.js';
import { counted } from '../diagnostics/render.js';
import { type Host, reasonOf } from '../host.js';
import { loadProgram } from '../load.js';
import { checkProgram } from '../program.js';
import type { SourceFile } from '../source.js';
import { type Context, type ExitCode, exitCodeOf, report, say } from './context.js';

/** `twfc types`: prints the types of a program, or adds declarations of those that are inferred to its files. */
export async function types(cx: Context): Promise<ExitCode> {
  const reporter = new Reporter();
  const program = loadProgram(cx.host, cx.args.paths, reporter);
  if (!program) return report(cx, reporter.all, 0);
  const { sources, config } = program;
  const { diagnostics, facts } = checkProgram(sources, config);
  if (!facts) return report(cx, diagnostics, sources.length);
  if (!cx.args.switches.has('write')) {
    cx.terminal.out(facts().types.map(printed).join('\n'));
    return 0;
  }
  const { added, declared, left } = declarationsFor(sources, config, facts());
  if (!append(cx.host, added, reporter)) return report(cx, reporter.all, 0);
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

/**
 * Adds text to the ends of files: to all or to none, as far as the file system lets it.
 *
 * @returns whether it did: what it could not do has been reported
 */
function append(host: Host, added: ReadonlyMap<SourceFile, string>, reporter: Reporter): boolean {
  const written: { readonly from: string; readonly to: string }[] = [];
  let at = '';
  try {
    for (const [{ path, text }, addition] of added) {
      at = path;
      const to = host.realPath(path);
      const before = textOf(host, to);
      if (before.replace(/^\uFEFF/, '') !== text) return changed(path, reporter);
      const from = posix.join(posix.dirname(to), `.${posix.basename(to)}.twfc-${process.pid}`);
      written.push({ from, to });
      host.write(from, before + addition);
    }
    for (const { path, text } of added.keys()) {
      if (textOf(host, path).replace(/^\uFEFF/, '') !== text) return changed(path, reporter);
    }
    for (const { from, to } of written) host.rename(from, (at = to));
    return true;
  } catch (error) {
    reporter.reportUnplaced('TWF041', { path: at, reason: reasonOf(error) });
    return false;
  } finally {
    for (const { from } of written) if (host.kind(from) !== undefined) host.remove(from);
  }
}

function changed(path: string, reporter: Reporter): false {
  reporter.reportUnplaced('TWF028', { path }, { hint: 'Run `twfc types --write` again.' });
  return false;
}

/** With its byte order mark, if it has one. */
function textOf(host: Host, path: string): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(host.read(path));
}
