import { defineCatalog, msg } from '../define.js';

export const workflows = defineCatalog({
  TWF242: {
    name: 'continues-with-pending-work',
    severity: 'error',
    message: msg`Nothing has waited for \`${'name'}\` when the workflow continues here: the next run would know nothing of it, so that this one fails.`,
  },
  TWF601: {
    name: 'missing-close',
    severity: 'error',
    message: msg`\`${'name'}\` gives ${'result'}, but a path through it ends without \`${'word'}\`.`,
  },
  TWF602: {
    name: 'leaves-branch',
    severity: 'error',
    message: msg`\`${'what'}\` cannot stand in a branch of \`await all\`: the other branches would go on without the block.`,
  },
  TWF603: {
    name: 'outside-loop',
    severity: 'error',
    message: msg`\`${'what'}\` stands in no loop, so there is nothing to leave or to go on with.`,
  },
  TWF604: {
    name: 'unreachable-code',
    severity: 'error',
    message: msg`This line is never reached: every path before it ends.`,
  },
  TWF605: {
    name: 'read-of-sibling',
    severity: 'error',
    message: msg`\`${'name'}\` is bound by another branch of this \`await all\`, which runs at the same time.`,
  },
  TWF606: {
    name: 'fan-out-name-exists',
    severity: 'error',
    message: msg`\`${'name'}\` is the list that a fan-out makes, and is given a value elsewhere, too.`,
  },
  TWF607: {
    name: 'not-here',
    severity: 'error',
    message: msg`${'what'} cannot stand in ${'place'}: ${'why'}.`,
  },
  TWF608: {
    name: 'close-not-here',
    severity: 'error',
    message: msg`\`${'what'}\` cannot stand in ${'place'}: only the body of a workflow ends it.`,
  },
  TWF609: {
    name: 'detach-result',
    severity: 'error',
    message: msg`Nobody waits for a detached call, so that it has no result.`,
  },
  TWF610: {
    name: 'signal-result',
    severity: 'error',
    message: msg`A signal has no result: nobody waits for it.`,
  },
  TWF611: {
    name: 'value-without-use',
    severity: 'error',
    message: msg`This line computes a value and does nothing with it.`,
  },
  TWF612: {
    name: 'ambiguous-shared-name',
    severity: 'error',
    message: msg`\`${'name'}\` is bound here, and the workflow's body has a variable of the same name: it is not clear whether they are one.`,
  },
  TWF613: {
    name: 'handle-never-awaited',
    severity: 'warning',
    message: msg`Nothing waits for \`${'name'}\`: if the call fails, nobody hears of it.`,
  },
  TWF614: {
    name: 'loop-without-wait',
    severity: 'error',
    message: msg`This loop waits for nothing, and nothing in it ends it: it would spin for ever inside one workflow task.`,
  },
  TWF615: {
    name: 'handler-deadlock',
    severity: 'error',
    message: msg`The ${'message'} \`${'handler'}\` can never arrive here: its handler waits until \`${'name'}\` has a value, and that comes later, if at all.`,
  },
  TWF616: {
    name: 'held-handler',
    severity: 'hint',
    message: msg`The handler of \`${'handler'}\` waits until ${'names'} ${'verb'}: ${'message'}s that come before are held.`,
  },
  TWF617: {
    name: 'detached-activity',
    severity: 'error',
    message: msg`The activity \`${'name'}\` cannot be detached: it belongs to this workflow, and would be cancelled when the workflow ends.`,
  },
  TWF640: {
    name: 'not-a-switch-case',
    severity: 'error',
    message: msg`${'what'} cannot stand directly under \`switch\`: only \`case …:\` and \`else:\` can.`,
  },
  TWF641: {
    name: 'else-not-last',
    severity: 'error',
    message: msg`\`else\` is what a \`switch\` ends with: nothing comes after it, and there is one at most.`,
  },
  TWF642: {
    name: 'duplicate-case',
    severity: 'error',
    message: msg`An earlier case of this \`switch\` takes ${'value'} already.`,
  },
  TWF643: {
    name: 'missing-cases',
    severity: 'error',
    message: msg`This \`switch\` has no case for ${'missing'}, and no \`else\`.`,
  },
  TWF644: {
    name: 'open-switch',
    severity: 'error',
    message: msg`The cases are the members of \`${'type'}\`, but \`${'subject'}\` is ${'found'} and may be something else; there is no \`else\`.`,
  },
  TWF645: {
    name: 'try-alone',
    severity: 'error',
    message: msg`This \`try\` has neither a \`catch\` nor a \`finally\`: it does nothing.`,
  },
  TWF646: {
    name: 'catch-without-try',
    severity: 'error',
    message: msg`\`${'word'}\` does not follow a \`try\` of the same indentation, or follows its \`finally\`.`,
  },
  TWF647: {
    name: 'leaves-cleanup',
    severity: 'error',
    message: msg`\`${'what'}\` cannot leave \`${'where'}\`: ${'why'}.`,
  },
  TWF648: {
    name: 'nothing-caught',
    severity: 'error',
    message: msg`\`raise\` without an error raises again what was caught, and stands under no \`catch\`.`,
  },
  TWF649: {
    name: 'unreachable-catch',
    severity: 'error',
    message: msg`No error reaches this \`catch\`: ${'why'}.`,
  },
  TWF650: {
    name: 'raises-kind',
    severity: 'error',
    message: msg`\`${'name'}\` is a kind of error that Temporal makes: what is raised needs a name of its own.`,
  },
  TWF651: {
    name: 'error-as-value',
    severity: 'error',
    message: msg`${'what'} is a caught error: it is read by its fields, and cannot be stored, passed on or changed.`,
  },
  TWF652: {
    name: 'no-error-field',
    severity: 'error',
    message: msg`A caught error has no field \`${'field'}\`.`,
  },
  TWF653: {
    name: 'unbounded-history',
    severity: 'warning',
    lint: true,
    message: msg`Nothing in this loop ends it: the history of the workflow grows for ever, and Temporal terminates the workflow when it is too long.`,
  },
  TWF654: {
    name: 'turn-without-wait',
    severity: 'warning',
    lint: true,
    message: msg`A turn of this loop may wait for nothing: as long as nothing else changes, it spins inside one workflow task.`,
  },
  TWF655: {
    name: 'unreachable-deadline',
    severity: 'warning',
    lint: true,
    message: msg`This timer begins again with each turn of the loop, and another case comes after ${'other'} at the latest: it never fires.`,
  },
  TWF656: {
    name: 'sequential-children',
    severity: 'warning',
    lint: true,
    message: msg`This loop waits for one \`${'name'}\` after the other, and each may take long: it ${'why'}.`,
  },
  TWF657: {
    name: 'nexus-fan-out',
    severity: 'warning',
    lint: true,
    message: msg`More than ${'most'} Nexus operations may be pending here: a workflow can have no more, so that the others wait for their turn.`,
  },
  TWF730: {
    name: 'retry-elsewhere',
    severity: 'error',
    message: msg`\`retry in\` has no meaning in ${'place'}: only a failure of an activity says when it is tried again.`,
  },
  TWF731: {
    name: 'contradictory-retry',
    severity: 'error',
    message: msg`What is not retried is not tried again after some time.`,
  },
});
