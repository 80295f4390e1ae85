/** How the catalog of diagnostics is written down, so that a report must give what its message asks for. */

export type Severity = 'error' | 'warning' | 'hint';

/** A message with named holes. */
export interface Message<Hole extends string> {
  (values: Readonly<Record<Hole, string | number>>): string;
}

export interface Definition<Hole extends string = string> {
  /** Says what it is about; may be used instead of the code. */
  readonly name: string;
  readonly severity: Severity;
  readonly message: Message<Hole>;
  /** A warning that may be silenced, on its line or for a program. */
  readonly lint?: true;
}

/** The names of the holes become the parameters of the report: msg`No activity is named ${'name'}.` */
export function msg<const Hole extends string = never>(
  texts: TemplateStringsArray,
  ...holes: readonly Hole[]
): Message<Hole> {
  return (values) => texts.reduce((text, next, index) => `${text}${shortened(values[holes[index - 1]!])}${next}`);
}

/** A name or a text of the source may be megabytes long; what is said about it is not. */
function shortened(value: string | number): string {
  const text = String(value);
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}

/** Keeps the type of each entry. */
export function defineCatalog<const Catalog extends Record<`TWF${number}`, Definition<any>>>(
  catalog: Catalog,
): Catalog {
  return catalog;
}
