import { describe, expect, test } from 'vitest';
import { nodesOf } from '../testing/facts.js';
import { checkTexts, problemsOf, type Sources } from '../testing/program.js';

/** Where each Nexus call of a program goes: `endpoint (namespace) Service.Operation, origin`. */
function routes(sources: Sources): string[] {
  const { files, facts } = checkTexts(sources);
  return nodesOf(files, 'NexusCall').map((call) => {
    const resolved = facts.calls.get(call);
    if (resolved?.kind !== 'nexus') return 'nowhere';
    const { endpoint, service, operation } = resolved;
    const { target } = endpoint;
    const namespace = target && 'worker' in target ? target.worker.namespace : target?.external.url;
    return `${endpoint.name} (${namespace}) ${service.name}.${operation.name}, ${service.origin}`;
  });
}

const endpoint = (name: string, namespace: string, services?: string) => `
nexus_endpoint ${name}:
    target_namespace: ${namespace}
    target_task_queue: ${namespace}
    allowed_caller_namespaces: [default]
${services ? `    services: [${services}]\n` : ''}`;

const service = (name: string, ...operations: string[]) =>
  `\nnexus_service ${name}:\n${operations.map((one) => `    operation ${one}(x: int) -> int:\n        return workflow Double(x)\n`).join('')}`;

const double = '\nworkflow Double(x: int) -> int:\n    close x * 2\n';

const call = (to: string, operation: string, workflow = 'Caller') =>
  `\nworkflow ${workflow}() -> int:\n    options(timeout: 5m)\n    nexus "${to}" workflow ${operation}(3) -> y\n    close y\n`;

describe('the endpoint', () => {
  const payments = endpoint('PaymentsEndpoint', 'money') + service('PaymentsService', 'Pay') + double;

  test('by its name', () => {
    expect(routes(payments + call('PaymentsEndpoint', 'Pay'))).toEqual([
      'PaymentsEndpoint (money) PaymentsService.Pay, declared',
    ]);
  });

  test('by its namespace, if no other leads there', () => {
    expect(routes(payments + call('money', 'Pay'))).toEqual(['PaymentsEndpoint (money) PaymentsService.Pay, declared']);
  });

  test('its name comes before a namespace of the same name', () => {
    const both =
      endpoint('money', 'cash', 'Cash') +
      service('Cash', 'Pay') +
      payments.replace('\nnexus_service', '    services: [PaymentsService]\nnexus_service');
    expect(routes(both + call('money', 'Pay'))).toEqual(['money (cash) Cash.Pay, declared']);
  });

  test('is not clear from a namespace that several lead to', () => {
    const two = payments + endpoint('RefundsEndpoint', 'money', 'PaymentsService') + call('money', 'Pay');
    expect(problemsOf(two)).toEqual(['TWF313 money']);
  });

  test('that is misspelt is told from one that is somewhere else', () => {
    expect(problemsOf(payments + call('Payments', 'Pay'))).toEqual(['TWF314 Payments']);
    expect(problemsOf(payments + call('shipping', 'Ship'))).toEqual(['TWF312 shipping']);
  });

  test('without the operation', () => {
    expect(problemsOf(payments + call('money', 'Refund'))).toEqual(['TWF306 Refund']);
    expect(problemsOf(payments + call('money', 'Double'))).toEqual(['TWF306 Double']);
  });
});

describe('an operation that is a workflow', () => {
  const asynchronous = (workflow: string) =>
    `${endpoint('PaymentsEndpoint', 'money')}\nnexus service Payments:\n    async Pay workflow ${workflow}\n${double}`;

  test('takes and gives what the workflow does', () => {
    const program = asynchronous('Double') + call('PaymentsEndpoint', 'Pay');
    expect(routes(program)).toEqual(['PaymentsEndpoint (money) Payments.Pay, declared']);
    expect(problemsOf(program)).toEqual([]);
    expect(problemsOf(program.replace('Pay(3)', 'Pay("3")'))).toEqual(['TWF402 "3"']);
    const [{ operations } = { operations: [] }] = checkTexts(program).facts.services;
    expect(operations.map(({ params, handled }) => [params.map(({ name }) => name), handled])).toEqual([[['x'], true]]);
  });

  test('that does not exist is one mistake', () => {
    expect(problemsOf(asynchronous('Duble') + call('PaymentsEndpoint', 'Pay'))).toEqual(['TWF305 Duble']);
  });
});

