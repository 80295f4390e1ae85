/** What is made of the compiler's own tables, for people and for editors: diagrams, a list of diagnostics, colours. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import type { ISerializedGast } from 'chevrotain';
import { catalog, type Code, definitionOf } from '../src/diagnostics/catalog.js';
import { Grammar } from '../src/syntax/grammar.js';
import { type Keyword, keywords } from '../src/syntax/keywords.js';

const root = fileURLToPath(new URL('..', import.meta.url));

// --- Diagrams

interface Drawing {
  toString(): string;
}
type Draw = (...parts: readonly unknown[]) => Drawing;
interface Railroad {
  readonly Diagram: Draw;
  readonly Sequence: Draw;
  readonly Choice: Draw;
  readonly Optional: Draw;
  readonly ZeroOrMore: Draw;
  readonly OneOrMore: Draw;
  readonly Terminal: Draw;
  readonly NonTerminal: Draw;
}

/** What Chevrotain's rules look like, as far as drawings need it. */
interface Rule extends ISerializedGast {
  readonly name?: string;
  readonly label?: string;
  readonly separator?: { readonly label: string };
  readonly definition: Rule[];
}

/** The page of railroad diagrams: drawings alone, which need no network and run nothing. */
export function railroad(): string {
  const folder = join(root, 'node_modules/chevrotain/diagrams');
  const exports = {} as Railroad;
  runInNewContext(readFileSync(join(folder, 'vendor/railroad-diagrams.js'), 'utf8'), { exports });
  const rules = new Grammar(false).getSerializedGastProductions() as Rule[];
  const names = rules.map(({ name }) => name!);
  const sections = rules.map(
    ({ name, definition }) =>
      `<h2 id="${name}">${name}</h2>\n${linked(exports.Diagram(...definition.map((one) => drawing(exports, one))).toString())}`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>The grammar of TWF</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto; padding: 0 1rem; }
nav { columns: 5; font-family: monospace; }
nav a { display: block; }
svg { max-width: 100%; height: auto; }
svg path { stroke-width: 2; stroke: #456; fill: none; }
svg text { font: 14px monospace; text-anchor: middle; }
svg rect { stroke-width: 2; stroke: #456; fill: #e8f5e0; }
svg .non-terminal rect { fill: #e0ecff; }
</style>
<h1>The grammar of TWF</h1>
<p>One rule for each kind of logical line; what may stand in which block is said in the <a href="README.md">reference</a>.
Rounded boxes are words and signs, the others are rules. Made from the compiler's grammar: do not edit.</p>
<nav>
${names.map((name) => `<a href="#${name}">${name}</a>`).join('\n')}
</nav>
${sections.join('\n')}
</html>
`;
}

function drawing(draw: Railroad, rule: Rule): Drawing {
  const inside = () => draw.Sequence(...rule.definition.map((one) => drawing(draw, one)));
  switch (rule.type as string) {
    case 'Terminal':
      return draw.Terminal(rule.label!.replaceAll('`', ''));
    case 'NonTerminal':
      return draw.NonTerminal(rule.name!);
    case 'Option':
      return draw.Optional(inside());
    case 'Repetition':
      return draw.ZeroOrMore(inside());
    case 'RepetitionMandatory':
      return draw.OneOrMore(inside());
    case 'Alternation':
      return draw.Choice(0, ...rule.definition.map((one) => drawing(draw, one)));
    default:
      return inside();
  }
}

/** The boxes of rules lead to them. */
function linked(svg: string): string {
  return svg
    .replaceAll(/(<g class="non-terminal">)([^]*?<text[^>]*>(\w+)<\/text>)\s*<\/g>/g, '<a href="#$3">$1$2</g></a>')
    .replaceAll(/ (?:occurrenceIdx|topRuleName|ruleName)="[^"]*"/g, '')
    .replaceAll(/\n+/g, '\n')
    .trimEnd();
}

// --- Diagnostics

const PHASES: Readonly<Record<string, string>> = {
  0: 'Files and the command line',
  1: 'Characters and lines',
  2: 'Syntax',
  3: 'Names',
  4: 'Types',
  5: 'Options',
  6: 'Workflows',
  7: 'Topology, and what is written for nothing',
  9: 'Inside the compiler',
};

/** The list of all diagnostics. */
export function diagnostics(): string {
  const codes = (Object.keys(catalog) as Code[]).sort();
  const phases = [...new Set(codes.map((code) => code[3]!))];
  const sections = phases.map((phase) => {
    const rows = codes.filter((code) => code[3] === phase).map(row);
    return `## ${PHASES[phase]}\n\n| code | name | severity | message |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# Diagnostics

All that twfc can say about a program. \`twfc explain CODE\` prints the page of one, and a warning that may be silenced is
marked: \`# twfc-ignore NAME: reason\`, on its line or the one before, silences it there. Made from the catalog: do not edit.

${sections.join('\n')}`;
}

function row(code: Code): string {
  const { name, severity, lint, message } = definitionOf(code);
  const holes = new Proxy({}, { get: (_, hole) => `…${String(hole)}…` });
  const text = message(holes).replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
  const page = `[${code}](../src/diagnostics/pages/${code}.md)`;
  return `| ${page} | \`${name}\` | ${severity}${lint ? ', can be silenced' : ''} | ${text} |`;
}

// --- Colours

/** A word that is followed by one of these is a name: `state = 1`, `options.x`, `type: string`. */
const USED_AS_NAME = String.raw`(?![\w\[])(?!\s*(?:[=<>!]|->|[.,)\]}?]|:[ \t]*[^\s#]))`;

/** Behind these a word may be a keyword in the middle of a line. */
const BEFORE_WORDS = String.raw`(?<=await |spawn |detach |return |close |else |nexus |async |local |one |" |= |<- )`;

export interface Pattern {
  readonly name?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly beginCaptures?: Readonly<Record<string, { readonly name: string }>>;
  readonly endCaptures?: Readonly<Record<string, { readonly name: string }>>;
  readonly contentName?: string;
  readonly patterns?: readonly Pattern[];
  readonly include?: string;
}

export interface TextMateGrammar {
  readonly name: string;
  readonly scopeName: string;
  readonly fileTypes: readonly string[];
  readonly patterns: readonly Pattern[];
}

/** The grammar by which editors colour. Its expressions are understood by Oniguruma and by JavaScript alike. */
export function textMate(): TextMateGrammar {
  return {
    name: 'TWF',
    scopeName: 'source.twf',
    fileTypes: ['twf'],
    patterns: [
      { name: 'comment.line.number-sign.twf', match: '#.*$' },
      {
        name: 'string.quoted.double.twf',
        begin: '"',
        end: '"|$',
        patterns: [
          { name: 'constant.character.escape.twf', match: String.raw`\\(?:u\{[0-9A-Fa-f]+\}|.)` },
          {
            name: 'meta.interpolation.twf',
            begin: String.raw`\{(?=[A-Za-z_])`,
            end: String.raw`\}|$`,
            patterns: [{ include: '$self' }],
          },
        ],
      },
      { name: 'constant.numeric.duration.twf', match: String.raw`(?<![\w.])\d+(?:ms|[smhd])(?!\w)` },
      { name: 'constant.numeric.twf', match: String.raw`(?<!\w)\d+(?:\.\d+)?(?!\w)` },
      ...requestPatterns(),
      {
        match: String.raw`(?<![\w.]|extern )(workflow|activity|operation|sync|async|signal|query|update)([ \t]+)([A-Za-z_]\w*)`,
        captures: { 1: { name: 'storage.type.twf' }, 3: { name: 'entity.name.function.twf' } },
      },
      {
        match: String.raw`^(type|enum|nexus_service|nexus_endpoint|worker|namespace)([ \t]+)([A-Za-z_]\w*)`,
        captures: { 1: { name: 'storage.type.twf' }, 3: { name: 'entity.name.type.twf' } },
      },
      ...keywordPatterns(),
      { name: 'keyword.operator.twf', match: '->|<-|==|!=|<=|>=|&&|\\|\\||[-+*/%<>=!?]' },
      { name: 'entity.name.type.twf', match: String.raw`(?<![\w.])[A-Z]\w*(?=\{)` },
      { name: 'variable.other.twf', match: String.raw`[A-Za-z_]\w*` },
    ],
  };
}

/** Where a word is a keyword: wherever a value may stand, only as the first word of a line, or there and behind other words. */
const standings = {
  reserved: (words: string) => String.raw`(?<![\w.])(${words})(?!\w|:[ \t]*[^\s#])`,
  first: (words: string) => String.raw`^[ \t]*(${words})${USED_AS_NAME}`,
  contextual: (words: string) => String.raw`(?:^[ \t]*|${BEFORE_WORDS})(${words})${USED_AS_NAME}`,
};

function standingOf({ places }: Keyword): keyof typeof standings {
  if (places.includes('expression')) return 'reserved';
  return places.every((place) => place === 'line') ? 'first' : 'contextual';
}

/** The words of requests, which are keywords only together. */
function requestPatterns(): Pattern[] {
  const scopeOf = (word: string) => keywords.find((one) => one.word === word)!.scope;
  const pairs = [
    ['signal|query|update', 'workflow'],
    ['start|signal_with_start', 'workflow'],
    ['cancel', 'workflow'],
    ['list', 'workflows'],
  ] as const;
  return pairs.map(([first, second]) => ({
    match: String.raw`(?:^[ \t]*|(?<![\w.]))(${first})([ \t]+)(${second})(?=[ \t]+["A-Za-z_])`,
    captures: { 1: { name: scopeOf(first.split('|')[0]!) }, 3: { name: scopeOf(second) } },
  }));
}

/** One for each scope and standing. */
function keywordPatterns(): Pattern[] {
  const rows = (keywords as readonly Keyword[]).filter(({ before }) => before.length > 0);
  const scopes = [...new Set(rows.map(({ scope }) => scope))];
  return (Object.keys(standings) as (keyof typeof standings)[]).flatMap((standing) =>
    scopes.flatMap((scope) => {
      const words = rows.flatMap((one) => (one.scope === scope && standingOf(one) === standing ? one.word : []));
      const captures = { 1: { name: scope } };
      return words.length > 0 ? [{ match: standings[standing](words.join('|')), captures }] : [];
    }),
  );
}
