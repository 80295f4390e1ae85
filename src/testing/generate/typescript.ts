/** What a TypeScript file declares of the types of a program. */
import type { HiddenRecord, HiddenType } from './types.js';

export function domain(records: readonly HiddenRecord[]): string {
  return records.map(declaration).join('\n');
}

function declaration({ fields, members, name }: HiddenRecord): string {
  if (members) return `export type ${name} = ${members.map((one) => `'${one}'`).join(' | ')};\n`;
  const lines = fields.map(({ name: field, type }) => {
    if (type.kind === 'optional') return `  ${field}?: ${typeText(type.of)} | null | undefined;\n`;
    return `  ${field}: ${typeText(type)};\n`;
  });
  return `export interface ${name} {\n${lines.join('')}}\n`;
}

const scalars: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int: 'number',
  float: 'number',
  duration: 'number',
  string: 'string',
  decimal: 'string',
  time: 'string',
};

function typeText(type: HiddenType): string {
  switch (type.kind) {
    case 'list':
      return `${typeText(type.item)}[]`;
    case 'record':
    case 'enum':
      return type.record.name;
    default:
      return scalars[type.kind]!;
  }
}
