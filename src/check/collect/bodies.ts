/** All bodies of a program: their variables, and the walks over their statements. */
import type { SourceFile } from '../../source.js';
import { namesIn } from '../../symbols/blocks.js';
import type { FlowProblem } from '../../symbols/flow.js';
import type { UnitWalk } from '../../symbols/unit.js';
import type { VariableSymbol } from '../../symbols/variable.js';
import { statementsOf } from '../../symbols/first-assignments.js';
import { variablesOf } from '../../symbols/variables.js';
import type { Handler, TypeExpr } from '../../syntax/ast.js';
import { Head } from '../../types/heads.js';
import type { Origin, Slot } from '../../types/slot.js';
import type { BodyDefinition, Model, Signature } from '../model.js';
import { flowCollected } from './context.js';
import { constantExpression, linkBound } from './expressions.js';
import { isConstant } from './signatures.js';
import { statements } from './statements.js';
import { annotate, mayBeNull } from './types.js';

export function collectBodies(model: Model): void {
  const { workflows, activities, services, fileOf } = model.definitions;
  giveDefaults(model);
  for (const definition of [...workflows.values(), ...activities.values()]) {
    collectBody(model, definition, fileOf.get(definition)!);
  }
  for (const service of services.values()) {
    for (const operation of service.operations) collectBody(model, operation, fileOf.get(service)!);
  }
  linkBound(model);
}

function collectBody(model: Model, definition: BodyDefinition, file: SourceFile): void {
  const types = { enums: model.slots.enums, mayBeNull: (type: TypeExpr) => mayBeNull(model, type, file) };
  const read = variablesOf(definition, model.ofName, types);
  const units = [definition, ...read.handlers.keys()];
  const incomplete = read.incomplete || units.some(({ span }) => model.broken.has(file, span));
  const variables = { ...read, incomplete };
  model.variables.set(definition, variables);
  giveSlots(model, model.signatures.get(definition)!, variables.params);
  for (const [handler, { params }] of variables.handlers) giveSlots(model, model.signatures.get(handler)!, params);
  for (const variable of variables.all) {
    if (model.variableSlots.has(variable)) continue;
    const slot = declaredSlot(model, variable, file) ?? model.slots.slot(originOf(variable, definition, file));
    model.variableSlots.set(variable, slot);
  }
  for (const { lists } of variables.collected) {
    for (const { inner, outer, partial } of lists) {
      const list = model.variableSlots.get(outer)!;
      const origin = originOf(outer, definition, file);
      model.slots.give(list, Head.list, origin);
      const item = model.slots.child(list, 'item');
      model.slots.flow(model.variableSlots.get(inner)!, item);
      if (partial) model.slots.give(item, Head.missing, origin);
    }
  }
  noteReads(model, definition, file);
  noteStateReads(model, definition, file);

  const collect = (owner: BodyDefinition | Handler, walk: UnitWalk, handler: Handler | undefined) => {
    const signature = model.signatures.get(owner)!;
    const body = handler ? handler.body : statementsOf(definition);
    statements({ model, file, definition, handler, signature }, body);
    const fallsThrough = owner.body && walk.end !== undefined;
    if (fallsThrough && !signature.declaredResult) {
      model.endsWithoutResult.set(signature, { file, span: owner.name.span });
    }
  };
  collect(definition, variables.walk, undefined);
  for (const [handler, { walk }] of variables.handlers) collect(handler, walk, handler);
}

function giveSlots(model: Model, signature: Signature, params: readonly VariableSymbol[]): void {
  for (const [i, variable] of params.entries()) model.variableSlots.set(variable, signature.params[i]!.slot);
}

/** What a name of the state is by its declaration. */
function declaredSlot(model: Model, { entry }: VariableSymbol, file: SourceFile): Slot | undefined {
  if (entry?.kind === 'StateVariable') return entry.type && annotate(model, entry.type, file);
  if (!entry) return undefined;
  const origin = { file, span: entry.name.span };
  const slot = model.slots.slot(origin, true);
  model.slots.give(slot, Head.bool, origin);
  return slot;
}

/** The values of parameters that calls leave out. */
function giveDefaults(model: Model): void {
  for (const [{ params }, signature] of model.signatures) {
    const place = { model, file: signature.file };
    for (const [i, { name, default: value }] of params.entries()) {
      if (!value || !isConstant(value)) continue;
      const asked = { asks: `\`${name.text}\` is`, askedAt: undefined };
      flowCollected(place, value, constantExpression(place, value), signature.params[i]!.slot, asked);
    }
  }
}

