import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { dirname } from 'node:path';
import { end, spawnGuarded, tail } from './processes.js';
import type { ServerExit, Service, ServiceSource } from './types.js';
import { serverVersion } from './version.js';

const READY_TIMEOUT = 30_000;
const ATTEMPTS = 5;
const OUTPUT_LENGTH = 8_000;
const IP = '127.0.0.1';
const PORT_TAKEN = /address already in use|only one usage of each socket address/i;

/** A program that takes the flags of `temporal server start-dev`. */
export interface Executable {
  readonly path: string;
  /** Our own server, of tools/temporal-dev-server, or the Temporal CLI. */
  readonly kind: 'dev-server' | 'cli';
  readonly source: ServiceSource;
}

export interface StartOptions {
  readonly namespaces: readonly string[];
  readonly databaseFile?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** Chooses the two ports of one attempt; different free ones by default. */
  readonly ports?: () => Promise<Ports>;
}

export interface Ports {
  readonly grpc: number;
  readonly http: number;
}

/**
 * Starts a server on free ports, with state in memory or in a file, and waits until it answers.
 *
 * It is killed when this process exits. A server of ours that loses a port to somebody else is started again on others.
 *
 * @throws with what the server wrote to stderr when it does not come up, and when it is too old
 */
export async function startServer(executable: Executable, options: StartOptions): Promise<Service> {
  if (options.databaseFile) await mkdir(dirname(options.databaseFile), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    const ports = await (options.ports ?? freePorts)();
    const server = new ServerProcess(executable, ports, options);
    try {
      await server.ready(options.signal);
      return await server.asService();
    } catch (error) {
      await server.stop();
      options.signal?.throwIfAborted();
      if (attempt === ATTEMPTS || !server.lostPort) throw error;
    }
  }
}

class ServerProcess {
  readonly exited: Promise<ServerExit>;
  private readonly child: ChildProcess;
  private output = '';
  private stopping = false;

  constructor(
    private readonly executable: Executable,
    private readonly ports: Ports,
    options: StartOptions,
  ) {
    this.child = spawnGuarded(executable.path, serverArguments(executable, ports, options), {
      env: options.env,
      // Our own server ends when this end of the pipe is closed, which happens even when this process is killed.
      stdio: [executable.kind === 'dev-server' ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    });
    this.child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      this.output = (this.output + text).slice(-OUTPUT_LENGTH);
    });
    this.exited = new Promise((resolve) => {
      const settle = (code: number | null, signal: NodeJS.Signals | null) =>
        resolve({ code, signal, output: this.output.trim(), expected: this.stopping });
      this.child.once('close', settle);
      this.child.once('error', (error) => {
        this.output += error.message;
        settle(null, null);
      });
    });
  }

  /** Both kinds of server print their port once they listen on it: what answers there before may be somebody else. */
  async ready(signal?: AbortSignal): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let onAbort: (() => void) | undefined;
    const saysPort = new Promise<void>((resolve, reject) => {
      let said = '';
      this.child.stdout!.setEncoding('utf8').on('data', (text: string) => {
        if (said.length < OUTPUT_LENGTH) said += text;
        if (new RegExp(`:${this.ports.grpc}\\b`).test(said)) resolve();
      });
      timer = setTimeout(
        () => reject(new Error(`not ready after ${READY_TIMEOUT / 1000} s${this.explanation()}`)),
        READY_TIMEOUT,
      );
      onAbort = () => reject(signal!.reason as Error);
      signal?.addEventListener('abort', onAbort);
    });
    try {
      await Promise.race([saysPort, this.failure()]);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort!);
    }
  }

  async asService(): Promise<Service> {
    const address = `${IP}:${this.ports.grpc}`;
    const version = await Promise.race([serverVersion(address), this.failure()]);
    // From here on the server alone does not keep this process running.
    this.child.unref();
    for (const stream of [this.child.stdin, this.child.stdout, this.child.stderr]) {
      (stream as { unref?(): void } | null)?.unref?.();
    }
    return {
      address,
      httpAddress: `${IP}:${this.ports.http}`,
      version,
      own: true,
      source: this.executable.source,
      pid: this.child.pid!,
      exited: this.exited,
      stop: () => this.stop(),
    };
  }

  /** Kills it: SQLite keeps whatever was committed. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.child.ref();
    end(this.child);
    await this.exited;
  }

  get lostPort(): boolean {
    return PORT_TAKEN.test(this.output);
  }

  private async failure(): Promise<never> {
    const { code, signal } = await this.exited;
    const how = signal ? `was ended by ${signal}` : code === null ? 'could not be started' : `exited with code ${code}`;
    throw new Error(`${how}${this.explanation()}`);
  }

  private explanation(): string {
    return this.output.trim() ? `: ${tail(this.output)}` : '';
  }
}

function serverArguments(executable: Executable, ports: Ports, options: StartOptions): string[] {
  const flags = {
    ip: IP,
    port: ports.grpc,
    'http-port': ports.http,
    'log-level': 'error',
    ...(options.databaseFile && { 'db-filename': options.databaseFile }),
  };
  return [
    'server',
    'start-dev',
    '--headless',
    ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, `${value}`]),
    ...options.namespaces.flatMap((name) => ['--namespace', name]),
    ...(executable.kind === 'dev-server' ? ['--exit-with-parent'] : callbackSettings(ports.http)),
  ];
}

/** What external Nexus endpoints need of the Temporal CLI, under the keys of server 1.31 and those of later ones. */
function callbackSettings(httpPort: number): string[] {
  const template = JSON.stringify(`http://${IP}:${httpPort}/namespaces/{{.NamespaceName}}/nexus/callback`);
  const anywhere = JSON.stringify([{ Pattern: '*', AllowInsecure: true }]);
  return [
    `component.nexusoperations.callback.endpoint.template=${template}`,
    `nexusoperation.callback.endpoint.template=${template}`,
    `component.callbacks.allowedAddresses=${anywhere}`,
    `callback.allowedAddresses=${anywhere}`,
  ].flatMap((setting) => ['--dynamic-config-value', setting]);
}

/** Two different ports that nobody listens on. Both are held until both are known. */
export async function freePorts(): Promise<Ports> {
  const servers = await Promise.all([listen(), listen()]);
  const [grpc, http] = servers.map((server) => (server.address() as { port: number }).port) as [number, number];
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return { grpc, http };
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, IP, () => resolve(server));
  });
}
