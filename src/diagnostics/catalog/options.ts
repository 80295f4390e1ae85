import { defineCatalog, msg } from '../define.js';

export const options = defineCatalog({
  TWF501: {
    name: 'unknown-option',
    severity: 'error',
    message: msg`There is no option \`${'key'}\` for ${'place'}.`,
  },
  TWF502: {
    name: 'option-value',
    severity: 'error',
    message: msg`The option \`${'key'}\` takes ${'expected'}.`,
  },
  TWF503: {
    name: 'repeated-option',
    severity: 'error',
    message: msg`The option \`${'key'}\` stands twice.`,
  },
  TWF504: {
    name: 'forbidden-cancellation-type',
    severity: 'error',
    message: msg`A Nexus call cannot have the cancellation type \`${'type'}\`: the Temporal SDK can make a workflow fail for ever with it.`,
  },
  TWF505: {
    name: 'option-without-effect',
    severity: 'warning',
    message: msg`The option \`${'key'}\` has no effect on ${'place'}: ${'why'}.`,
  },
  TWF506: {
    name: 'missing-timeout',
    severity: 'warning',
    lint: true,
    message: msg`This Nexus call has no timeout: if nobody answers, it waits for ${'start'} to be started and for ${'close'} in all.`,
  },
  TWF840: {
    name: 'unwise-timeout',
    severity: 'warning',
    lint: true,
    message: msg`With this \`${'key'}\`, ${'otherwise'}.`,
  },
  TWF820: {
    name: 'deadline-without-timeout',
    severity: 'error',
    message: msg`\`${'key'}: cancel\` is about the time that the whole call may take, and this call does not say how long that is.`,
  },
  TWF821: {
    name: 'deadline-of-detached-call',
    severity: 'error',
    message: msg`\`${'key'}\` cannot be for \`${'name'}\`: the workflow does not wait for a detached call, so that it would not be there to cancel it.`,
  },
  TWF822: {
    name: 'header-name',
    severity: 'error',
    message: msg`\`${'header'}\` cannot be the name of a header: ${'why'}.`,
  },
  TWF823: {
    name: 'secret-header',
    severity: 'warning',
    lint: true,
    message: msg`The header \`${'header'}\` looks like a secret, and headers are plain text in the history of the workflow.`,
  },
  TWF507: {
    name: 'default-timeout',
    severity: 'hint',
    message: msg`The activity \`${'name'}\` has no timeout: each attempt gets ${'timeout'}.`,
  },
  TWF508: {
    name: 'heartbeat-without-timeout',
    severity: 'warning',
    message: msg`\`${'name'}\` has no heartbeat timeout: if its worker is lost, that is noticed only when the attempt has run out of time.`,
  },
  TWF510: {
    name: 'option-range',
    severity: 'error',
    message: msg`The option \`${'key'}\` takes ${'expected'}.`,
  },
  TWF511: {
    name: 'interval-order',
    severity: 'error',
    message: msg`The longest wait between two attempts, ${'longest'}, is shorter than the first one, ${'first'}.`,
  },
  TWF512: {
    name: 'computed-default',
    severity: 'error',
    message: msg`The value that \`${'name'}\` has where a call leaves it out is a constant.`,
  },
  TWF513: {
    name: 'default-order',
    severity: 'error',
    message: msg`\`${'name'}\` has no default value, and stands behind a parameter that has one.`,
  },
});
