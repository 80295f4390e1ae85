import { describe, expect, test } from 'vitest';
import { memoryHost } from '../../host.js';
import { main } from '../main.js';

async function run(files: Readonly<Record<string, string>>, ...argv: string[]) {
  const said = { out: '', err: '' };
  const terminal = {
    env: {},
    interactive: false,
    out: (one: string) => void (said.out += one),
    err: (one: string) => void (said.err += one),
  };
  const code = await main(argv, terminal, memoryHost(files, '/home'));
  return { code, ...said };
}

const payments = `# Takes payments.
nexus_service PaymentsService:
    # Charges a card.
    operation Charge(payment: Payment) -> string:
        return workflow ChargeWorkflow(payment)

nexus_service AuditService:
    operation Audit(id: string, at: time)

workflow ChargeWorkflow(payment: Payment) -> string:
    close payment.id

type Payment:
    id: string  # of the order
    amount: decimal
`;

const contract = `nexusrpc: 1.0.0
$schema: https://json-schema.org/draft/2020-12/schema
services:
  PaymentsService:
    description: Takes payments.
    fqn: PaymentsService
    operations:
      Charge:
        description: Charges a card.
        input:
          $ref: "#/$defs/Payment"
          x-twf-parameter: payment
        output:
          type: string
$defs:
  Payment:
    type: object
    properties:
      id:
        description: of the order
        type: string
      amount:
        type: string
        pattern: ^-?[0-9]+(\\.[0-9]+)?$
        x-twf-type: decimal
    required:
      - id
      - amount
`;

describe('export', () => {
  test('prints what others need of a service, and says what other tools do not read', async () => {
    const { code, out, err } = await run({ 'a.twf': payments }, 'contracts', 'export', '--service', 'PaymentsService');
    expect([code, out]).toEqual([0, contract]);
    expect(err).toBe('The output of `PaymentsService.Charge` is no object: nexgen reads objects only.\n');
  });

  test('of all services, without those that the program has from a contract', async () => {
    const files = {
      'a.twf': payments,
      'other.nexusrpc.yaml': 'nexusrpc: 1.0.0\nservices: { OtherService: { operations: { Do: {} } } }\n',
      'twfc.json': '{ "contracts": ["other.nexusrpc.yaml"] }',
    };
    const { code, out } = await run(files, 'contracts', 'export', '-q');
    expect(code).toBe(0);
    expect(out.match(/^ {2}\w+Service:/gm)).toEqual(['  PaymentsService:', '  AuditService:']);
  });

  test('of a service that there is not', async () => {
    const { code, out } = await run({ 'a.twf': payments }, 'contracts', 'export', '--service', 'PaymentService');
    expect(code).toBe(2);
    expect(out).toContain('The program has no Nexus service `PaymentService` of its own.');
    expect(out).toContain('Did you mean `PaymentsService`?');
  });
});

describe('a program that has a contract', () => {
  const files = (calls: string) => ({
    'twfc.json': '{ "contracts": ["contracts/payments.nexusrpc.yaml"] }',
    'contracts/payments.nexusrpc.yaml': contract,
    'main.twf': `workflow Order(id: string) -> string:
    options(timeout: 1m)
    nexus "payments" workflow ${calls} -> receipt
    close receipt
`,
  });

  test('is checked by it', async () => {
    const right = await run(files('Charge(Payment{id, amount: 1.50})'), 'check');
    expect([right.code, right.out]).toEqual([0, '']);
    const wrong = await run(files('Charge(Payment{id, total: 1.50})'), 'check', '--format', 'short');
    expect(wrong.code).toBe(1);
    expect(wrong.out.trim().split('\n')).toEqual([expect.stringMatching(/^main\.twf:3:.*total/)]);
  });

  test('and defines the same itself is told where', async () => {
    const twice = { ...files('Charge(Payment{id, amount: 1.50})'), 'more.twf': 'type Payment:\n    id: string\n' };
    const { code, out } = await run(twice, 'check');
    expect(code).toBe(1);
    expect(out.match(/^error/gm)).toHaveLength(1);
    expect(out).toMatch(/contracts\/payments\.nexusrpc\.yaml:16:3/);
    expect(out).toContain('  Payment:');
  });

  test('and no such file', async () => {
    const { 'contracts/payments.nexusrpc.yaml': _, ...others } = files('Charge(Payment{id, amount: 1.50})');
    const { code, out } = await run(others, 'check');
    expect(code).toBe(2);
    expect(out).toContain('There is no file or folder `contracts/payments.nexusrpc.yaml`.');
    expect(out.match(/^error/gm)).toHaveLength(1);
  });

  test('and a file that is none', async () => {
    const binary = { ...files('Charge(Payment{id, amount: 1.50})'), 'contracts/payments.nexusrpc.yaml': 'a\0b' };
    const { code, out } = await run(binary, 'check');
    expect([code, out.match(/^error\[binary-file\]/gm)]).toEqual([2, ['error[binary-file]']]);
  });
});

