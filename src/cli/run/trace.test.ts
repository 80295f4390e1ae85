/** What `--trace` tells of calls that go from namespace to namespace, and of those that nobody answers. */
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useCli } from '../../../fixtures/cli.js';
import { useService } from '../../../fixtures/service.js';

const service = useService(['orders', 'payments']);
const cli = useCli();

const program = `nexus_service Labels:
    operation Print(id: string) -> string

nexus_endpoint Payments:
    target_namespace: payments
    target_task_queue: payments
    allowed_caller_namespaces: [orders]

nexus_service PaymentsService:
    operation Charge(id: string) -> string:
        return workflow ChargeWorkflow(id):
            workflow_id: "charge-{id}"
    operation Announce(id: string) -> string:
        start workflow Note(id) -> note:
            workflow_id: "note-{id}"
        return note

workflow ChargeWorkflow(id: string) -> string:
    activity Book(id) -> booking
    workflow Note(booking)
    close booking

workflow Note(text: string):
    await timer(10ms)

activity Book(id: string) -> string:
    options(timeout: 30s, retry: {initialInterval: 2s, maxAttempts: 2})
    return bank.book(id)

workflow Order(id: string) -> string:
    options(timeout: 1m, headers: {"X-Order": "order {id}"})
    nexus "labels-ENDPOINT" workflow Print(id) -> label
    options(timeout: 1m)
    nexus "Payments" workflow Announce(id) -> note
    options(timeout: 1m)
    nexus "Payments" workflow Charge(id) -> receipt
    close "{label}, {receipt}, {note}"
`;

/** A service on HTTP that is not there at first, and says so with more than one line. */
let labels: Server;
const answers = [503, 503, 200];
const orders: unknown[] = [];
const isAway = { message: 'the printer is out of paper\norders  Order order-0  completed\u001b[2J' };
const endpoint = `labels-${service.tag}`;

beforeAll(async () => {
  if (!service.isThere) return;
  labels = createServer((request, response) => {
    orders.push(request.headers['x-order']);
    request.resume().on('end', () => {
      const status = answers.shift() ?? 200;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(status === 200 ? 'label 7' : isAway));
    });
  });
  await new Promise<void>((resolve) => labels.listen(0, '127.0.0.1', resolve));
  const { port } = labels.address() as { port: number };
  await service.endpoints([
    { name: endpoint, target: { external: { url: `http://127.0.0.1:${port}` } } },
    { name: 'Payments', target: { worker: { namespace: 'payments', taskQueue: 'payments' } } },
  ]);
});
afterAll(() => labels?.close());

const files = {
  'twfc.json': JSON.stringify({ namespace: 'orders', taskQueue: 'orders', dependencies: './dependencies.ts' }),
  'dependencies.ts': `let calls = 0;
export const payments = {
  bank: {
    async book(id: string) {
      if (calls++ === 0) throw new Error('the bank is closed\\norders  Order order-0  completed');
      return 'booked ' + id;
    },
  },
};`,
  'a.twf': program.replace('ENDPOINT', service.tag),
};

test('each failed attempt that a call survives is told, and who has started whom', async () => {
  const id = service.tag;
  const argv = ['--type', 'Order', '--input', `"${id}"`, '--workflow-id', `order-${id}`, '--trace', '-q'];
  const env = { ...process.env, TEMPORAL_ADDRESS: service.address };
  const { code, out, err } = await cli.run(files, argv, env).ended;
  const order = `orders    Order order-${id}`;
  const charge = `payments  ChargeWorkflow charge-${id}`;
  const print = `Nexus operation Labels.Print at labels-${service.tag}`;
  const call = 'Nexus operation PaymentsService.Charge at Payments';
  const announce = 'Nexus operation PaymentsService.Announce at Payments';
  expect([code, out]).toEqual([0, `"label 7, booked ${id}, note-${id}"\n`]);
  expect(new Set(orders)).toEqual(new Set([`order ${id}`]));
  const lines = err
    .trim()
    .split('\n')
    .map((line) => line.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, '…'));
  const told = lines.filter((line) => !line.includes('still pending'));
  const of = (start: string) => told.filter((line) => line.startsWith(start)); // how they mix is up to the service
  expect(of(order)).toEqual([
    `${order}  started  (a.twf:30)`,
    `${order}  ${print} scheduled  (a.twf:32)`,
    `${order}  ${print} completed  (a.twf:32)`,
    `${order}  ${announce} scheduled  (a.twf:34)`,
    `${order}  ${announce} completed, with note-${id} in payments  (a.twf:34)`,
    `${order}  ${call} scheduled  (a.twf:36)`,
    `${order}  ${call} started: charge-${id} in payments  (a.twf:36)`,
    `${order}  ${call} completed  (a.twf:36)`,
    `${order}  completed`,
  ]);
  expect(of(charge)).toEqual([
    `${charge}  started by ${call} (a.twf:36) of order-${id} in orders  (a.twf:18)`,
    `${charge}  activity Book scheduled  (a.twf:19)`,
    `${charge}  activity Book completed  (a.twf:19)`,
    `${charge}  child workflow Note initiated  (a.twf:20)`,
    `${charge}  child workflow Note started: …  (a.twf:20)`,
    `${charge}  child workflow Note completed  (a.twf:20)`,
    `${charge}  completed`,
  ]);
  expect(of('payments  Note …')).toEqual([
    `payments  Note …  started by charge-${id}  (a.twf:23)`,
    `payments  Note …  timer of 0.01 s started  (a.twf:24)`,
    `payments  Note …  timer of 0.01 s fired  (a.twf:24)`,
    `payments  Note …  completed`,
  ]);
  expect(of(`payments  Note note-${id}`)).toEqual([
    `payments  Note note-${id}  started by ${announce} (a.twf:34) of order-${id} in orders  (a.twf:23)`,
    `payments  Note note-${id}  timer of 0.01 s started  (a.twf:24)`,
    `payments  Note note-${id}  timer of 0.01 s fired  (a.twf:24)`,
    `payments  Note note-${id}  completed`,
  ]);
  expect(told).toHaveLength(24);
  const forged = '␊orders  Order order-0  completed';
  const pending = lines.filter((line) => line.includes('still pending'));
  expect(new Set(pending.map((line) => line.replace(/tried (once|\d+ times)/, 'tried')))).toEqual(
    new Set([
      `${order}  ${print} is still pending, tried: the printer is out of paper${forged}␛[2J  (a.twf:32)`,
      `${charge}  activity Book is still pending, tried: Error: the bank is closed${forged}  (a.twf:19)`,
    ]),
  );
});
