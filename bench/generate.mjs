/**
 * Programs of any length for the benchmark: orders that reserve, pay and notify, each a little different. What comes out
 * depends on the number of lines alone.
 */

/**
 * @param {number} lines about how many lines the program has
 * @returns {string} its text, free of errors
 */
export function generateProgram(lines) {
  const parts = [];
  let written = 0;
  for (let n = 0; written < lines; n++) {
    const part = definitions(n);
    parts.push(part);
    written += part.split('\n').length;
  }
  return parts.join('\n');
}

/** One order workflow, the service that it pays through, and their activities. */
function definitions(n) {
  return `# Order ${n}: reserved, checked and paid, unless it takes too long.
workflow Order${n}(order: Order${n}, attempts: int) -> OrderResult${n}:
    signal Cancel${n}(reason: string):
        cancelled = true
        why = reason

    cancelled = false
    why = ""
    tries = 0
    activity Reserve${n}(order.id, order.items) -> reservation
    options(timeout: 2m)
    spawn nexus "Payments${n}" workflow CheckRisk${n}(order.customer) -> risk
    for (tries < attempts):
        tries = tries + 1
        if order.total > 100 and not cancelled:
            activity Price${n}(order.items, tries) -> price
            order.total = price * 1.19
        elif order.kind in ["gift", "sample"]:
            order.note = "free: {order.kind} for {order.customer.name}"
        else:
            break
    await all:
        for item in order.items:
            options(timeout: 30s)
            nexus "Payments${n}" workflow Quote${n}(item.price, item.sku) -> quote
    await risk -> checked
    if checked.level == "high":
        raise Rejected${n}("order {order.id} is too risky", checked)
    await one:
        options(timeout: 10m)
        nexus "Payments${n}" workflow Pay${n}(order.payment) -> paid:
            activity Record${n}(order.id, paid)
        signal Cancel${n} -> reason:
            close failed Cancelled${n}{id: order.id, reason}
        timer(30m):
            activity Alert${n}("order {order.id} is slow")
            close failed Cancelled${n}{id: order.id, reason: "too slow"}
    close OrderResult${n}{id: order.id, receipt: paid.receipt, quotes: quote, reservation}

workflow Payment${n}(payment: Payment${n}) -> Paid${n}:
    activity Charge${n}(payment) -> receipt
    close Paid${n}{receipt, amount: payment.amount}

workflow Risk${n}(customer: Customer${n}) -> Level${n}:
    activity Score${n}(customer) -> score
    if score > 80:
        close Level${n}{level: "high", score}
    close Level${n}{level: "low", score}

workflow Quoting${n}(price: decimal, sku: string) -> decimal:
    activity Discount${n}(sku) -> discount
    close price - discount

nexus_service Payments${n}Service:
    operation Pay${n}(payment: Payment${n}) -> Paid${n}:
        return workflow Payment${n}(payment):
            workflow_id: "payment-${n}-{payment.id}"
    operation CheckRisk${n}(customer: Customer${n}) -> Level${n}:
        return workflow Risk${n}(customer)
    operation Quote${n}(price: decimal, sku: string) -> decimal:
        return workflow Quoting${n}(price, sku)

nexus_endpoint Payments${n}:
    target_namespace: payments
    target_task_queue: payments-${n}
    allowed_caller_namespaces:
        - default

activity Reserve${n}(id: string, items: []Item${n}) -> string:
    return warehouse.reserve(id, items)

activity Price${n}(items: []Item${n}, tries: int) -> decimal:
    return prices.sum(items, tries)

activity Record${n}(id: string, paid: Paid${n}):
    ledger.add(id, paid.receipt)

activity Alert${n}(text: string):
    pager.alert(text)

activity Charge${n}(payment: Payment${n}) -> string:
    return bank.charge(payment.card, payment.amount)

activity Score${n}(customer: Customer${n}) -> int:
    return risk.score(customer.name)

activity Discount${n}(sku: string) -> decimal:
    return prices.discount(sku)
`;
}