describe('a call that names the service', () => {
  const payments =
    endpoint('PaymentsEndpoint', 'money', 'PaymentsService, Refunds') +
    service('PaymentsService', 'Pay') +
    service('Refunds', 'Pay') +
    service('Stock', 'Take') +
    double;
  const named = (text: string) =>
    (text.startsWith('Empty') ? endpoint('Empty', 'nowhere') : '') +
    payments +
    `\nworkflow Caller() -> int:\n    options(timeout: 5m)\n    nexus ${text}(3) -> y\n    close y\n`;

  test('tells apart operations of one name', () => {
    expect(routes(named('PaymentsEndpoint Refunds.Pay'))).toEqual(['PaymentsEndpoint (money) Refunds.Pay, declared']);
    expect(routes(named('"money" PaymentsService.Pay'))).toEqual([
      'PaymentsEndpoint (money) PaymentsService.Pay, declared',
    ]);
  });

  test('of somebody else', () => {
    expect(routes(named('far-away Weather.Ask'))).toEqual(['far-away (undefined) Weather.Ask, external']);
    expect(problemsOf(named('far-away Weather.Ask'))).toEqual(['TWF312 far-away']);
  });

  test.each([
    ['PaymentsEndpont Refunds.Pay', 'TWF314 PaymentsEndpont'],
    ['stock Stock.Take', 'TWF314 stock'],
    ['PaymentsEndpoint Stock.Take', 'TWF710 Stock'],
    ['PaymentsEndpoint Weather.Ask', 'TWF702 Weather'],
    ['far-away Refund.Pay', 'TWF702 Refund'],
    ['PaymentsEndpoint Refunds.Take', 'TWF306 Take'],
    ['Empty Stock.Take', 'TWF703 Empty'],
  ])('%s has one mistake', (text, problem) => {
    expect(problemsOf(named(text))).toEqual([problem]);
  });
});

describe('what an endpoint exposes', () => {
  const exposed = (source: string) =>
    checkTexts(source + double).facts.topology.endpoints.map(({ services }) => services.map(({ name }) => name));

  test.each(['Payments', 'PaymentsService', 'payments', 'PaymentsEndpoint'])('the service %s of its name', (name) => {
    expect(exposed(endpoint('PaymentsEndpoint', 'money') + service(name, 'A') + service('Other', 'B'))).toEqual([
      [name],
    ]);
  });

  test('the only service', () => {
    expect(exposed(endpoint('PaymentsEndpoint', 'money') + service('Other', 'B'))).toEqual([['Other']]);
  });

  test('what it lists, and nothing else', () => {
    const source =
      endpoint('PaymentsEndpoint', 'money', 'Other, Third') +
      ['Payments', 'Other', 'Third'].map((one) => service(one, one)).join('');
    expect(exposed(source)).toEqual([['Other', 'Third']]);
  });

  test('nothing is an error', () => {
    expect(problemsOf(endpoint('PaymentsEndpoint', 'money'))).toEqual(['TWF703 PaymentsEndpoint']);
    const two = service('First', 'A') + service('Second', 'B') + double;
    expect(problemsOf(endpoint('PaymentsEndpoint', 'money') + two)).toEqual(['TWF703 PaymentsEndpoint']);
  });

  test('an operation in two of its services', () => {
    const source = endpoint('PaymentsEndpoint', 'money', 'A, B') + service('A', 'Pay') + service('B', 'Pay') + double;
    expect(problemsOf(source + call('money', 'Pay'))).toEqual(['TWF311 Pay']);
  });
});

