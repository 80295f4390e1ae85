/** A path that ends without `close` or `return`, where a result is declared. */
import type { SourceFile } from '../../source.js';
import type { UnitWalk } from '../../symbols/unit.js';
import type { Handler } from '../../syntax/ast.js';
import { describeType } from '../../types/print.js';
import type { BodyDefinition } from '../model.js';
import type { Typed } from '../verify/typed.js';

export function endings(typed: Typed): void {
  for (const [definition, { walk, handlers }] of typed.model.variables) {
    ending(typed, definition, walk);
    for (const [handler, own] of handlers) ending(typed, handler, own.walk);
  }
}

function ending(typed: Typed, definition: BodyDefinition | Handler, walk: UnitWalk): void {
  const { model } = typed;
  const { declaredResult, result, name, file } = model.signatures.get(definition)!;
  const last = definition.body?.at(-1);
  if (!declaredResult || !walk.end || !definition.body || hasErrors(typed, file, definition)) return;
  if (last?.kind === 'ExprStmt' && model.impliedReturns.has(last)) return;
  const type = typed.typeOf(result);
  if (type.kind === 'void' || type.kind === 'optional' || type.kind === 'error') return;
  const word = definition.kind === 'Workflow' ? 'close' : 'return';
  const labels = [{ file, span: declaredResult, text: 'it is declared here' }];
  const hint = `End every path with \`${word} …\`, or with \`raise\`.`;
  model.report(file, 'TWF601', definition.name.span, { name, result: describeType(type), word }, { labels, hint });
}

/** What is wrong inside may be what keeps the path from ending. */
function hasErrors({ model }: Typed, file: SourceFile, { span }: BodyDefinition | Handler): boolean {
  return model.reporter.all.some(
    (one) => one.severity === 'error' && one.file === file && one.span.start >= span.start && one.span.end <= span.end,
  );
}
