/**
 * Values that go from one turn of a loop to the next. What TypeScript takes a variable of several types to hold depends on
 * what was assigned to it last; where that comes from something which was computed of the variable itself, it gives up,
 * unless the type of that something is written down.
 */
import type { Variable } from '../check/facts.js';
import type { ForStmt, NameExpr } from '../syntax/ast.js';
import { walk } from '../syntax/visit.js';
import type { Type } from '../types/type.js';
import type { Code } from './code.js';

/** The variables that a loop assigns, as far as TypeScript follows what they hold. */
export function carriedBy(loop: ForStmt, variableOf: (name: NameExpr) => Variable | undefined): Variable[] {
  const found = new Set<Variable>();
  walk(loop, {
    enter: (node) => {
      const targets =
        node.kind === 'Assign'
          ? [node.target]
          : node.kind === 'Set'
            ? [node.condition]
            : node.kind === 'Binding'
              ? node.targets
              : [];
      for (const target of targets) {
        const variable = target.kind === 'NameExpr' ? variableOf(target) : undefined;
        if (variable && isFollowed(variable.type)) found.add(variable);
      }
    },
  });
  return [...found];
}

/** What it holds is one of several types, of which TypeScript remembers the last. */
function isFollowed({ kind }: Type): boolean {
  return kind === 'bool' || kind === 'optional' || kind === 'union';
}

/** Whether code reads one of some variables as it runs; what a function in it reads, it reads later. */
export function reads(code: Code, names: ReadonlySet<string>): boolean {
  if (code.kind === 'name') return typeof code.name === 'string' && names.has(code.name);
  return partsOf(code).some((part) => reads(part, names));
}

function partsOf(code: Code): readonly Code[] {
  switch (code.kind) {
    case 'name':
    case 'string':
    case 'word':
    case 'arrow':
      return [];
    case 'template':
      return code.parts.filter((part) => typeof part !== 'string');
    case 'object':
      return code.entries.flatMap((entry) =>
        'value' in entry ? [entry.value] : 'spread' in entry ? [entry.spread] : [],
      );
    case 'array':
      return code.items.filter((item) => item !== undefined);
    case 'call':
      return [code.callee, ...code.args];
    case 'index':
      return [code.of, code.index];
    case 'binary':
      return [code.left, code.right];
    case 'member':
    case 'present':
    case 'prefix':
    case 'as':
      return [code.of];
  }
}
