/**
 * One mistake, one diagnostic. Every row puts one mistake into a program that has none, at a place whose value goes on to
 * many others: only the mistake itself may be reported.
 */
import { expect, test } from 'vitest';
import { checkTexts, spoken } from '../testing/program.js';

const program = `
type Address:
    street: string
    zip: int
    floor: int?

enum Speed: slow, fast

nexus_endpoint Payments:
    target_namespace: payments
    target_task_queue: payments
    allowed_caller_namespaces:
        - default

nexus_service PaymentService:
    operation Pay(id: string, amount: decimal) -> Receipt:
        return workflow PayWorkflow(id, amount)

workflow PayWorkflow(id: string, amount: decimal) -> Receipt:
    close Receipt{id, amount, paid: true}

workflow OrderWorkflow(order: Order, address: Address, note: string?) -> Report:
    count = 0
    names = []
    signal Add(name: string, by: int):
        names.append(name)
        count = count + by
    total = order.price * 1.19
    activity Reserve(order.item, count) -> reservation
    activity Price(reservation.item) -> price
    total = total + price
    for item in order.items:
        if item.ready and item.size > 2:
            activity Pack(item.name) -> packed
            names.append(packed)
        elif item.late:
            raise LateItem("{item.name} is late")
    if note != null:
        names.append(note)
    spawn workflow Deliver(address, fast(order.speed)) -> delivery
    await one:
        signal Add -> (who, by):
            log.info("added", who: who, by: by)
        timer(order.patience):
            log.warn("nobody")
    await all:
        activity Pack("a") -> first
        activity Pack("b") -> second
    names.append(first + second)
    options(timeout: 5m)
    nexus "Payments" workflow Pay(order.id, total) -> receipt
    await delivery -> parcel
    left = now() - order.started
    average = total / decimal(names.length)
    close Report{names, total, parcel, receipt, left, average, longest: max(count, names.length), street: address.street}

workflow Deliver(address: Address, speed: Speed) -> string:
    await timer(1h)
    text = "{address.street} {address.zip}"
    if speed == "fast":
        text = text + " today"
    close text

workflow Start():
    order = Order{id: "1", item: "book", items: [], price: 5, speed: true, patience: 1h, started: now()}
    workflow OrderWorkflow(order, Address{street: "Main", zip: 1}, null) -> report
    log.info("done", names: report.names.length)

activity Reserve(item: string, count: int) -> Reservation:
    options(timeout: 10s)
    found = stock.find(item)
    heartbeat(at: count)
    return Reservation{item: found.name, count}

activity Price(item: string) -> decimal:
    options(timeout: 10s)
    return prices.of(item)

activity Pack(item: string) -> string:
    options(timeout: 10s)
    return warehouse.pack(item)
`.replace('fast(order.speed)', '"fast"');

