/** Which activity or workflow a call means; of what an external package defines, its first call says what it is. */
import type { SourceFile } from '../source.js';
import { correction, nearest } from '../diagnostics/suggest.js';
import { type Extra, replacement } from '../diagnostics/diagnostic.js';
import type { Callee, Definitions } from '../symbols/definitions.js';
import { bareName, keyIn, type Package } from '../symbols/packages.js';
import type { ActivityCall, Call, ExternActivity, ExternWorkflow, Name, Param, WorkflowCall } from '../syntax/ast.js';
import { argumentNames } from './argument-names.js';
import type { Model } from './model.js';
import type { Survey } from './survey.js';

type DirectCall = ActivityCall | WorkflowCall;

const families = { ActivityCall: 'activity', WorkflowCall: 'workflow' } as const;

export class Callees {
  /** What external packages define, as far as it is called, and where it is called first. */
  readonly inferred = new Map<ExternWorkflow | ExternActivity, SourceFile>();
  private readonly meant = new Map<DirectCall, Callee>();
  private readonly external = new Map<string, ExternWorkflow | ExternActivity>();

  constructor(
    private readonly definitions: Definitions,
    surveys: readonly Survey[],
  ) {
    for (const { calls, file } of surveys) {
      for (const { call } of calls) {
        const callee = call.kind === 'NexusCall' ? undefined : this.find(call, file);
        if (callee) this.meant.set(call as DirectCall, callee);
      }
    }
  }

  of(call: Call): Callee | undefined {
    return call.kind === 'NexusCall' ? undefined : this.meant.get(call);
  }

  /** Everything that something calls. */
  get used(): ReadonlySet<Callee> {
    return new Set(this.meant.values());
  }

  private find(call: DirectCall, file: SourceFile): Callee | undefined {
    const { packages, callees } = this.definitions;
    const found = call.name.text === '' ? undefined : packages.find(file, call.name.text);
    if (!found) return undefined;
    const key = keyIn(found.owner, found.name);
    return callees[families[call.kind]].get(key) ?? (found.owner.external ? this.infer(call, key, file) : undefined);
  }

  private infer(call: DirectCall, key: string, file: SourceFile): Callee {
    const whole = `${call.kind} ${key}`;
    const known = this.external.get(whole);
    if (known) return known;
    const names = argumentNames(call.args);
    const params = call.args.map(({ value: { span } }, i): Param => {
      return {
        kind: 'Param',
        span,
        name: { kind: 'Name', span, text: names[i]! },
        type: undefined,
        default: undefined,
      };
    });
    const { span } = call.name;
    const kind = call.kind === 'ActivityCall' ? 'ExternActivity' : 'ExternWorkflow';
    const name: Name = { kind: 'Name', span, text: bareName(key) };
    const made: ExternWorkflow | ExternActivity = { kind, span, name, params, result: undefined };
    this.external.set(whole, made);
    this.inferred.set(made, file);
    return made;
  }
}

/** Reports a call of what nobody defines. */
export function reportUndefined({ definitions, reporter }: Model, call: DirectCall, file: SourceFile): void {
  const { packages, callees } = definitions;
  const { name } = call;
  const found = packages.find(file, name.text);
  if (!found) return packages.reportUnknown(file, name);
  const own = families[call.kind];
  if (definitions.unnamed.has(own)) return;
  const other = own === 'activity' ? 'workflow' : 'activity';
  const wanted = [...callees[own].keys()].filter((key) => packages.ofKey(key) === found.owner);
  const help = callees[other].has(keyIn(found.owner, found.name))
    ? otherKind(file, call, own, other)
    : (misspelt(file, call, found.name, wanted) ??
      elsewhere(definitions, file, call, own) ?? { hint: `Define it: \`${own} ${found.name}(…):\`.` });
  reporter.report(file, own === 'activity' ? 'TWF304' : 'TWF305', name.span, { name: name.text }, help);
}

function misspelt(file: SourceFile, { name }: DirectCall, text: string, keys: readonly string[]): Extra | undefined {
  const best = nearest(text, keys.map(bareName));
  if (best === undefined) return undefined;
  const start = name.span.end - text.length;
  return correction(text, [best], file, { start, end: name.span.end });
}

/** Another package defines it. */
function elsewhere(
  { packages, callees }: Definitions,
  file: SourceFile,
  { name }: DirectCall,
  own: 'workflow' | 'activity',
): Extra | undefined {
  const owners = packages.all.filter((one) => one.id !== '' && callees[own].has(keyIn(one, name.text)));
  if (name.text.includes('.') || owners.length === 0) return undefined;
  const called = (one: Package) => `${packages.calledIn(file, one) ?? one.name}.${name.text}`;
  const choices = owners.map((one) => `\`${own} ${called(one)}(…)\``).join(' or ');
  const imported = owners.filter((one) => packages.calledIn(file, one) !== undefined);
  return {
    hint: `A name without a package is looked up in the package of the file: write ${choices}.`,
    fixes: imported.map((one) => replacement(`Change to \`${called(one)}\``, file, name.span, called(one))),
  };
}

/** What is called exists, as the other kind of definition. */
function otherKind(file: SourceFile, { name }: DirectCall, own: string, other: string): Extra {
  const start = file.text.lastIndexOf(own, name.span.start);
  const word = { start, end: start + own.length };
  return {
    hint: `There is ${other === 'activity' ? 'an' : 'a'} ${other} of this name: write \`${other} ${name.text}(…)\`.`,
    fixes: [replacement(`Change to \`${other}\``, file, word, other)],
  };
}
