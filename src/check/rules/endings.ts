/** A path that ends without `close` or `return`, where a result is declared. */
import { describeType } from '../../types/print.js';
import type { Typed } from '../verify/typed.js';

export function endings(typed: Typed): void {
  const { model } = typed;
  for (const [definition, { walk }] of model.variables) {
    const { declaredResult, result, name, file } = model.signatures.get(definition)!;
    if (!declaredResult || !walk.end || definition.body === undefined || isBroken(definition.body)) continue;
    const type = typed.typeOf(result);
    if (type.kind === 'void' || type.kind === 'optional' || type.kind === 'error') continue;
    const word = definition.kind === 'Workflow' ? 'close' : definition.kind === 'Operation' ? 'return workflow' : 'return';
    model.report(file, 'TWF601', definition.name.span, { name, result: describeType(type), word });
  }
}

/** A line that could not be read may be the one that ends the path. */
function isBroken(body: readonly { readonly kind: string }[]): boolean {
  return body.some(({ kind }) => kind === 'Unsupported' || kind === 'Invalid');
}
