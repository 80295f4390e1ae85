import { defineCatalog, msg } from '../define.js';

/** Signals, queries, updates, and the state that they share. */
export const handlers = defineCatalog({
  TWF350: {
    name: 'undefined-update',
    severity: 'error',
    message: msg`The workflow \`${'workflow'}\` has no update named \`${'name'}\`.`,
  },
  TWF351: {
    name: 'undefined-condition',
    severity: 'error',
    message: msg`\`${'word'}\` takes a condition, and \`${'name'}\` is none.`,
  },
  TWF620: {
    name: 'query-changes-workflow',
    severity: 'error',
    message: msg`${'what'} cannot be changed in a query: it only looks at what the workflow holds.`,
  },
  TWF621: {
    name: 'query-before-assignment',
    severity: 'warning',
    message: msg`The query \`${'query'}\` fails until ${'names'} ${'verb'}.`,
  },
  TWF627: {
    name: 'condition-assigned',
    severity: 'error',
    message: msg`\`${'name'}\` is a condition: it is set and unset, and holds no other value.`,
  },
  TWF628: {
    name: 'not-a-child',
    severity: 'error',
    message: msg`\`${'name'}\` stands for no child workflow, or nothing says for which: only a child can be sent signals.`,
  },
  TWF630: {
    name: 'idle-condition',
    severity: 'warning',
    message: msg`Nothing ${'what'} the condition \`${'name'}\`.`,
  },
  TWF631: {
    name: 'refused-option',
    severity: 'error',
    message: msg`\`${'key'}\` cannot be an option of ${'place'}: ${'why'}.`,
  },
});
