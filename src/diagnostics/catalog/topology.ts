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
  TWF710: {
    name: 'service-not-exposed',
    severity: 'error',
    message: msg`The endpoint \`${'endpoint'}\` does not lead to the service \`${'name'}\`.`,
  },
  TWF708: {
    name: 'caller-not-allowed',
    severity: 'warning',
    lint: true,
    message: msg`\`${'workflow'}\` runs in the namespace \`${'namespace'}\`, which the endpoint \`${'endpoint'}\` does not let call: the call will be refused.`,
  },
});
