/** Types that are declared nowhere, and are called almost like one that is: a typing mistake makes a type of its own. */
import { replacement } from '../../diagnostics/diagnostic.js';
import { bareName } from '../../symbols/packages.js';
import { scalarNames } from '../../types/heads.js';
import type { RecordShape } from '../../types/slot.js';
import type { Model } from '../model.js';

export function nearTypes(model: Model): void {
  const { records, enums } = model.slots;
  const closed = records.filter((one) => one.closed && one.name !== undefined);
  const declared = [...closed, ...enums] as readonly Declared[];
  for (const record of records) {
    if (record.name === undefined || record.closed || record.sameAs !== undefined) continue;
    const meant = meantBy(record, record.name, declared);
    if (meant !== undefined) report(model, record, bareName(record.name), meant);
  }
}

type Declared = Pick<RecordShape, 'name' | 'origin'> & Partial<Pick<RecordShape, 'fields'>>;

interface Meant {
  readonly text: string;
  readonly declaration?: Declared;
}

/** What a name may be meant for, if nothing that is known of it speaks against that. */
function meantBy(record: RecordShape, key: string, declared: readonly Declared[]): Meant | undefined {
  const name = bareName(key);
  const owner = key.slice(0, key.length - name.length);
  const declaration = declared.find((one) => {
    const other = bareName(one.name!);
    return one.name === owner + other && isSlip(name, other) && fits(record, one);
  });
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
