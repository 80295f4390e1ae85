import { defineCatalog, msg } from '../define.js';

export const requests = defineCatalog({
  TWF765: {
    name: 'unhandled-message',
    severity: 'error',
    message: msg`No workflow of this program has ${'what'} named \`${'name'}\`.`,
  },
  TWF766: {
    name: 'ambiguous-message',
    severity: 'error',
    message: msg`Several workflows have ${'what'} named \`${'name'}\`: ${'workflows'}.`,
  },
  TWF767: {
    name: 'undefined-query',
    severity: 'error',
    message: msg`The workflow \`${'workflow'}\` has no query named \`${'name'}\`.`,
  },
  TWF768: {
    name: 'other-namespace',
    severity: 'error',
    message: msg`\`${'workflow'}\` runs in the namespace \`${'theirs'}\`, and what the workflow \`${'name'}\` sends stays in \`${'own'}\`.`,
  },
  TWF769: {
    name: 'missing-workflow-id',
    severity: 'error',
    message: msg`Without a workflow id, \`signal_with_start\` finds no \`${'name'}\` that runs already.`,
  },
  TWF770: {
    name: 'several-requests',
    severity: 'warning',
    lint: true,
    message: msg`\`${'name'}\` makes ${'count'}, each of which waits for the one before: together they have ten seconds.`,
  },
});
