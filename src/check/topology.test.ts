import { describe, expect, test } from 'vitest';
import { optionsLine, workerLines } from '../testing/facts.js';
import { checkTexts, type ProgramSettings, problemsOf, type Sources } from '../testing/program.js';

const workers = (sources: Sources, settings?: ProgramSettings) => workerLines(checkTexts(sources, settings).facts);

const payments = `
nexus_endpoint PaymentsEndpoint:
    target_namespace: payments
    target_task_queue: payments-worker
    allowed_caller_namespaces: [orders]

nexus_service PaymentsService:
    operation Pay(amount: decimal) -> string:
        return workflow PayWorkflow(amount)

workflow PayWorkflow(amount: decimal) -> string:
    activity Charge(amount) -> id
    workflow Settle(id)
    close id

workflow Settle(id: string):
    activity Book(id)

activity Charge(amount: decimal) -> string:
    return bank.charge(amount)

activity Book(id: string):
    bank.book(id)
`;

const orders = `
workflow Order(amount: decimal) -> string:
    options(timeout: 5m)
    nexus "payments" workflow Pay(amount) -> id
    activity Ship(id)
    close id

activity Ship(id: string):
    carrier.ship(id)
`;

describe('without endpoints', () => {
  test('everything runs on one worker, which is named after its task queue', () => {
    expect(
      workers(orders.replace(/ {4}options.*\n.*nexus.*\n/, '    id = "x"\n'), {
        namespace: 'shop',
        taskQueue: 'orders-queue',
      }),
    ).toEqual(['orders shop/orders-queue: Order | Ship | ']);
  });

  test('a program of activities alone has a worker, too', () => {
    expect(workers('activity A():\n    a.a()\n')).toEqual(['main default/main:  | A | ']);
  });
});

