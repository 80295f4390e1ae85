import type { ParsedFile } from './check/program.js';
import { lintNames, type LintLevel } from './config/read.js';
import { type Diagnostic, Reporter } from './diagnostics/diagnostic.js';
import { didYouMean } from './diagnostics/suggest.js';
import type { SourceFile } from './source.js';
import { ignoreDirective } from './syntax/directives.js';

/**
 * Leaves out the warnings that the sources silence (`# twfc-ignore NAME: reason` on their line, or the line before),
 * and gives the others the level that twfc.json sets. Errors can be neither silenced nor softened.
 */
export function applyLints(
  diagnostics: readonly Diagnostic[],
  files: readonly ParsedFile[],
  levels: ReadonlyMap<string, LintLevel>,
): Diagnostic[] {
  const reporter = new Reporter();
  const silenced = new Map(files.map((file) => [file.source, silencedLines(file, reporter)]));
  return [...diagnostics, ...reporter.all].flatMap((one): Diagnostic[] => {
    if (!lintNames.has(one.name)) return [one];
    const level = levels.get(one.name) ?? one.severity;
    const here = one.file && silenced.get(one.file)?.get(one.name)?.has(one.file.position(one.span.start).line);
    return level === 'off' || here ? [] : [{ ...one, severity: level }];
  });
}

/** The lines on which a lint is silenced, by its name. */
function silencedLines({ source, comments }: ParsedFile, reporter: Reporter): Map<string, Set<number>> {
  const lines = new Map<string, Set<number>>();
  const found = comments
    .map((span) => ({ span, match: ignoreDirective.exec(source.text.slice(span.start, span.end)) }))
    .filter(({ match }) => match !== null);
  const above = new Set(
    found.filter(({ span }) => standsAlone(source, span.start)).map(({ span }) => lineOf(source, span.start)),
  );

  for (const { span, match } of found) {
    const { name = '', reason = '' } = match!.groups!;
    const mistake = mistakeIn(name, reason);
    if (mistake) {
      reporter.report(source, 'TWF025', span, { why: mistake.why }, { hint: mistake.hint });
      continue;
    }
    const line = lineOf(source, span.start);
    let next = line + 1;
    while (above.has(next)) next++;
    const set = lines.get(name) ?? new Set();
    lines.set(name, set.add(line).add(next));
  }
  return lines;
}

const hint = 'Write `# twfc-ignore NAME: reason`, with the name of a warning.';

function mistakeIn(name: string, reason: string): { why: string; hint: string } | undefined {
  if (name === '') return { why: 'it names no warning', hint };
  if (!lintNames.has(name)) {
    const why = `\`${name}\` is not the name of a warning that can be silenced`;
    return { why, hint: didYouMean(name, lintNames) ?? hint };
  }
  return reason.trim() === '' ? { why: 'it gives no reason', hint } : undefined;
}

function standsAlone(source: SourceFile, offset: number): boolean {
  const { line, column } = source.position(offset);
  return (
    source
      .lineText(line)
      .slice(0, column - 1)
      .trim() === ''
  );
}

function lineOf(source: SourceFile, offset: number): number {
  return source.position(offset).line;
}
