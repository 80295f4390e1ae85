/** What each kind of line must have: a colon at its end, a block under it; and where it belongs. */
import type { Span } from '../source.js';
import type { Name } from './ast.js';
import type { Head, HeadKind, Line } from './lines.js';
import type { Problems } from './problems.js';

interface Shape {
  /** As messages name the line. */
  readonly what: string;
  readonly colon: 'required' | 'allowed' | 'none';
  /** `options`: nothing but options may stand under it. */
  readonly block: 'required' | 'allowed' | 'options' | 'none';
  /** Where it may stand, for lines that cannot stand among statements. */
  readonly belongs?: string;
}

const STATEMENT = { colon: 'none', block: 'none' } as const;
const OPENER = { colon: 'required', block: 'required' } as const;

const STATE_PLACE = 'It stands in a `workflow`, not in the blocks inside it.';
const HANDLER_PLACE = 'Handlers stand in a `workflow`, not in the blocks inside it.';

export const shapes: { readonly [K in HeadKind]: Shape } = {
  workflow: { what: '`workflow`', ...OPENER, belongs: 'A definition stands at the left margin.' },
  activity: {
    what: '`activity`',
    colon: 'required',
    block: 'allowed',
    belongs: 'A definition stands at the left margin.',
  },
  service: { what: '`nexus_service`', ...OPENER, belongs: 'A definition stands at the left margin.' },
  endpoint: { what: '`nexus_endpoint`', ...OPENER, belongs: 'A definition stands at the left margin.' },
  worker: { what: '`worker`', ...OPENER, belongs: 'A definition stands at the left margin.' },
  namespace: { what: '`namespace`', ...OPENER, belongs: 'A definition stands at the left margin.' },
  listed: { what: 'What a worker runs', ...STATEMENT, belongs: 'It stands in a `worker`.' },
  use: { what: '`use types`', ...STATEMENT, belongs: 'It stands at the left margin.' },
  package: { what: '`package`', ...STATEMENT, belongs: 'It stands at the left margin.' },
  import: { what: '`import`', ...STATEMENT, belongs: 'It stands at the left margin.' },
  extern: { what: '`extern`', ...STATEMENT, belongs: 'A definition stands at the left margin.' },
  type: { what: '`type`', ...OPENER, belongs: 'A definition stands at the left margin.' },
  enum: { what: '`enum`', ...OPENER, belongs: 'A definition stands at the left margin.' },
  field: { what: 'A field', ...STATEMENT, belongs: 'Fields stand under a `type`.' },
  state: { what: '`state`', ...OPENER, belongs: STATE_PLACE },
  condition: { what: '`condition`', ...STATEMENT, belongs: 'Conditions stand under the `state:` of a `workflow`.' },
  Send: { what: '`signal`', ...STATEMENT },
  Message: { what: 'A message to a workflow', colon: 'none', block: 'options' },
  CancelWorkflow: { what: '`cancel workflow`', colon: 'none', block: 'options' },
  StartWorkflow: { what: '`start workflow`', colon: 'allowed', block: 'options' },
  ListWorkflows: { what: '`list workflows`', colon: 'none', block: 'options' },
  Put: { what: 'An assignment', ...STATEMENT },
  Set: { what: '`set`', ...STATEMENT },
  members: { what: 'A member', ...STATEMENT, belongs: 'Members stand under an `enum`.' },
  operation: {
    what: '`operation`',
    colon: 'allowed',
    block: 'allowed',
    belongs: 'Operations stand in a `nexus_service`.',
  },
  async: { what: '`async`', colon: 'none', block: 'options', belongs: 'Operations stand in a `nexus_service`.' },
  signal: {
    what: '`signal`',
    colon: 'allowed',
    block: 'allowed',
    belongs: HANDLER_PLACE,
  },
  query: { what: '`query`', colon: 'allowed', block: 'allowed', belongs: HANDLER_PLACE },
  update: { what: '`update`', colon: 'allowed', block: 'allowed', belongs: HANDLER_PLACE },
  if: { what: '`if`', ...OPENER },
  elif: { what: '`elif`', ...OPENER },
  else: { what: '`else`', ...OPENER },
  for: { what: '`for`', ...OPENER },
  switch: { what: '`switch`', ...OPENER },
  try: { what: '`try`', ...OPENER },
  catch: { what: '`catch`', ...OPENER },
  finally: { what: '`finally`', ...OPENER },
  case: { what: '`case`', ...OPENER, belongs: 'Cases stand under a `switch`.' },
  awaitAll: { what: '`await all`', ...OPENER },
  promiseAll: { what: '`promise … <- await all`', ...OPENER },
  awaitOne: { what: '`await one`', ...OPENER },
  options: { what: '`options`', ...OPENER },
  defaultOptions: {
    what: '`default_options`',
    ...OPENER,
    belongs: 'They come first in a `workflow`, an `activity` or an `operation`.',
  },
  timer: {
    what: 'A timer',
    colon: 'allowed',
    block: 'allowed',
    belongs: 'To wait for a time, write `await timer(…)`.',
  },
  entry: {
    what: '`name: value`',
    ...STATEMENT,
    belongs: 'An option stands under `options:`; a variable begins with an assignment, `name = value`.',
  },
  item: { what: 'An item that begins with `-`', ...STATEMENT, belongs: 'Such lists stand under an option: `key:`.' },
  expression: { what: 'An expression', ...STATEMENT },
  ellipsis: {
    what: '`...`',
    ...STATEMENT,
    belongs: 'It is the whole body of an `activity` or an `operation` that is written elsewhere.',
  },
  hint: { what: '`hint`', ...STATEMENT },
  skipped: { what: 'This line', ...STATEMENT },
  unsupported: { what: 'This statement', colon: 'allowed', block: 'allowed' },
  invalid: { what: 'This line', colon: 'allowed', block: 'allowed' },
  Assign: { what: 'An assignment', ...STATEMENT },
  Await: { what: '`await`', colon: 'none', block: 'options' },
  Break: { what: '`break`', ...STATEMENT },
  CallStmt: {
    what: 'A call',
    colon: 'none',
    block: 'options',
    belongs: 'Only options stand under a call; if a definition is meant, it stands at the left margin.',
  },
  Close: { what: '`close`', ...STATEMENT },
  ContinueAsNew: { what: '`continue_as_new`', ...STATEMENT },
  Continue: { what: '`continue`', ...STATEMENT },
  Raise: { what: '`raise`', ...STATEMENT },
  Return: { what: '`return`', ...STATEMENT },
  Start: { what: '`promise`', colon: 'none', block: 'options' },
  ReturnWorkflow: { what: '`return workflow`', colon: 'allowed', block: 'options' },
};

