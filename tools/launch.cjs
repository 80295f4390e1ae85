#!/usr/bin/env node
'use strict';
/**
 * The command: runs cli.cjs with the bytecode that the build has left beside it, so that V8 need not compile it again. V8
 * refuses the bytecode of another version of itself; then cli.cjs is compiled as ever.
 */
const { readFileSync } = require('node:fs');
const { wrap } = require('node:module');
const { join } = require('node:path');
const { Script } = require('node:vm');

const filename = join(__dirname, 'cli.cjs');
const script = new Script(wrap(readFileSync(filename, 'utf8')), { filename, cachedData: bytecode() });
const cli = { exports: {} };
script.runInThisContext().call(cli.exports, cli.exports, require, cli, filename, __dirname);

/** What the build takes the bytecode from. */
module.exports = script;

function bytecode() {
  try {
    return readFileSync(join(__dirname, 'cli.bytecode'));
  } catch {
    return undefined;
  }
}
