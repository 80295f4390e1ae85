/** Small programs for tests, written where they are used. */
import { check } from '../check/check.js';
import { translateContract } from '../contracts/translate.js';
import { reportPromises } from '../program.js';
import type { Facts } from '../check/facts.js';
import type { ParsedFile, ProgramOptions } from '../check/program.js';
import { type Diagnostic, Reporter, sorted } from '../diagnostics/diagnostic.js';
import { applyLints } from '../lints.js';
import { SourceFile } from '../source.js';
import { parseFile } from '../syntax/parse.js';

export interface Checked {
  readonly files: readonly ParsedFile[];
  /** By file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** To be relied on only if there is no error. */
  readonly facts: Facts;
}

/** Texts of files by their paths; one text alone is `main.twf`. */
export type Sources = string | Readonly<Record<string, string>>;

export interface ProgramSettings {
  readonly namespace?: string;
  readonly taskQueue?: string;
  readonly externs?: string;
  readonly families?: Readonly<Record<string, readonly string[]>>;
  /** What namespaces are called on the Temporal Service, by their names in the program. */
  readonly deployed?: Readonly<Record<string, string>>;
  /** Texts of files beside the program's own, by their paths. */
  readonly texts?: Readonly<Record<string, string>>;
  /** Texts of contract files that the program's services have promised. */
  readonly baseline?: readonly string[];
  /** The namespaces of files, by their paths. */
  readonly namespaces?: Readonly<Record<string, string>>;
}

/** Checks a program. Texts may be indented as a whole, so that they can stand in a test. */
export function checkTexts(sources: Sources, settings: ProgramSettings = {}): Checked {
  const texts = typeof sources === 'string' ? { 'main.twf': sources } : sources;
  const options: ProgramOptions = {
    namespace: settings.namespace ?? 'default',
    taskQueue: settings.taskQueue ?? 'main',
    externs: settings.externs,
    families: settings.families,
    deployedName: (namespace) => settings.deployed?.[namespace] ?? namespace,
    readText: (path) => settings.texts?.[path],
    namespaceOf: (path) => settings.namespaces?.[path],
  };
  const reporter = new Reporter();
  const files = Object.entries(texts).map(([path, text]) => parseFile(new SourceFile(path, dedent(text)), reporter));
  const facts = check({ files, options, reporter });
  const baseline = (settings.baseline ?? []).flatMap(
    (text) => translateContract(new SourceFile('promised.nexusrpc.yaml', text), reporter) ?? [],
  );
  reportPromises({ parsed: files, facts, baseline, reporter });
  return { files, diagnostics: sorted(applyLints(reporter.all, files, new Map())), facts: facts() };
}

/** `TWF308 total`: the code of a diagnostic, and the text that it marks. */
export function spoken({ code, file, span }: Diagnostic): string {
  return `${code} ${file!.text.slice(span.start, span.end)}`;
}

/** What is wrong with a program: errors and warnings, each as its code and the text that it marks. */
export function problemsOf(sources: Sources, settings?: ProgramSettings): string[] {
  return checkTexts(sources, settings)
    .diagnostics.filter(({ severity }) => severity !== 'hint')
    .map(spoken);
}

/** Takes away the indentation that all lines have, and the empty line at the start. */
export function dedent(text: string): string {
  const body = text.replace(/^\n/, '');
  const indents = body
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => /^ */.exec(line)![0].length);
  const least = indents.length > 0 ? Math.min(...indents) : 0;
  return body.replaceAll(new RegExp(`^ {${least}}`, 'gm'), '');
}
