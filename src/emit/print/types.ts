/** How types are laid out. */
import type { TypeCode } from '../code.js';
import { concat, type Doc, group, ifBreak, indent, join, line, softline } from './doc.js';

/** What is around a type. */
export type TypePlace = 'annotation' | 'argument' | 'element' | 'item';

/** @param place where it stands: an argument of another type, the element of a list, an item of a tuple, or elsewhere */
export function typeDoc(type: TypeCode, place: TypePlace = 'annotation'): Doc {
  switch (type.kind) {
    case 'reference':
      return type.args.length === 0 ? type.name : concat(type.name, typeArguments(type.args));
    case 'typeof':
      return inElement(concat('typeof ', type.name), place);
    case 'mapOf':
      return group(concat('{', indent(line, concat('[key: string]: ', typeDoc(type.value))), ifBreak(';'), line, '}'));
    case 'listOf':
      return concat(typeDoc(type.item, 'element'), '[]');
    case 'tupleOf': {
      const items = type.items.map(({ name, type: item }) =>
        name === undefined
          ? typeDoc(item, type.items.length > 1 ? 'item' : 'annotation')
          : concat(name, ': ', typeDoc(item)),
      );
      if (items.length === 0) return '[]';
      return group(concat('[', indent(softline, join(concat(',', line), items)), ifBreak(','), softline, ']'));
    }
    case 'allOf':
      return join(
        ' & ',
        type.members.map((one) => typeDoc(one)),
      );
    case 'functionOf': {
      const params = type.params.map((param) => concat(param.name, ': ', typeDoc(param.type)));
      const list = indent(softline, join(concat(',', line), params));
      const given = params.length === 0 ? '()' : group(concat('(', list, ifBreak(','), softline, ')'));
      return concat(given, ' => ', typeDoc(type.result));
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

function isSimpleType(type: TypeCode): boolean {
  return (type.kind === 'reference' && type.args.length === 0) || type.kind === 'mapOf';
}

function union(members: readonly TypeCode[], place: TypePlace): Doc {
  if (isHugged(members))
    return inElement(
      join(
        ' | ',
        members.map((member) => typeDoc(member)),
      ),
      place,
    );
  const parts = group(
    concat(
      ...members.map((member, at) => concat(at === 0 ? ifBreak('| ') : concat(line, '| '), indent(typeDoc(member)))),
    ),
  );
  switch (place) {
    case 'argument':
      return parts;
    case 'annotation':
      return group(indent(softline, parts));
    case 'element':
      return concat('(', group(concat(indent(softline, parts), softline)), ')');
    case 'item':
      return group(concat(indent(ifBreak(concat('(', softline)), parts), softline, ifBreak(')')));
  }
}

/** `T | void`: nothing that is worth lines of its own. */
function isHugged(members: readonly TypeCode[]): boolean {
  const isNothing = (type: TypeCode) => type.kind === 'reference' && (type.name === 'void' || type.name === 'null');
  const others = members.filter((member) => !isNothing(member));
  return others.length === 1 && others[0]!.kind === 'reference' && !isKeyword(others[0]!.name);
}

function isKeyword(name: unknown): boolean {
  return typeof name === 'string' && ['any', 'boolean', 'number', 'string', 'unknown', 'undefined'].includes(name);
}

function inElement(doc: Doc, place: TypePlace): Doc {
  return place === 'element' ? concat('(', doc, ')') : doc;
}
