/** Lays a document out in lines of at most 120 characters. */
import type { Origin } from '../origin.js';
import type { Doc, Imported } from './doc.js';

export const printWidth = 120;
const tab = '  ';

/** From here on (line and column of the output, both from 0), the text stands for a place of the source. */
export interface Mark {
  readonly line: number;
  readonly column: number;
  readonly at: Origin;
}

export interface Rendered {
  readonly text: string;
  readonly marks: readonly Mark[];
}

interface Command {
  readonly depth: number;
  readonly broken: boolean;
  readonly doc: Doc;
  readonly at: Origin | undefined;
}

/** @param nameOf what an imported name is called in this file */
export function render(doc: Doc, nameOf: (name: Imported) => string, width: number = printWidth): Rendered {
  return new Renderer(nameOf, width).run(doc);
}

class Renderer {
  private readonly lines: string[] = [];
  private readonly marks: Mark[] = [];
  private current = '';
  /** Of the end of `current`: wide characters take two. */
  private column = 0;
  private suffixes: string[] = [];
  private readonly brokenGroups = new Map<symbol, boolean>();
  private readonly commands: Command[] = [];
  private remeasure = false;
  private markedLine = -1;
  private markedAt: Origin | undefined;

  constructor(
    private readonly nameOf: (name: Imported) => string,
    private readonly width: number,
  ) {}

  run(doc: Doc): Rendered {
    this.commands.push({ depth: 0, broken: true, doc, at: undefined });
    for (let command = this.commands.pop(); command; command = this.commands.pop()) this.step(command);
    if (this.current !== '' || this.suffixes.length > 0) this.newLine(0);
    return { text: this.lines.join('\n') + '\n', marks: this.marks };
  }

  private step(command: Command): void {
    const { doc, depth, broken, at } = command;
    if (typeof doc === 'string') return this.write(doc, at);
    switch (doc.kind) {
      case 'concat':
        for (let i = doc.parts.length - 1; i >= 0; i--) this.push(doc.parts[i]!, depth, broken, at);
        break;
      case 'indent':
        this.push(doc.of, depth + 1, broken, at);
        break;
      case 'mapped':
        this.push(doc.of, depth, broken, doc.at);
        break;
      case 'imported':
        this.write(this.nameOf(doc), at);
        break;
      case 'suffix':
        this.suffixes.push(doc.text);
        break;
      case 'line':
        if (!broken && doc.flat !== 'hard') {
          this.write(doc.flat, at);
          break;
        }
        if (!broken) this.remeasure = true;
        this.newLine(depth);
        break;
      case 'ifBreak': {
        const isBroken = doc.id ? this.brokenGroups.get(doc.id) : broken;
        this.push(isBroken ? doc.broken : doc.flat, depth, broken, at);
        break;
      }
      case 'indentIfBreak':
        this.push(doc.of, this.brokenGroups.get(doc.id) ? depth + 1 : depth, broken, at);
        break;
      case 'group': {
        const chosen = this.choose(command, doc);
        if (doc.id) this.brokenGroups.set(doc.id, chosen.broken);
        this.commands.push(chosen);
        break;
      }
      default:
        doc satisfies never;
    }
  }

  private push(doc: Doc, depth: number, broken: boolean, at: Origin | undefined): void {
    if (doc !== '') this.commands.push({ doc, depth, broken, at });
  }

  private choose(command: Command, group: Extract<Doc, { kind: 'group' }>): Command {
    if (!command.broken && !this.remeasure) return { ...command, broken: group.broken, doc: group.of };
    this.remeasure = false;
    const { states = [group.of] } = group;
    if (!group.broken) {
      for (const [index, state] of states.entries()) {
        const flat = { ...command, broken: false, doc: state };
        const isLast = index === states.length - 1;
        if ((index === 0 || !isLast) && this.fits(flat)) return flat;
      }
    }
    return { ...command, broken: true, doc: states.at(-1)! };
  }

  /** Whether everything up to the next possible line break fits. */
  private fits(next: Command): boolean {
    let remaining = this.width - this.column;
    let rest = this.commands.length;
    const stack: { doc: Doc; broken: boolean }[] = [next];
    let pendingSpace = false;
    const take = (text: string) => {
      if (text === '') return;
      remaining -= columns(text) + (pendingSpace ? 1 : 0);
      pendingSpace = false;
    };
    while (remaining >= 0) {
      const top = stack.pop();
      if (!top) {
        if (rest === 0) return true;
        stack.push(this.commands[--rest]!);
        continue;
      }
      const { doc, broken } = top;
      if (typeof doc === 'string') {
        take(doc);
        continue;
      }
      switch (doc.kind) {
        case 'concat':
          for (let i = doc.parts.length - 1; i >= 0; i--) stack.push({ doc: doc.parts[i]!, broken });
          break;
        case 'indent':
        case 'indentIfBreak':
        case 'mapped':
          stack.push({ doc: doc.of, broken });
          break;
        case 'imported':
          take(this.nameOf(doc));
          break;
        case 'group': {
          const isBroken = doc.broken || broken;
          stack.push({ doc: (isBroken && doc.states?.at(-1)) || doc.of, broken: isBroken });
          break;
        }
        case 'ifBreak':
          stack.push({ doc: (doc.id ? this.brokenGroups.get(doc.id) : broken) ? doc.broken : doc.flat, broken });
          break;
        case 'line':
          if (broken || doc.flat === 'hard') return true;
          if (doc.flat === ' ') pendingSpace = true;
          break;
        case 'suffix':
          break;
        default:
          doc satisfies never;
      }
    }
    return false;
  }

  private write(text: string, at: Origin | undefined): void {
    if (text === '') return;
    if (at && (this.markedLine !== this.lines.length || this.markedAt !== at)) {
      this.marks.push({ line: this.lines.length, column: this.current.length, at });
      this.markedLine = this.lines.length;
      this.markedAt = at;
    }
    this.current += text;
    this.column += columns(text);
  }

  private newLine(depth: number): void {
    const comments = this.suffixes.map((text) => ` ${text}`).join('');
    this.lines.push((this.current + comments).trimEnd());
    this.suffixes = [];
    this.current = tab.repeat(depth);
    this.column = this.current.length;
  }
}

/** How many columns a text takes: wide characters take two, combining ones none. */
function columns(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) width += columnsOf(character.codePointAt(0)!);
  return width;
}

function columnsOf(code: number): number {
  if (code >= 0x300 && code <= 0x36f) return 0;
  return wideRanges.some(([from, to]) => code >= from && code <= to) ? 2 : 1;
}

const wideRanges: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1faff],
  [0x20000, 0x3fffd],
];
