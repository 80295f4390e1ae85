/** How types are laid out. */
import type { TypeCode } from '../code.js';
import { concat, type Doc, group, ifBreak, indent, join, line, softline } from './doc.js';
import { stringLiteral } from './literals.js';

/** What is around a type. */
export type TypePlace = 'annotation' | 'argument' | 'element';

/** @param place where it stands: an argument of another type, the element of an array, or anywhere else */
export function typeDoc(type: TypeCode, place: TypePlace = 'annotation'): Doc {
  switch (type.kind) {
    case 'reference':
      return type.args.length === 0 ? type.name : concat(type.name, typeArguments(type.args));
    case 'typeof':
      return inElement(concat('typeof ', type.name), place);
    case 'literalType':
      return stringLiteral(type.value);
    case 'mapOf':
      return group(concat('{', indent(line, concat('[key: string]: ', typeDoc(type.value))), ifBreak(';'), line, '}'));
    case 'listOf': {
      const list = concat(typeDoc(type.item, 'element'), '[]');
      return type.readonly ? inElement(concat('readonly ', list), place) : list;
    }
    case 'tupleOf': {
      const items = type.items.map(({ name, type: item }) =>
        name === undefined ? typeDoc(item, 'argument') : concat(name, ': ', typeDoc(item)),
      );
      if (items.length === 0) return '[]';
      return group(concat('[', indent(softline, join(concat(',', line), items)), ifBreak(','), softline, ']'));
    }
    case 'unionOf':
      return union(type.members, place);
  }
}

/** `<A, B>`. */
export function typeArguments(args: readonly TypeCode[]): Doc {
  const docs = args.map((arg) => typeDoc(arg, 'argument'));
  if (args.length === 1 && isSimpleType(args[0]!)) return concat('<', docs[0]!, '>');
  return group(concat('<', indent(softline, join(concat(',', line), docs)), softline, '>'));
}

export function isSimpleType(type: TypeCode): boolean {
  return (type.kind === 'reference' && type.args.length === 0) || type.kind === 'mapOf';
}

function union(members: readonly TypeCode[], place: TypePlace): Doc {
  const parts = join(
    concat(line, '| '),
    members.map((member) => typeDoc(member)),
  );
  const indented = place === 'annotation';
  const content = concat(ifBreak(concat(indented ? line : '', '| ')), parts);
  if (place === 'element')
    return concat('(', group(concat(indent(concat(ifBreak(concat(softline, '| ')), parts)), softline)), ')');
  return group(indented ? indent(group(content)) : group(content));
}

function inElement(doc: Doc, place: TypePlace): Doc {
  return place === 'element' ? concat('(', doc, ')') : doc;
}
