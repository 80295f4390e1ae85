/** Measures the phases of the compiler on one generated program: `measure LINES`. Run by bench.mjs, which bundles it. */
import { check } from '../src/check/check.js';
import { Reporter } from '../src/diagnostics/diagnostic.js';
import { emit } from '../src/emit/emit.js';
import { SourceFile } from '../src/source.js';
import { layout } from '../src/syntax/layout.js';
import { lex } from '../src/syntax/lexer.js';
import { parseFile } from '../src/syntax/parse.js';
import { Problems } from '../src/syntax/problems.js';
import { generateProgram } from './generate.mjs';

const options = { taskQueue: 'main', namespace: 'default', namespaceOf: () => undefined };
const source = new SourceFile('program.twf', generateProgram(Number(process.argv[2])));
const rounds = source.lineCount > 50_000 ? 3 : 7;

const phases = ['lexing', 'parsing', 'checking', 'emitting'] as const;
const best: Record<(typeof phases)[number], number> = {
  lexing: Infinity,
  parsing: Infinity,
  checking: Infinity,
  emitting: Infinity,
};

for (let round = 0; round < rounds; round++) {
  const time = <T>(phase: keyof typeof best, run: () => T): T => {
    globalThis.gc?.();
    const from = performance.now();
    const result = run();
    best[phase] = Math.min(best[phase], performance.now() - from);
    return result;
  };
  time('lexing', () => {
    const problems = new Problems(source);
    return layout(lex(problems).tokens, problems);
  });
  const reporter = new Reporter();
  const file = time('parsing', () => parseFile(source, reporter));
  const facts = time('checking', () => check({ files: [file], options, reporter }));
  const errors = reporter.all.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`the generated program has an error: ${errors[0]!.message}`);
  time('emitting', () => emit({ files: [file], facts: facts(), version: '0' }));
}
// Parsing begins with lexing: what it adds to that is its own.
best.parsing -= best.lexing;
const peak = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ lines: source.lineCount, bytes: source.text.length, ...best, peak }));
