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
  TWF771: {
    name: 'not-in-place',
    severity: 'error',
    message: msg`The code of \`${'name'}\` cannot run in an operation: ${'why'}.`,
  },
  TWF772: {
    name: 'activity-elsewhere',
    severity: 'error',
    message: msg`The code of \`${'name'}\` runs in the operation \`${'operation'}\`, and the worker \`${'worker'}\` that serves it has no such activity.`,
  },
  TWF773: {
    name: 'operation-too-long',
    severity: 'warning',
    lint: true,
    message: msg`\`${'name'}\` may take ${'seconds'} s, and an operation has ten seconds to answer.`,
  },
});
