import { isGrpcServiceError } from '@temporalio/client';

/** Something that a run cannot go on without has gone. */
export class Lost extends Error {
  constructor(
    readonly code: 'TWF057' | 'TWF060' | 'TWF062',
    readonly why: string,
  ) {
    super(why);
  }
}

/** Waits for other things, but not when what they need has gone. */
export class Losses {
  private readonly first: Promise<never>;
  private lose!: (loss: Lost) => void;

  constructor() {
    this.first = new Promise((_, reject) => (this.lose = reject));
    this.first.catch(() => undefined);
  }

  /** From now on, waiting ends when `why` resolves: with the code, and what `why` says. */
  watch(code: Lost['code'], why: Promise<string>): void {
    void why.then((text) => this.lose(new Lost(code, text)));
  }

  /** @throws {Lost} */
  async guard<T>(promise: Promise<T>): Promise<T> {
    try {
      return await Promise.race([promise, this.first]);
    } catch (error) {
      if (!isBroken(error)) throw error;
      // The connection broke: what broke it is about to be known.
      await Promise.race([this.first, new Promise((resolve) => setTimeout(resolve, patience))]);
      throw new Lost('TWF057', `the connection to it broke (${(error as Error).message}).`);
    }
  }
}

const patience = 3000;

/** Whether a call did not reach the service, or was cut off. */
function isBroken(error: unknown): boolean {
  const cause = isGrpcServiceError(error) ? error : (error as Error | undefined)?.cause;
  return (
    isGrpcServiceError(cause) && [status.cancelled, status.deadlineExceeded, status.unavailable].includes(cause.code)
  );
}

const status = { cancelled: 1, deadlineExceeded: 4, unavailable: 14 };