test('import prints a contract as TWF', async () => {
  const { code, out } = await run({ 'p.nexusrpc.yaml': contract }, 'contracts', 'import', 'p.nexusrpc.yaml');
  expect(code).toBe(0);
  expect(out).toBe(`# Takes payments.
nexus_service PaymentsService:
    # Charges a card.
    operation Charge(payment: Payment) -> string

type Payment:
    # of the order
    id: string
    amount: decimal
`);
  expect((await run({}, 'contracts', 'import')).out).toContain('takes at least one file, but this is none');
});

describe('diff', () => {
  const old = { 'old.nexusrpc.yaml': contract };

  test('of a file and a program that are alike', async () => {
    const files = { ...old, 'new/a.twf': payments };
    const { code, out, err } = await run(files, 'contracts', 'diff', 'old.nexusrpc.yaml', 'new');
    expect([code, err]).toEqual([0, '1 change, 0 breaking.\n']);
    expect(out).toBe('compatible  AuditService: the service is new\n');
  });

  test('fails when callers break', async () => {
    const files = { ...old, 'new.nexusrpc.yaml': contract.replace('      - amount\n', '').replaceAll('id:', 'key:') };
    const { code, out, err } = await run(files, 'contracts', 'diff', 'old.nexusrpc.yaml', 'new.nexusrpc.yaml');
    expect(code).toBe(1);
    expect(out).toContain('breaking    PaymentsService.Charge input.id: it is called `key` now: ');
    expect(err).toMatch(/^\d changes, \d breaking\.\n$/);
    const json = await run(files, 'contracts', 'diff', 'old.nexusrpc.yaml', 'new.nexusrpc.yaml', '--format', 'json');
    const { changes } = JSON.parse(json.out) as { changes: { kind: string; where: string }[] };
    expect(changes[0]).toMatchObject({ kind: 'breaking', where: 'PaymentsService.Charge input.id' });
  });

  test('of something else', async () => {
    expect(await run(old, 'contracts', 'diff', 'old.nexusrpc.yaml')).toMatchObject({ code: 2 });
    const broken = { ...old, 'b.yaml': 'nexusrpc: 1' };
    const { code, out } = await run(broken, 'contracts', 'diff', 'old.nexusrpc.yaml', 'b.yaml');
    expect([code, out.match(/^error\[/gm)]).toEqual([2, ['error[']]);
  });
});

describe('what has been promised', () => {
  const files = (promise: string) => ({
    'twfc.json': '{ "baseline": ["promised.nexusrpc.yaml"], "lints": { "nexus-no-authorization": "off" } }',
    'promised.nexusrpc.yaml': promise,
    'a.twf': payments,
  });

  test('and is kept', async () => {
    expect(await run(files(contract), 'check')).toMatchObject({ code: 0, out: '' });
  });

  test('and is not', async () => {
    const { code, out } = await run(
      files(contract.replace('      amount:', '      total:')),
      'check',
      '--format',
      'short',
    );
    expect([code, out.trim().split('\n')]).toEqual([0, [expect.stringMatching(/^a\.twf:4:15.*amount/)]]);
    const strict = {
      ...files(contract.replace('PaymentsService:', 'Other:').replace('fqn: PaymentsService', 'fqn: Other')),
    };
    const settings = '{ "baseline": ["promised.nexusrpc.yaml"], "lints": { "breaks-callers": "error" } }';
    const failed = await run({ ...strict, 'twfc.json': settings }, 'check', '--format', 'short');
    expect([failed.code, failed.out]).toEqual([1, expect.stringContaining('`PaymentsService` now')]);
  });

  test('in a file that is none', async () => {
    const { code, out } = await run(files('nexusrpc: 1'), 'check');
    expect([code, out.match(/^error\[/gm)]).toEqual([2, ['error[']]);
  });
});

test('what a contract says is not declared again', async () => {
  const files = {
    'twfc.json': '{ "contracts": ["p.nexusrpc.yaml"] }',
    'p.nexusrpc.yaml': contract,
    'main.twf': `workflow Order(order: Order) -> string:
    options(timeout: 1m)
    nexus "payments" workflow Charge(Payment{id: order.id, amount: order.amount}) -> receipt
    close receipt
`,
  };
  const { code, err } = await run(files, 'types', '--write');
  expect([code, err]).toEqual([0, 'main.twf has new declarations at its end.\n1 type declared.\n']);
});
