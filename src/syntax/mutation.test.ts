/** What a user gets who breaks one line of a good program: one error or none, on that line or the block it opens. */
import { describe, expect, it } from 'vitest';
import { parseText } from '../testing/parse.js';
import { walk } from './visit.js';

const programs = {
  orders: `# Orders are reserved, paid and shipped.
workflow OrderWorkflow(order: Order, attempts: int) -> OrderResult:
    default_options:
        workflow_execution_timeout: 2h
    signal Cancel(reason: string):
        cancelled = true
        why = reason
    signal AddNote(text: string):
        activity RecordNote(order.id, text)

    cancelled = false
    why = ""
    activity Reserve(order.id, order.items) -> reservation
        options:
            start_to_close_timeout: 30s
            retry_policy:
                maximum_attempts: 3
                non_retryable_error_types: ["OutOfStock"]
    options(timeout: 2m, retryPolicy: {maxAttempts: 3})
    spawn nexus "payments" workflow CheckRisk(order.customer) -> risk
    for (tries < attempts):
        tries = tries + 1
        if order.total > 100 and not cancelled:
            activity Price(order.items, tries) -> price
        elif order.kind in ["gift", "sample"]:
            order.note = "free: {order.kind} for {order.customer.name}"
        else:
            break
    await all:
        for item in order.items:
            nexus "payments" workflow Quote(item.price, item.sku) -> quote
    await risk -> checked
    if checked.level == "high":
        raise Rejected("order {order.id} is too risky", checked)
    await one:
        options(timeout: 10m)
        nexus "payments" workflow Pay(order.payment) -> paid:
            activity Record(order.id, paid)
        signal Cancel -> reason:
            close failed Cancelled{id: order.id, reason}
        risk -> late
        timer(30m):
            close failed Cancelled{id: order.id, reason: "too slow"}
    detach workflow Notify(order.customer, paid)
    await timer(5m)
    continue_as_new(order, attempts - 1)
    close OrderResult{id: order.id, receipt: paid.receipt, quotes: quote, reservation}
`,
  activities: `activity Reserve(id: string, items: []Item) -> Reservation:
    options(startToCloseTimeout: 2h)
    file = download(id)
    total = len(file.chunks)
    for (i in file.chunks):
        process(i)
        heartbeat(progress: {current: i, total: total})
    if (!file.valid):
        raise ValidationError("Invalid input")
    return warehouse.reserve(id, items, -1 * (total + 3) % 2)

activity Notify(customer: Customer, details: map[string]string?):
    pass

activity Report(text: string) -> (string, int)?:
    return text
`,
  payments: `nexus_service PaymentsService:
    operation ProcessPayment(payment: Payment) -> PaymentResult:
        caller = get_nexus_caller_info()
        if caller.namespace not in allowed_namespaces:
            raise UnauthorizedError("Caller not allowed")
        return workflow ProcessPaymentWorkflow(payment):
            workflow_id: "payment-{payment.id}"
            task_queue: "payments-{payment.region}"
    operation GetPayment(id: string) -> Payment

nexus_endpoint PaymentsEndpoint:
    target_namespace: payments
    target_task_queue: payments-worker
    allowed_caller_namespaces:
        - orders
        - subscriptions

workflow ProcessPaymentWorkflow(payment: Payment) -> PaymentResult:
    signal Confirm(code: string)
    result = activity ChargeCard(payment)
    await signal Confirm -> code
    return result
`,
};

const STRAY = [')', 'foo ', '-> ', ': ', 'if ', ', ', '} ', '= ', '"', '.'];
const TOKEN = /[A-Za-z_0-9]+|"[^"]*"|->|[=!<>]=|[^\sA-Za-z_0-9]/g;

/** Each gives the line that comes out of a line, for a number that picks one of the possible edits. */
const edits: Readonly<Record<string, (line: string, pick: number) => string>> = {
  'a line cut off': (line, pick) => {
    const indent = line.length - line.trimStart().length;
    return line.slice(0, indent + 1 + (pick % Math.max(1, line.length - indent - 1)));
  },
  'a token left out': (line, pick) => {
    const token = pickToken(line, pick);
    const isFirst = line.slice(0, token.index).trim() === '';
    const rest = line.slice(token.index + token[0].length);
    return line.slice(0, token.index) + (isFirst ? rest.trimStart() : rest);
  },
  'a token put in': (line, pick) => {
    const token = pickToken(line, pick);
    return line.slice(0, token.index) + STRAY[(pick >> 5) % STRAY.length] + line.slice(token.index);
  },
  'a line replaced by the beginning of another': (line, pick) => {
    const indent = ' '.repeat(line.length - line.trimStart().length);
    return indent + ['await', 'activity', 'foo', 'foo.bar', 'if', 'x =', 'spawn', 'close failed', 'for x'][pick % 9];
  },
  'the last colon left out': (line) => line.replace(/:$/, ''),
};

describe.each(Object.entries(programs))('%s', (_, program) => {
  const lines = program.split('\n');
  const editable = lines.flatMap((line, index) => (line.trim() === '' || line.startsWith('#') ? [] : [index]));

  it('is a good program', () => {
    expect(parseText(program).diagnostics).toEqual([]);
  });

  it.each(Object.entries(edits))('with %s has one error there', (_edit, edit) => {
    let edited = 0;
    let errors = 0;
    const wrong: string[] = [];
    for (const index of editable) {
      for (let pick = 0; pick < 15; pick++) {
        const line = edit(lines[index]!, random(index * 64 + pick));
        const broken = [...lines.slice(0, index), line, ...lines.slice(index + 1)].join('\n');
        if (broken === program || line.trim() === '') continue;
        const { diagnostics, ast, source } = parseText(broken);
        edited++;
        errors += diagnostics.length;
        const first = lines[index - 1]?.trim().startsWith('options(') ? index - 1 : index;
        const last = lastLineOfBlock(lines, index);
        for (const { span, code, message } of diagnostics) {
          const at = source.position(span.start).line - 1;
          if (at < first || at > last) wrong.push(`${code} ${message} on line ${at + 1}, after: ${line}`);
        }
        walk(ast, {
          enter: ({ span, kind }, parent) => {
            const { start, end } = parent?.span ?? { start: 0, end: broken.length };
            const nests = start <= span.start && span.start <= span.end && span.end <= end;
            if (!nests) wrong.push(`${kind} is not inside ${parent?.kind}, after: ${line}`);
          },
        });
      }
    }
    expect(wrong).toEqual([]);
    expect(errors / edited).toBeLessThanOrEqual(1.1);
  });
});

/** The last line that belongs to a line: of its block, or the first after it, which may have lost what it belongs to. */
function lastLineOfBlock(lines: readonly string[], index: number): number {
  const indent = (line: string) => line.length - line.trimStart().length;
  let last = index + 1;
  while (last < lines.length && (lines[last]!.trim() === '' || indent(lines[last]!) > indent(lines[index]!))) last++;
  return last;
}

function pickToken(line: string, pick: number): RegExpExecArray {
  const tokens = [...line.matchAll(TOKEN)];
  return tokens[pick % tokens.length]!;
}

/** Always the same numbers. */
function random(seed: number): number {
  return (Math.imul(seed + 1, 1103515245) + 12345) >>> 7;
}
