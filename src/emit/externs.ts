/** externs.ts: the functions that the program declares and a module of the author implements, each with its declared type. */
import type { ExternFacts } from '../check/facts.js';
import type { ExternFunction } from '../syntax/ast.js';
import { call, imported, mark, name, ts } from './code.js';
import { definitionComments } from './documentation.js';
import { concat, type Doc } from './print/doc.js';
import { braces, leaving, signatureDoc } from './print/statements.js';
import { typeDoc } from './print/types.js';
import { localName, type Program } from './program.js';
import { freeName } from './reserved.js';
import { typeCode } from './types.js';
import type { Module } from './write.js';

export function externsModule(program: Program): Module | undefined {
  const { functions } = program.facts.externs;
  const own = program.externs.map((one) => [one, functions.get(one)!] as const);
  if (own.length === 0) return undefined;
  const names = own.map(([one]) => program.externName(one));
  const taken = new Set([...names, ...own.flatMap(([, facts]) => namesOf(facts))]);
  const body = own.map(([definition, facts]) => functionDoc(program, definition, facts));
  return { path: 'externs.ts', body, taken };
}

function functionDoc(program: Program, definition: ExternFunction, facts: ExternFacts): Doc {
  const { externs, fileOf } = program.facts;
  const file = fileOf.get(definition)!;
  const names = namesOf(facts);
  const params = facts.params.map(({ type }, i) => concat(names[i]!, ': ', typeDoc(typeCode(program, type))));
  const signature = signatureDoc({ params, result: typeCode(program, facts.result) });
  const value = call(
    imported(program.authorModule(externs.module), definition.name.text),
    names.map((one) => name(one)),
  );
  const head = ts`export function ${program.externName(definition)}${signature}`;
  const doc = braces(head, leaving('return', value));
  return concat(
    definitionComments(program.comments(file).of(definition)),
    mark(doc, program.originOf(file, definition)),
  );
}

/** What its parameters are called; a parameter may have the name of what the method is called on. */
function namesOf({ params }: ExternFacts): string[] {
  const taken = new Set<string>();
  return params.map((param) => {
    const text = freeName([localName(param.name)], (one) => taken.has(one));
    taken.add(text);
    return text;
  });
}
