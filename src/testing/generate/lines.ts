/** Text by logical lines, each with the block under it. */
export interface Line {
  readonly text: string;
  readonly block?: readonly Line[];
}

export type Lines = readonly Line[];

export function line(text: string, block?: Lines): Line {
  return block && block.length > 0 ? { text, block } : { text };
}

export function print(lines: Lines, indent = ''): string {
  return lines
    .map(({ text, block }) => `${text === '' ? '' : indent}${text}\n${block ? print(block, `${indent}    `) : ''}`)
    .join('');
}
