/**
 * What the bodies of activities and operations need from outside, as interfaces: one meaning for each name, or, where they
 * disagree, one for each of them (grammar/README.md, "Activities").
 */
import { keyIn } from '../symbols/packages.js';
import type { ActivityDef, OperationDef } from '../syntax/ast.js';
import { addTo } from '../group.js';
import { describeType, printType } from '../types/print.js';
import { same } from '../types/relate.js';
import type { Slot } from '../types/slot.js';
import type { Type } from '../types/type.js';
import type { Dependency, DependencyParam } from './facts.js';
import type { Dependent, DependencyUse, Model } from './model.js';
import { count } from './collect/functions.js';
import type { Typed } from './verify/typed.js';

interface Meaning {
  readonly path: readonly string[];
  readonly uses: DependencyUse[];
}

export interface ResolvedDependencies {
  readonly meanings: readonly Meaning[];
  /** What each activity and each operation uses, and what it is for every worker. */
  readonly of: ReadonlyMap<Dependent, ReadonlySet<Meaning>>;
}

/** What each function gives, wherever it is called with the same number of arguments. */
export function resultsByFunction({ dependencyUses }: Model): Slot[][] {
  const groups = new Map<string, Slot[]>();
  for (const { path, args, result } of dependencyUses) {
    addTo(groups, `${path.join('.')}(${args?.length ?? ''})`, result);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

/** Groups the uses of the whole program, so that an activity means the same on every worker. */
export function resolveDependencies(typed: Typed): ResolvedDependencies {
  const uses = typed.model.dependencyUses;
  const byName = new Map<string, DependencyUse[]>();
  for (const use of uses) addTo(byName, use.path.join('.'), use);
  const prefixes = new Set(uses.flatMap(({ path }) => path.slice(1).map((_, i) => path.slice(0, i + 1).join('.'))));
  const meanings = new Map<string, Meaning>();
  const ofDependent = new Map<Dependent, Set<Meaning>>();
  const services = servicesOf(typed.model);
  const mean = (use: DependencyUse, path: readonly string[]) => {
    const key = path.join('.');
    const meaning = meanings.get(key) ?? { path, uses: [] };
    meaning.uses.push(use);
    meanings.set(key, meaning);
    const own = ofDependent.get(use.dependent);
    if (own) own.add(meaning);
    else ofDependent.set(use.dependent, new Set([meaning]));
  };
  for (const [name, group] of byName) {
    const several = group.some(({ dependent }) => dependent !== group[0]!.dependent);
    const split = prefixes.has(name) || (several && disagreeing(typed, group) !== undefined);
    const pathOf = ({ dependent, path }: DependencyUse) => [...groupOf(dependent, services), ...path];
    for (const use of group) mean(use, split ? pathOf(use) : use.path);
    if (split) reportSplit(typed, name, group, pathOf);
  }
  const all = [...meanings.values()];
  reportConflicts(typed, all);
  return { meanings: all, of: ofDependent };
}

function servicesOf({ definitions }: Model): ReadonlyMap<OperationDef, string> {
  const services = [...definitions.services.values()];
  return new Map(services.flatMap(({ name, operations }) => operations.map((one) => [one, name.text] as const)));
}

/** Where the members are that an activity, or an operation of a service, has for itself. */
function groupOf(dependent: Dependent, services: ReadonlyMap<OperationDef, string>): string[] {
  const own = dependent.name.text;
  return dependent.kind === 'Operation' ? [services.get(dependent)!, own] : [own];
}

function reportSplit(
  { model }: Typed,
  name: string,
  uses: readonly DependencyUse[],
  pathOf: (use: DependencyUse) => string[],
): void {
  const firsts = [...new Map([...uses].reverse().map((use) => [use.dependent, use])).values()].reverse();
  const [{ file, at }, ...others] = firsts as [DependencyUse, ...DependencyUse[]];
  const own = firsts.map((use) => `\`dependencies.${pathOf(use).join('.')}\``).sort();
  const places = own.length > 3 ? [...own.slice(0, 3), '…'] : own;
  const labels = others.slice(0, 2).map((use) => ({ file: use.file, span: use.at, text: 'and here' }));
  model.report(file, 'TWF422', at, { name, places: places.join(', ') }, { labels });
}

/** What disagrees inside of one activity, and what is both a function and a group of others, cannot be told apart. */
function reportConflicts(typed: Typed, meanings: readonly Meaning[]): void {
  const groups = new Map(
    meanings.flatMap(({ path, uses }) => path.slice(1).map((_, i) => [path.slice(0, i + 1).join('.'), uses[0]!])),
  );
  for (const meaning of meanings) {
    const first = meaning.uses[0]!;
    const { activities, packages } = typed.model.definitions;
    const contract = activities.get(keyIn(packages.of(first.file), meaning.path[0]!));
    if (contract && !contract.body) {
      reportContract(typed, first, contract);
      continue;
    }
    const member = groups.get(meaning.path.join('.'));
    const other = member ?? disagreeing(typed, meaning.uses);
    if (!other) continue;
    const name = first.path.join('.');
    const labels = [{ file: first.file, span: first.at, text: describeUse(typed, first) }];
    const what = member
      ? 'it is called or read, and it is what other names are members of'
      : `${describeUse(typed, other)} here, and elsewhere ${describeUse(typed, first)}`;
    typed.model.report(other.file, 'TWF435', other.at, { name, what }, { labels, hint: 'Use two names.' });
  }
}

/** An activity without a body is given by the dependencies, too. */
function reportContract({ model }: Typed, { file, at, path, dependent }: DependencyUse, contract: ActivityDef): void {
  const labels = [{ file: model.definitions.fileOf.get(contract)!, span: contract.name.span, text: 'this activity' }];
  const what = 'an activity without a body has this name, and whoever runs the worker gives both';
  const hint =
    dependent.kind === 'Activity'
      ? 'Use two names; activities call no other activities.'
      : `Use two names; or, if the activity is meant, write \`activity ${path[0]!}(…)\`.`;
  model.report(file, 'TWF435', at, { name: path[0]!, what }, { labels, hint });
}

function describeUse(typed: Typed, { args, used, result }: DependencyUse): string {
  if (!args) return 'it is a constant';
  const gives = used ? `gives ${describeType(typed.typeOf(result))}` : 'gives nothing';
  return `it takes ${count(args.length)} and ${gives}`;
}

/**
 * The first use with another result or another number of arguments than those before it: it means something else. What
 * nobody uses agrees with everything.
 */
function disagreeing(typed: Typed, uses: readonly DependencyUse[]): DependencyUse | undefined {
  let known: Type | undefined;
  return uses.find((use) => {
    const result = knownResult(typed, use);
    if (use.args?.length !== uses[0]!.args?.length || (known && result && !same(result, known))) return true;
    known ??= result;
    return false;
  });
}

function knownResult(typed: Typed, { used, result }: DependencyUse): Type | undefined {
  const type = used ? typed.typeOf(result) : undefined;
  return type && type.kind !== 'unknown' && type.kind !== 'void' && type.kind !== 'error' ? type : undefined;
}

/** What a use gives, once all uses of its meaning are known. */
export function resultOfMeaning(typed: Typed, { uses }: Meaning): Type {
  for (const use of uses) {
    const known = knownResult(typed, use);
    if (known) return known;
  }
  return { kind: uses.some((use) => use.used && typed.typeOf(use.result).kind !== 'void') ? 'unknown' : 'void' };
}

/** An interface: what activities or operations of one worker use. */
export function dependenciesOf(
  typed: Typed,
  { of }: ResolvedDependencies,
  dependents: Iterable<Dependent>,
): Dependency[] {
  const root: Group = { kind: 'group', name: '', members: [] };
  const used = new Set([...dependents].flatMap((one) => [...(of.get(one) ?? [])]));
  for (const meaning of used) {
    let group = root;
    for (const name of meaning.path.slice(0, -1)) group = subgroup(group, name);
    group.members.push(leaf(typed, meaning));
  }
  sortMembers(root);
  return root.members;
}

interface Group {
  readonly kind: 'group';
  readonly name: string;
  readonly members: Dependency[];
}

function subgroup(group: Group, name: string): Group {
  let found = group.members.find((one): one is Group => one.kind === 'group' && one.name === name);
  if (!found) {
    found = { kind: 'group', name, members: [] };
    group.members.push(found);
  }
  return found;
}

function sortMembers({ members }: Group): void {
  members.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const member of members) if (member.kind === 'group') sortMembers(member as Group);
}

function leaf(typed: Typed, meaning: Meaning): Dependency {
  const name = meaning.path.at(-1)!;
  const [first] = meaning.uses as [DependencyUse];
  const result = resultOfMeaning(typed, meaning);
  if (!first.args) return { kind: 'constant', name, type: result };
  const params = first.args.map((arg, i): DependencyParam => ({
    name: arg.name,
    type: joined(meaning.uses.flatMap((use) => (use.args?.[i] ? [typed.typeOf(use.args[i].slot)] : []))),
  }));
  return { kind: 'function', name, params, result };
}

const largestUnion = 8;

/** A type that every argument fits. */
function joined(types: readonly Type[]): Type {
  const members: Type[] = [];
  let absent = false;
  for (const type of types) {
    if (type.kind === 'unknown' || type.kind === 'any') return { kind: 'unknown' };
    absent ||= type.kind === 'optional' || type.kind === 'null';
    const plain = type.kind === 'optional' ? type.of : type;
    const parts = plain.kind === 'union' ? plain.members : [plain];
    for (const part of parts) if (part.kind !== 'null' && !members.some((one) => same(one, part))) members.push(part);
  }
  if (members.length === 0 || members.length > largestUnion) return { kind: 'unknown' };
  members.sort((a, b) => (printType(a) < printType(b) ? -1 : 1));
  const type: Type = members.length === 1 ? members[0]! : { kind: 'union', members };
  return absent ? { kind: 'optional', of: type } : type;
}
