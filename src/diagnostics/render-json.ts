import type { SourceFile, Span } from '../source.js';
import type { Diagnostic } from './diagnostic.js';
import { escapedJson } from './visible.js';

/** One object for other programs; its shape is settled by `version`. */
export function renderJson(diagnostics: readonly Diagnostic[], files: number): string {
  const count = (severity: Diagnostic['severity']) => diagnostics.filter((one) => one.severity === severity).length;
  const output = {
    version: 1,
    diagnostics: diagnostics.map(({ code, name, severity, message, file, span, labels, hint, fixes }) => ({
      code,
      name,
      severity,
      message,
      ...placeOf(file, span),
      labels: labels.map((label) => ({ ...placeOf(label.file, label.span), text: label.text })),
      hint: hint ?? null,
      fixes: fixes.map(({ title, edits }) => ({
        title,
        edits: edits.map((edit) => ({ ...placeOf(edit.file, edit.span), text: edit.text })),
      })),
    })),
    summary: { files, errors: count('error'), warnings: count('warning') },
  };
  return `${escapedJson(JSON.stringify(output, undefined, 2))}\n`;
}

function placeOf(file: SourceFile | undefined, { start, end }: Span) {
  return {
    file: file?.path ?? null,
    range: file ? { start: file.position(start), end: file.position(end) } : null,
    offset: file ? [start, end] : null,
  };
}
