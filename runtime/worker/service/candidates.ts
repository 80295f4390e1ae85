import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { builtServer, buildServer } from './build.js';
import { cacheFolder } from './cache.js';
import { downloadedCli } from './download.js';
import { EXECUTABLE_SUFFIX } from './platform.js';
import type { Narrator } from './progress.js';
import { startServer, type StartOptions } from './start.js';
import type { Service, ServiceSource } from './types.js';
import { serverVersion } from './version.js';

/** What the candidates need to know. */
export interface Search extends StartOptions {
  readonly narrator: Narrator;
}

/** One way to get a service. */
export interface Candidate {
  readonly source: ServiceSource;
  /** How messages name it. */
  readonly name: string;
  /**
   * @throws {NotThere} when there is nothing to try
   * @throws any other error when what is there does not work
   */
  open(search: Search): Promise<Service>;
}

/** Says why there is nothing to try. */
export class NotThere extends Error {}

/** In the order in which they are tried. */
export const CANDIDATES: readonly Candidate[] = [
  {
    source: 'environment',
    name: 'TEMPORAL_ADDRESS',
    open: (search) => attach(variable(search, 'TEMPORAL_ADDRESS'), search),
  },
  {
    source: 'cli',
    name: 'TEMPORAL_CLI',
    open: (search) => startCli(variable(search, 'TEMPORAL_CLI'), 'cli', search),
  },
  {
    source: 'cli',
    name: '`temporal` on the PATH',
    open: (search) => startCli(onPath('temporal', search.env), 'cli', search),
  },
  {
    source: 'cache',
    name: 'a copy built earlier',
    async open(search) {
      const path = await builtServer(search);
      if (!path) throw new NotThere(`none in ${cacheFolder(search.env)}`);
      return await startServer({ path, kind: 'dev-server', source: 'cache' }, search);
    },
  },
  {
    source: 'download',
    name: 'the download of the Temporal SDK',
    open: async (search) => startCli(await downloadedCli(search), 'download', search),
  },
  {
    source: 'build',
    name: 'a build from source',
    async open(search) {
      const known = await builtServer(search);
      if (known) throw new NotThere(`${known} is built already`);
      const path = await buildServer(search.narrator, search);
      return await startServer({ path, kind: 'dev-server', source: 'build' }, search);
    },
  },
];

/** A service that runs already. */
async function attach(address: string, { env }: Search): Promise<Service> {
  const httpAddress = env['TEMPORAL_HTTP_ADDRESS'];
  return {
    address,
    ...(httpAddress && { httpAddress }),
    version: await serverVersion(address),
    own: false,
    source: 'environment',
    exited: new Promise(() => undefined),
    stop: () => Promise.resolve(),
  };
}

function startCli(path: string, source: ServiceSource, search: Search): Promise<Service> {
  return startServer({ path, kind: 'cli', source }, search);
}

function variable({ env }: Search, name: string): string {
  const value = env[name];
  if (!value) throw new NotThere('not set');
  return value;
}

function onPath(name: string, env: NodeJS.ProcessEnv): string {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter(Boolean);
  const file = folders.map((folder) => join(folder, name + EXECUTABLE_SUFFIX)).find(isExecutable);
  if (file) return file;
  throw new NotThere('not found');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
