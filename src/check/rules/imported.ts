/** Fields of imported types are what their TypeScript file says, whatever the program does with them. */
import type { ImportedType } from '../../imports/typescript.js';
import { describeType } from '../../types/print.js';
import { type Type, withoutAbsence } from '../../types/type.js';
import type { Typed } from '../verify/typed.js';

export function importedTypes(typed: Typed): void {
  const { model } = typed;
  for (const [slot, { field, of }] of model.importedFields) {
    const type = withoutAbsence(typed.typeOf(slot));
    if (type.kind === 'error' || fits(type, field.type, typed)) continue;
    const wrong = typed.decided.parts(slot).find((part) => !fits(part.type, field.type, typed));
    const at = wrong && wrong.origin !== of.from.use ? wrong.origin : of.from.use;
    const values = {
      field: `${of.name}.${field.name}`,
      wanted: spoken(field.type),
      path: of.from.written,
      found: describeType(wrong?.type ?? type),
    };
    model.report(at.file, 'TWF439', at.span, values);
  }
}

const texts = new Set<Type['kind']>(['string', 'decimal', 'time']);
const numbers = new Set<Type['kind']>(['int', 'float', 'duration']);

/** Whether TypeScript takes the one for the other, in both directions. */
function fits(type: Type, wanted: ImportedType, typed: Typed): boolean {
  switch (wanted.kind) {
    case 'string':
      return texts.has(type.kind);
    case 'number':
      return numbers.has(type.kind);
    case 'boolean':
      return type.kind === 'bool';
    case 'any':
    case 'unknown':
      return type.kind === wanted.kind;
    case 'list':
      return type.kind === 'list' && fits(type.item, wanted.item, typed);
    case 'map':
      return type.kind === 'map' && type.key.kind === 'string' && fits(type.value, wanted.value, typed);
    case 'tuple': {
      const { items } = wanted;
      return (
        type.kind === 'tuple' &&
        type.items.length === items.length &&
        type.items.every((one, i) => fits(one, items[i]!, typed))
      );
    }
    case 'named': {
      const meant = typed.model.imported.get(wanted.name)?.declaration;
      if (meant?.kind === 'alias') return fits(type, meant.type, typed);
      return (type.kind === 'named' || type.kind === 'enum') && type.type.name === wanted.name;
    }
    case 'refused':
      return true;
  }
}

function spoken(type: ImportedType): string {
  switch (type.kind) {
    case 'named':
      return `a \`${type.name}\``;
    case 'list':
      return 'a list';
    case 'map':
      return 'a map';
    case 'tuple':
      return 'a tuple';
    default:
      return `\`${type.kind}\``;
  }
}
