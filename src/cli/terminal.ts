/** Where a command says what it has to say. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether somebody reads stdout. */
  readonly interactive: boolean;
  /** To stdout: diagnostics and results. */
  out(text: string): void;
  /** To stderr: everything else. */
  err(text: string): void;
}

export function processTerminal(): Terminal {
  return {
    env: process.env,
    interactive: process.stdout.isTTY === true,
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  };
}
