/** What lines become: small sources, and the kinds of the nodes that they give. */
import { describe, expect, it } from 'vitest';
import { parseText } from '../testing/parse.js';
import type {
  ActivityDef,
  Definition,
  EndpointDef,
  NamespaceDef,
  Node,
  ServiceDef,
  WorkerDef,
  Stmt,
  WorkflowDef,
} from './ast.js';
import { Grammar } from './grammar.js';
import { children } from './visit.js';

/** The only definition of a text, which must be right. */
function definition<D extends Definition>(text: string): D {
  const { ast, diagnostics } = parseText(text);
  expect(diagnostics).toEqual([]);
  expect(ast.definitions).toHaveLength(1);
  return ast.definitions[0] as D;
}

/** The statements of a workflow with a body. */
function body(...lines: readonly string[]): readonly Stmt[] {
  return definition<WorkflowDef>(`workflow W():\n${lines.map((line) => `    ${line}\n`).join('')}`).body;
}

/** The kinds of a node and of what is in it: `Assign(NameExpr Number)`. */
function shape(node: Node): string {
  const inner = children(node).map(shape);
  return inner.length === 0 ? node.kind : `${node.kind}(${inner.join(' ')})`;
}

/** The codes of what is wrong, with their lines. */
function problems(text: string): string[] {
  const { diagnostics, source } = parseText(text);
  return diagnostics.map(({ code, span }) => `${source.position(span.start).line}:${code}`);
}

describe('the grammar', () => {
  it('has no ambiguity that Chevrotain knows of', () => {
    expect(() => new Grammar(true)).not.toThrow();
  });
});