describe('an endpoint that only a call names', () => {
  test('serves the service that goes with its name', () => {
    const two = service('PaymentsService', 'Pay') + service('Other', 'Pay') + double;
    expect(routes(two + call('payments', 'Pay'))).toEqual(['payments (payments) PaymentsService.Pay, declared']);
  });

  test('serves the only service that has the operation', () => {
    const two = service('First', 'Pay') + service('Second', 'Refund') + double;
    expect(routes(two + call('money', 'Refund'))).toEqual(['money (money) Second.Refund, declared']);
  });

  test('exposes the workflow of the operation’s name', () => {
    expect(routes(double + call('money', 'Double'))).toEqual(['money (money) money.Double, implicit']);
  });

  test('a service has precedence over a workflow of the operation’s name', () => {
    expect(routes(service('Numbers', 'Double') + double + call('money', 'Double'))).toEqual([
      'money (money) Numbers.Double, declared',
    ]);
  });

  test('of a contract is somebody else’s', () => {
    expect(routes('nexus_service Money:\n    operation Pay(x: int) -> int\n' + call('money', 'Pay'))).toEqual([
      'money (undefined) Money.Pay, declared',
    ]);
  });

  test('of what nobody knows is somebody else’s, and its contract is what the calls make of it', () => {
    const { files, facts, diagnostics } = checkTexts(call('money', 'Pay') + call('money', 'Refund', 'Second'));
    expect(files).toHaveLength(1);
    expect(routes(call('money', 'Pay'))).toEqual(['money (undefined) money.Pay, external']);
    expect(diagnostics.map(({ code }) => code)).toEqual(['TWF312', 'TWF312']);
    expect(facts.services.map(({ name, operations }) => [name, operations.map((one) => one.name)])).toEqual([
      ['money', ['Pay', 'Refund']],
    ]);
  });

  test.each(['', 'a b', 'money_', 'x'])('has a name that Temporal takes, and not %j', (name) => {
    expect(problemsOf(double + call(name, 'Double'))).toEqual([`TWF704 ${name}`]);
  });

  test('is the same whichever of its calls comes first', () => {
    const [known, unknown] = [call('money', 'Double', 'A'), call('money', 'Pay', 'B')];
    const forwards = routes(double + known + unknown);
    expect(forwards).toEqual(['money (money) money.Double, implicit', 'nowhere']);
    expect(routes(double + unknown + known)).toEqual([...forwards].reverse());
  });
});

describe('callers', () => {
  const payments =
    endpoint('PaymentsEndpoint', 'money').replace('[default]', '[orders]') + service('PaymentsService', 'Pay') + double;

  test('of a namespace that is not on the list will be refused', () => {
    expect(problemsOf(payments + call('money', 'Pay'))).toEqual(['TWF708 money']);
    const settings = { namespaces: { 'orders.twf': 'orders' } };
    expect(problemsOf({ 'orders.twf': call('money', 'Pay'), 'payments.twf': payments }, settings)).toEqual([]);
  });

  test('of the endpoint’s own namespace need no endpoint', () => {
    const settings = { namespaces: { 'orders.twf': 'money' } };
    expect(problemsOf({ 'orders.twf': call('money', 'Pay'), 'payments.twf': payments }, settings)).toEqual([
      'TWF705 money',
    ]);
  });
});

describe('one input, one result', () => {
  const operations = (source: string) =>
    checkTexts(source).facts.services.flatMap((one) =>
      one.operations.map(({ name, params }) => `${name}(${params.map((param) => param.name).join(', ')})`),
    );

  test('parameters of a contract keep their names, those of a call get the names of what is given', () => {
    const source = `
workflow Caller(order: Order):
    options(timeout: 5m)
    nexus "a" workflow One(order.id, "x", order.id)
`;
    expect(operations(source)).toEqual(['One(id, arg2, id2)']);
    expect(operations('nexus_service S:\n    operation Two(a: int, b: int)\n')).toEqual(['Two(a, b)']);
  });

  test('a tuple is no result, declared or not', () => {
    const tuple =
      'workflow Pair(x: int) -> (int, int):\n    activity A(x) -> p\n    close p\n\nactivity A(x: int) -> (int, int):\n    return a.a(x)\n';
    const declared = 'nexus_service S:\n    operation Pair(x: int) -> (int, int):\n        return workflow Pair(x)\n\n';
    expect(problemsOf(declared + tuple)).toEqual(['TWF419 -> (int, int)']);
    const caller = '\nworkflow Caller():\n    options(timeout: 5m)\n    nexus "pairs" workflow Pair(3)\n';
    expect(problemsOf(tuple + caller)).toEqual(['TWF419 -> (int, int)']);
  });
});
