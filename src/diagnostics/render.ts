import pc from 'picocolors';
import type { SourceFile, Span } from '../source.js';
import type { Severity } from './define.js';
import type { Diagnostic, Label } from './diagnostic.js';
import { frameOf } from './frame.js';
import { renderJson } from './render-json.js';
import { visible } from './visible.js';

export type Format = 'pretty' | 'short' | 'json';

export interface RenderOptions {
  readonly colour: boolean;
  /** How many files were looked at. */
  readonly files: number;
}

/** The text to print for diagnostics, in the given order: empty, or with a line break at its end. */
export const renderers: Readonly<
  Record<Format, (diagnostics: readonly Diagnostic[], options: RenderOptions) => string>
> = {
  pretty: (diagnostics, { colour }) => {
    const palette = paletteOf(colour);
    return diagnostics.map((one) => `${pretty(one, palette)}\n`).join('');
  },
  short: (diagnostics) => diagnostics.map((one) => `${short(one)}\n`).join(''),
  json: (diagnostics, { files }) => renderJson(diagnostics, files),
};

/** "2 errors, 1 warning in 3 files". */
export function summary(diagnostics: readonly Diagnostic[], files: number): string {
  const count = (severity: Severity) => diagnostics.filter((one) => one.severity === severity).length;
  const counts = [counted(count('error'), 'error'), counted(count('warning'), 'warning')];
  const said = counts.filter((text) => !text.startsWith('0 '));
  return `${said.join(', ') || 'no errors'} in ${counted(files, 'file')}`;
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function short({ file, span, severity, code, name, message }: Diagnostic): string {
  const where = file ? `${place(file, span)}: ` : '';
  return `${where}${severity} ${code} ${name}: ${visible(message)}`;
}

function pretty(diagnostic: Diagnostic, palette: Palette): string {
  const { file, span, severity, code, name, message, labels, hint } = diagnostic;
  const strong = palette.severity[severity];
  const title = `${strong(`${severity}[${name}]`)}${palette.bold(`: ${paragraph(message, 0)}`)}`;
  if (!file) return [`${title} ${palette.dim(`(${code})`)}`, ...help(hint, 2, palette)].join('\n') + '\n';

  const own = labels.find((label) => isAt(label, file, span));
  const others = labels.filter((label) => label !== own);
  const lines = [span, ...others.map((label) => label.span)].map(({ start }, index) => {
    return (index === 0 ? file : others[index - 1]!.file).position(start).line;
  });
  const width = Math.max(3, ...lines.map((line) => String(line).length));
  const gutter = (line: number | '') => palette.dim(` ${String(line).padStart(width)} |`);

  const marked = (source: SourceFile, at: Span, mark: string, text: string, paint: Paint) => {
    const frame = frameOf(source, at);
    const marks = paint(`${mark.repeat(frame.marked)}${text && ` ${paragraph(text, 0)}`}`);
    return [`${gutter(frame.line)} ${frame.text}`.trimEnd(), `${gutter('')} ${' '.repeat(frame.before)}${marks}`];
  };

  let shownFile = file;
  return [
    title,
    `${' '.repeat(width)} ${palette.dim('-->')} ${place(file, span)} ${palette.dim(`(${code})`)}`,
    ...marked(file, span, '^', own?.text ?? '', strong),
    ...others.flatMap((label) => {
      const change =
        label.file === shownFile ? [] : [`${' '.repeat(width)} ${palette.dim(':::')} ${place(label.file, label.span)}`];
      shownFile = label.file;
      return [...change, ...marked(label.file, label.span, '-', label.text, palette.label)];
    }),
    ...help(hint, width, palette),
    '',
  ].join('\n');
}

function help(hint: string | undefined, indent: number, palette: Palette): string[] {
  return hint === undefined ? [] : [`${' '.repeat(indent)}${palette.help('help')}: ${paragraph(hint, indent + 6)}`];
}

/** Further lines are indented, so that none can pass for a line of ours. */
function paragraph(text: string, indent: number): string {
  return text
    .split('\n')
    .map(visible)
    .join(`\n${' '.repeat(Math.max(2, indent))}`);
}

function place(file: SourceFile, span: Span): string {
  const { line, column } = file.position(span.start);
  // People count characters; the positions of the compiler count UTF-16 units.
  const { length } = Array.from(file.lineText(line).slice(0, column - 1));
  return `${visible(file.path)}:${line}:${length + 1}`;
}

function isAt(label: Label, file: SourceFile, span: Span): boolean {
  return label.file === file && label.span.start === span.start && label.span.end === span.end;
}

type Paint = (text: string) => string;

interface Palette {
  readonly severity: Readonly<Record<Severity, Paint>>;
  readonly label: Paint;
  readonly help: Paint;
  readonly bold: Paint;
  readonly dim: Paint;
}

function paletteOf(colour: boolean): Palette {
  const { bold, red, yellow, cyan, blue, green, dim } = pc.createColors(colour);
  return {
    severity: {
      error: (text) => bold(red(text)),
      warning: (text) => bold(yellow(text)),
      hint: (text) => bold(cyan(text)),
    },
    label: blue,
    help: (text) => bold(green(text)),
    bold,
    dim,
  };
}
