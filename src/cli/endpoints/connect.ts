import { Connection, type ConnectionOptions } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';

const CONNECT_TIMEOUT = 10_000;

/** Where a service is, as the environment says. */
export interface Destination {
  /** `host:port`. */
  readonly address: string;
  readonly options: ConnectionOptions;
}

/**
 * Reads Temporal's standard environment variables and profiles: `TEMPORAL_ADDRESS`, `TEMPORAL_API_KEY`,
 * `TEMPORAL_TLS_*`, `TEMPORAL_PROFILE`, …
 *
 * @throws when they make no sense: the message says why
 */
export function destination(env: Readonly<Record<string, string | undefined>>): Destination {
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const { connectionOptions } = loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(set) });
  const { address = 'localhost:7233', tls, apiKey, metadata } = connectionOptions;
  return {
    address,
    options: {
      address,
      connectTimeout: CONNECT_TIMEOUT,
      ...(tls !== undefined && { tls }),
      ...(apiKey !== undefined && { apiKey }),
      ...(metadata !== undefined && { metadata: metadata as Record<string, string> }),
    },
  };
}

/** @throws when nobody answers within 10 s */
export async function connect({ options }: Destination): Promise<Connection> {
  return await Connection.connect(options);
}
