/** From syntax trees to facts: names, types, rules, decisions. */
import { Reporter } from '../diagnostics/diagnostic.js';
import { defineAll, inOrder } from '../symbols/definitions.js';
import { Decided } from '../types/decide.js';
import { solve } from '../types/solve.js';
import { resolveAllOptions } from './all-options.js';
import { assemble } from './assemble.js';
import { BrokenLines } from './broken-lines.js';
import { Callees } from './callees.js';
import { collectBodies } from './collect/bodies.js';
import { defineAllSignatures } from './collect/signatures.js';
import { declareExterns } from './collect/externs.js';
import { importTypes } from './collect/imports.js';
import { declareTypes } from './collect/types.js';
import { resolveDependencies, resultsByFunction } from './dependencies.js';
import type { Facts } from './facts.js';
import { nameRecords, settleMissingFields, settlePresenceTests, settleResults } from './finish.js';
import { Model } from './model.js';
import { NexusRouting } from './nexus.js';
import { Places } from './places.js';
import { withoutConsequences } from './consequences.js';
import type { CheckInput } from './program.js';
import { coverage } from './rules/coverage.js';
import { catches } from './rules/catches.js';
import { conditions } from './rules/conditions.js';
import { endings } from './rules/endings.js';
import { nearTypes } from './rules/near-types.js';
import { nestedBytes } from './rules/bytes.js';
import { deadlines } from './rules/deadlines.js';
import { declaredRecords } from './rules/declared.js';
import { handles } from './rules/handles.js';
import { activitiesInPlace } from './rules/in-place.js';
import { heldHandlers } from './rules/held.js';
import { importedTypes } from './rules/imported.js';
import { loops } from './rules/loops.js';
import { mixedValues } from './rules/mixed.js';
import { nexusFanOuts } from './rules/nexus-fan-outs.js';
import { letterCase } from './rules/letter-case.js';
import { nexusRules } from './rules/nexus.js';
import { operations } from './rules/operations.js';
import { switches } from './rules/switches.js';
import { queries } from './rules/queries.js';
import { requests } from './rules/requests.js';
import { wireNames } from './rules/wire-names.js';
import { sequences } from './rules/sequences.js';
import { sharedAcrossAwait } from './rules/shared-across-await.js';
import { sharedValues } from './rules/shared-values.js';
import { functionsLikeActivities, sequentialCalls } from './rules/sequential.js';
import { unused } from './rules/unused.js';
import { surveyAll } from './survey.js';
import { verifyDemands } from './verify/demands.js';
import { verifyFlows } from './verify/flows.js';
import { verifyDepth } from './verify/depth.js';
import { verifyHandles } from './verify/handles.js';
import { silencedMistakes } from './verify/mistakes.js';
import { verifyOperators } from './verify/operators.js';
import { Typed } from './verify/typed.js';
import { Workers } from './workers.js';

/**
 * Checks a whole program.
 * @returns what the emitter needs, put together when it is asked for; to be asked for only if nothing that is an error
 * was reported, here or by the parser
 */
export function check({ files, options, reporter }: CheckInput): () => Facts {
  const found = new Reporter();
  found.add(reporter.all);
  const broken = new BrokenLines(reporter.all);
  const facts = checkAll({ files, options, reporter: found }, broken);
  const own = found.all.slice(reporter.all.length).filter(({ file, span }) => !file || !broken.has(file, span));
  reporter.add(withoutConsequences(own));
  return facts;
}

function checkAll({ files, options, reporter }: CheckInput, broken: BrokenLines): () => Facts {
  const ordered = inOrder(files);
  const definitions = defineAll(ordered, reporter);
  const surveys = surveyAll(definitions);
  const places = new Places(definitions, options, reporter);
  const nexus = new NexusRouting(definitions, places, reporter, surveys);
  const callees = new Callees(definitions, surveys);
  const model = new Model(definitions, surveys, nexus, callees, broken, reporter);

  importTypes(model, ordered, options);
  declareTypes(model);
  defineAllSignatures(model);
  declareExterns(model, options);
  collectBodies(model);
  settleResults(model);
  solve({ ...model, results: resultsByFunction(model) });
  settlePresenceTests(model);
  settleMissingFields(model);

  const typed = new Typed(model, new Decided(model.slots, nameRecords(model)));
  declaredRecords(model);
  nearTypes(model);
  importedTypes(typed);
  if (!verifyHandles(typed)) verifyDepth(typed);
  verifyFlows(typed);
  verifyDemands(typed);
  verifyOperators(typed);
  silencedMistakes(typed);

  const workers = new Workers(model, places, options);
  switches(typed);
  catches(typed);
  endings(typed);
  handles(typed);
  loops(typed);
  deadlines(typed);
  sequences(typed);
  nexusFanOuts(typed);
  heldHandlers(typed);
  conditions(typed);
  sharedAcrossAwait(typed);
  sharedValues(typed);
  queries(typed);
  mixedValues(typed);
  nestedBytes(typed);
  nexusRules(typed, workers);
  letterCase(typed);
  coverage(model, places, workers);
  wireNames(model, workers);
  functionsLikeActivities(typed);
  sequentialCalls(typed);
  unused(typed, places);
  const allOptions = resolveAllOptions(typed);
  requests(typed, workers, allOptions);
  operations(typed, workers, allOptions);
  activitiesInPlace(typed, workers);
  const resolved = {
    workers,
    dependencies: resolveDependencies(typed),
    options: allOptions,
    tracing: options.tracing ?? false,
    externs: options.externs,
    importPath: options.importPath ?? ((path: string) => path),
    deployedName: options.deployedName ?? ((namespace: string) => namespace),
  };
  definitions.packages.reportUnused();
  return () => assemble(typed, resolved);
}
