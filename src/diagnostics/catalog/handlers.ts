import { defineCatalog, msg } from '../define.js';

/** Signals, queries, updates, and the state that they share. */
export const handlers = defineCatalog({
  TWF350: {
    name: 'undefined-update',
    severity: 'error',
    message: msg`The workflow \`${'workflow'}\` has no update named \`${'name'}\`.`,
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
  TWF631: {
    name: 'refused-option',
    severity: 'error',
    message: msg`\`${'key'}\` cannot be an option of ${'place'}: ${'why'}.`,
  },
});
