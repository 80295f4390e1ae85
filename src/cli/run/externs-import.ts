/** Where the code of a run finds the extern functions: beside it, in one file. */
export const externsImport = './externs-implementation.js';
