import { defineCatalog, msg } from '../define.js';

/** What a line says, and where lines stand. */
export const syntax = defineCatalog({
  TWF200: {
    name: 'unsupported',
    severity: 'error',
    message: msg`${'what'} are not supported yet.`,
  },
  TWF201: {
    name: 'expected-name',
    severity: 'error',
    message: msg`Expected a name ${'after'}, found ${'found'}.`,
  },
  TWF202: {
    name: 'expected-expression',
    severity: 'error',
    message: msg`Expected a value ${'after'}, found ${'found'}.`,
  },
  TWF203: {
    name: 'expected-type',
    severity: 'error',
    message: msg`Expected a type ${'after'}, found ${'found'}.`,
  },
  TWF204: {
    name: 'stray-sign',
    severity: 'error',
    message: msg`No statement begins with \`${'text'}\`.`,
  },
  TWF205: {
    name: 'missing-target',
    severity: 'error',
    message: msg`Expected the name of a result ${'after'}, found ${'found'}.`,
  },
  TWF206: {
    name: 'unexpected-text',
    severity: 'error',
    message: msg`Expected ${'expected'} ${'after'}, found ${'found'}.`,
  },
  TWF207: {
    name: 'endpoint-not-quoted',
    severity: 'error',
    message: msg`Expected the name of an endpoint${'how'} after \`nexus\`, found ${'found'}.`,
  },
  TWF208: {
    name: 'unknown-statement',
    severity: 'error',
    message: msg`\`${'word'}\` begins no statement.`,
  },
  TWF209: {
    name: 'missing-colon',
    severity: 'error',
    message: msg`${'what'} needs a \`:\` at the end of its line, because ${'why'}.`,
  },
  TWF210: {
    name: 'stray-colon',
    severity: 'error',
    message: msg`${'what'} opens no block, so no \`:\` may end its line.`,
  },
  TWF211: {
    name: 'assignment-in-condition',
    severity: 'error',
    message: msg`\`=\` assigns, and a condition cannot: values are compared with \`==\`.`,
  },
  TWF212: {
    name: 'not-assignable',
    severity: 'error',
    message: msg`Only a name, a field of one, or a key of a map can be assigned: \`x = …\`, \`x.f = …\`, \`m[k] = …\`.`,
  },
  TWF213: {
    name: 'not-an-operation',
    severity: 'error',
    message: msg`${'what'} cannot stand in ${'where'}, which holds ${'holds'} and nothing else.`,
  },
  TWF214: {
    name: 'positional-after-named',
    severity: 'error',
    message: msg`An argument without a name cannot follow one that has a name: its place would be unclear.`,
  },
  TWF215: {
    name: 'unnamed-field',
    severity: 'error',
    message: msg`A field without a name must be a name or a path, which then names it too: \`R{total, order.id}\`.`,
  },
  TWF216: {
    name: 'not-callable',
    severity: 'error',
    message: msg`Only functions and methods can be called, by their names.`,
  },
  TWF217: {
    name: 'deprecated-none',
    severity: 'warning',
    message: msg`\`None\` is an old way to write \`null\`.`,
  },
  TWF218: {
    name: 'chained-comparison',
    severity: 'error',
    message: msg`A comparison gives true or false, which cannot be compared again.`,
  },
  TWF219: {
    name: 'line-too-complex',
    severity: 'error',
    message: msg`This line has more than ${'limit'} ${'what'}.`,
  },
  TWF220: {
    name: 'returned-call',
    severity: 'error',
    message: msg`\`return\` takes a value; this is a statement. (\`return workflow W(…)\` alone is different: it backs a Nexus operation.)`,
  },
  TWF221: {
    name: 'deprecated-hint',
    severity: 'warning',
    message: msg`\`hint signal\` means nothing: a signal is handled whenever it arrives.`,
  },
  TWF222: {
    name: 'two-results',
    severity: 'error',
    message: msg`The result goes to two places: to the name before \`=\` and to the one after \`->\`.`,
  },
  TWF223: {
    name: 'detached-result',
    severity: 'error',
    message: msg`A detached call has no result: nobody waits for it.`,
  },
  TWF224: {
    name: 'stray-indentation',
    severity: 'error',
    message: msg`This line is indented, but the line above it opens no block.`,
  },
  TWF225: {
    name: 'missing-body',
    severity: 'error',
    message: msg`${'what'} has no body: no indented line follows it.`,
  },
  TWF226: {
    name: 'not-an-option',
    severity: 'error',
    message: msg`Options stand here, and this is none.`,
  },
  TWF227: {
    name: 'option-without-value',
    severity: 'error',
    message: msg`The option \`${'key'}\` has no value: neither after its \`:\`, nor indented under it.`,
  },
  TWF228: {
    name: 'stray-options',
    severity: 'error',
    message: msg`These options belong to nothing.`,
  },
  TWF229: {
    name: 'else-without-if',
    severity: 'error',
    message: msg`\`${'word'}\` does not follow an \`if\` of the same indentation, or follows its \`else\`.`,
  },
  TWF230: {
    name: 'misplaced',
    severity: 'error',
    message: msg`${'what'} cannot stand among the statements of a body.`,
  },
  TWF231: {
    name: 'missing-await',
    severity: 'error',
    message: msg`To wait for ${'what'}, begin the line with \`await\`.`,
  },
  TWF232: {
    name: 'arrow-after-function',
    severity: 'error',
    message: msg`\`->\` takes the result of a call of an activity, a workflow or an operation; a function's value is assigned with \`=\`.`,
  },
  TWF233: {
    name: 'no-effect',
    severity: 'error',
    message: msg`This value is computed and not used, so the line does nothing.`,
  },
  TWF234: {
    name: 'options-twice',
    severity: 'error',
    message: msg`Options are given twice here.`,
  },
  TWF235: {
    name: 'not-a-case',
    severity: 'error',
    message: msg`${'what'} cannot be a case of \`await one\`.`,
  },
  TWF236: {
    name: 'unindented-body',
    severity: 'error',
    message: msg`The body of ${'what'} is not indented.`,
  },
  TWF237: {
    name: 'outside-definition',
    severity: 'error',
    message: msg`${'what'} stands outside a definition: only definitions stand at the left margin.`,
  },
  TWF238: {
    name: 'not-awaitable',
    severity: 'error',
    message: msg`\`await\` waits for a timer, a signal, a call, or a started call by the name that holds it; this is none of them.`,
  },
  TWF239: {
    name: 'result-of-signal',
    severity: 'error',
    message: msg`A signal has no result: whoever sends it does not wait for its handler.`,
  },
  TWF240: {
    name: 'stray-in-declaration',
    severity: 'error',
    message: msg`${'what'} cannot stand in ${'where'}.`,
  },
  TWF241: {
    name: 'prose-body',
    severity: 'warning',
    message: msg`This body is no program, but words, as in \`${'line'}\`: the activity is a contract, to be implemented elsewhere.`,
  },
});