describe('with an endpoint', () => {
  test('it is a worker with its service, the workflows behind it, their children and all their activities', () => {
    expect(workers({ 'orders.twf': orders, 'payments.twf': payments })).toEqual([
      'payments payments/payments-worker: PayWorkflow Settle | Book Charge | PaymentsService',
      'main default/main: Order | Ship | ',
    ]);
  });

  test('an activity that both sides call runs on both', () => {
    const both = orders.replace('    activity Ship(id)\n', '    activity Ship(id)\n    activity Book(id)\n');
    expect(workers({ 'orders.twf': both, 'payments.twf': payments })).toEqual([
      'payments payments/payments-worker: PayWorkflow Settle | Book Charge | PaymentsService',
      'main default/main: Order | Book Ship | ',
    ]);
  });

  test('two endpoints to one task queue are one worker', () => {
    const second = `
nexus_endpoint SettlingEndpoint:
    target_namespace: payments
    target_task_queue: payments-worker
    allowed_caller_namespaces: [orders]
    services:
        - PaymentsService
`;
    const { facts } = checkTexts({ 'payments.twf': payments + second });
    expect(workerLines(facts)).toHaveLength(1);
    expect(facts.topology.endpoints.map(({ name, target }) => [name, target])).toEqual([
      ['PaymentsEndpoint', { worker: { namespace: 'payments', taskQueue: 'payments-worker' } }],
      ['SettlingEndpoint', { worker: { namespace: 'payments', taskQueue: 'payments-worker' } }],
    ]);
  });

  test('two task queues of one short name are two workers with two names', () => {
    const second = payments
      .replaceAll('Payments', 'Refunds')
      .replaceAll('PayWorkflow', 'RefundWorkflow')
      .replace('target_namespace: payments', 'target_namespace: refunds')
      .split('workflow Settle')[0]!;
    expect(workers({ 'a.twf': payments, 'b.twf': second }).map((line) => line.split(':')[0])).toEqual([
      'payments payments/payments-worker',
      'refunds-payments refunds/payments-worker',
    ]);
  });

  test('an endpoint whose service has no bodies is nobody of this program', () => {
    const contract = payments
      .slice(0, payments.indexOf('workflow PayWorkflow(amount: decimal)'))
      .replace(/:\n +return .*/, '');
    const { facts } = checkTexts({ 'orders.twf': orders, 'payments.twf': contract });
    expect(workerLines(facts)).toEqual(['main default/main: Order | Ship | ']);
    expect(facts.topology.endpoints).toMatchObject([
      {
        name: 'PaymentsEndpoint',
        target: { worker: { namespace: 'payments', taskQueue: 'payments-worker' } },
        isServed: false,
      },
    ]);
  });

  test('an endpoint with a URL leads to no worker, and its service is typed by its contract', () => {
    const legacy = `
nexus_endpoint LegacyEndpoint:
    target_url: "https://legacy.example.com/nexus"
    description: "What is {left}"

nexus_service LegacyService:
    operation Lookup(id: string) -> Found

type Found:
    name: string

workflow Ask(id: string) -> string:
    options(timeout: 1m)
    nexus "LegacyEndpoint" workflow Lookup(id) -> found
    close found.name
`;
    const { facts } = checkTexts(legacy);
    expect(problemsOf(legacy)).toEqual([]);
    expect(workerLines(facts)).toEqual(['main default/main: Ask |  | ']);
    expect(facts.topology.endpoints).toMatchObject([
      {
        name: 'LegacyEndpoint',
        target: { external: { url: 'https://legacy.example.com/nexus' } },
        isServed: false,
        description: 'What is {left}',
      },
    ]);
    const wrong = (key: string) => problemsOf(legacy.replace('    description', `    ${key}\n    description`));
    expect(wrong('target_namespace: legacy')).toEqual(['TWF505 target_namespace']);
    expect(wrong('allowed_caller_namespaces: [default]')).toEqual(['TWF505 allowed_caller_namespaces']);
    expect(problemsOf(legacy.replace('What is', 'x'.repeat(20_000)))).toEqual([expect.stringContaining('TWF502')]);
  });

  test('an endpoint that only a call names is a worker of its name, if the program has the workflow', () => {
    const implicit = `
workflow Order(id: string):
    options(timeout: 5m)
    nexus "shipping" workflow ShipWorkflow(id)

workflow ShipWorkflow(id: string):
    activity Ship(id)

activity Ship(id: string):
    carrier.ship(id)
`;
    expect(workers(implicit)).toEqual([
      'shipping shipping/shipping: ShipWorkflow | Ship | shipping',
      'main default/main: Order |  | ',
    ]);
  });
});

describe('task queues that are named', () => {
  const program = (options: string, own = '') => `
workflow Order(id: string):
    options(${options})
    workflow ShipWorkflow(id)

workflow ShipWorkflow(id: string):
${own}    activity Ship(id)

activity Ship(id: string):
    carrier.ship(id)
`;

  test('by a call', () => {
    expect(workers(program('task_queue: "ships"'))).toEqual([
      'main default/main: Order |  | ',
      'ships default/ships: ShipWorkflow | Ship | ',
    ]);
  });

  test('by a definition', () => {
    const own = '    default_options:\n        task_queue: "fleet"\n';
    expect(workers(program('timeout: 5m', own))).toEqual([
      'main default/main: Order |  | ',
      'fleet default/fleet: ShipWorkflow | Ship | ',
    ]);
    expect(workers(program('task_queue: "ships"', own)).map((line) => line.split(':')[0])).toEqual([
      'main default/main',
      'ships default/ships',
    ]);
  });

  test('by a definition that nobody calls', () => {
    expect(workers('activity Ship(id: string):\n    options(task_queue: "ships")\n    carrier.ship(id)\n')).toEqual([
      'ships default/ships:  | Ship | ',
    ]);
  });

  test('a computed one has no worker, which is a warning', () => {
    expect(problemsOf(program('task_queue: "ships-{id}"'))).toEqual(['TWF707 "ships-{id}"']);
  });
});

