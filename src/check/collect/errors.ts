/** Errors that are caught: which of them, and what is read of them. */
import { correction } from '../../diagnostics/suggest.js';
import type { CatchClause, Expr, FieldExpr, NameExpr, Stmt, TryStmt } from '../../syntax/ast.js';
import { Head } from '../../types/heads.js';
import type { Slot } from '../../types/slot.js';
import { errorKinds } from '../error-kinds.js';
import { at, type Context } from './context.js';
import { recordNamed } from './types.js';

/** `try`, whose blocks somebody else walks. */
export function tryStatement(
  cx: Context,
  statement: TryStmt,
  walk: (cx: Context, body: readonly Stmt[]) => void,
): void {
  const { model } = cx;
  const { body, catches, ending } = statement;
  walk(cx, body.body);
  for (const clause of catches) {
    const variable = clause.name && model.ofName.get(clause.name);
    const slot = variable && model.variableSlots.get(variable);
    if (slot !== undefined) {
      model.slots.give(slot, Head.error, at(cx, clause.name!.span));
      model.caught.set(variable!, clause);
    }
    walk({ ...cx, catching: true }, clause.body);
  }
  if (ending) walk({ ...cx, catching: false }, ending.body);
}

interface ErrorField {
  /** What the runtime calls it. */
  readonly name: string;
  readonly heads: readonly Head[];
}

const text = [Head.string];
const textOrNothing = [Head.string, Head.missing];

const fields: ReadonlyMap<string, ErrorField> = new Map(
  Object.entries({
    message: { name: 'message', heads: text },
    type: { name: 'type', heads: textOrNothing },
    cancelled: { name: 'cancelled', heads: [Head.bool] },
    timeout_type: { name: 'timeoutType', heads: textOrNothing },
    operation_token: { name: 'operationToken', heads: textOrNothing },
    details: { name: 'details', heads: [Head.unknown] },
  }),
);

/** A field of a caught error, or of its cause; undefined for what is no such field. */
export function errorField(cx: Context, expr: FieldExpr): Slot | undefined {
  const { model, file } = cx;
  const caught = caughtBy(cx, expr.of);
  if (!caught) return undefined;
  const { text: name, span } = expr.field;
  const slot = model.slots.slot(at(cx, span));
  const field = fields.get(name);
  const isCause = expr.of.kind === 'Field';
  if (name === 'cause') {
    reportValue(cx, expr);
    model.slots.give(slot, Head.error, at(cx, span));
  } else if (!field) {
    const names = [...fields.keys(), 'cause'];
    const hint = `It has ${names.map((one) => `\`${one}\``).join(', ')}.`;
    model.report(file, 'TWF652', span, { field: name }, correction(name, names, file, span) ?? { hint });
    model.slots.give(slot, Head.error, at(cx, span));
  } else {
    const record = name === 'details' && !isCause ? detailsOf(cx, caught) : undefined;
    for (const head of record === undefined ? field.heads : [record, Head.missing]) {
      model.slots.give(slot, head, at(cx, span));
    }
    if (isCause && field.heads !== textOrNothing && name !== 'details')
      model.slots.give(slot, Head.missing, at(cx, span));
    model.errorFields.set(expr, { name: field.name, typed: record !== undefined });
  }
  return slot;
}

/** The details of an error whose name is that of a record of the program are that record. */
function detailsOf({ model, file }: Context, { error }: CatchClause): Head | undefined {
  if (!error || errorKinds.has(error.text) || !model.recordNames.has(error.text)) return undefined;
  return recordNamed(model, error, file);
}

/** The clause that an expression is the caught error of, or what caused that. */
function caughtBy({ model }: Context, expr: Expr): CatchClause | undefined {
  const root = expr.kind === 'Field' && expr.field.text === 'cause' ? rootOf(expr) : expr;
  const variable = root.kind === 'NameExpr' ? model.ofName.get(root) : undefined;
  return variable && model.caught.get(variable);
}

function rootOf(expr: Expr): Expr {
  return expr.kind === 'Field' && expr.field.text === 'cause' ? rootOf(expr.of) : expr;
}

/** Whether a name is a caught error where a value is asked for: that is reported. */
export function isCaughtError(cx: Context, expr: NameExpr): boolean {
  if (!caughtBy(cx, expr)) return false;
  reportValue(cx, expr);
  return true;
}

function reportValue({ model, file }: Context, { span }: Expr): void {
  const written = file.text.slice(span.start, span.end);
  const hint = `Read one of its fields: \`${written}.message\`.`;
  model.report(file, 'TWF651', span, { what: `\`${written}\`` }, { hint });
}
