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
  TWF622: {
    name: 'shared-across-await',
    severity: 'warning',
    lint: true,
    message: msg`\`${'name'}\` is shared, and the handler has waited since it assigned it: it may have another value by now.`,
  },
  TWF623: {
    name: 'overwrites-handler',
    severity: 'warning',
    lint: true,
    message: msg`\`${'name'}\` may have been assigned by a handler meanwhile: that is lost here.`,
  },
  TWF624: {
    name: 'handler-can-outlive-body',
    severity: 'warning',
    lint: true,
    message: msg`The workflow waits for \`${'handler'}\` when it closes, and only the body sets \`${'name'}\`: if it has not been set, the workflow never ends.`,
  },
  TWF625: {
    name: 'stale-handler-variable',
    severity: 'warning',
    lint: true,
    message: msg`\`${'name'}\` is what the last \`${'message'}\` brought, which need not be the one that is consumed here.`,
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
