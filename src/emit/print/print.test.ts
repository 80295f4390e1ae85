import fc from 'fast-check';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import {
  array,
  arrow,
  awaited,
  binary,
  block,
  call,
  type Code,
  create,
  type Entry,
  index,
  member,
  name,
  negative,
  not,
  object,
  type Operator,
  present,
  reference,
  string,
  template,
  type TypeCode,
  word,
} from '../code.js';
import type { Doc } from './doc.js';
import { render } from './render.js';
import { assignmentStatement, braces, condition, declaration, expressionStatement, leaving } from './statements.js';

const identifier = fc.constantFrom(
  'x',
  'order',
  'payment',
  'reservation',
  'executeOperation',
  'Decimal',
  'customerNotificationPreferences',
  'someVeryLongNameThatSomebodyHasThoughtOfForAVariable',
);
const operator = fc.constantFrom<Operator>('||', '&&', '===', '!=', '<', '>=', '+', '-', '*', '/', '%');
const text = fc.constantFrom(
  '',
  'paid',
  "it's",
  'say "yes"',
  'a much longer text that stands in for a message to a customer',
  '${x}`\\\n\u2028',
);

const path = fc.oneof(
  identifier.map(name),
  fc.tuple(identifier, identifier).map(([of, text]) => member(name(of), text)),
);

const { code } = fc.letrec<{ code: Code; leaf: Code; subject: Code; type: TypeCode }>((tie) => {
  const leaf = fc.oneof(
    identifier.map(name),
    text.map(string),
    fc.constantFrom(word(1), word('true'), word('null'), word(250)),
    fc.tuple(identifier, identifier).map(([of, text]) => member(name(of), text)),
  );
  const type = fc.oneof(
    { maxDepth: 2 },
    identifier.map((one) => reference(one)),
    fc
      .array(tie('type') as fc.Arbitrary<TypeCode>, { minLength: 1, maxLength: 2 })
      .map((args) => reference('Promise', ...args)),
  );
  const args = fc.array(tie('code'), { maxLength: 3 });
  const entries = fc.uniqueArray(fc.tuple(identifier, tie('code')), { maxLength: 4, selector: ([key]) => key });
  return {
    leaf,
    type,
    // What a chain goes on from has plain arguments: with others, Prettier does not agree with itself.
    subject: fc.oneof(
      { maxDepth: 2 },
      identifier.map(name),
      fc.tuple(tie('subject'), identifier).map(([of, text]) => member(of, text)),
      fc
        .tuple(tie('subject'), identifier, fc.array(tie('leaf'), { maxLength: 2 }))
        .map(([of, text, args]) => call(member(of, text), args)),
    ),
    code: fc.oneof(
      { maxDepth: 4, depthSize: 'medium' },
      leaf,
      fc.tuple(identifier, args).map(([callee, args]) => call(name(callee), args)),
      fc.tuple(path, identifier, args).map(([of, text, args]) => call(member(of, text), args)),
      tie('subject'),
      fc.tuple(identifier, args).map(([callee, args]) => create(name(callee), args)),
      fc.tuple(tie('subject'), identifier).map(([of, text]) => member(of, text)),
      fc.tuple(tie('subject'), tie('leaf')).map(([of, at]) => index(of, at)),
      tie('subject')
        .filter((one) => one.kind !== 'present')
        .map(present),
      entries.map((entries) => object(entries.map(([key, value]): Entry => ({ key, value })))),
      fc
        .array(
          tie('code').filter((one) => one.kind !== 'word'),
          { maxLength: 3 },
        )
        .map(array),
      fc
        .tuple(tie('code').filter(isOperand), operator, tie('code').filter(isOperand))
        .map(([left, operator, right]) => binary(left, operator, right)),
      tie('code').filter(isAffirmed).map(not),
      tie('code').filter(isOperand).map(negative),
      fc.tuple(identifier, args).map(([callee, args]) => awaited(call(name(callee), args))),
      fc
        .tuple(
          fc.uniqueArray(identifier.map(name), { maxLength: 2, selector: JSON.stringify }),
          tie('code'),
          fc.boolean(),
        )
        .map(([params, body, async]) =>
          arrow(params, body.kind === 'arrow' ? block(leaving('return', body)) : body, { async }),
        ),
      fc.tuple(tie('code')).map(([one]) => arrow([], block(expressionStatementOf(one)))),
      fc.tuple(identifier, tie('leaf')).map(([one, hole]) => template(['a ', name(one), ' b ', hole])),
    ),
  };
});

const awaitable = code.filter(isSubject);

/** `!!x` is for nobody. */
function isAffirmed(code: Code): boolean {
  return code.kind !== 'prefix' || code.operator === 'await ';
}

function isOperand(code: Code): boolean {
  return !['object', 'array', 'arrow'].includes(code.kind);
}

function isSubject(code: Code): boolean {
  return ['name', 'call', 'member', 'index', 'present'].includes(code.kind);
}

function expressionStatementOf(code: Code): Doc {
  return expressionStatement(call(name('run'), [code]));
}

const settings = { parser: 'typescript', printWidth: 120, singleQuote: true } as const;

const printed = (doc: Doc) => render(doc, (one) => one.name).text;

test('statements are printed as Prettier prints them', async () => {
  const statement = fc.oneof(
    fc.tuple(identifier, code).map(([left, right]) => declaration('const', name(left), right)),
    fc.tuple(identifier, awaitable).map(([left, right]) => declaration('const', name(left), awaited(right))),
    fc.tuple(identifier, code).map(([left, right]) => assignmentStatement(name(left), right)),
    code.map((one) => leaving('return', one)),
    awaitable.map((one) => expressionStatement(awaited(one))),
    fc
      .tuple(code, awaitable)
      .map(([test, inner]) => braces(condition('if', test), expressionStatement(awaited(inner)))),
    code.map((one) => leaving('throw', one)),
  );
  const runs = Number(process.env['PRINT_RUNS'] ?? 150);
  await fc.assert(
    fc.asyncProperty(
      statement.map((one) => printed(braces('async function f()', one))),
      async (one) => {
        expect(one).toBe(await format(one, settings));
      },
    ),
    { numRuns: runs, ...(process.env['PRINT_SEED'] ? { seed: Number(process.env['PRINT_SEED']) } : {}) },
  );
});
