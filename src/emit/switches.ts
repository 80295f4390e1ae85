/** `switch` (grammar/README.md, "`switch`"): the same in TypeScript where constants are compared, otherwise a row of `if`. */
import type { Expr, Node, Stmt, SwitchCase, SwitchStmt } from '../syntax/ast.js';
import { equality, isNumericLiteral, plainText } from '../syntax/literals.js';
import { walk } from '../syntax/visit.js';
import { endsAbruptly } from './awaits.js';
import type { Body } from './body.js';
import { as, binary, type Code, mark, name, string, word } from './code.js';
import { pathOf } from './comparisons.js';
import { closeComments, lineComments, trailingComment } from './documentation.js';
import { expression, isConstant } from './expressions.js';
import { concat, type Doc, hardline, indent } from './print/doc.js';
import { expression as expressionDoc } from './print/expressions.js';
import { condition as conditionHead, declaration } from './print/statements.js';
import { branchDoc, statementsDoc } from './statements.js';
import { typeCode } from './types.js';

/** Whether a `switch` is one in TypeScript, too: `===` compares what it compares. */
export function isPlainSwitch(body: Body, { subject, cases }: SwitchStmt): boolean {
  const type = body.facts.typeOf.get(subject);
  const plain = type?.kind === 'optional' ? type.of : type;
  if (plain?.kind === 'decimal' || plain?.kind === 'time') return false;
  return cases.every(({ values }) =>
    values.every(
      (value) =>
        ['Null', 'Bool', 'Duration'].includes(value.kind) || plainText(value) !== undefined || isNumericLiteral(value),
    ),
  );
}

export function switchStatement(body: Body, statement: SwitchStmt): readonly Doc[] {
  return isPlainSwitch(body, statement) ? [plainSwitch(body, statement)] : comparedInTurn(body, statement);
}

function plainSwitch(body: Body, statement: SwitchStmt): Doc {
  const { cases, otherwise } = statement;
  const docs = cases.map((one) => {
    const labels = one.values.map((value) => concat('case ', expressionDoc(valueCode(body, value), 'argument'), ':'));
    return clauseDoc(body, labels, one.body, one);
  });
  if (otherwise) docs.push(clauseDoc(body, ['default:'], otherwise.body, otherwise));
  const head = concat('switch (', expressionDoc(subjectCode(body, statement), 'argument'), ') {');
  docs.push(...lineComments(body.comments.endOf(statement)));
  return concat(head, indent(...docs.flatMap((doc) => [hardline, doc])), hardline, '}');
}

function clauseDoc(
  body: Body,
  labels: readonly Doc[],
  statements: readonly Stmt[],
  owner: SwitchCase | Otherwise,
): Doc {
  const { leading, trailing } = body.comments.of(owner);
  const inner = body.inside({ kind: 'switch', label: undefined }, () =>
    statementsDoc(body, statements, body.comments.endOf(owner)),
  );
  const head = concat(...labels.flatMap((label, at) => (at > 0 ? [hardline, label] : [label])));
  const ended = endsAbruptly(statements) ? [] : ['break;'];
  const behind = inner === undefined || trailing === undefined ? [] : lineComments([trailing]);
  const lines = [...behind, ...(inner === undefined ? [] : [inner]), ...ended];
  const joined = concat(...lines.flatMap((doc, at) => (at > 0 ? [hardline, doc] : [doc])));
  const doc =
    inner === undefined
      ? concat(head, trailingComment(trailing), indent(hardline, joined))
      : concat(head, ' {', indent(hardline, joined), hardline, '}');
  return mark(concat(...closeComments(leading).flatMap((comment) => [comment, hardline]), doc), body.at(owner));
}

type Otherwise = NonNullable<SwitchStmt['otherwise']>;

/** A member of an enum as the text that it is: so TypeScript sees whether all of them are there. */
function valueCode(body: Body, value: SwitchCase['values'][number]): Code {
  return body.facts.members.has(value) ? string(plainText(value)!) : expression(body, value);
}

/** TypeScript must not conclude from a case, or from what was before, what the value is where something reads it. */
function subjectCode(body: Body, statement: SwitchStmt): Code {
  const { subject, cases } = statement;
  const code = expression(body, subject);
  const type = body.facts.typeOf.get(subject);
  const path = pathOf(subject);
  const isOfSeveral = type !== undefined && ['bool', 'optional', 'union'].includes(type.kind);
  const isReadElsewhere = () => {
    const inside: readonly Node[] = type?.kind === 'enum' ? [body.definition] : cases;
    return path !== undefined && inside.some((node) => readsPath(node, path, subject));
  };
  const isOpen =
    isOfSeveral || isConstant(code) || (path !== undefined && body.isEntangledPath(path)) || isReadElsewhere();
  const whole = isOpen && type ? as(code, typeCode(body.program, type)) : code;
  const testsNull = cases.some(({ values }) => values.some(({ kind }) => kind === 'Null'));
  return testsNull ? binary(whole, '??', word('null')) : whole;
}

function readsPath(node: Node, path: string, except: Expr): boolean {
  let found = false;
  walk(node, {
    enter: (one, parent) => {
      const isTarget = parent?.kind === 'Binding' || (parent?.kind === 'Assign' && parent.target === one);
      if ((one.kind === 'NameExpr' || one.kind === 'Field') && one !== except && !isTarget) {
        found ||= pathOf(one) === path;
      }
    },
  });
  return found;
}

/** Values that `===` does not compare, or that are computed. */
function comparedInTurn(body: Body, statement: SwitchStmt): readonly Doc[] {
  const { subject, cases, otherwise } = statement;
  const isPath = pathOf(subject) !== undefined;
  const held = isPath ? undefined : name(body.names.numbered('value'));
  const code = expression(body, subject);
  const type = isConstant(code) ? body.facts.typeOf.get(subject) : undefined;
  const before = held ? [declaration('const', held, code, type && typeCode(body.program, type))] : [];
  const docs = body.holding(subject, held, () =>
    cases.map((one, at) => {
      const tests = one.values.map((value) => expression(body, equality(subject, value)));
      const head = conditionHead(
        at === 0 ? 'if' : ' else if',
        tests.reduce((a, b) => binary(a, '||', b)),
      );
      return mark(branchDoc(body, head, one.body, one, true), body.at(one));
    }),
  );
  if (otherwise) docs.push(branchDoc(body, ' else', otherwise.body, otherwise, true));
  return [...before, concat(...docs), ...lineComments(body.comments.endOf(statement))];
}
