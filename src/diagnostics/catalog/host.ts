import { defineCatalog, msg } from '../define.js';

export const host = defineCatalog({
  // Reading sources
  TWF001: { name: 'missing-path', severity: 'error', message: msg`There is no file or folder \`${'path'}\`.` },
  TWF002: { name: 'unreadable', severity: 'error', message: msg`\`${'path'}\` cannot be read: ${'reason'}.` },
  TWF003: {
    name: 'no-sources',
    severity: 'error',
    message: msg`The folder \`${'path'}\` has no .twf file in it that belongs to the program.`,
  },
  TWF004: {
    name: 'binary-file',
    severity: 'error',
    message: msg`\`${'path'}\` is not a text file: there is a NUL byte at line ${'line'}, byte ${'byte'}.`,
  },
  TWF005: {
    name: 'not-utf8',
    severity: 'error',
    message: msg`\`${'path'}\` is not UTF-8: the byte ${'hex'} at line ${'line'}, byte ${'byte'} does not begin a character.`,
  },
  TWF006: {
    name: 'file-too-large',
    severity: 'error',
    message: msg`\`${'path'}\` is larger than ${'limit'} MB, the most that is read of one file.`,
  },
  TWF007: {
    name: 'not-twf',
    severity: 'error',
    message: msg`\`${'path'}\` is not a .twf file: only files whose names end so are compiled.`,
  },
  TWF008: {
    name: 'other-encoding',
    severity: 'error',
    message: msg`\`${'path'}\` is written in ${'encoding'}: sources are UTF-8.`,
  },

  // twfc.json, and what else settles which diagnostics are given
  TWF020: { name: 'config-syntax', severity: 'error', message: msg`This is not JSON: ${'expected'}.` },
  TWF021: { name: 'unknown-setting', severity: 'error', message: msg`${'where'} has no setting \`${'key'}\`.` },
  TWF022: {
    name: 'setting-kind',
    severity: 'error',
    message: msg`\`${'setting'}\` is ${'expected'}, but this is ${'found'}.`,
  },
  TWF023: {
    name: 'repeated-setting',
    severity: 'error',
    message: msg`\`${'key'}\` is set twice, and only one of the two can count.`,
  },
  TWF024: {
    name: 'unknown-lint',
    severity: 'error',
    message: msg`\`${'name'}\` is not the name of a warning that can be switched off.`,
  },
  TWF025: {
    name: 'ignores-nothing',
    severity: 'warning',
    message: msg`This comment silences nothing: ${'why'}.`,
  },
  TWF026: {
    name: 'two-namespaces',
    severity: 'error',
    message: msg`\`${'path'}\` is put in two namespaces, \`${'first'}\` and \`${'second'}\`: a file belongs to one.`,
  },
  TWF027: {
    name: 'no-externs-file',
    severity: 'error',
    message: msg`There is no file \`${'path'}\`, which should implement the extern functions.`,
  },
  TWF028: {
    name: 'source-changed',
    severity: 'error',
    message: msg`\`${'path'}\` has changed in the meantime: nothing has been written.`,
  },

  // The command line
  TWF030: { name: 'unknown-command', severity: 'error', message: msg`There is no command \`${'command'}\`.` },
  TWF031: {
    name: 'unknown-option',
    severity: 'error',
    message: msg`\`${'command'}\` has no option \`${'option'}\`.`,
  },
  TWF032: { name: 'option-value', severity: 'error', message: msg`\`${'option'}\` takes ${'expected'}.` },

  // Writing what was generated
  TWF040: {
    name: 'file-in-the-way',
    severity: 'error',
    message: msg`\`${'path'}\` was not written by twfc, and is not overwritten.`,
  },
  TWF041: {
    name: 'unwritable',
    severity: 'error',
    message: msg`\`${'path'}\` cannot be written: ${'reason'}.`,
  },

  // Running a workflow
  TWF050: { name: 'unknown-entry', severity: 'error', message: msg`The program has no workflow \`${'type'}\`.` },
  TWF051: { name: 'unclear-entry', severity: 'error', message: msg`It is not clear which workflow to run: ${'why'}.` },
  TWF052: {
    name: 'input-count',
    severity: 'error',
    message: msg`\`${'workflow'}\` takes ${'expected'}, but ${'found'} given.`,
  },
  TWF053: { name: 'input', severity: 'error', message: msg`The input does not fit: \`${'path'}\`: ${'what'}.` },
  TWF054: {
    name: 'dependencies-module',
    severity: 'error',
    message: msg`The author's own code cannot be loaded from \`${'path'}\`: ${'why'}.`,
  },
  TWF055: {
    name: 'missing-dependency',
    severity: 'error',
    message: msg`The worker \`${'worker'}\` needs what nobody implements: ${'names'}.`,
  },
  TWF056: { name: 'no-service', severity: 'error', message: msg`There is nothing to run on: ${'why'}` },
  TWF057: {
    name: 'service-ended',
    severity: 'error',
    message: msg`The Temporal Service ended while \`${'workflow'}\` was running: ${'how'}`,
  },
  TWF058: {
    name: 'missing-namespace',
    severity: 'error',
    message: msg`The Temporal Service at ${'address'} has no namespace \`${'namespace'}\`.`,
  },
  TWF059: {
    name: 'missing-endpoint',
    severity: 'error',
    message: msg`The Temporal Service at ${'address'} has no Nexus endpoint \`${'endpoint'}\` that leads to ${'target'}.`,
  },
  TWF060: { name: 'workers-ended', severity: 'error', message: msg`The workers cannot go on: ${'why'}.` },
  TWF061: {
    name: 'workflow-id-taken',
    severity: 'error',
    message: msg`A workflow with the id \`${'id'}\` exists already in the namespace \`${'namespace'}\`.`,
  },
  TWF062: { name: 'interrupted', severity: 'error', message: msg`Interrupted: ${'what'}.` },
  TWF063: {
    name: 'service-refuses',
    severity: 'error',
    message: msg`The Temporal Service refuses what is needed to run \`${'workflow'}\`: ${'why'}.`,
  },

  // Nexus endpoints in a registry
  TWF080: { name: 'unknown-action', severity: 'error', message: msg`\`${'command'}\` does one of ${'actions'}.` },
  TWF081: {
    name: 'no-registry',
    severity: 'error',
    message: msg`The registry of the Temporal Service at ${'address'} cannot be read: ${'why'}.`,
  },
  TWF082: {
    name: 'registry-refuses',
    severity: 'error',
    message: msg`The Temporal Service at ${'address'} refuses to ${'action'} the Nexus endpoint \`${'endpoint'}\`: ${'why'}.`,
  },
  TWF083: {
    name: 'endpoint-conflict',
    severity: 'error',
    message: msg`The Nexus endpoint \`${'endpoint'}\` has been ${'how'} by somebody else while twfc was at work: it is left as it is.`,
  },

  // Contract files
  TWF084: {
    name: 'contract-syntax',
    severity: 'error',
    message: msg`This is not a contract file that twfc reads: ${'why'}.`,
  },
  TWF085: {
    name: 'contract-shape',
    severity: 'error',
    message: msg`${'what'} is ${'expected'}, but this is ${'found'}.`,
  },
  TWF086: {
    name: 'contract-keyword',
    severity: 'error',
    message: msg`\`${'keyword'}\` cannot be read here: ${'why'}.`,
  },
  TWF087: {
    name: 'contract-name',
    severity: 'error',
    message: msg`\`${'name'}\` cannot be the name of ${'what'} in TWF: ${'why'}.`,
  },
  TWF088: {
    name: 'contract-reference',
    severity: 'error',
    message: msg`\`${'reference'}\` leads to no type: ${'why'}.`,
  },
  TWF089: {
    name: 'contract-depth',
    severity: 'error',
    message: msg`This is nested more than ${'most'} levels deep, the most that is read.`,
  },
  TWF090: {
    name: 'contract-count',
    severity: 'error',
    message: msg`\`${'command'}\` takes ${'expected'}, but this is ${'found'}.`,
  },
  TWF091: {
    name: 'no-such-service',
    severity: 'error',
    message: msg`The program has no Nexus service \`${'name'}\` of its own.`,
  },
});