describe('files in namespaces', () => {
  const namespaces = { 'orders.twf': 'orders', 'payments.twf': 'payments', 'other.twf': 'other' };

  test('a file runs in its namespace: on the only worker that an endpoint makes there, else on one of its own', () => {
    const more = payments + '\nworkflow Report():\n    await timer(1h)\n';
    const other = 'workflow Lonely():\n    await timer(1h)\n';
    expect(workers({ 'orders.twf': orders, 'payments.twf': more, 'other.twf': other }, { namespaces })).toEqual([
      'payments payments/payments-worker: PayWorkflow Report Settle | Book Charge | PaymentsService',
      'orders orders/orders: Order | Ship | ',
      'other other/other: Lonely |  | ',
    ]);
  });

  test('a child of another file runs with its parent, and nowhere else', () => {
    const parent = 'workflow Parent():\n    workflow Child()\n';
    const child = 'workflow Child():\n    await timer(1h)\n';
    const expected = ['orders orders/orders: Child Parent |  | '];
    expect(workers({ 'orders.twf': parent, 'other.twf': child }, { namespaces })).toEqual(expected);
    expect(
      workers({ 'a.twf': child, 'b.twf': parent }, { namespaces: { 'a.twf': 'other', 'b.twf': 'orders' } }),
    ).toEqual(expected);
  });
});

