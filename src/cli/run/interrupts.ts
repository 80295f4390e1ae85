/** Ctrl-C: the first stops everything in good order, the second at once. */
export class Interrupts {
  readonly first: Promise<void>;
  private readonly abort = new AbortController();
  private readonly onSignal: () => void;

  constructor() {
    const { promise, resolve } = deferred();
    this.first = promise;
    this.onSignal = () => {
      if (this.abort.signal.aborted) process.exit(2);
      this.abort.abort();
      resolve();
    };
    for (const signal of signals) process.on(signal, this.onSignal);
  }

  get signal(): AbortSignal {
    return this.abort.signal;
  }

  stopListening(): void {
    for (const signal of signals) process.off(signal, this.onSignal);
  }
}

const signals = ['SIGINT', 'SIGTERM'] as const;

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}
