import { defineCatalog, msg } from '../define.js';

export const unused = defineCatalog({
  TWF750: {
    name: 'unused-result',
    severity: 'hint',
    message: msg`Nothing reads \`${'name'}\`, which the result goes to.`,
  },
  TWF751: {
    name: 'unused-variable',
    severity: 'hint',
    message: msg`Nothing reads \`${'name'}\`: the generated code has no such variable.`,
  },
  TWF752: {
    name: 'unused-definition',
    severity: 'hint',
    message: msg`Nothing in the program uses the ${'what'} \`${'name'}\`.`,
  },
  TWF753: {
    name: 'function-called-like-activity',
    severity: 'hint',
    message: msg`\`${'name'}(…)\` is a function here, which your own code implements: it does not run the ${'what'} of this name.`,
  },
  TWF754: {
    name: 'sequential-calls',
    severity: 'hint',
    message: msg`Each turn of this loop waits for the one before, though it needs nothing from it.`,
  },
});