describe('definitions', () => {
  it.each([
    ['workflow W():', undefined],
    ['workflow W() -> R:', 'NamedType'],
    ['workflow W() -> (R):', 'NamedType'],
    ['workflow W() -> (A, []B?):', 'TupleType(NamedType ListType(OptionalType(NamedType)))'],
    ['workflow W() -> map[string][]int:', 'MapType(NamedType ListType(NamedType))'],
    ['workflow W() -> ([]int)?:', 'OptionalType(ListType(NamedType))'],
  ])('%s', (head, type) => {
    const { result } = definition<WorkflowDef>(`${head}\n    close\n`);
    expect(result && shape(result.type)).toBe(type);
  });

  it('has parameters with and without types, which may be called like keywords', () => {
    const { params } = definition<WorkflowDef>(
      'workflow W(signal: string, options: Options, state, timer: T?):\n  close\n',
    );
    expect(params.map(({ name, type }) => `${name.text} ${type?.kind}`)).toEqual([
      'signal NamedType',
      'options NamedType',
      'state undefined',
      'timer OptionalType',
    ]);
  });

  it.each(['', '    # comment\n', '    ...\n', '    pass\n', '    pass()\n', '    options(timeout: 5m)\n    ...\n'])(
    'is a contract with the body %j',
    (text) => {
      expect(definition<ActivityDef>(`activity A(x: X) -> R:\n${text}`).body).toBeUndefined();
    },
  );

  it('keeps handlers and statements apart, in any order', () => {
    const { handlers, body: statements } = definition<WorkflowDef>(`workflow W():
    signal A(x: int):
        y = x
    y = 0
    signal B()
    await signal A -> z
    signal C:
        y = 1
    signal D(text: string)
`);
    expect(handlers.map(({ name, body: inner }) => `${name.text} ${inner.length}`)).toEqual([
      'A 1',
      'B 0',
      'C 1',
      'D 0',
    ]);
    expect(statements.map(({ kind }) => kind)).toEqual(['Assign', 'Await']);
  });

  it('reads handlers of every kind, with their results and options', () => {
    const { handlers, body: statements } = definition<WorkflowDef>(`workflow W():
    query Q() -> (R):
        return x
    query Bare -> R:
        return x
    query Plain
    update U(a: A) -> (A, B):
        options:
            description: "x"
        return a
    update Empty:
    await update U -> a
    query = 1
    update = query
`);
    expect(handlers.map(shape)).toEqual([
      'QueryHandler(Name ResultType(NamedType) Return(NameExpr))',
      'QueryHandler(Name ResultType(NamedType) Return(NameExpr))',
      'QueryHandler(Name)',
      'UpdateHandler(Name Param(Name NamedType) ResultType(TupleType(NamedType NamedType)) ' +
        'OptionBlock(OptionEntry(Name String)) Return(NameExpr))',
      'UpdateHandler(Name)',
    ]);
    expect(statements.map(({ kind }) => kind)).toEqual(['Await', 'Assign', 'Assign']);
  });

  it('takes no word for a keyword where a value or the name of a function stands', () => {
    const text = `activity A(compensate: int, y: int):
    x = compensate
    await(x)
    signal(y)
    activity(x, y)
`;
    expect(parseText(text).diagnostics).toEqual([]);
  });

  it('reads the clauses of a package', () => {
    const { ast } = parseText('package a\nimport "x/b"\nimport c "x/d"\nimport "e" "x/f"\n');
    const { package: own, imports } = ast;
    expect(own?.name.text).toBe('a');
    expect(imports.map(({ alias, path }) => [alias?.text, path.text])).toEqual([
      [undefined, 'x/b'],
      ['c', 'x/d'],
      ['e', 'x/f'],
    ]);
  });

  it('reads the state of a workflow', () => {
    const { state, body: statements } = definition<WorkflowDef>(`workflow W():
    state:
        condition paid   # by somebody

        # how many
        count = 0
        options: Options
        for: []map[string]int? = []
    state = 1
    set paid
    unset paid
    set = state
    await one:
        paid:
            condition = 1
`);
    expect(state.map(shape)).toEqual([
      'Condition(Name)',
      'StateVariable(Name Assign(NameExpr Number))',
      'StateVariable(Name NamedType)',
      'StateVariable(Name ListType(MapType(NamedType OptionalType(NamedType))) Assign(NameExpr List))',
    ]);
    expect(statements.map(shape)).toEqual([
      'Assign(NameExpr Number)',
      'Set(NameExpr)',
      'Set(NameExpr)',
      'Assign(NameExpr NameExpr)',
      'AwaitOne(AwaitCase(Handle(NameExpr) Assign(NameExpr Number)))',
    ]);
  });

  it('reads a Nexus service', () => {
    const { operations } = definition<ServiceDef>(`nexus_service S:
    operation Pay(payment: Payment, note) -> Result:
        if payment.amount <= 0:
            raise InvalidArgumentError("Amount must be positive")
        return workflow PayWorkflow(payment):
            workflow_id: "payment-{payment.id}"
            task_queue: "q"
    operation Get(id: string) -> Payment
    operation Later(id: string):
        # comes later
    operation Other():
        options(timeout: 5m)
        return workflow PayWorkflow(null)
`);
    expect(operations.map(({ body: inner }) => inner?.map(({ kind }) => kind))).toEqual([
      ['If', 'ReturnWorkflow'],
      undefined,
      undefined,
      ['ReturnWorkflow'],
    ]);
    const [, last] = operations[0]!.body!;
    const keys = last?.kind === 'ReturnWorkflow' ? last.call.options?.entries.map(({ key }) => key.text) : [];
    expect(keys).toEqual(['workflow_id', 'task_queue']);
    expect(operations[3]!.options).toBeUndefined();
  });

  it('reads a service in the current dialect', () => {
    const { dialect, name, operations } = definition<ServiceDef>(`nexus service S:
    # Pays.
    async Pay workflow PayWorkflow  # now
    sync Get(id: string) -> (Payment):
        return workflow Find(id)
    sync Later(id: string) -> (Payment)
`);
    expect([dialect, name.text]).toEqual(['current', 'S']);
    expect(operations.map((one) => [one.dialect, one.name.text, one.workflow?.text, one.body?.length])).toEqual([
      ['current', 'Pay', 'PayWorkflow', undefined],
      ['current', 'Get', undefined, 1],
      ['current', 'Later', undefined, undefined],
    ]);
  });

  it('reads the same endpoint in both dialects', () => {
    const read = (text: string) => {
      const { dialect, name, options } = definition<EndpointDef>(text);
      return [dialect, name.text, ...options.entries.map(({ key, value }) => `${key.text} ${shape(value)}`)];
    };
    const keys = ['target_namespace: payments', 'task_queue: pay-q', 'services: [A, b-c]'];
    const under = (indent: string) => keys.map((key) => `${indent}${key}\n`).join('');
    const expected = ['pay-in', 'target_namespace Word', 'task_queue Word', 'services WordList(Word Word)'];
    expect(read(`nexus_endpoint pay-in:\n${under('    ')}`)).toEqual(['classic', ...expected]);
    expect(read(`nexus endpoint pay-in:\n${under('    ')}`)).toEqual(['current', ...expected]);
    expect(read(`nexus endpoint "pay-in"\n    options:\n${under('        ')}`)).toEqual(['current', ...expected]);
  });

  it('reads workers and namespaces', () => {
    const worker = definition<WorkerDef>(`worker w:
    options:
        task_queue: pay-q
    workflow W   # first
    # then
    activity A
    nexus service S
`);
    expect(worker.options?.entries.map(({ key, value }) => `${key.text} ${shape(value)}`)).toEqual(['task_queue Word']);
    expect(worker.entries.map(({ of, name }) => `${of} ${name.text}`)).toEqual([
      'workflow W',
      'activity A',
      'service S',
    ]);
    const { name, entries } = definition<NamespaceDef>(`namespace shard-{org}:
    worker w
        options:
            task_queue: "q-{org}"

    worker v
    nexus endpoint in-{org}
        options:
            task_queue: "q-{org}"
`);
    expect(name.text).toBe('shard-{org}');
    expect(entries.map((one) => [one.kind, one.name.text, one.options?.entries.length])).toEqual([
      ['WorkerPlace', 'w', 1],
      ['WorkerPlace', 'v', undefined],
      ['Endpoint', 'in-{org}', 1],
    ]);
  });

  it.each<[string, string]>([
    ['worker w:\n    workflow W(x)\n', '2:TWF206'],
    ['worker w:\n    timer(5m)\n', '2:TWF213'],
    ['worker w:\n    x = 1\n', '2:TWF213'],
    ['worker w:\n    workflow\n', '2:TWF201'],
    ['worker w\n    workflow W\n', '1:TWF209'],
    ['worker w:\n', '1:TWF225'],
    ['namespace n:\n    worker w:\n        options:\n            task_queue: "q"\n', '2:TWF210'],
    ['namespace n:\n    options:\n        task_queue: "q"\n', '2:TWF213'],
    ['namespace n:\n    workflow W\n', '2:TWF206'],
    ['namespace:\n    worker w\n', '1:TWF237'],
    ['workflow W():\n    worker w\n', '2:TWF230'],
  ])('%j has one mistake', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  it.each(['async', 'sync', 'service', 'endpoint', 'worker', 'namespace'])(
    'takes `%s` for a name elsewhere',
    (word) => {
      const text = `workflow W(${word}: string):\n    ${word} = ${word} + "x"\n    activity A(${word}) -> ${word}\n`;
      expect(problems(text)).toEqual([]);
    },
  );

  it('tells a call from a definition', () => {
    expect(problems('worker w:\n    nexus service other.S\n')).toEqual([]);
    expect(problems('workflow W():\n    nexus service S.Op(x)\n    nexus endpoint S.Op(x)\n')).toEqual([]);
    expect(problems('workflow W():\n    nexus service S:\n        async Op workflow W\n')).toEqual(['2:TWF230']);
  });

  it('reads a Nexus endpoint, whose names need no quotes', () => {
    const { options } = definition<EndpointDef>(`nexus_endpoint E:
    target_namespace: payments.a1b2c
    target_task_queue: payments-worker
    target_url: "https://example.com"
    allowed_caller_namespaces:
        - orders
        - "subscriptions"
        - admin-eu
`);
    expect(options.entries.map(({ key, value }) => [key.text, shape(value)])).toEqual([
      ['target_namespace', 'Word'],
      ['target_task_queue', 'Word'],
      ['target_url', 'String'],
      ['allowed_caller_namespaces', 'WordList(Word Word Word)'],
    ]);
    const list = options.entries[3]!.value;
    expect(list.kind === 'WordList' && list.words.map(({ text }) => text)).toEqual([
      'orders',
      'subscriptions',
      'admin-eu',
    ]);
  });
});

describe('statements', () => {
  it.each([
    ['x = 1', 'Assign(NameExpr Number)'],
    ['order.state.x = y', 'Assign(Field(Field(NameExpr Name) Name) NameExpr)'],
    ['state = "draft"', 'Assign(NameExpr String)'],
    ['timer = 3', 'Assign(NameExpr Number)'],
    ['signal.x = activity', 'Assign(Field(NameExpr Name) NameExpr)'],
    ['notify(order)', 'ExprStmt(FunctionCall(NameExpr Arg(NameExpr)))'],
    ['log.info("x", order_id: 1)', 'ExprStmt(FunctionCall(Field(NameExpr Name) Arg(String) Arg(Name Number)))'],
    ['query(db, x)', 'ExprStmt(FunctionCall(NameExpr Arg(NameExpr) Arg(NameExpr)))'],
    ['activity A(x)', 'CallStmt(ActivityCall(Name Arg(NameExpr)))'],
    ['activity state(x) -> state', 'CallStmt(ActivityCall(Name Arg(NameExpr)) Binding(NameExpr))'],
    ['workflow V(x) -> entry.result', 'CallStmt(WorkflowCall(Name Arg(NameExpr)) Binding(Field(NameExpr Name)))'],
    ['nexus "p" workflow Op() -> (a, b)', 'CallStmt(NexusCall(Name Name) Binding(NameExpr NameExpr))'],
    ['spawn activity A() -> h', 'CallStmt(ActivityCall(Name) Binding(NameExpr))'],
    ['detach workflow V()', 'CallStmt(WorkflowCall(Name))'],
    ['spawn nexus "p" workflow Op(x) -> h', 'CallStmt(NexusCall(Name Name Arg(NameExpr)) Binding(NameExpr))'],
    ['x = activity A()', 'CallStmt(ActivityCall(Name) Binding(NameExpr))'],
    ['x = spawn workflow V()', 'CallStmt(WorkflowCall(Name) Binding(NameExpr))'],
    ['x = nexus "p" workflow Op()', 'CallStmt(NexusCall(Name Name) Binding(NameExpr))'],
    ['nexus E S.Op(x) -> r', 'CallStmt(NexusCall(Name Name Name Arg(NameExpr)) Binding(NameExpr))'],
    ['nexus a-{x}-{y} S.Op()', 'CallStmt(NexusCall(Name NameExpr NameExpr Name Name))'],
    ['detach nexus pay-in-2 S.Op()', 'CallStmt(NexusCall(Name Name Name))'],
    ['await nexus "pay-2" S.Op()', 'CallStmt(NexusCall(Name Name Name))'],
    ['x = await h', 'Await(Handle(NameExpr) Binding(NameExpr))'],
    ['await h.a -> r', 'Await(Handle(Field(NameExpr Name)) Binding(NameExpr))'],
    ['await one', undefined],
    ['await timer(5m)', 'Await(Timer(Duration))'],
    ['await timer(delay * 2)', 'Await(Timer(Binary(NameExpr Number)))'],
    ['await signal S -> (a)', 'Await(Signal(Name) Binding(NameExpr))'],
    ['x = await update U', 'Await(Update(Name) Binding(NameExpr))'],
    ['await activity A() -> r', 'CallStmt(ActivityCall(Name) Binding(NameExpr))'],
    ['signal h.Name(x, y: 1)', 'Send(NameExpr Name Arg(NameExpr) Arg(Name Number))'],
    ['return', 'Return'],
    ['return x', 'Return(NameExpr)'],
    ['return workflow V(x)', 'ReturnWorkflow(WorkflowCall(Name Arg(NameExpr)))'],
    ['close', 'Close'],
    ['close R{a}', 'Close(Record(Name RecordField(Name NameExpr)))'],
    ['close (x)', 'Close(NameExpr)'],
    ['close complete', 'Close'],
    ['close complete()', 'Close'],
    ['close complete(x)', 'Close(NameExpr)'],
    ['close completed R{}', 'Close(Record(Name))'],
    ['close failed R{}', 'Close(Record(Name))'],
    ['close fail("x")', 'Close(String)'],
    ['close failed "x"', 'Close(String)'],
    ['close continue_as_new(a)', 'ContinueAsNew(Arg(NameExpr))'],
    ['continue_as_new(a, b: 1)', 'ContinueAsNew(Arg(NameExpr) Arg(Name Number))'],
    ['raise', 'Raise'],
    ['raise Failed', 'Raise(Name)'],
    ['raise Failed("x", y)', 'Raise(Name Arg(String) Arg(NameExpr))'],
  ])('%s', (line, expected) => {
    if (expected === undefined) expect(problems(`workflow W():\n    ${line}\n`)).toEqual(['2:TWF209']);
    else expect(body(line).map(shape)).toEqual([expected]);
  });

  it.each([
    ['close failed R{}', 'fail'],
    ['close fail', 'fail'],
    ['close completed x', 'complete'],
    ['close x', 'complete'],
  ])('%s ends with %s', (line, outcome) => {
    expect(body(line)).toMatchObject([{ kind: 'Close', outcome }]);
  });

  it('takes `close(` in an activity for a function', () => {
    const { body: statements } = definition<ActivityDef>(
      'activity A(connection):\n    close(connection)\n    timer(5)\n',
    );
    expect(statements?.map(({ kind }) => kind)).toEqual(['ExprStmt', 'ExprStmt']);
  });

  it('reads every form of `for`', () => {
    const heads = [
      'for',
      'for (a < 3)',
      'for a < 3',
      'for x in xs',
      'for (x in xs)',
      'for (k, v in m)',
      'for k, v in m',
      'for (a) and (b)',
    ];
    const loops = body(...heads.flatMap((head) => [`${head}:`, '    break', '    continue']));
    expect(loops.map((loop) => (loop.kind === 'For' ? loop.head.kind : ''))).toEqual([
      'Forever',
      'While',
      'While',
      'In',
      'In',
      'Entries',
      'Entries',
      'While',
    ]);
  });

  it('gathers the branches of an `if`', () => {
    const [statement, after] = body(
      'if (a):',
      '    x = 1',
      'elif b == 1:',
      '    x = 2',
      'else if c:',
      '    x = 3',
      'else:',
      '    if d:',
      '        x = 4',
      'y = 1',
    );
    expect(statement && shape(statement)).toBe(
      'If(IfBranch(NameExpr Assign(NameExpr Number)) IfBranch(Binary(NameExpr Number) Assign(NameExpr Number)) ' +
        'IfBranch(NameExpr Assign(NameExpr Number)) Block(If(IfBranch(NameExpr Assign(NameExpr Number)))))',
    );
    expect(after?.kind).toBe('Assign');
  });

  it('reads cases of every kind', () => {
    const [statement] = body(
      'await one:',
      '    timer(5m):',
      '        x = 1',
      '    signal S -> (a, b):',
      '        x = 2',
      '    signal T:',
      '    update U -> (a, b):',
      '    activity A() -> r:',
      '    workflow V()',
      '    options(timeout: 5m)',
      '    nexus "p" workflow Op() -> r:',
      '        options(timeout: 1m)',
      '        activity B()',
      '    h -> r:',
      '    handles.first:',
      '    await all:',
      '        activity C()',
    );
    expect(statement?.kind === 'AwaitOne' && statement.cases.map(shape)).toEqual([
      'AwaitCase(Timer(Duration) Assign(NameExpr Number))',
      'AwaitCase(Signal(Name) Binding(NameExpr NameExpr) Assign(NameExpr Number))',
      'AwaitCase(Signal(Name))',
      'AwaitCase(Update(Name) Binding(NameExpr NameExpr))',
      'AwaitCase(ActivityCall(Name) Binding(NameExpr))',
      'AwaitCase(WorkflowCall(Name))',
      'AwaitCase(NexusCall(Name Name OptionBlock(OptionEntry(Name Duration))) Binding(NameExpr) ' +
        'CallStmt(ActivityCall(Name OptionBlock(OptionEntry(Name Duration)))))',
      'AwaitCase(Handle(NameExpr) Binding(NameExpr))',
      'AwaitCase(Handle(Field(NameExpr Name)))',
      'AwaitCase(AwaitAll(CallStmt(ActivityCall(Name))))',
    ]);
  });
});

describe('options', () => {
  const nested = 'OptionBlock(OptionEntry(Name Duration) OptionEntry(Name OptionBlock(OptionEntry(Name Number))))';

  it.each<[string, string[]]>([
    ['before the call', ['options(timeout: 5m, retryPolicy: {maxAttempts: 3})', 'activity A()']],
    ['under it', ['activity A()', '    options(timeout: 5m, retry: RetryPolicy{maxAttempts: 3})']],
    [
      'in a block',
      ['activity A()', '    options:', '        timeout: 5m', '        retry_policy:', '            max_attempts: 3'],
    ],
    [
      'over several lines',
      ['options(', '    timeout: 5m,', '    retry_policy: {', '        max_attempts: 3', '    })', 'activity A()'],
    ],
  ])('%s', (_, lines) => {
    expect(body('x = 1', ...lines).map(shape)).toEqual([
      'Assign(NameExpr Number)',
      `CallStmt(ActivityCall(Name ${nested}))`,
    ]);
  });

  it('are those of an activity that they are first in', () => {
    const { options, body: statements } = definition<ActivityDef>('activity A():\n    options(timeout: 5m)\n    f()\n');
    expect(options?.entries).toHaveLength(1);
    expect(statements).toHaveLength(1);
  });

  it.each<[string, string, 'own' | 'call']>([
    ['right before a call', 'options(timeout: 5m)\n    activity A()', 'call'],
    ['before anything else', 'options(timeout: 5m)\n    x = 1', 'own'],
    ['called `default_options`', 'default_options:\n        timeout: 5m\n    activity A()', 'own'],
  ])('first in a workflow, %s', (_, text, whose) => {
    const { options, body: statements } = definition<WorkflowDef>(`workflow W():\n    ${text}\n`);
    expect(options === undefined ? 'call' : 'own').toBe(whose);
    expect(statements).toHaveLength(1);
  });

  it('of `await one` and `await all` stand first in them, or before them', () => {
    const [first, second, third] = body(
      'await one:',
      '    options: ',
      '        losers: abandon',
      '    timer(5m):',
      'options(max_concurrent: 3)',
      'await all:',
      '    activity A()',
      'await all:',
      '    options(timeout: 5m)',
      '    activity A()',
    );
    expect(first?.kind === 'AwaitOne' && first.options?.entries[0]?.key.text).toBe('losers');
    expect(second?.kind === 'AwaitAll' && second.options?.entries[0]?.key.text).toBe('max_concurrent');
    expect(third && shape(third)).toBe(
      'AwaitAll(CallStmt(ActivityCall(Name OptionBlock(OptionEntry(Name Duration)))))',
    );
  });

  it('have lists, in brackets or of lines', () => {
    const [statement] = body(
      'activity A()',
      '    options:',
      '        a: ["x", y]',
      '        b:',
      '            - x-y',
      '            - "z"',
      '        c:',
      '            - "{x}"',
    );
    expect(statement && shape(statement)).toBe(
      'CallStmt(ActivityCall(Name OptionBlock(OptionEntry(Name List(String NameExpr)) ' +
        'OptionEntry(Name WordList(Word Word)) OptionEntry(Name List(String(NameExpr))))))',
    );
  });
});

describe('types of TypeScript', () => {
  it('are taken from a file', () => {
    const { ast, diagnostics } = parseText('use types from "./domain.ts"\n');
    expect(diagnostics).toEqual([]);
    expect(ast.uses.map(({ path }) => path.text)).toEqual(['./domain.ts']);
  });

  it.each([
    ['use "./domain.ts"\n', ['1:TWF208']],
    ['use type from "./domain.ts"\n', ['1:TWF206']],
    ['use types "./domain.ts"\n', ['1:TWF201']],
    ['use types from domain\n', ['1:TWF206']],
    ['use types from "./domain.ts":\n    x\n', ['1:TWF210']],
    ['workflow W():\n    use types from "./domain.ts"\n    close\n', ['2:TWF230']],
  ])('%s', (text, codes) => {
    expect(problems(text)).toEqual(codes);
  });
});

describe('extern functions', () => {
  it.each([
    ['extern function f()', 'ExternFunction(Name)'],
    ['extern function f(x: X, y) -> R', 'ExternFunction(Name Param(Name NamedType) Param(Name) ResultType(NamedType))'],
    ['extern function T.f() -> []R', 'ExternFunction(NamedType Name ResultType(ListType(NamedType)))'],
    ['extern function function()', 'ExternFunction(Name)'],
  ])('%s', (text, expected) => {
    expect(shape(definition(`${text}\n`))).toBe(expected);
  });

  it.each([
    ['extern func f()\n', ['1:TWF206']],
    ['extern function f\n', ['1:TWF206']],
    ['extern function f():\n    return 1\n', ['1:TWF210']],
    ['extern function T.(x: X)\n', ['1:TWF201']],
    ['workflow W():\n    extern function f()\n    close\n', ['2:TWF230']],
  ])('%s', (text, codes) => {
    expect(problems(text)).toEqual(codes);
  });
});

describe('declared types', () => {
  it.each([
    ['type T:\n    id: string\n    in: map[K]V?', 'RecordDef(Name FieldDef(Name NamedType) FieldDef(Name MapType(', 2],
    ['type T:\n    if: bool\n    state: A\n    type: B\n    for: C', 'RecordDef(Name FieldDef', 4],
    ['type T = (A, []B)', 'AliasDef(Name TupleType(NamedType ListType(NamedType)))', 0],
    ['enum E: a, in, break, null,', 'EnumDef(Name Name Name Name Name)', 0],
    ['enum E:\n    a\n    return, state,\n    timer', 'EnumDef(Name Name Name Name Name)', 0],
  ])('%s', (text, begin, fields) => {
    const found = shape(definition(`${text}\n`));
    expect(found.slice(0, begin.length)).toBe(begin);
    expect(found.match(/FieldDef/g)?.length ?? 0).toBe(fields);
  });

  it.each([
    ['type T\n', ['1:TWF209']],
    ['type T:\n', ['1:TWF225']],
    ['type T:\n    id\n    a: int\n', ['2:TWF240']],
    ['type T:\n    id:\n    a: int\n', ['2:TWF203']],
    ['type T:\n    id: int\n        a: int\n', ['3:TWF224']],
    ['type T = \n', ['1:TWF203']],
    ['type T = A B\n', ['1:TWF206']],
    ['enum E: a b\n', ['1:TWF206']],
    ['enum E: 1\n', ['1:TWF201']],
    ['enum E:\n    a: b\n', ['2:TWF240']],
    ['enum E:\n    a:\n', ['2:TWF240']],
    ['enum E:\n    a - b\n', ['2:TWF240']],
    ['workflow W():\n    type T = int\n    close\n', ['2:TWF230']],
    ['workflow W():\n    enum E: a\n    close\n', ['2:TWF230']],
  ])('%s', (text, codes) => {
    expect(problems(text)).toEqual(codes);
  });

  it('leaves `type` and `enum` to be names', () => {
    expect(body('type = 1', 'enum = type', 'log.info(type.enum)').map(({ kind }) => kind)).toEqual([
      'Assign',
      'Assign',
      'ExprStmt',
    ]);
  });
});

describe('`try`', () => {
  it('has clauses for errors, and what is done in any case', () => {
    const lines = ['catch E as e:', '    g()', 'catch:', '    pass', 'finally:', '    h()'];
    expect(body('try:', '    f()', ...lines).map(shape)).toEqual([
      'Try(Block(ExprStmt(FunctionCall(NameExpr))) Catch(Name NameExpr ExprStmt(FunctionCall(NameExpr))) Catch Block(ExprStmt(FunctionCall(NameExpr))))',
    ]);
  });

  it('has names that are ordinary words elsewhere', () => {
    const kinds = ['Assign', 'Assign', 'Assign', 'Assign'];
    expect(body('try = 1', 'catch = try', 'finally = catch', 'as = finally').map(({ kind }) => kind)).toEqual(kinds);
  });

  it('raises again, and what is not retried', () => {
    const raises = body('raise', 'raise X', 'raise X("m") non_retryable', 'raise X non_retryable');
    expect(raises.map((one) => one.kind === 'Raise' && one.retryable)).toEqual([true, true, false, false]);
  });

  it.each([
    ['try:\n        f()', ['2:TWF645']],
    ['catch:\n        f()', ['2:TWF646']],
    ['try:\n        f()\n    finally:\n        f()\n    catch:\n        f()', ['6:TWF646']],
    ['try:\n        f()\n    finally:\n        f()\n    finally:\n        f()', ['6:TWF646']],
    ['try:\n        f()\n    catch', ['4:TWF209']],
    ['try:\n        f()\n    catch E as:\n        g()', ['4:TWF201']],
    ['try:\n        f()\n    catch E, F:\n        g()', ['4:TWF206']],
  ])('%j: %j', (text, expected) => {
    expect(problems(`workflow W():\n    ${text}\n`)).toEqual(expected);
  });
});

describe('`promise`', () => {
  it.each(['activity A(1)', 'workflow W(x)', 'nexus "e" workflow Op(x)', 'timer(5m)', 'signal S'])(
    'h <- %s is the same as `spawn`',
    (operand) => {
      const [promise, spawn] = [body(`promise h <- ${operand}`), body(`spawn ${operand} -> h`)];
      expect(promise.map(shape)).toEqual(spawn.map(shape));
      expect(body(`h = spawn ${operand}`).map(shape)).toEqual(spawn.map(shape));
    },
  );

  it('names another handle', () => {
    expect(body('promise h <- g').map(shape)).toEqual(['Start(Handle(NameExpr) Binding(NameExpr))']);
  });

  it('has options under it', () => {
    expect(body('promise h <- timer(5m)', '    options(summary: "s")').map(({ kind }) => kind)).toEqual(['Start']);
  });

  it('leaves `<` and `-` as they are elsewhere', () => {
    expect(body('promise = h <-1', 'x = a < -b').map(shape)).toEqual([
      'Assign(NameExpr Binary(NameExpr Unary(Number)))',
      'Assign(NameExpr Binary(NameExpr Unary(NameExpr)))',
    ]);
  });

  it.each([
    ['promise h <- ', '2:TWF206'],
    ['promise h activity A()', '2:TWF206'],
    ['promise h < - activity A()', '2:TWF206'],
    ['promise <- activity A()', '2:TWF201'],
    ['promise h <- f()', '2:TWF238'],
    ['detach timer(5m)', '2:TWF206'],
  ])('%s: %s', (text, expected) => {
    expect(problems(`workflow W():\n    ${text}\n`)).toEqual([expected]);
  });
});

describe('`switch`', () => {
  it('is the same with and without parentheses, with several values for a case', () => {
    const lines = ['    case "a", -1:', '        f()', '    else:', '        g()'];
    const expected =
      'Switch(NameExpr SwitchCase(String Unary(Number) ExprStmt(FunctionCall(NameExpr))) Block(ExprStmt(FunctionCall(NameExpr))))';
    for (const head of ['switch x:', 'switch (x):']) expect(body(head, ...lines).map(shape)).toEqual([expected]);
  });

  it('has names that are ordinary words elsewhere', () => {
    expect(body('switch = 1', 'case = switch', 'switch.case = case').map(({ kind }) => kind)).toEqual([
      'Assign',
      'Assign',
      'Assign',
    ]);
  });

  it.each([
    ['switch x:\n        f()\n        case 1:\n            pass', ['3:TWF640']],
    ['switch x:\n        case 1:\n            pass\n        default:\n            pass', ['5:TWF640']],
    ['switch x:\n        else:\n            pass\n        else:\n            pass', ['5:TWF641']],
    ['switch x\n        case 1\n            pass', ['2:TWF209', '3:TWF209']],
    ['switch:\n        case 1:\n            pass', ['2:TWF202']],
    ['case 1:\n        pass', ['2:TWF230']],
    ['count: int = 0', ['2:TWF230']],
    ['orders: []map[string]Order? = []', ['2:TWF230']],
    ['else: count = 3', ['2:TWF206']],
    ['switch x:\n        case 1:\n        case 2:\n            pass', ['3:TWF225']],
  ])('%j: %j', (text, expected) => {
    expect(problems(`workflow W(x: int):\n    ${text}\n`)).toEqual(expected);
  });
});

describe('requests', () => {
  it.each([
    ['signal workflow "order-{id}" Approve(x)', 'Message(String(NameExpr) Name Arg(NameExpr))'],
    ['signal workflow order.id Order.Approve()', 'Message(Field(NameExpr Name) Name Name)'],
    ['query workflow id shop.Order.Status() -> s', 'Message(NameExpr Name Name Binding(NameExpr))'],
    ['r = update workflow "id" Change(x: 1)', 'Message(String Name Arg(Name Number) Binding(NameExpr))'],
    ['cancel workflow "id"', 'CancelWorkflow(String)'],
    ['list workflows "a = 1" -> xs', 'ListWorkflows(String Binding(NameExpr))'],
    ['start workflow W(x) -> id', 'StartWorkflow(WorkflowCall(Name Arg(NameExpr)) Binding(NameExpr))'],
    [
      'signal_with_start workflow p.W(x) S(y):\n        workflow_id: "a"',
      'StartWorkflow(WorkflowCall(Name Arg(NameExpr) OptionBlock(OptionEntry(Name String))) StartSignal(Name Arg(NameExpr)))',
    ],
    [
      'options(workflow_id: "a")\n    start workflow W()',
      'StartWorkflow(WorkflowCall(Name OptionBlock(OptionEntry(Name String))))',
    ],
  ])('%s', (text, expected) => {
    expect(body(text).map(shape)).toEqual([expected]);
  });

  it('begin with words that are names elsewhere', () => {
    const lines = ['start = 1', 'list = [start]', 'cancel(list)', 'workflows = list.length', 'x = start + workflows'];
    expect(body(...lines, 'start.list = query').map(({ kind }) => kind)).toEqual([
      'Assign',
      'Assign',
      'ExprStmt',
      'Assign',
      'Assign',
      'Assign',
    ]);
    expect(problems('workflow W():\n    signal workflow(x: int)\n    await signal workflow -> x\n    close\n')).toEqual(
      [],
    );
  });

  it.each([
    ['signal workflow "id"', ['2:TWF201']],
    ['signal workflow "id" Approve', ['2:TWF206']],
    ['query workflow "id" Order.() -> x', ['2:TWF201']],
    ['cancel workflow "id" now', ['2:TWF206']],
    ['cancel workflow "id":\n        timeout: 1m', ['2:TWF210']],
    ['signal workflow "id" S()\n        options:\n            timeout: 1m', ['3:TWF228']],
    ['start workflow W() -> id\n        f()', ['3:TWF226']],
    ['signal_with_start workflow W()', ['2:TWF201']],
    ['start workflow W() S()', ['2:TWF206']],
    ['await query workflow "id" Q()', ['2:TWF206']],
    ['return query workflow "id" Q()', ['2:TWF220']],
    ['x = query workflow "id" Q() -> y', ['2:TWF222']],
    ['await one:\n        signal workflow "id" S():\n            pass', ['3:TWF235']],
  ])('%j: %j', (text, expected) => {
    expect(problems(`workflow W():\n    ${text}\n`)).toEqual(expected);
  });
});

describe('what this version does not compile', () => {
  it.each([
    'await until (x > 3)',
    'await started h -> token',
    'await all handles -> results',
    'nexus "shard-{org}" workflow Operation(x)',
    'local activity A(x) -> y',
    'cancel h',
    'raise E{code: "51"}',
    'close continue_as_new V2(x)',
    'upsert CustomerId = x',
    'metric counter x + 1',
    'set_details "x"',
    'activity A()\n        compensate:\n            activity B()',
    'compensate',
    'search_attributes:\n        CustomerId: keyword',
    'await one:\n        until (x > 3):\n            y = 1',
  ])('%s', (text) => {
    const line = text.includes('await one:') || text.includes('compensate:') ? 3 : 2;
    expect(problems(`workflow W():\n    ${text}\n    last = 1\n`)).toEqual([`${line}:TWF200`]);
  });

  it.each([
    'error Declined:\n    code: string',
    'schedule Nightly:\n    workflow Bill()\n    cron: "0 2 * * *"',
    'test "declined":\n    run W() -> r',
  ])('%s', (text) => {
    expect(problems(`${text}\nworkflow W():\n    close\n`)).toEqual(['1:TWF200']);
  });

  it('is named in the plural', () => {
    const { diagnostics } = parseText('schedule S:\n    workflow W()\n');
    expect(diagnostics[0]?.message).toBe('`schedule` definitions are not supported yet.');
  });
});

describe('what is written wrong', () => {
  it.each<[string, string, string[]]>([
    ['no colon', 'workflow W()\n    close\n', ['1:TWF209']],
    ['no colon, no body', 'workflow W(x: X)\n', ['1:TWF209']],
    ['no body', 'workflow W():\n\nactivity A():\n    ...\n', ['1:TWF225']],
    ['a body at the margin', 'workflow W():\nactivity A() -> x\nif x:\n    close\nclose x\n', ['2:TWF236']],
    ['statements outside', 'x = 1\ny = 2\nworkflow W():\n    close\n', ['1:TWF237']],
    ['`nexus` at the margin', 'nexus x\n', ['1:TWF206']],
    ['an endpoint without quotes', 'workflow W():\n    nexus p workflow Op()\n', ['2:TWF207']],
    ['`nexus` alone', 'nexus', ['1:TWF207']],
    ['a handler outside', 'signal S():\n    x = 1\n', ['1:TWF237']],
    [
      'a query in a block',
      'workflow W():\n    if true:\n        query Q() -> R:\n            return x\n',
      ['3:TWF230'],
    ],
    ['an update without `await`', 'workflow W():\n    update U -> a\n', ['2:TWF231']],
    [
      'a case with parameters',
      'workflow W():\n    await one:\n        update U(a: A):\n            x = 1\n',
      ['3:TWF235'],
    ],
    ['an unclosed bracket', `workflow W(a: A:\n${'    f(x)\n    return x\n'.repeat(500)}`, ['1:TWF105']],
    ['an unclosed string', `workflow W(a: "A):\n${'    return x\n'.repeat(500)}`, ['1:TWF102']],
    ['`else` without `if`', 'workflow W():\n    else:\n        close\n', ['2:TWF229']],
    [
      'two `else`',
      'workflow W():\n    if a:\n        close\n    else:\n        close\n    else:\n        close\n',
      ['6:TWF229'],
    ],
    [
      '`=` in a condition',
      'workflow W():\n    if x = 3:\n        close\n    elif y = 4:\n        close\n',
      ['2:TWF211', '4:TWF211'],
    ],
    ['a name missing', 'workflow W():\n    activity (x)\n    activity\n', ['2:TWF201', '3:TWF201']],
    [
      'the name of a definition missing',
      'workflow (a: int):\n    close\nactivity (a: int) -> int:\n    return a\nnexus_service :\n    operation A()\n',
      ['1:TWF201', '3:TWF201', '5:TWF201'],
    ],
    ['an arrow to nothing', 'workflow W():\n    activity A() ->\n    activity A() -> ()\n', ['2:TWF205', '3:TWF205']],
    ['a definition inside another', 'workflow W():\n    activity A(x: int) -> R:\n        return 1\n', ['2:TWF210']],
    [
      'a misspelt keyword',
      'workflow W():\n    actvity A(x) -> r\n    esle:\n        x = 1\n',
      ['2:TWF208', '3:TWF208'],
    ],
    ['options of nothing', 'workflow W():\n    x = 1\n    options(timeout: 5m)\n    y = 1\n', ['3:TWF228']],
    ['an indented file', '  workflow W():\n      close\n', ['1:TWF224']],
  ])('%s', (_, text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  it('suggests what a misspelt keyword was meant to be', () => {
    const { diagnostics } = parseText('workflow W():\n    actvity A(x)\n');
    expect(diagnostics[0]?.hint).toBe('Did you mean `activity`?');
  });

  it.each<[string, string, string]>([
    ['a missing colon', 'workflow W()\n    close\n', 'workflow W():\n    close\n'],
    [
      '`=` in a condition',
      'workflow W():\n    if x = 3:\n        close\n',
      'workflow W():\n    if x == 3:\n        close\n',
    ],
    ['single quotes', "workflow W():\n    x = 'a'\n", 'workflow W():\n    x = "a"\n'],
    ['`hint signal`', 'workflow W():\n    hint signal S\n    close\n', 'workflow W():\n    close\n'],
    ['a forgotten `await`', 'workflow W():\n    timer(5m)\n', 'workflow W():\n    await timer(5m)\n'],
    ['`->` after a function', 'workflow W():\n    f(x) -> y\n', 'workflow W():\n    y = f(x)\n'],
    ['missing parentheses', 'workflow W:\n    close\n', 'workflow W():\n    close\n'],
  ])('has a fix for %s', (_, text, fixed) => {
    const { diagnostics } = parseText(text);
    const [edit] = diagnostics[0]!.fixes[0]!.edits;
    const { span, text: replacement } = edit!;
    const result = text.slice(0, span.start) + replacement + text.slice(span.end);
    expect(result).toBe(fixed);
    expect(problems(result)).toEqual([]);
  });
});
