import { visible } from '../diagnostics/visible.js';
import { SourceFile, type Span } from '../source.js';
import { type Member, text } from './tree.js';

/** Lines of TWF, each with the place of the contract that it comes from. */
export class Lines {
  private readonly all: { readonly text: string; readonly span: Span }[] = [];

  add(text: string, span: Span): void {
    this.all.push({ text, span });
  }

  /** A description, as comments. */
  describe(member: Member | undefined, indent: string): void {
    if (!member) return;
    for (const line of text(member.value, '`description`').trim().split(/\r?\n/)) {
      const safe = visible(line).replace(/^(\s*)twfc-/, '$1(twfc)-');
      this.add(`${indent}# ${safe}`.trimEnd(), member.keySpan);
    }
  }

  /** As a source whose places are those of a contract file. */
  source(origin: SourceFile): SourceFile {
    const starts: number[] = [];
    let length = 0;
    for (const { text: line } of this.all) {
      starts.push(length);
      length += line.length + 1;
    }
    const spanAt = (offset: number): Span => {
      let at = starts.findLastIndex((start) => start <= offset);
      if (at < 0) at = 0;
      return this.all[at]?.span ?? { start: 0, end: 0 };
    };
    return new SourceFile(origin.path, this.all.map((one) => `${one.text}\n`).join(''), { file: origin, spanAt });
  }
}
