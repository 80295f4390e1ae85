import { defineCatalog, msg } from '../define.js';

export const types = defineCatalog({
  TWF401: {
    name: 'name-mismatch',
    severity: 'error',
    message: msg`${'asks'} ${'wanted'}, but this ${'is'} ${'found'}.`,
  },
  TWF402: {
    name: 'type-mismatch',
    severity: 'error',
    message: msg`${'asks'} ${'wanted'}, but this ${'is'} ${'found'}.`,
  },
  TWF403: {
    name: 'wrong-arity',
    severity: 'error',
    message: msg`\`${'name'}\` takes ${'takes'}, and is given ${'given'}.`,
  },
  TWF404: {
    name: 'unknown-argument',
    severity: 'error',
    message: msg`\`${'name'}\` ${'problem'} \`${'param'}\`.`,
  },
  TWF405: {
    name: 'missing-argument',
    severity: 'error',
    message: msg`\`${'name'}\` is not given its parameter \`${'param'}\`.`,
  },
  TWF406: {
    name: 'field-of-scalar',
    severity: 'error',
    message: msg`This is ${'found'}: it has no field \`${'field'}\`.`,
  },
  TWF407: {
    name: 'bad-condition',
    severity: 'error',
    message: msg`A condition must be true or false, but this is ${'found'}.`,
  },
  TWF408: {
    name: 'bad-operands',
    severity: 'error',
    message: msg`\`${'operator'}\` does not go between ${'left'} and ${'right'}.`,
  },
  TWF409: {
    name: 'not-comparable',
    severity: 'error',
    message: msg`\`${'operator'}\` cannot compare ${'left'} with ${'right'}.`,
  },
  TWF410: {
    name: 'not-a-handle',
    severity: 'error',
    message: msg`\`await\` takes a started call, but this is ${'found'}.`,
  },
  TWF411: {
    name: 'handle-escapes',
    severity: 'error',
    message: msg`A started call cannot leave the workflow: only variables and lists may hold it.`,
  },
  TWF412: {
    name: 'void-value',
    severity: 'error',
    message: msg`This gives nothing, so there is no value to take.`,
  },
  TWF413: {
    name: 'null-into-value',
    severity: 'error',
    message: msg`${'asks'} ${'wanted'}, but this may be \`null\`.`,
  },
  TWF414: {
    name: 'maybe-missing',
    severity: 'warning',
    message: msg`${'asks'} ${'wanted'}, but \`${'name'}\` may be missing: the read is checked, and fails with \`MissingValue\` if it is.`,
  },
  TWF415: {
    name: 'maybe-unset',
    severity: 'warning',
    message: msg`\`${'name'}\` has no value on some paths to this line: the read is checked, and fails with \`MissingValue\` then.`,
  },
  TWF416: {
    name: 'no-result',
    severity: 'warning',
    message: msg`\`${'name'}\` declares no result and returns none, so that nothing is known about what is bound here.`,
  },
  TWF417: {
    name: 'self-containing',
    severity: 'error',
    message: msg`A list would contain itself here, so that nothing could say what it holds.`,
  },
  TWF418: {
    name: 'not-iterable',
    severity: 'error',
    message: msg`\`for\` goes over ${'wanted'}, but this is ${'found'}.`,
  },
  TWF419: {
    name: 'operation-with-several-results',
    severity: 'error',
    message: msg`The operation \`${'name'}\` cannot have several results: Nexus carries one value.`,
  },
  TWF420: {
    name: 'inferred-division',
    severity: 'warning',
    message: msg`This division drops its fraction: ${'why'}.`,
  },
  TWF421: {
    name: 'ambiguous-plus',
    severity: 'warning',
    message: msg`Nothing says whether this adds numbers or joins texts: it is taken to add.`,
  },
  TWF422: {
    name: 'several-meanings',
    severity: 'warning',
    message: msg`\`${'name'}\` is not one thing in all activities: each gets its own, ${'places'}.`,
  },
  TWF423: {
    name: 'mixed-field',
    severity: 'hint',
    message: msg`\`${'name'}\` holds values of several types: ${'types'}.`,
  },
  TWF424: {
    name: 'not-printable',
    severity: 'error',
    message: msg`This is ${'found'}, which has no text of its own.`,
  },
  TWF425: {
    name: 'missing-result',
    severity: 'error',
    message: msg`\`${'name'}\` declares a result, and none is given here.`,
  },
  TWF426: {
    name: 'duplicate-field',
    severity: 'error',
    message: msg`The field \`${'name'}\` is given twice.`,
  },
  TWF427: {
    name: 'method-call',
    severity: 'error',
    message: msg`${'of'} no method \`${'name'}\` in ${'place'}.`,
  },
  TWF428: {
    name: 'mixed-read',
    severity: 'error',
    message: msg`This may be ${'found'}: \`${'field'}\` ${'can'}.`,
  },
  TWF429: {
    name: 'no-field',
    severity: 'error',
    message: msg`\`${'type'}\` has no field \`${'field'}\`.`,
  },
  TWF430: {
    name: 'missing-field',
    severity: 'error',
    message: msg`This \`${'type'}\` lacks ${'fields'}.`,
  },
  TWF431: {
    name: 'binding-count',
    severity: 'error',
    message: msg`${'what'} gives ${'given'}, but ${'names'} behind the arrow.`,
  },
  TWF432: {
    name: 'number-too-large',
    severity: 'error',
    message: msg`\`${'text'}\` is too large for an int: beyond 9007199254740991 digits would be lost on their way.`,
  },
  TWF433: {
    name: 'null-test-always-false',
    severity: 'warning',
    message: msg`\`${'name'}\` is never \`null\` here: ${'why'}.`,
  },
  TWF434: {
    name: 'nested-bytes',
    severity: 'error',
    message: msg`${'what'} holds \`bytes\`, which JSON has no form for: they travel only as a whole argument or result.`,
  },
  TWF435: {
    name: 'conflicting-uses',
    severity: 'error',
    message: msg`\`${'name'}\` cannot be one thing: ${'what'}.`,
  },
  TWF436: {
    name: 'map-key',
    severity: 'error',
    message: msg`The keys of a map are texts or whole numbers, and \`${'key'}\` is neither.`,
  },
  TWF437: {
    name: 'not-a-member',
    severity: 'error',
    message: msg`\`${'type'}\` has no member \`${'member'}\`.`,
  },
  TWF438: {
    name: 'not-a-record',
    severity: 'error',
    message: msg`\`${'name'}\` is no record: it has no fields that could be given.`,
  },
  TWF439: {
    name: 'imported-mismatch',
    severity: 'error',
    message: msg`\`${'field'}\` is ${'wanted'} in \`${'path'}\`, and the program takes it for ${'found'}.`,
  },
  TWF445: {
    name: 'compares-records',
    severity: 'error',
    message: msg`\`${'operator'}\` compares single values, but this is ${'found'}.`,
  },
  TWF446: {
    name: 'not-ordered',
    severity: 'error',
    message: msg`\`${'operator'}\` asks for an order, and ${'found'} has none.`,
  },
  TWF447: {
    name: 'mixed-handle',
    severity: 'error',
    message: msg`\`${'name'}\` holds a started call, and elsewhere ${'other'}.`,
  },
  TWF810: {
    name: 'near-type',
    severity: 'warning',
    message: msg`The type \`${'name'}\` is declared nowhere, and there is one of almost the same name.`,
  },
});