/** A case of `await one` may have a colon and a body, whatever it waits for. */
export const CASE = { colon: 'allowed', block: 'allowed' } as const;

/** What to write in place of a definition without a body. */
const withoutBody: { readonly [K in HeadKind]?: string } = {
  activity: 'Without a body, put `...` under it; for one that is implemented elsewhere, write `extern activity`.',
  workflow: 'For one that is implemented elsewhere, write `extern workflow`.',
};

/**
 * Reports what a line lacks or has too much of.
 * @returns whether the lines under it are its own; if not, they belong to the block around it
 */
export function checkShape(line: Line, problems: Problems, shape: Omit<Shape, 'what'> = shapeOf(line.head)): boolean {
  const { head, colon, block } = line;
  const { what, belongs } = shapes[head.kind];
  const owns = shape.block !== 'none' && !(shape.block === 'options' && shape.colon === 'none' && colon !== undefined);
  if (line.broken) return owns;
  if (colon === undefined && (shape.colon === 'required' || (shape.block === 'allowed' && block !== undefined))) {
    const end = { start: line.span.end, end: line.span.end };
    const hint = block === undefined ? withoutBody[head.kind] : undefined;
    const why = hint === undefined ? 'a block follows' : 'its body stands under it';
    problems.report('TWF209', end, { what, why }, { hint, fixes: [problems.fix('Add `:`', end, ':')] });
  } else if (colon !== undefined && shape.colon === 'none') {
    problems.report('TWF210', colon, { what }, { hint: belongs, fixes: [problems.fix('Remove `:`', colon, '')] });
  } else if (block !== undefined && !owns) {
    problems.report('TWF224', block[0]!.span, {}, { hint: 'Indent it like the line above it.' });
  } else if (block === undefined && shape.block === 'required') {
    problems.report('TWF225', line.span, { what }, { hint: 'Indent the lines of its body deeper than this line.' });
  }
  return owns;
}

function shapeOf(head: Head): Omit<Shape, 'what'> {
  return isWhole(head) ? STATEMENT : shapes[head.kind];
}

/** What would stand in a block under the line stands on it. */
function isWhole(head: Head): boolean {
  switch (head.kind) {
    case 'options':
    case 'defaultOptions':
      return head.args !== undefined;
    case 'type':
      return head.alias;
    case 'enum':
      return head.members !== undefined;
    default:
      return false;
  }
}

/** Stands where a name could not be read. */
export function missingName({ end }: Span): Name {
  return { kind: 'Name', span: { start: end, end }, text: '' };
}