describe('with workers of its own', () => {
  const order = `
workflow Order(id: string) -> string:
    options(task_queue: "payments")
    activity Pay(id) -> paid
    close paid

activity Pay(id: string) -> string:
    options(timeout: 10s)
    return bank.pay(id)

worker orders:
    workflow Order

worker payments:
    options:
        max_cached_workflows: 10
        task_queue: "payments"
    activity Pay
`;
  const shop = `
namespace shop:
    worker orders
        options:
            task_queue: "orders"
    worker payments
        options:
            maxCachedWorkflows: 20
            identity: "pay"
    worker payments
        options(task_queue: "more")
`;

  test('each runs what it lists, wherever it stands', () => {
    expect(workerLines(checkTexts(order + shop).facts)).toEqual([
      'orders shop/orders: Order |  | ',
      'payments shop/payments shop/more:  | Pay | ',
    ]);
    expect(problemsOf(order + shop)).toEqual([]);
  });

  test('an endpoint lists services of its worker, and no others', () => {
    const served = (services: string) => `
workflow Store(key: string) -> string:
    close key

nexus service A:
    async Put workflow Store

nexus service B:
    async Put workflow Store

nexus service C:
    async Put workflow Store

worker all:
    workflow Store
    nexus service A
    nexus service B

worker other:
    workflow Store
    nexus service C

namespace n:
    worker all
        options(task_queue: "q")
    worker other
        options(task_queue: "other")
    nexus endpoint Ab
        options(task_queue: "q", services: ${services}, allowed_caller_namespaces: ["hub"])
`;
    const exposed = (services: string) =>
      checkTexts(served(services)).facts.topology.endpoints.map((one) => one.services.map(({ name }) => name));
    expect(exposed('["B"]')).toEqual([['B']]);
    expect(problemsOf(served('["A", "B"]'))).toEqual([]);
    expect(problemsOf(served('["A", "C"]'))).toEqual(['TWF710 "C"']);
  });

  test('two services of one name are one for Temporal', () => {
    const service = (name: string) =>
      `package ${name}\n\nnexus service S:\n    async Go workflow ${name}\n\nworkflow ${name}():\n    await timer(1h)\n`;
    const worker =
      'import "x/a"\nimport "x/b"\nworker w:\n    workflow a.a\n    workflow b.b\n    nexus service a.S\n    nexus service b.S\n';
    expect(problemsOf({ 'a.twf': service('a'), 'b.twf': service('b'), 'w.twf': worker })).toEqual(['TWF347 S']);
  });

  test('places have names of letters, digits and signs that a command line takes', () => {
    const odd = shop.replace('"more"', '"m\\nx/y"').replace('namespace shop', 'namespace "the shop"');
    const { workers } = checkTexts(order + odd).facts.topology;
    expect(workers.flatMap(({ places }) => places.map(({ name }) => name))).toEqual([
      'orders',
      'payments-the-shop-payments',
      'payments-the-shop-m-x-y',
    ]);
  });

  test('what a place says goes before what the worker says', () => {
    const { workers } = checkTexts(order + shop).facts.topology;
    const places = workers.flatMap((one) => one.places);
    expect(places.map(({ name, options }) => `${name}: ${optionsLine(options)}`)).toEqual([
      'orders: ',
      'payments-shop-payments: identity: "pay", maxCachedWorkflows: 20',
      'payments-shop-more: maxCachedWorkflows: 10',
    ]);
  });

  test('without a namespace, in the one of the program, on task queues of their own', () => {
    expect(workerLines(checkTexts(order, { namespace: 'prod' }).facts)).toEqual([
      'orders prod/orders: Order |  | ',
      'payments prod/payments:  | Pay | ',
    ]);
    expect(problemsOf(order)).toEqual([]);
  });

  test('what none of them runs is for a worker that is nowhere', () => {
    const more = '\nworkflow More():\n    workflow Order("1")\n';
    expect(workerLines(checkTexts(order + shop + more).facts).at(-1)).toBe('undeployed : More |  | ');
    expect(problemsOf(order + shop + more)).toEqual(['TWF712 More']);
  });

  test('an endpoint that only a call names is a worker beside them', () => {
    const call = `
nexus_service Labels:
    operation Print(text: string) -> string:
        return workflow PrintLabel(text)

workflow PrintLabel(text: string) -> string:
    close text
`;
    const caller = order.replace(
      '    close paid',
      '    options(timeout: 1m)\n    nexus "labels" workflow Print(id) -> label\n    close label',
    );
    const { facts } = checkTexts(caller + shop + call);
    expect(workerLines(facts)).toEqual([
      'orders shop/orders: Order |  | ',
      'payments shop/payments shop/more:  | Pay | ',
      'labels labels/labels: PrintLabel |  | Labels',
    ]);
    expect(facts.topology.endpoints.map(({ target }) => target)).toEqual([
      { worker: { namespace: 'labels', taskQueue: 'labels' } },
    ]);
  });

  test.each([
    ['two namespaces', shop + shop.replace('namespace shop', 'namespace two'), []],
    ['a worker twice on one task queue', shop.replace('"more"', '"payments"'), ['TWF303 payments']],
    ['a task queue that is no name', shop.replace('"orders"', '5m'), ['TWF502 5m']],
    ['a key that does not exist', shop.replace('identity', 'identty'), ['TWF501 identty']],
    ['a value out of range', shop.replace('20', '1'), ['TWF510 1']],
    [
      'workers in namespaces apart',
      shop.replace('    worker payments', 'namespace bank:\n    worker payments'),
      ['TWF716 Pay'],
    ],
  ])('%s', (_, namespaces, problems) => {
    expect(problemsOf(order + namespaces)).toEqual(problems);
  });
});

