/** What bodies need that the program does not define: as an interface, and as names in their code. */
import type { Dependency } from '../check/facts.js';
import type { Type } from '../types/type.js';
import { reference, ts, type TypeCode } from './code.js';
import { docComment } from './documentation.js';
import type { ModuleNames } from './module.js';
import { concat, type Doc } from './print/doc.js';
import { propertyKey } from './print/literals.js';
import { braces, lines, methodDoc, patternParameter } from './print/statements.js';
import { typeDoc } from './print/types.js';
import { localName, type Program } from './program.js';
import { freeName } from './reserved.js';
import { typeCode } from './types.js';

/** A member of an interface of dependencies. */
export interface DependencyMember {
  readonly name: string;
  readonly doc: Doc;
}

/** @param comment what the interface is, as a sentence */
export function dependenciesDoc(text: string, comment: string, members: readonly DependencyMember[]): Doc {
  const sorted = [...members].sort((a, b) => (a.name < b.name ? -1 : 1));
  return lines([docComment([comment]), braces(ts`export interface ${text}`, lines(sorted.map(({ doc }) => doc)))]);
}

export function dependencyMember(program: Program, dependency: Dependency): DependencyMember {
  return { name: dependency.name, doc: dependencyDoc(program, dependency) };
}

function dependencyDoc(program: Program, dependency: Dependency): Doc {
  const key = propertyKey(dependency.name);
  switch (dependency.kind) {
    case 'constant':
      return ts`readonly ${key}: ${typeDoc(typeCode(program, dependency.type))};`;
    case 'function': {
      const params = dependency.params.map((param) =>
        concat(localName(param.name), ': ', typeDoc(typeCode(program, param.type))),
      );
      return methodDoc(key, { params, result: maybePromise(program, dependency.result) });
    }
    case 'group': {
      const members = dependency.members.map((one) => dependencyDoc(program, one));
      return concat(braces(ts`readonly ${key}:`, lines(members)), ';');
    }
  }
}

/** What may be given at once, or later. */
export function maybePromise(program: Program, type: Type): TypeCode {
  const plain = typeCode(program, type);
  return { kind: 'unionOf', members: [reference('Promise', plain), plain] };
}

/**
 * What each dependency is called in the code: the names of authors come first.
 * @param locals the names of authors there
 */
export function dependencyRoots(
  roots: readonly string[],
  locals: ReadonlySet<string>,
  names: ModuleNames,
): Map<string, string> {
  const called = new Map<string, string>();
  for (const root of [...roots].sort()) {
    const text = freeName([localName(root), `${root}_`], (one) => locals.has(one));
    called.set(root, text);
    names.add(text);
  }
  return called;
}

/** `{ ledger, notify: notify_ }: ActivityDependencies` */
export function dependenciesParameter(roots: ReadonlyMap<string, string>, type: string): Doc {
  return patternParameter(
    [...roots].map(([root, text]) => (root === text ? root : `${root}: ${text}`)),
    type,
  );
}

/** How comments call a worker: "the orders worker". */
export function workerPhrase(program: Program, worker: { readonly name: string }): string {
  if (program.allWorkers.length === 1) return '';
  return ` of ${/worker$/i.test(worker.name) ? worker.name : `the ${worker.name} worker`}`;
}
