import { connect } from 'node:net';
import { Connection } from '@temporalio/client';

/** What generated code relies on: timeouts of Nexus operations, and failures that are wrapped once. */
export const MINIMUM_VERSION = '1.31';

const CONNECT_TIMEOUT = 5_000;

/**
 * The version of the server at `address`.
 *
 * @param address `host:port`
 * @throws when nobody answers there within 5 s, when the answer is no Temporal Service, or one that is too old
 */
export async function serverVersion(address: string): Promise<string> {
  await reach(address);
  const connection = await Connection.connect({ address, connectTimeout: CONNECT_TIMEOUT });
  try {
    const { serverVersion: version } = await connection.workflowService.getSystemInfo({});
    if (!isSupported(version))
      throw new Error(`server ${version || 'of unknown version'} is older than ${MINIMUM_VERSION}`);
    return version;
  } finally {
    await connection.close();
  }
}

export function isSupported(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  const [leastMajor, leastMinor] = MINIMUM_VERSION.split('.').map(Number) as [number, number];
  return major > leastMajor || (major === leastMajor && minor >= leastMinor);
}

/** The client would try until its time is up, and then not say why it failed. */
async function reach(address: string): Promise<void> {
  const url = URL.canParse(`tcp://${address}`) ? new URL(`tcp://${address}`) : undefined;
  if (!url?.port) throw new Error(`\`${address}\` is not of the form host:port`);
  const socket = connect({ host: url.hostname.replaceAll(/[[\]]/g, ''), port: Number(url.port) });
  try {
    await new Promise((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', (error) => reject(new Error(error.message || 'nobody answers')));
      socket.setTimeout(CONNECT_TIMEOUT, () => reject(new Error(`no answer within ${CONNECT_TIMEOUT / 1000} s`)));
    });
  } finally {
    socket.destroy();
  }
}
