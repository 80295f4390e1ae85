import type { Reporter } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../source.js';
import type { Name } from '../syntax/ast.js';

/** Reports names that stand twice in one list: parameters, operations, signals. */
export function reportRepeated(
  file: SourceFile,
  names: readonly Name[],
  what: string,
  where: string,
  reporter: Reporter,
): void {
  const seen = new Map<string, Name>();
  for (const name of names) {
    const first = seen.get(name.text);
    if (first === undefined) seen.set(name.text, name);
    else if (name.text !== '') {
      reporter.report(
        file,
        'TWF303',
        name.span,
        { what, name: name.text, where },
        { labels: [{ file, span: first.span, text: 'the first one' }], hint: 'Rename one of them.' },
      );
    }
  }
}