describe('a family', () => {
  const families = { org: ['acme', 'globex'], tier: ['gold', 'free'] };
  const family = `
workflow Store(key: string) -> string:
    close key

nexus service Shards:
    async Put workflow Store

worker shards:
    workflow Store
    nexus service Shards

namespace shard-{org}:
    worker shards
        options:
            task_queue: "q-{org}"
            worker_identity: "of {org}"
    nexus endpoint Shard-{org}-{tier}
        options:
            task_queue: "q-{org}"
            allowed_caller_namespaces: ["hub", "shard-{org}"]
`;
  const caller = `
worker hub:
    workflow Publish

namespace hub:
    worker hub
        options(task_queue: "hub")

workflow Publish(org: string, tier: string) -> string:
    options(timeout: 1m)
    nexus Shard-{org}-{tier} Shards.Put(org) -> stored
    close stored
`;

  test('is a worker, a namespace and endpoints for each member', () => {
    const { workers: all, endpoints } = checkTexts(family + caller, { families }).facts.topology;
    const places = all.flatMap((one) => one.places);
    expect(places.map(({ name, taskQueue, options }) => [name, taskQueue, optionsLine(options)])).toEqual([
      ['shards-shard-acme', 'q-acme', 'identity: "of acme"'],
      ['shards-shard-globex', 'q-globex', 'identity: "of globex"'],
      ['hub', 'hub', ''],
    ]);
    const namespaceOf = (target: (typeof endpoints)[number]['target']) =>
      target && 'worker' in target && target.worker.namespace;
    expect(endpoints.map(({ name, target, allowedCallers }) => [name, namespaceOf(target), allowedCallers])).toEqual([
      ['Shard-acme-gold', 'shard-acme', ['hub', 'shard-acme']],
      ['Shard-acme-free', 'shard-acme', ['hub', 'shard-acme']],
      ['Shard-globex-gold', 'shard-globex', ['hub', 'shard-globex']],
      ['Shard-globex-free', 'shard-globex', ['hub', 'shard-globex']],
    ]);
    expect(problemsOf(family + caller, { families })).toEqual([]);
  });

  test.each([
    [
      'is called as it is spelled',
      'nexus Shard-{org}-{tier}',
      'nexus Shard-{tier}-{org}',
      ['TWF314 Shard-{tier}-{org}'],
    ],
    ['is called by what there is', 'nexus Shard-{org}-{tier}', 'nexus Shard-{og}-{tier}', ['TWF308 og']],
    ['is called by variables', '(org: string, tier', '(orgs: string, tier', ['TWF308 org']],
    ['is called by texts', 'org: string,', 'org: int,', ['TWF402 org', 'TWF402 org']],
    ['is called by texts that nothing else uses', 'tier: string', 'tier: bool', ['TWF402 tier']],
  ])('%s', (_, from, to, problems) => {
    expect(problemsOf(family + caller.replace(from, to), { families })).toEqual(problems);
  });

  test('is deployed under the names that namespaces have on the service', () => {
    const deployed = { hub: 'hub.x1', 'shard-acme': 'acme.x1' };
    const { workers: all, endpoints } = checkTexts(family + caller, { families, deployed }).facts.topology;
    const places = all.flatMap((one) => one.places.map(({ name, namespace }) => `${name} ${namespace}`));
    expect(places).toEqual(['shards-shard-acme acme.x1', 'shards-shard-globex shard-globex', 'hub hub.x1']);
    expect(endpoints[0]).toMatchObject({
      target: { worker: { namespace: 'acme.x1' } },
      allowedCallers: ['hub.x1', 'acme.x1'],
    });
    expect(problemsOf(family + caller, { families, deployed })).toEqual([]);
  });

  test('without members is deployed nowhere', () => {
    const { facts } = checkTexts(family + caller, { families: { org: families.org } });
    expect(facts.topology.endpoints).toEqual([]);
    expect(problemsOf(family + caller, { families: { org: families.org } })).toEqual(['TWF720 Shard-{org}-{tier}']);
  });

  test('whose members give no name of an endpoint', () => {
    expect(problemsOf(family + caller, { families: { ...families, tier: ['gold', '?'] } })).toEqual([
      'TWF704 Shard-{org}-{tier}',
    ]);
  });
});

test('an endpoint leads to the workers of others, where it is said to expose what they serve', () => {
  const program = (services: string) => `
namespace shop:
    worker orders
        options:
            task_queue: "orders"
    nexus endpoint Ledger
        options:
            task_queue: "ledger"
            allowed_caller_namespaces: [shop]${services}

worker orders:
    workflow Order

nexus service Ledger:
    sync Book(id: string) -> (string)

workflow Order(id: string) -> (string):
    close complete(id)
`;
  expect(problemsOf(program('\n            services: [Ledger]'))).toEqual([]);
  expect(problemsOf(program('')).join()).toContain('TWF718');
});
