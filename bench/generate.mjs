/**
 * Programs of any length for the benchmark: orders that reserve, pay and notify, each a little different. What comes out
 * depends on the number of lines alone. As in files that people write, about a quarter of the lines is blank, a sixth
 * holds nothing but a comment, and the others have some eight words and signs each.
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
#
# The stock is held until the payment is through. Who orders can cancel as long as it is not;
# a payment that takes more than half an hour is given up, and somebody is told.
workflow Order${n}(order: Order${n}, attempts: int) -> OrderResult${n}:
    signal Cancel${n}(reason: string):
        cancelled = true
        why = reason

    # What the signal says, until the loop below reads it.
    cancelled = false
    why = ""
    tries = 0

    # The risk is looked at while prices are found.
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

    # Each item is quoted by the service of the supplier.
    await all:
        for item in order.items:
            options(timeout: 30s)
            nexus "Payments${n}" workflow Quote${n}(item.price, item.sku) -> quote

    await risk -> checked
    if checked.level == "high":
        raise Rejected${n}("order {order.id} is too risky", checked)

    # Paid, cancelled or too slow, whichever comes first.
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

# Charges what the order costs. The receipt is what the bank gives.
workflow Payment${n}(payment: Payment${n}) -> Paid${n}:
    activity Charge${n}(payment) -> receipt
    close Paid${n}{receipt, amount: payment.amount}

# How risky a customer is, by the score of the last year.
workflow Risk${n}(customer: Customer${n}) -> Level${n}:
    activity Score${n}(customer) -> score

    if score > 80:
        close Level${n}{level: "high", score}

    close Level${n}{level: "low", score}

# The price of one item, less what is taken off this week.
workflow Quoting${n}(price: decimal, sku: string) -> decimal:
    activity Discount${n}(sku) -> discount
    close price - discount

# What other teams may call. Payments are found again by their order.
nexus_service Payments${n}Service:
    # twfc-ignore shared-cancel: a payment belongs to one order
    operation Pay${n}(payment: Payment${n}) -> Paid${n}:
        return workflow Payment${n}(payment):
            workflow_id: "payment-${n}-{payment.id}"

    operation CheckRisk${n}(customer: Customer${n}) -> Level${n}:
        return workflow Risk${n}(customer)

    operation Quote${n}(price: decimal, sku: string) -> decimal:
        return workflow Quoting${n}(price, sku)

# Calls of the orders arrive here.
nexus_endpoint Payments${n}:
    target_namespace: payments
    target_task_queue: payments-${n}
    allowed_caller_namespaces:
        - default

# Holds the items in the warehouse for a day.
activity Reserve${n}(id: string, items: []Item${n}) -> string:
    return warehouse.reserve(id, items)

activity Price${n}(items: []Item${n}, tries: int) -> decimal:
    return prices.sum(items, tries)

# For the books.
activity Record${n}(id: string, paid: Paid${n}):
    ledger.add(id, paid.receipt)

# Tells whoever is on call.
activity Alert${n}(text: string):
    pager.alert(text)

activity Charge${n}(payment: Payment${n}) -> string:
    return bank.charge(payment.card, payment.amount)

# Asks the agency, once for each customer and day.
activity Score${n}(customer: Customer${n}) -> int:
    return risk.score(customer.name)

activity Discount${n}(sku: string) -> decimal:
    return prices.discount(sku)

# Tells the customer, and keeps what was sent.
workflow Notice${n}(customer: Customer${n}, text: string):
    activity Mail${n}(customer)
    if customer.phone != "":
        activity Text${n}(customer.phone, text)
    else:
        activity Letter${n}(text)

    # The rest is for the archive.
    activity Archive${n}(text) -> entry
    await timer(1d)
    activity Expire${n}(entry)
    close

activity Mail${n}(customer: Customer${n}):
    options:
        start_to_close_timeout: 30s
        retry_policy:
            maximum_attempts: 5
            initial_interval: 1s
    mail.send(customer.email)

activity Text${n}(phone: string, text: string):
    phones.text(phone, text)

activity Letter${n}(text: string):
    post.print(text)

activity Archive${n}(text: string) -> string:
    return archive.put(text)

# After a day nobody asks any more.
activity Expire${n}(entry: string):
    archive.remove(entry)
`;
}
