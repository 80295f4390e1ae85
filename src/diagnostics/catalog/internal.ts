import { defineCatalog, msg } from '../define.js';

export const internal = defineCatalog({
  TWF901: {
    name: 'internal-error',
    severity: 'error',
    message: msg`This is a bug in twfc, not in the program: ${'what'}.`,
  },
});
