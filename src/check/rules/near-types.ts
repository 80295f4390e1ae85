/** Types that are declared nowhere, and are called almost like one that is: a typing mistake makes a type of its own. */
import { addTo } from '../../group.js';
import { replacement } from '../../diagnostics/diagnostic.js';
import { bareName } from '../../symbols/packages.js';
import { scalarNames } from '../../types/heads.js';
import type { RecordShape } from '../../types/slot.js';
import type { Model } from '../model.js';

export function nearTypes(model: Model): void {
  const { records, enums } = model.slots;
  const undeclared = records.filter((one) => one.name !== undefined && !one.closed && one.sameAs === undefined);
  if (undeclared.length === 0) return;
  const closed = records.filter((one) => one.closed && one.name !== undefined);
  const declared = new Spellings([...closed, ...enums]);
  for (const record of undeclared) {
    const meant = meantBy(record, record.name!, declared);
    if (meant !== undefined) report(model, record, bareName(record.name!), meant);
  }
}

/** Declarations by what is left of their names without one letter: names that are a slip apart have some of that in common. */
class Spellings {
  private readonly places = new Map<string, number[]>();

  constructor(private readonly all: readonly Declared[]) {
    for (const [place, { name }] of all.entries()) {
      for (const one of spellings(name!)) addTo(this.places, one, place);
    }
  }

  /** Those that a name may be a slip of, in their order. */
  near(key: string): Declared[] {
    const found = new Set([...spellings(key)].flatMap((one) => this.places.get(one) ?? []));
    return [...found].sort((a, b) => a - b).map((place) => this.all[place]!);
  }
}

/** In lower case, behind the package that it belongs to. */
function spellings(key: string): ReadonlySet<string> {
  const bare = bareName(key);
  const owner = key.slice(0, key.length - bare.length);
  const name = bare.toLowerCase();
  const shorter = Array.from({ length: name.length }, (_, at) => owner + name.slice(0, at) + name.slice(at + 1));
  return new Set([owner + name, ...shorter]);
}

type Declared = Pick<RecordShape, 'name' | 'origin'> & Partial<Pick<RecordShape, 'fields'>>;

interface Meant {
  readonly text: string;
  readonly declaration?: Declared;
}

/** What a name may be meant for, if nothing that is known of it speaks against that. */
function meantBy(record: RecordShape, key: string, declared: Spellings): Meant | undefined {
  const name = bareName(key);
  const declaration = declared.near(key).find((one) => isSlip(name, bareName(one.name!)) && fits(record, one));
  if (declaration) return { text: bareName(declaration.name!), declaration };
  if (record.fields.size > 0 || record.constructions.length > 0) return undefined;
  const text = [...scalarNames.keys()].find((one) => one === name.toLowerCase());
  return text === undefined ? undefined : { text };
}

function fits({ fields, constructions }: RecordShape, declaration: Declared): boolean {
  const names = [...fields.keys(), ...constructions.flatMap((one) => [...one.fields.keys()])];
  return names.every((field) => declaration.fields?.has(field));
}

/** Whether one is the other but for a letter, or two that have changed places; numbers, and the plural, tell types apart. */
function isSlip(name: string, other: string): boolean {
  const [a, b] = [name.toLowerCase(), other.toLowerCase()];
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length < 4 || long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < short.length - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  const rest = long.length - start - end;
  const isSwapped = rest === 2 && a[start] === b[start + 1] && a[start + 1] === b[start];
  return a === b || ((rest <= 1 || isSwapped) && long !== `${short}s` && stem(a) !== stem(b));
}

const stem = (name: string): string => name.replace(/\d+/g, '');

function report(model: Model, { origin }: RecordShape, name: string, { text, declaration }: Meant): void {
  const { file, span } = origin;
  const isName = file.text.slice(span.start, span.end) === name;
  const fixes = isName ? [replacement(`Change to \`${text}\``, file, span, text)] : [];
  const labels = declaration ? [{ ...declaration.origin, text: 'this one is declared' }] : [];
  model.report(file, 'TWF810', span, { name }, { labels, hint: `Did you mean \`${text}\`?`, fixes });
}
