import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';

const ENDING_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const guarded = new Set<ChildProcess>();

/**
 * Starts a process that ends with this one. It has a process group of its own, so that Ctrl-C in a terminal reaches only
 * this process, which can then finish its work before the other ends.
 */
export function spawnGuarded(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32', windowsHide: true });
  if (guarded.size === 0) {
    process.on('exit', endAll);
    for (const signal of ENDING_SIGNALS) process.on(signal, onSignal);
  }
  guarded.add(child);
  child.once('exit', () => forget(child));
  child.once('error', () => forget(child));
  return child;
}

/** Ends a guarded process and what it has started, at once. */
export function end(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  if (process.platform === 'win32') {
    child.kill();
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function forget(child: ChildProcess): void {
  guarded.delete(child);
  if (guarded.size > 0) return;
  process.off('exit', endAll);
  for (const signal of ENDING_SIGNALS) process.off(signal, onSignal);
}

function endAll(): void {
  for (const child of guarded) end(child);
}

function onSignal(signal: NodeJS.Signals): void {
  // Where others listen too, they decide when this process ends, and its `exit` event ends the guarded ones.
  if (process.listenerCount(signal) > 1) return;
  endAll();
  process.off(signal, onSignal);
  process.kill(process.pid, signal);
}

export interface Outcome {
  /** The exit code, the name of the signal, or the reason why the command could not be started. */
  readonly status: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** In milliseconds, after which the command is ended. */
  readonly timeout?: number;
  /** Takes each piece of stderr as it comes. */
  readonly onStderr?: (text: string) => void;
}

/**
 * Runs a command to its end.
 *
 * @throws the reason of `signal` when it is aborted; never because the command fails
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<Outcome> {
  options.signal?.throwIfAborted();
  const { cwd, env } = options;
  const child = spawnGuarded(command, args, {
    ...(cwd && { cwd }),
    ...(env && { env }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    options.onStderr?.(text);
  });
  let timedOut = false;
  const timer = setTimeout(
    () => {
      timedOut = true;
      end(child);
    },
    options.timeout ?? 2 ** 31 - 1,
  );
  const abort = () => end(child);
  options.signal?.addEventListener('abort', abort);
  const status = await new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal!));
  });
  clearTimeout(timer);
  options.signal?.removeEventListener('abort', abort);
  options.signal?.throwIfAborted();
  return { status: timedOut ? `no end after ${options.timeout! / 1000} s` : status, stdout, stderr };
}

/** The last lines of what a process wrote, on one line, for a message. */
export function tail(text: string, length = 400): string {
  const line = text.trim().replaceAll(/\s*\n\s*/g, ' | ');
  return line.length > length ? `… ${line.slice(-length)}` : line;
}
