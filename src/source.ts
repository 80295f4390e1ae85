/** A stretch of one file, in UTF-16 offsets: `start` is its first character, `end` the one after its last. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Line and column as people count them: both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** What a source was made of: the file that its author wrote, and where in it something comes from. */
export interface Origin {
  readonly file: SourceFile;
  spanAt(offset: number): Span;
}

/** One .twf file. Offsets are the only positions inside the compiler; lines appear where something is shown. */
export class SourceFile {
  private starts: number[] | undefined;

  constructor(
    /** As the user named it; forward slashes. */
    readonly path: string,
    readonly text: string,
    /** Of one that twfc wrote itself, in the place of a file of another kind. */
    readonly origin?: Origin,
  ) {}

  position(offset: number): Position {
    const starts = this.lineStarts();
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - starts[low]! + 1 };
  }

  /** The text of a line, counted from 1, without its line break. */
  lineText(line: number): string {
    const starts = this.lineStarts();
    return this.text.slice(starts[line - 1], starts[line] ?? this.text.length).replace(/\r?\n$/, '');
  }

  get lineCount(): number {
    return this.lineStarts().length;
  }

  private lineStarts(): readonly number[] {
    if (!this.starts) {
      this.starts = [0];
      for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) this.starts.push(at + 1);
    }
    return this.starts;
  }
}

/** The smallest span that holds both. */
export function join(first: Span, last: Span): Span {
  return { start: Math.min(first.start, last.start), end: Math.max(first.end, last.end) };
}
