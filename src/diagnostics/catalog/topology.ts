import { defineCatalog, msg } from '../define.js';

export const topology = defineCatalog({
  TWF701: {
    name: 'endpoint-without-target',
    severity: 'error',
    message: msg`The endpoint \`${'name'}\` has no \`${'key'}\`: a call of it would reach nobody.`,
  },
  TWF702: {
    name: 'undefined-service',
    severity: 'error',
    message: msg`No Nexus service is named \`${'name'}\`.`,
  },
  TWF703: {
    name: 'endpoint-without-service',
    severity: 'error',
    message: msg`The endpoint \`${'name'}\` exposes no service: nothing in the program goes with its name.`,
  },
  TWF704: {
    name: 'endpoint-name',
    severity: 'error',
    message: msg`\`${'name'}\` cannot be the name of a Nexus endpoint: Temporal takes 2 to 200 letters, digits and hyphens, beginning with a letter and not ending with a hyphen.`,
  },
  TWF705: {
    name: 'same-namespace-nexus',
    severity: 'warning',
    lint: true,
    message: msg`\`${'workflow'}\` runs in the namespace \`${'namespace'}\`, which the endpoint \`${'endpoint'}\` leads back to: a child workflow does the same without the way through Nexus.`,
  },
  TWF706: {
    name: 'nexus-no-authorization',
    severity: 'warning',
    lint: true,
    message: msg`Every namespace may call \`${'service'}.${'operation'}\` through the endpoint \`${'endpoint'}\`, which lists no callers.`,
  },
  TWF707: {
    name: 'computed-task-queue',
    severity: 'warning',
    message: msg`The task queue of \`${'name'}\` is computed here, so that no worker of the program is known to serve it.`,
  },
  TWF708: {
    name: 'caller-not-allowed',
    severity: 'warning',
    lint: true,
    message: msg`\`${'workflow'}\` runs in the namespace \`${'namespace'}\`, which the endpoint \`${'endpoint'}\` does not let call: the call will be refused.`,
  },
  TWF710: {
    name: 'service-not-exposed',
    severity: 'error',
    message: msg`The endpoint \`${'endpoint'}\` does not lead to the service \`${'name'}\`.`,
  },
  TWF711: {
    name: 'worker-without-task-queue',
    severity: 'error',
    message: msg`The worker \`${'name'}\` has no task queue in the namespace \`${'namespace'}\`: nothing could be given to it.`,
  },
  TWF712: {
    name: 'not-deployed',
    severity: 'warning',
    lint: true,
    message: msg`No worker runs the ${'what'} \`${'name'}\`: it is not deployed.`,
  },
  TWF713: {
    name: 'worker-without-namespace',
    severity: 'warning',
    lint: true,
    message: msg`The worker \`${'name'}\` stands in no namespace: it is not deployed.`,
  },
  TWF714: {
    name: 'shared-task-queue',
    severity: 'error',
    message: msg`The workers \`${'name'}\` and \`${'other'}\` share the task queue \`${'taskQueue'}\` of the namespace \`${'namespace'}\` and run different things: what only one of them runs may be given to the other.`,
  },
  TWF715: {
    name: 'redundant-worker',
    severity: 'warning',
    lint: true,
    message: msg`The workers \`${'name'}\` and \`${'other'}\` share the task queue \`${'taskQueue'}\` of the namespace \`${'namespace'}\` and run the same: one of them does.`,
  },
  TWF716: {
    name: 'wrong-task-queue',
    severity: 'error',
    message: msg`No worker on the task queue \`${'taskQueue'}\` of the namespace \`${'namespace'}\` runs \`${'name'}\`: the call would wait for ever.`,
  },
  TWF723: {
    name: 'no-allowed-namespaces',
    severity: 'error',
    message: msg`\`allowed_namespaces\` is the list of an endpoint, and no endpoint that leads to \`${'operation'}\` has one.`,
  },
  TWF724: {
    name: 'overlapping-workflow-ids',
    severity: 'error',
    message: msg`The operation \`${'name'}\` starts a \`${'type'}\` under the same ids as another operation starts a \`${'other'}\`: it would be attached to that one.`,
  },
  TWF725: {
    name: 'shared-cancel',
    severity: 'warning',
    lint: true,
    message: msg`Callers of \`${'name'}\` with the same id share one workflow, and one that no longer waits cancels it for all of them.`,
  },
  TWF728: {
    name: 'unserved-task-queue',
    severity: 'warning',
    lint: true,
    message: msg`No worker of this program is on the task queue \`${'taskQueue'}\`: unless one that is deployed elsewhere runs \`${'name'}\`, the call waits for ever.`,
  },
  TWF717: {
    name: 'not-on-worker',
    severity: 'error',
    message: msg`The worker \`${'worker'}\`, which runs \`${'caller'}\`, does not run \`${'name'}\`, and no task queue says where it runs: the call would wait for ever.`,
  },
  TWF718: {
    name: 'endpoint-without-worker',
    severity: 'error',
    message: msg`The endpoint \`${'name'}\` leads to the task queue \`${'taskQueue'}\` of the namespace \`${'namespace'}\`, where no worker is.`,
  },
  TWF719: {
    name: 'worker-without-service',
    severity: 'error',
    message: msg`The endpoint \`${'name'}\` leads to the worker \`${'worker'}\`, which serves no Nexus service.`,
  },
  TWF720: {
    name: 'family-without-members',
    severity: 'warning',
    lint: true,
    message: msg`Nothing in twfc.json says what \`{${'param'}}\` in \`${'name'}\` stands for: the family has no members, and none is deployed.`,
  },
  TWF721: {
    name: 'endpoint-outside-family',
    severity: 'error',
    message: msg`The name of the endpoint \`${'name'}\` lacks \`{${'param'}}\`, which the namespace \`${'namespace'}\` has: the endpoints of all its members would have one name.`,
  },
  TWF722: {
    name: 'unbound-parameter',
    severity: 'error',
    message: msg`\`{${'param'}}\` stands for nothing here: no name that this belongs to has such a hole.`,
  },
  TWF782: {
    name: 'alike-in-letter-case',
    severity: 'warning',
    lint: true,
    message: msg`\`${'name'}\` and \`${'other'}\` in ${'where'} differ in letter case only: a service or a caller in Go takes the one for the other.`,
  },
  TWF783: {
    name: 'breaks-callers',
    severity: 'warning',
    lint: true,
    message: msg`This breaks those who call by the contract in \`${'baseline'}\`: \`${'what'}\`: ${'why'}.`,
  },
  TWF780: {
    name: 'endpoint-url',
    severity: 'error',
    message: msg`\`${'url'}\` cannot be what an endpoint leads to: ${'why'}.`,
  },
});