const rows: readonly (readonly [what: string, from: string, to: string, expected: string])[] = [
  // Names
  ['a misspelt variable', 'activity Price(reservation.item)', 'activity Price(reservaton.item)', 'TWF308 reservaton'],
  ['an unknown activity', 'activity Price(reservation.item)', 'activity Prise(reservation.item)', 'TWF304 Prise'],
  ['an unknown child', 'spawn workflow Deliver', 'spawn workflow Delivre', 'TWF305 Delivre'],
  ['an unknown signal', 'signal Add -> (who, by):', 'signal Ad -> (who, by):', 'TWF307 Ad'],
  ['an unknown function', 'max(count, names.length)', 'longest(count, names.length)', 'TWF309 longest'],
  ['an unknown method', 'names.append(packed)', 'names.push(packed)', 'TWF427 push'],
  ['an unknown endpoint', 'nexus "Payments" workflow', 'nexus "Payment" workflow', 'TWF'],
  ['an unknown operation', 'workflow Pay(order.id', 'workflow Pya(order.id', 'TWF'],
  ['two of one name', 'workflow Start():', 'workflow Deliver():', 'TWF301 Deliver'],
  ['a word of another language', '    total = total + price', '    let total = total + price', 'TWF208 let'],
  ['a read before any value', 'total = total + price', 'total = later + price\n    later = price', 'TWF315 later'],
  // Arguments
  ['an argument too few', 'activity Reserve(order.item, count)', 'activity Reserve(order.item)', 'TWF403'],
  ['an argument too many', 'Price(reservation.item)', 'Price(reservation.item, 1)', 'TWF403'],
  ['an argument of another type', 'Reserve(order.item, count)', 'Reserve(order.item, "x")', 'TWF402 "x"'],
  ['an unknown argument', 'Pack(item.name)', 'Pack(itm: item.name)', 'TWF404'],
  [
    'a parameter of another type',
    'Reserve(item: string, count: int)',
    'Reserve(item: string, count: []int)',
    'TWF402 count',
  ],
  // Fields
  ['an unknown field', 'street: address.street}', 'street: address.steet}', 'TWF429'],
  ['a field that is left out', 'Address{street: "Main", zip: 1}', 'Address{street: "Main"}', 'TWF430'],
  ['a field of another type', 'zip: 1}', 'zip: "1"}', 'TWF402 "1"'],
  ['a field of a text', 'Price(reservation.item)', 'Price(reservation.count.name)', 'TWF406 name'],
  ['a field that is given twice', 'Receipt{id, amount,', 'Receipt{id, amount, id: "x",', 'TWF426'],
  ['another record', 'spawn workflow Deliver(address,', 'spawn workflow Deliver(order,', 'TWF401 order'],
  ['no member of an enum', 'speed == "fast"', 'speed == "faster"', 'TWF437'],
  // Conditions and operators
  ['a number as a condition', 'if item.ready and', 'if item.size and', 'TWF407 item.size'],
  ['a text as a condition', 'elif item.late:', 'elif item.name:', 'TWF407 item.name'],
  ['a list as a condition', 'if item.ready and', 'if names and', 'TWF407 names'],
  ['a text and a number', 'count = count + by', 'count = count - name', 'TWF408 count - name'],
  [
    'exact and rounded numbers',
    'total = total + price',
    'total = total + (price + random())',
    'TWF408 (price + random())',
  ],
  ['a number and a duration', 'total / decimal(names.length)', 'total / 5m', 'TWF408 total / 5m'],
  ['two kinds that are compared', 'if note != null:', 'if count > "2":', 'TWF409 count > "2"'],
  ['lists that are compared', 'if note != null:', 'if names == names:', 'TWF445 names'],
  ['the order of truth values', 'if note != null:', 'if true < false:', 'TWF446 true'],
  ['a duration that is a number', 'timer(order.patience)', 'timer(count)', 'TWF402 count'],
  ['the sum of times', 'now() - order.started', 'now() + now()', 'TWF408 now() + now()'],
  ['functions of unlike values', 'max(count, names.length)', 'max(count, "1")', 'TWF408 max(count, "1")'],
  // What may be missing
  ['an optional value', 'if note != null:\n        names.append(note)', 'activity Pack(note)', 'TWF413 note'],
  ['null for a value', 'activity Pack("a")', 'activity Pack(null)', 'TWF413 null'],
  [
    'nothing for a value',
    'names.append(packed)',
    'packed2 = names.append(packed)\n            log.info("", it: packed2)',
    'TWF412',
  ],
  // Texts, lists and loops
  ['a record in a text', '"{item.name} is late"', '"{item} is late"', 'TWF424 item'],
  ['a loop over a record', 'for item in order.items:', 'for item in reservation:', 'TWF418 reservation'],
  ['a list in itself', 'names.append(first + second)', 'names.append(names)', 'TWF417 names'],
  // Calls that are started
  ['what is no started call', 'await delivery -> parcel', 'await price -> parcel', 'TWF410 price'],
  ['a started call in a record', 'Report{names, total, parcel,', 'Report{names, total, parcel, delivery,', 'TWF411'],
  ['too many names behind an arrow', 'signal Add -> (who, by):', 'signal Add -> (who, by, more):', 'TWF431'],
  ['a branch that reads another', 'activity Pack("b") -> second', 'activity Pack(first) -> second', 'TWF605 first'],
  // Endings and places
  ['a result that is not given', '    close text', '    log.info(text)', 'TWF601'],
  ['a result of another type', '    close text', '    close 5m', 'TWF402'],
  ['`close` in a handler', '        names.append(name)', '        close name', 'TWF608'],
  ['`break` outside of a loop', '    total = total + price', '    break', 'TWF603'],
  ['a call of an activity in an activity', 'found = stock.find(item)', 'activity Price(item) -> found', 'TWF607'],
  ['a line that is no statement', '    total = total + price', '    total', 'TWF'],
  // Options
  ['an unknown option', 'options(timeout: 5m)', 'options(timeot: 5m)', 'TWF501'],
  ['an option of another type', 'options(timeout: 5m)', 'options(timeout: true)', 'TWF502'],
  // Syntax
  ['a bracket that is not closed', 'activity Price(reservation.item)', 'activity Price(reservation.item', 'TWF'],
  ['a colon that is missing', 'if note != null:', 'if note != null', 'TWF'],
  ['a quote that is missing', 'text + " today"', 'text + " today', 'TWF'],
  ['a sign too many', 'count = count + by', 'count = count + + by', 'TWF'],
  ['a line that is indented too far', '    total = total + price', '        total = total + price', 'TWF'],
];

test('the program has no mistake', () => {
  expect(
    checkTexts(program)
      .diagnostics.filter(({ severity }) => severity === 'error')
      .map(spoken),
  ).toEqual([]);
});

test.each(rows)('%s', (_, from, to, expected) => {
  expect(program.split(from).length, 'where the mistake is made').toBe(2);
  const errors = checkTexts(program.replace(from, () => to)).diagnostics.filter(({ severity }) => severity === 'error');
  expect(errors.map((one) => `${spoken(one)}: ${one.message}`)).toEqual([expect.stringContaining(expected)]);
});
