/** Calls of functions: what activities depend on, built-ins, logging. */
import type { BuiltinName } from '../check/facts.js';
import type { Expr, FunctionCall } from '../syntax/ast.js';
import type { Body } from './body.js';
import {
  awaited,
  call,
  callMember,
  type Code,
  create,
  type Entry,
  imported,
  member,
  name,
  nothing,
  object,
  template,
} from './code.js';
import { expression, membership } from './expressions.js';
import { localName, runtime } from './program.js';

export function functionCode(body: Body, expr: FunctionCall): Code {
  const resolved = body.facts.functions.get(expr);
  switch (resolved?.kind) {
    case 'dependency': {
      const [root = '', ...path] = resolved.path;
      return awaited(
        call(path.reduce(member, name(body.dependencies.get(root) ?? localName(root))), argumentsOf(body, expr)),
      );
    }
    case 'builtin': {
      const args = [...(resolved.receiver ? [resolved.receiver] : []), ...expr.args.map((arg) => arg.value)];
      return builtins[resolved.name](body, args);
    }
    case 'log':
      return callMember(imported(logModules[body.kind], 'log'), resolved.level, argumentsOf(body, expr));
    case undefined:
      return nothing;
  }
}

const logModules: Readonly<Record<Body['kind'], string>> = {
  workflow: '@temporalio/workflow',
  handler: '@temporalio/workflow',
  activity: '@temporalio/activity',
  operation: '@temporalio/nexus',
};

/** Named arguments are fields of one object, which comes last. */
function argumentsOf(body: Body, { args }: FunctionCall): Code[] {
  const positional = args.filter((arg) => !arg.name).map((arg) => expression(body, arg.value));
  const named = args.flatMap((arg): Entry[] =>
    arg.name ? [{ key: arg.name.text, value: expression(body, arg.value) }] : [],
  );
  return named.length > 0 ? [...positional, object(named)] : positional;
}

type Builtins = { readonly [Name in BuiltinName]: (body: Body, args: readonly Expr[]) => Code };

const first = (body: Body, [one]: readonly Expr[]): Code => expression(body, one!);

const kindOf = (body: Body, expr: Expr | undefined) => {
  const type = expr && body.facts.typeOf.get(expr);
  return type?.kind === 'optional' ? type.of.kind : type?.kind;
};

const isInWorkflow = ({ kind }: Body) => kind === 'workflow' || kind === 'handler';

const builtins: Builtins = {
  len: (body, args) =>
    member(
      kindOf(body, args[0]) === 'map' ? callMember(name('Object'), 'keys', [first(body, args)]) : first(body, args),
      'length',
    ),
  append: (body, args) => callMember(first(body, args), 'push', [expression(body, args[1]!)]),
  contains: (body, [list, item]) => membership(body, item!, list!),
  string: (body, args) => template(['', first(body, args)]),
  int: (body, args) =>
    callMember(name('Math'), 'trunc', [
      ['int', 'float'].includes(kindOf(body, args[0]) ?? '')
        ? first(body, args)
        : call(name('Number'), [first(body, args)]),
    ]),
  float: (body, args) => call(name('Number'), [first(body, args)]),
  decimal: (body, args) => callMember(call(imported(runtime.value, 'decimal'), [first(body, args)]), 'toFixed'),
  now: () => callMember(create(name('Date')), 'toISOString'),
  uuid: (body) =>
    isInWorkflow(body) ? call(imported('@temporalio/workflow', 'uuid4')) : call(imported('node:crypto', 'randomUUID')),
  random: () => callMember(name('Math'), 'random'),
};
