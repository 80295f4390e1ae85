/** What to do about words that this language writes differently: what people bring from other languages. */

/** Words that begin a statement elsewhere. */
export const FOREIGN: Readonly<Record<string, string>> = {
  while: 'A loop with a condition is `for (condition):`.',
  foreach: 'A loop over a list is `for item in list:`.',
  unless: 'Write `if not …`.',
  let: 'A variable is assigned without a word before it: `x = 1`.',
  var: 'A variable is assigned without a word before it: `x = 1`.',
  const: 'A variable is assigned without a word before it: `x = 1`.',
  def: 'Definitions begin with `workflow`, `activity`, `nexus_service` or `nexus_endpoint`.',
  function: 'Definitions begin with `workflow`, `activity`, `nexus_service` or `nexus_endpoint`.',
  throw: 'An error is raised with `raise Name("message")`.',
  except: 'Errors are caught with `catch`.',
  service: 'A service is defined with `nexus_service`.',
  endpoint: 'An endpoint is defined with `nexus_endpoint`.',
  sleep: 'To wait for a time, write `await timer(5m)`.',
  call: 'An activity is called with `activity Name(…)`.',
  execute: 'An activity is called with `activity Name(…)`.',
  child: 'A child workflow is called with `workflow Name(…)`.',
  start: 'A call is started with `spawn`.',
};

/** Words that stand inside a statement elsewhere. */
export const FOREIGN_INSIDE: Readonly<Record<string, string>> = {
  is: 'Two values are compared with `==`.',
  of: 'A loop over a list is `for item in list:`.',
  if: 'There are no conditional values: use an `if` statement.',
  options: 'Options stand on a line of their own: before the call, or under it.',
  with: 'Options stand on a line of their own, `options(…)`: before the call, or under it.',
  new: 'Records are made without `new`: `Name{field: value}`.',
};

export const NAME_FORM = 'Names consist of letters, digits and `_`; the option `name` can give another name.';

export const STATEMENT_FORM =
  'A statement begins with a keyword, or is an assignment `x = …` or a call of a function; an option is `name: …`.';

export const TYPE_FORM = 'Types are written `T`, `[]T` (a list), `map[K]V`, `T?` (may be null) and `(A, B)`.';

export const EXTERN_FORM =
  'What is defined elsewhere is `extern function name(a: A) -> R`, and likewise with `workflow` or `activity`.';

export const USE_FORM = 'Types are taken from a TypeScript file with `use types from "./file.ts"`.';

export const NEXUS_FORM =
  'A Nexus call is `nexus Endpoint Service.Operation(…)`, or `nexus "endpoint" workflow Operation(…)`.';

export const RESULT_FORM = 'The type of the result stands before the `:`, after `->`.';

export const ARROW_FORM = 'The arrow is written `->`.';

export function lookUp(hints: Readonly<Record<string, string>>, word: string): string | undefined {
  return Object.hasOwn(hints, word) ? hints[word] : undefined;
}