/** Where a variable stands first; a list that is only made for another one stands nowhere. */
function originOf({ uses }: VariableSymbol, { name }: BodyDefinition, file: SourceFile): Origin {
  return { file, span: (uses[0]?.node ?? name).span };
}

/** Reads that come too early for some path, and what else the walk over the paths has found. */
function noteReads(model: Model, definition: BodyDefinition, file: SourceFile): void {
  const { walk, handlers, ambiguous } = model.variables.get(definition)!;
  for (const unit of [walk, ...[...handlers.values()].map((one) => one.walk)]) {
    for (const { node, write, proven } of unit.uses) if (!write && !proven) model.unproven.add(node);
    for (const node of unit.unreachable) model.unreachable.add(node);
    for (const [expr, seen] of unit.presence.reads) model.known.set(expr, seen);
    for (const [expr, waiting] of unit.presence.lostBy) model.lostBy.set(expr, waiting);
    for (const [expr, targets] of unit.presence.boundBy) model.boundBy.set(expr, targets);
    reportPaths(model, unit, definition, file);
  }
  for (const { holdsFor, walk: own } of handlers.values()) {
    for (const { node } of own.uses) if (holdsFor.includes(model.ofName.get(node)!)) model.unproven.delete(node);
  }
  for (const { use, inBody } of ambiguous) {
    const { span, text } = use.node;
    const labels = [{ file, span: inBody.node.span, text: 'the body assigns it here' }];
    model.report(file, 'TWF612', span, { name: text }, { labels, hint: 'Rename one of them.' });
  }
}

/** What stands under `state:` reads what stands above it. */
function noteStateReads(model: Model, definition: BodyDefinition, file: SourceFile): void {
  const entries = definition.kind === 'Workflow' ? definition.state : [];
  for (const [place, entry] of entries.entries()) {
    const value = entry.kind === 'StateVariable' ? entry.initial?.value : undefined;
    for (const node of value ? namesIn(value) : []) {
      const read = model.ofName.get(node)?.entry;
      if (!read || entries.indexOf(read) < place || read.kind === 'Condition') continue;
      model.tooEarly.add(node);
      const labels = [{ file, span: read.name.span, text: 'it gets a value here' }];
      model.report(file, 'TWF315', node.span, { name: node.text }, { labels, hint: 'Declare it above.' });
    }
  }
}

/** Said once for each name: what is wrong with its later reads follows from the first. */
function reportTooEarly(
  model: Model,
  { at, name }: Extract<FlowProblem, { kind: 'too-early' }>,
  file: SourceFile,
): void {
  const isFirst = name.uses.every(({ node }) => !model.tooEarly.has(node));
  model.tooEarly.add(at);
  const write = name.uses.find((use) => use.write)!.node;
  const labels = [{ file, span: write.span, text: 'it gets a value here' }];
  const hint = 'Assign it before.';
  if (isFirst) model.report(file, 'TWF315', at.span, { name: at.text }, { labels, hint });
}

function reportPaths(model: Model, unit: UnitWalk, definition: BodyDefinition, file: SourceFile): void {
  for (const problem of unit.problems) {
    const { span } = problem.at;
    switch (problem.kind) {
      case 'leaves-branch': {
        const hint = 'Set a variable, and act on it after the block.';
        model.report(file, 'TWF602', span, { what: problem.what }, { hint });
        break;
      }
      case 'leaves-cleanup': {
        const { what, where } = problem;
        const [of, end] = definition.kind === 'Activity' ? ['activity', 'return'] : ['workflow', 'close'];
        const isFinal = where === 'finally';
        const why = isFinal
          ? 'the error that led there would be lost'
          : `the ${of} is cancelled, and goes on to its end`;
        const hint = isFinal ? undefined : `What is under it may end with \`${end}\`; otherwise it is cancelled.`;
        model.report(file, 'TWF647', span, { what, where, why }, { hint });
        break;
      }
      case 'outside-loop':
        model.report(file, 'TWF603', span, { what: problem.what });
        break;
      case 'read-of-sibling':
        model.report(file, 'TWF605', span, { name: problem.at.text }, { hint: 'Read it after the block.' });
        break;
      case 'fan-out-name-exists': {
        const { at, other } = problem;
        const labels = other ? [{ file, span: other.span, text: 'here, too' }] : [];
        model.report(file, 'TWF606', span, { name: at.text }, { labels, hint: 'Give one of them another name.' });
        break;
      }
      case 'too-early':
        reportTooEarly(model, problem, file);
        break;
      case 'unreachable':
        model.report(file, 'TWF604', span, {}, { hint: 'Remove it, or let a path before it go on.' });
        break;
    }
  }
}
