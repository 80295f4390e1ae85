import type { Facts } from '../check/facts.js';
import type { ParsedFile } from '../check/program.js';
import type { Reporter } from '../diagnostics/diagnostic.js';
import type { SourceFile } from '../source.js';
import type { Node } from '../syntax/ast.js';
import { compareContracts } from './compare.js';
import { type Contract, contractOf } from './contract.js';

/** A contract that the program's services have promised, and the file that says so. */
export interface Baseline {
  readonly path: string;
  readonly contract: Contract;
}

/** Reports what breaks those who call the services of a program by an older contract: at the operation, or the service. */
export function reportBroken(
  files: readonly ParsedFile[],
  facts: Facts,
  baselines: readonly Baseline[],
  reporter: Reporter,
): void {
  const now = contractOf(files, facts);
  const places = placesOf(facts);
  for (const { path: baseline, contract } of baselines) {
    for (const { kind, service = '', operation, where: what, what: why } of compareContracts(contract, now)) {
      if (kind === 'compatible') continue;
      const place = places.get(key(service, operation)) ?? places.get(key(service));
      if (place) reporter.report(place.file, 'TWF783', place.node.span, { baseline, what, why });
      else reporter.reportUnplaced('TWF783', { baseline, what, why });
    }
  }
}

function placesOf({
  services,
  fileOf,
}: Facts): ReadonlyMap<string, { readonly file: SourceFile; readonly node: Node }> {
  return new Map(
    services.flatMap(({ wireName, definition, operations }) => {
      if (!definition) return [];
      const file = fileOf.get(definition)!;
      const own = operations.flatMap((one) =>
        one.definition ? [[key(wireName, one.wireName), { file, node: one.definition.name }] as const] : [],
      );
      return [[key(wireName), { file, node: definition.name }] as const, ...own];
    }),
  );
}

function key(service: string, operation?: string): string {
  return JSON.stringify([service, operation]);
}
