import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { visible } from '../../diagnostics/visible.js';
import type { FromWorkers, ToWorkers, WorkersCode, WorkersService } from './protocol.js';

export interface Workers {
  /**
   * Lets them take work.
   *
   * @throws {WorkersFault} when they cannot
   */
  start(service: WorkersService): Promise<void>;
  /** Resolves when their process has ended without being told to: with the reason. */
  readonly ended: Promise<string>;
  /** Lets them finish what they do, but not for long; `atOnce`, not at all. */
  stop(atOnce: boolean): Promise<void>;
}

/** Why the workers did not start. */
export class WorkersFault extends Error {
  constructor(readonly messages: readonly Exclude<FromWorkers, { kind: 'ready' | 'note' }>[]) {
    super('the workers did not start');
  }
}

export interface WorkersOutput {
  /** Takes what they, and the author's code in them, print. */
  readonly write: (line: string) => void;
  /** Takes what the user should know. */
  readonly note: (text: string) => void;
}

const patience = 4000;
/** Built of workers-process.ts, beside the command. */
const workersProcess = fileURLToPath(new URL('workers.cjs', import.meta.url));

/** Starts the process of the workers, and loads their code in it. */
export function loadWorkers(code: WorkersCode, { write, note }: WorkersOutput): Workers {
  // A process group of its own: Ctrl-C reaches twfc alone, which then ends it in good order.
  const child = fork(workersProcess, {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    detached: true,
  });
  let isReady = false;
  let stopping = false;
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface({ input: stream }).on('line', (line) => {
      // What they say when they are made to end is no news.
      if (!stopping) write(`| ${visible(line)}`);
    });
  }
  const send = (message: ToWorkers) => child.connected && child.send(message, () => undefined);
  const faults: WorkersFault['messages'][number][] = [];

  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(signal ? `they were ended by ${signal}` : `they ended with exit code ${code}`),
    );
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message: FromWorkers) => {
      if (message.kind === 'ready') {
        isReady = true;
        resolve();
      } else if (message.kind === 'note') note(message.text);
      else faults.push(message);
    });
    void exited.then((why) => reject(new WorkersFault(faults.length > 0 ? faults : [{ kind: 'failed', why }])));
  });
  ready.catch(() => undefined);
  send({ kind: 'load', code });
  return {
    start(service) {
      send({ kind: 'start', service });
      return ready;
    },
    ended: new Promise((resolve) => {
      void exited.then((why) => {
        const failed = faults.find((fault) => fault.kind === 'failed');
        if (!stopping) resolve(failed?.why ?? why);
      });
    }),
    async stop(atOnce) {
      stopping = true;
      send({ kind: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), atOnce || !isReady ? 0 : patience);
      await exited;
      clearTimeout(timer);
    },
  };
}
