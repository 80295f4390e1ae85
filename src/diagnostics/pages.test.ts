import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkTexts, type Sources } from '../testing/program.js';
import { catalog, type Code, definitionOf } from './catalog.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const codes = Object.keys(catalog) as Code[];
/** Codes about sources: the others are about the command line, files, and services. */
const ofPrograms = codes.filter((code) => /^TWF[1-7]/.test(code));
/** What they are about fits on a page; of characters and layout, not everything does. */
const shown = codes.filter((code) => /^TWF[2-7]/.test(code));

const page = (code: Code) => readFileSync(join(root, 'src/diagnostics/pages', `${code}.md`), 'utf8');

/** The program under a heading of a page: a block for each file, with its path if it is not the only one. */
function block(code: Code, heading: 'Wrong' | 'Right'): Record<string, string> | undefined {
  const section = page(code).split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  const files = [...section.matchAll(/^```twf(?: (\S+))?\n([^]*?)^```/gm)];
  const texts = files.map(([, path = 'main.twf', text = '']) => [path, text]);
  return texts.length > 0 ? (Object.fromEntries(texts) as Record<string, string>) : undefined;
}

/** The files beside them that the programs of a page use: one of TypeScript, or a contract that they have promised. */
function domainOf(code: Code): Record<string, string> {
  const files = { ts: 'domain.ts', yaml: 'promised.nexusrpc.yaml' };
  return Object.fromEntries(
    Object.entries(files).flatMap(([language, path]) => {
      const [, text] = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'm').exec(page(code)) ?? [];
      return text === undefined ? [] : [[path, text]];
    }),
  );
}

/** Families that programs may use; fixtures have them in a twfc.json. */
const families = { org: ['acme', 'globex'] };

/** What a program gives: errors and warnings, and the hint that a page is about. */
function found(sources: Sources, code: Code, texts: Readonly<Record<string, string>> = domainOf(code)): Code[] {
  const baseline = Object.entries(texts).flatMap(([path, text]) => (path.endsWith('.yaml') ? [text] : []));
  const { diagnostics } = checkTexts(sources, { texts, families, baseline });
  return diagnostics.filter((one) => one.severity !== 'hint' || one.code === code).map((one) => one.code);
}

describe.each(codes)('%s', (code) => {
  const { name } = definitionOf(code);

  test('has a page that says why and what to do', () => {
    const [title, ...text] = page(code).trimEnd().split('\n\n');
    expect(title).toBe(`# ${code}: ${name}`);
    expect(text[0]).toMatch(/^\S+ [^]+[.:)]$/);
  });

  test('shows what it is about, and how that is put right', () => {
    const [wrong, right] = [block(code, 'Wrong'), block(code, 'Right')];
    expect(right !== undefined).toBe(wrong !== undefined);
    if (shown.includes(code)) expect(wrong).toBeDefined();
    if (wrong === undefined || right === undefined) return;
    expect([...new Set(found(wrong, code))]).toEqual([code]);
    expect(found(right, code)).toEqual([]);
  });
});

describe.each(ofPrograms)('%s', (code) => {
  test('has a program of its own among the fixtures', () => {
    const folder = join(root, 'fixtures/errors', `${code}-${definitionOf(code).name}`);
    const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
    const names = all.filter((file) => !file.endsWith('.diagnostics.twf'));
    const textsOf = (end: string) =>
      Object.fromEntries(
        names.filter((file) => file.endsWith(end)).map((file) => [file, readFileSync(join(folder, file), 'utf8')]),
      );
    expect([...new Set(found(textsOf('.twf'), code, { ...textsOf('.ts'), ...textsOf('.yaml') }))]).toEqual([code]);
  });
});

/** Every message with some word in each hole. */
const messages = codes.map((code) => {
  const holes = new Proxy({}, { get: (_, hole) => `some ${String(hole)}` });
  return [code, definitionOf(code).message(holes)] as const;
});

test.each(messages)('%s: %s', (_, message) => {
  expect(message.match(/`/g)?.length ?? 0).toSatisfy((count: number) => count % 2 === 0);
  expect(message).toMatch(/^[A-Z`]|^some /);
  expect(message).toMatch(/\.\)?$|: some (why|how)$/);
  expect(message).not.toMatch(/\binvalid\b|\bunexpected\b/i);
});

test('names are used once', () => {
  const names = codes.filter((code) => !code.startsWith('TWF0')).map((code) => definitionOf(code).name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test('every code of the catalog is reported somewhere, and every code that is reported is in it', () => {
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.includes('diagnostics/catalog'))
    .map((path) => readFileSync(join(root, 'src', path), 'utf8'));
  const used = new Set(sources.flatMap((text) => text.match(/(?<=['"`])TWF\d{3}(?=['"`])/g) ?? []));
  expect([...used].sort()).toEqual([...codes].sort());
});
