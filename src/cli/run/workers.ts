import { fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { visible } from '../../diagnostics/visible.js';
import { type FromWorkers, type ToWorkers, workersArgument, type WorkersConfig } from './protocol.js';

export interface Workers {
  /** Resolves once they can take work; rejects with a `WorkersFault` when they never will. */
  readonly ready: Promise<void>;
  /** Resolves when their process has ended without being told to: with the reason. */
  readonly ended: Promise<string>;
  /** Lets them finish what they do, but not for long. */
  stop(): Promise<void>;
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

const patience = 10_000;

export function startWorkers(config: WorkersConfig, { write, note }: WorkersOutput): Workers {
  // A process group of its own: Ctrl-C reaches twfc alone, which then ends it in good order.
  const child = fork(process.argv[1]!, [workersArgument], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    detached: true,
  });
  for (const stream of [child.stdout!, child.stderr!]) {
    createInterface({ input: stream }).on('line', (line) => write(`| ${visible(line)}`));
  }
  const send = (message: ToWorkers) => child.connected && child.send(message, () => undefined);
  const faults: WorkersFault['messages'][number][] = [];
  let stopping = false;

  const exited = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(signal ? `they were ended by ${signal}` : `they ended with exit code ${code}`),
    );
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.on('message', (message: FromWorkers) => {
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'note') note(message.text);
      else faults.push(message);
    });
    void exited.then((why) => reject(new WorkersFault(faults.length > 0 ? faults : [{ kind: 'failed', why }])));
  });
  ready.catch(() => undefined);
  send({ kind: 'start', config });
  return {
    ready,
    ended: new Promise((resolve) => {
      void exited.then((why) => {
        const failed = faults.find((fault) => fault.kind === 'failed');
        if (!stopping) resolve(failed?.why ?? why);
      });
    }),
    async stop() {
      stopping = true;
      send({ kind: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), patience);
      await exited;
      clearTimeout(timer);
    },
  };
}
