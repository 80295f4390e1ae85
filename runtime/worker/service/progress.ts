/** Tells somebody who waits what is being done. */
export interface Narrator {
  /** One line that stays. */
  say(line: string): void;
  /** Replaces the line before, on a terminal; nothing elsewhere. */
  progress(text: string): void;
  endProgress(): void;
}

export interface Terminal {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const ERASE_LINE = '\r\u001b[2K';

/** Without `log` nothing is said and nothing shown. */
export function narrator(log?: (line: string) => void, terminal: Terminal = process.stderr): Narrator {
  const visible = log !== undefined && terminal.isTTY === true;
  let shown = false;
  const endProgress = () => {
    if (shown) terminal.write(ERASE_LINE);
    shown = false;
  };
  return {
    say(line) {
      endProgress();
      log?.(line);
    },
    progress(text) {
      if (!visible) return;
      terminal.write(`${ERASE_LINE}${text.slice(0, (terminal.columns || 80) - 1)}`);
      shown = true;
    },
    endProgress,
  };
}

/** Milliseconds as `5:36`. */
export function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
