import { loadConfig } from '../config/config.js';
import { Reporter } from '../diagnostics/diagnostic.js';
import { counted } from '../diagnostics/render.js';
import { formatAs, type InDialect } from '../format/dialects.js';
import { format, type Formatted } from '../format/format.js';
import type { Dialect } from '../syntax/ast.js';
import { SourceFile, type Span } from '../source.js';
import { decodeSource, loadSources } from '../sources.js';
import { valueOf } from './arguments.js';
import { type Context, type ExitCode, report, say } from './context.js';
import { replaceSources } from './replace.js';

/** How messages name what came in on the standard input. */
const INPUT = '<stdin>';

/** `twfc fmt`: formats files in their places, or what comes in to what goes out. */
export async function fmt(cx: Context): Promise<ExitCode> {
  const { args } = cx;
  const isInput = args.switches.has('stdin') || (args.paths.length === 1 && args.paths[0] === '-');
  return isInput ? formatInput(cx) : formatFiles(cx);
}

function formatInput(cx: Context): ExitCode {
  const reporter = new Reporter();
  const source = decodeSource(INPUT, cx.host.readInput(), reporter);
  if (!source) return report(cx, reporter.all, 0);
  const formatted = formatSources(cx, [source]).get(source)!;
  if (cx.args.switches.has('check')) return formatted.text === source.text ? 0 : 1;
  cx.terminal.out(formatted.text);
  return 0;
}

function formatFiles(cx: Context): ExitCode {
  const { host, args } = cx;
  const reporter = new Reporter();
  const config = loadConfig(host, args.paths, reporter);
  const sources = config ? loadSources(host, { paths: args.paths, belongs: config.belongs }, reporter) : [];
  if (reporter.all.length > 0) return report(cx, reporter.all, 0);
  const texts = new Map<SourceFile, string>();
  for (const [source, { text }] of formatSources(cx, sources)) if (text !== source.text) texts.set(source, text);
  const paths = [...texts.keys()].map(({ path }) => path);
  if (args.switches.has('check')) {
    for (const path of paths) cx.terminal.out(`${path}\n`);
    say(cx, `${counted(sources.length, 'file')} checked, ${paths.length} not formatted.`);
    return paths.length > 0 ? 1 : 0;
  }
  if (!replaceSources(host, texts, reporter)) return report(cx, reporter.all, 0);
  for (const path of paths) say(cx, `${path} is formatted.`);
  say(cx, `${counted(sources.length, 'file')}, ${paths.length} changed.`);
  return 0;
}

/** Formats all, and says what is left as it is. */
function formatSources(cx: Context, sources: readonly SourceFile[]): ReadonlyMap<SourceFile, Formatted> {
  const dialect = valueOf(cx.args, 'dialect') as Dialect | undefined;
  if (dialect === undefined) {
    const formatted = new Map(sources.map((source) => [source, format(source)]));
    for (const [source, one] of formatted) sayKept(cx, source, one);
    return formatted;
  }
  const converted = formatAs(sources, dialect);
  for (const [source, one] of converted) {
    sayKept(cx, source, one);
    sayLeft(cx, source.path, one, dialect);
  }
  return converted;
}

function sayKept(cx: Context, source: SourceFile, { kept }: Formatted): void {
  for (const { error } of kept) {
    say(cx, `${placeOf(source, error.span)}: left as it is, for it cannot be read: ${error.message}`);
  }
}

/** Places are those in the result: there the author will look for them. */
function sayLeft(cx: Context, path: string, { text, left }: InDialect, dialect: Dialect): void {
  const result = new SourceFile(path, text);
  for (const { what, span } of left) {
    say(cx, `${placeOf(result, span)}: left as it is: ${what} cannot be said in the ${dialect} dialect.`);
  }
}

function placeOf(source: SourceFile, { start }: Span): string {
  const { line, column } = source.position(start);
  return `${source.path}:${line}:${column}`;
}
