import { Connection } from '@temporalio/client';

/** What generated code relies on: timeouts of Nexus operations, and failures that are wrapped once. */
export const MINIMUM_VERSION = '1.31';

const CONNECT_TIMEOUT = 5_000;

/**
 * The version of the server at `address`.
 *
 * @throws when nobody answers there within 5 s, when the answer is no Temporal Service, or one that is too old
 */
export async function serverVersion(address: string): Promise<string> {
  const connection = await Connection.connect({ address, connectTimeout: CONNECT_TIMEOUT });
  try {
    const { serverVersion: version } = await connection.workflowService.getSystemInfo({});
    if (!version) throw new Error('it does not say which version it is');
    if (!isSupported(version)) throw new Error(`server ${version} is older than ${MINIMUM_VERSION}`);
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
