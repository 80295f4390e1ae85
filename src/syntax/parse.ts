import type { ParsedFile } from '../check/program.js';
import type { Reporter } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../source.js';
import { buildFile } from './build.js';
import { Grammar } from './grammar.js';
import { layout } from './layout.js';
import { lex } from './lexer.js';
import { Problems } from './problems.js';
import { restoreDefinitions } from './misspelt.js';
import { markWords } from './words.js';

let shared: Grammar | undefined;

/**
 * Reads one file. Total: it never throws, and whatever the text, it returns a tree; what is wrong with it is reported.
 * Where tabs and spaces are mixed, nothing is said about what stands where, for nobody knows.
 */
export function parseFile(source: SourceFile, reporter: Reporter): ParsedFile {
  const problems = new Problems(source);
  const lexed = lex(problems);
  const tokens = restoreDefinitions(layout(lexed.tokens, problems), problems);
  markWords(tokens);
  shared ??= new Grammar(false);
  shared.problems = problems;
  shared.input = tokens;
  const lines = shared.file();
  shared.input = [];
  const ast = buildFile(lines, problems.has('TWF107') ? problems.quiet() : problems);
  problems.reportTo(reporter, tokens);
  return { source, ast, comments: lexed.comments };
}
