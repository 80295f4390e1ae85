import { defineCatalog, msg } from '../define.js';

export const names = defineCatalog({
  TWF301: {
    name: 'duplicate-definition',
    severity: 'error',
    message: msg`The ${'what'} \`${'name'}\` is defined twice: there is one ${'other'}.`,
  },
  TWF302: {
    name: 'reserved-name',
    severity: 'error',
    message: msg`\`${'name'}\` cannot be defined: Temporal keeps names that begin with \`${'prefix'}\` for itself.`,
  },
  TWF303: {
    name: 'repeated-name',
    severity: 'error',
    message: msg`The ${'what'} \`${'name'}\` stands twice in ${'where'}.`,
  },
  TWF304: {
    name: 'undefined-activity',
    severity: 'error',
    message: msg`No activity is named \`${'name'}\`.`,
  },
  TWF305: {
    name: 'undefined-workflow',
    severity: 'error',
    message: msg`No workflow is named \`${'name'}\`.`,
  },
  TWF306: {
    name: 'undefined-operation',
    severity: 'error',
    message: msg`The ${'owner'} has no operation named \`${'name'}\`.`,
  },
  TWF307: {
    name: 'undefined-signal',
    severity: 'error',
    message: msg`The workflow \`${'workflow'}\` has no signal named \`${'name'}\`.`,
  },
  TWF308: {
    name: 'never-assigned',
    severity: 'error',
    message: msg`\`${'name'}\` is read here, but nothing assigns it.`,
  },
  TWF309: {
    name: 'undefined-function',
    severity: 'error',
    message: msg`\`${'name'}(…)\` is no function that a workflow can call: workflow code must give the same commands whenever it is replayed.`,
  },
  TWF310: {
    name: 'constant-dependency',
    severity: 'warning',
    message: msg`Nothing defines \`${'name'}\`: it becomes a constant that the dependencies must give.`,
  },
  TWF311: {
    name: 'operation-in-two-services',
    severity: 'error',
    message: msg`The operation \`${'name'}\` is in several services of the endpoint \`${'endpoint'}\`: ${'services'}.`,
  },
  TWF312: {
    name: 'inferred-contract',
    severity: 'warning',
    message: msg`The program does not define the endpoint \`${'endpoint'}\`: the contract of \`${'operation'}\` is taken from this call.`,
  },
  TWF313: {
    name: 'ambiguous-endpoint',
    severity: 'error',
    message: msg`\`${'name'}\` names no endpoint, and it is the namespace that several lead to: ${'endpoints'}.`,
  },
  TWF314: {
    name: 'undefined-endpoint',
    severity: 'error',
    message: msg`No endpoint is named \`${'name'}\`, and none leads to a namespace of this name.`,
  },
  TWF315: {
    name: 'read-before-assignment',
    severity: 'error',
    message: msg`\`${'name'}\` has no value here: no path to this line assigns it.`,
  },
  TWF316: {
    name: 'shadows-built-in',
    severity: 'error',
    message: msg`\`${'name'}\` is ${'what'} of the language: nothing else can be called so.`,
  },
  TWF317: {
    name: 'circular-alias',
    severity: 'error',
    message: msg`\`${'name'}\` is another name of itself, so that nothing says what it is.`,
  },
  TWF318: {
    name: 'extern-without-module',
    severity: 'error',
    message: msg`Nothing implements the extern function \`${'name'}\`: no module of such functions is named.`,
  },
  TWF319: {
    name: 'imported-type',
    severity: 'error',
    message: msg`\`${'name'}\` cannot be taken from \`${'path'}\`: ${'why'}.`,
  },
  TWF320: {
    name: 'imported-file',
    severity: 'error',
    message: msg`No types can be taken from \`${'path'}\`: ${'why'}.`,
  },
  TWF330: {
    name: 'undefined-worker',
    severity: 'error',
    message: msg`No worker is named \`${'name'}\`.`,
  },
  TWF340: {
    name: 'unknown-package',
    severity: 'error',
    message: msg`This file imports no package \`${'name'}\`.`,
  },
  TWF341: {
    name: 'unresolved-import',
    severity: 'warning',
    lint: true,
    message: msg`No file of this program is in a package \`${'name'}\`: what \`${'path'}\` defines is taken from how it is used.`,
  },
  TWF342: {
    name: 'second-package',
    severity: 'error',
    message: msg`This file is in the package \`${'name'}\` already.`,
  },
  TWF343: {
    name: 'unused-import',
    severity: 'hint',
    message: msg`Nothing in this file names something in the package \`${'name'}\`.`,
  },
  TWF344: {
    name: 'ambiguous-import',
    severity: 'error',
    message: msg`\`${'path'}\` could be several packages: ${'packages'}.`,
  },
  TWF345: {
    name: 'unnamed-import',
    severity: 'error',
    message: msg`\`${'name'}\` cannot be the name of a package here: a name is made of letters, digits and \`_\`.`,
  },
  TWF346: {
    name: 'unserved-extern',
    severity: 'warning',
    message: msg`No worker of this program runs \`${'name'}\`, which is defined elsewhere, and this call goes to the task queue of its caller.`,
  },
  TWF347: {
    name: 'shared-wire-name',
    severity: 'error',
    message: msg`Temporal cannot tell this ${'what'} from another one: both are called \`${'name'}\`, and run on the worker \`${'worker'}\`.`,
  },
});
