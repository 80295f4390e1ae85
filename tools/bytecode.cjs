/**
 * `node tools/bytecode.cjs DIST FILE PATH…`: runs `twfc check PATH…` of a built command, and writes the bytecode of all that
 * V8 has compiled for it to FILE.
 */
const { writeFileSync } = require('node:fs');
const { resolve } = require('node:path');

const [dist, file, ...paths] = process.argv.slice(2);
process.argv = [process.execPath, resolve(dist, 'twfc.cjs'), 'check', '--quiet', ...paths];
const script = require(process.argv[1]);
process.on('exit', () => writeFileSync(file, script.createCachedData()));
