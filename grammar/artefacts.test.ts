/** The files that are made of the compiler's tables are up to date (`vitest -u` writes them), and do what they are for. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import { keywords, type KeywordWord } from '../src/syntax/keywords.js';
import { layout } from '../src/syntax/layout.js';
import { endOf, lex } from '../src/syntax/lexer.js';
import { Problems } from '../src/syntax/problems.js';
import { Duration, keyword, Numeral, Text, Word } from '../src/syntax/tokens.js';
import { markWords } from '../src/syntax/words.js';
import { SourceFile } from '../src/source.js';
import { parseText } from '../src/testing/parse.js';
import { repositoryPrograms } from '../src/testing/programs.js';
import { diagnostics, railroad, textMate } from './artefacts.js';
import { scopesOf } from './textmate.js';

const here = fileURLToPath(new URL('.', import.meta.url));

describe('up to date', () => {
  test('railroad.html', async () => {
    const html = railroad();
    expect(html).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org)/);
    for (const [, target] of html.matchAll(/href="#(\w+)"/g)) expect(html).toContain(`id="${target}"`);
    await expect(html).toMatchFileSnapshot(join(here, 'railroad.html'));
  });

  test('diagnostics.md', async () => {
    const path = join(here, 'diagnostics.md');
    const config = await resolveConfig(path);
    await expect(await format(diagnostics(), { ...config, filepath: path })).toMatchFileSnapshot(path);
  });

  test('twf.tmLanguage.json', async () => {
    const text = `${JSON.stringify(textMate(), undefined, 2)}\n`;
    await expect(text).toMatchFileSnapshot(join(here, 'twf.tmLanguage.json'));
  });
});

/** Whether a name ends the head of a case, as a keyword may end that of a block: only the lines around tell them apart. */
function isCase(text: string, end: number): boolean {
  return /^(?: -> \w+)?:/.test(text.slice(end));
}

describe('colours', () => {
  const grammar = textMate();
  const scopes = new Map(keywords.map(({ word, scope }) => [keyword[word as KeywordWord], scope]));
  const isKeyword = (scope: string) => keywords.some((row) => row.scope === scope);
  const programs = repositoryPrograms().filter(({ text }) =>
    parseText(text).diagnostics.every(
      ({ severity, code }) => severity !== 'error' && code !== 'TWF241' && code !== 'TWF221',
    ),
  );

  test.each(programs)('of $path are those of its words', ({ text }) => {
    const coloured = scopesOf(grammar, text);
    const wrong: string[] = [];
    const problems = new Problems(new SourceFile('main.twf', text));
    const { tokens: lexed, comments } = lex(problems);
    for (const { start, end } of comments) {
      if (!coloured[start]!.startsWith('comment.') || !coloured[end - 1]!.startsWith('comment.'))
        wrong.push(text.slice(start, end));
    }
    for (const token of lexed) {
      if (token.tokenType !== Text) continue;
      const ends = [coloured[token.startOffset]!, coloured[endOf(token) - 1]!];
      if (!ends.every((scope) => scope.startsWith('string.'))) wrong.push(token.image);
    }
    const tokens = layout(lexed, problems);
    markWords(tokens);
    for (const { tokenType, image, startOffset } of tokens) {
      const scope = coloured[startOffset];
      const expected = scopes.get(tokenType);
      const isRight =
        expected !== undefined
          ? scope === expected
          : tokenType === Word
            ? !isKeyword(scope!) || isCase(text, startOffset + image.length)
            : tokenType === Numeral || tokenType === Duration
              ? scope!.startsWith('constant.numeric.')
              : true;
      if (!isRight) wrong.push(`${image}: ${scope}, in: ${text.slice(startOffset - 30, startOffset + 30)}`);
    }
    expect(wrong).toEqual([]);
  });
});
