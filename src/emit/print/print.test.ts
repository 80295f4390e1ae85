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
import { concat, type Doc } from './doc.js';
import { render } from './render.js';
import {
  assignmentStatement,
  braces,
  condition,
  declaration,
  expressionStatement,
  leaving,
  lines,
  signatureDoc,
} from './statements.js';
import { typeDoc } from './types.js';

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

const { code } = fc.letrec<{ code: Code; leaf: Code; subject: Code }>((tie) => {
  const leaf = fc.oneof(
    identifier.map(name),
    text.map(string),
    fc.constantFrom(word(1), word('true'), word('null'), word(250)),
    fc.tuple(identifier, identifier).map(([of, text]) => member(name(of), text)),
  );
  const args = fc.array(tie('code'), { maxLength: 3 });
  const entries = fc.uniqueArray(fc.tuple(identifier, tie('code')), { maxLength: 4, selector: ([key]) => key });
  return {
    leaf,
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
  await expectFormatted(statement.map((one) => braces('async function f()', one)));
});

const { type } = fc.letrec<{ type: TypeCode }>((tie) => {
  const several = fc.array(tie('type'), { minLength: 2, maxLength: 3 });
  return {
    type: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom('string', 'number', 'void').map((one) => reference(one)),
      identifier.map((one) => reference(one)),
      tie('type').map((one) => reference('Promise', one)),
      tie('type').map((one) => reference('Record', reference('string'), one)),
      tie('type').map((item): TypeCode => ({ kind: 'listOf', item })),
      several.map((types): TypeCode => ({ kind: 'tupleOf', items: types.map((type) => ({ type })) })),
      fc
        .uniqueArray(identifier, { minLength: 2, maxLength: 4 })
        .map((names): TypeCode => ({ kind: 'unionOf', members: names.map((one) => reference(one)) })),
    ),
  };
});

test('types and signatures are printed as Prettier prints them', async () => {
  const params = fc
    .uniqueArray(identifier, { maxLength: 3 })
    .chain((names) => fc.tuple(...names.map((one) => type.map((of) => concat(one, ': ', typeDoc(of))))));
  const signature = fc.tuple(params, type).map(([params, result]) => signatureDoc({ params, result }));
  const printedType = fc.oneof(
    signature.map((one) => braces(concat('async function f', one), undefined)),
    fc
      .tuple(identifier, type, signature)
      .map(([field, of, method]) =>
        braces('interface I', lines([concat(field, '?: ', typeDoc(of), ';'), concat('m', method, ';')])),
      ),
    fc.tuple(identifier, type).map(([text, of]) => declaration('const', name(text), call(name('f'), [], [of]))),
    fc.tuple(identifier, type).map(([text, of]) => declaration('const', name(text), call(name('f'), [word(1)]), of)),
  );
  await expectFormatted(printedType);
});

/** `PRINT_RUNS` and `PRINT_SEED` look further than a usual run does. */
async function expectFormatted(docs: fc.Arbitrary<Doc>): Promise<void> {
  const texts = docs.map((doc) => render(doc, (one) => one.name).text);
  const asPrettierDoes = fc.asyncProperty(texts, async (one) => {
    expect(one).toBe(await format(one, settings));
  });
  const { PRINT_RUNS = 150, PRINT_SEED = 1 } = process.env;
  await fc.assert(asPrettierDoes, { numRuns: Number(PRINT_RUNS), seed: Number(PRINT_SEED) });
}
