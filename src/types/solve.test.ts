import { describe, expect, it } from 'vitest';
import { SourceFile } from '../source.js';
import { Decided } from './decide.js';
import { Head } from './heads.js';
import type { Comparison, Membership, Operation } from './operators.js';
import { printType } from './print.js';
import { type Origin, type Slot, Trait } from './slot.js';
import { Slots } from './slots.js';
import { solve } from './solve.js';

const origin: Origin = { file: new SourceFile('a.twf', ''), span: { start: 0, end: 0 } };

class Setup {
  readonly slots = new Slots();
  readonly operations: Operation[] = [];
  readonly comparisons: Comparison[] = [];
  readonly memberships: Membership[] = [];
  readonly results: Slot[][] = [];

  open(): Slot {
    return this.slots.slot(origin);
  }

  known(head: number): Slot {
    const slot = this.open();
    this.slots.give(slot, head, origin);
    return slot;
  }

  wall(head: number): Slot {
    const slot = this.slots.slot(origin, true);
    this.slots.give(slot, head, origin);
    return slot;
  }

  operation(operator: Operation['operator'], left: Slot, right: Slot): Slot {
    const result = this.open();
    this.operations.push({ operator, left, right, result, origin, done: false, guessed: false });
    return result;
  }

  types(...slots: Slot[]): string[] {
    solve(this);
    const decided = new Decided(
      this.slots,
      (record) => record.name ?? `record of ${[...record.fields.keys()].join(' ')}`,
    );
    return slots.map((slot) => printType(decided.typeOf(slot)));
  }
}

describe('what is given flows forward, what is needed flows back', () => {
  it('follows a chain both ways', () => {
    const setup = new Setup();
    const [a, b, c] = [setup.known(Head.string), setup.open(), setup.open()];
    setup.slots.flow(a, b);
    setup.slots.flow(b, c);
    const [open, middle] = [setup.open(), setup.open()];
    setup.slots.flow(open, middle);
    setup.slots.flow(middle, setup.wall(Head.duration));
    expect(setup.types(c, open)).toEqual(['string', 'duration']);
  });

  it('does not carry a type through a wall', () => {
    const setup = new Setup();
    const wall = setup.wall(Head.any);
    const [from, to] = [setup.known(Head.string), setup.open()];
    setup.slots.flow(from, wall);
    setup.slots.flow(wall, to);
    expect(setup.types(wall, to)).toEqual(['any', 'any']);
  });

  it('links the items of lists', () => {
    const setup = new Setup();
    const [from, to] = [setup.known(Head.list), setup.open()];
    setup.slots.flow(from, to);
    setup.slots.flow(setup.known(Head.string), setup.slots.child(from, 'item'));
    expect(setup.types(to)).toEqual(['[]string']);
  });

  it('ends for a list that holds itself', () => {
    const setup = new Setup();
    const list = setup.known(Head.list);
    setup.slots.flow(list, setup.slots.child(list, 'item'));
    expect(setup.types(list)[0]).toContain('unknown');
  });
});

describe('numbers', () => {
  it('gives a literal the type of its context', () => {
    const setup = new Setup();
    const [plain, exact, rounded] = [0, 1, 2].map(() => setup.known(Head.intLiteral));
    setup.slots.flow(exact!, setup.wall(Head.decimal));
    setup.slots.flow(rounded!, setup.wall(Head.float));
    expect(setup.types(plain!, exact!, rounded!)).toEqual(['int', 'decimal', 'float']);
  });

  it('joins ints with floats and decimals, and never a float with a decimal', () => {
    const setup = new Setup();
    const join = (...heads: number[]) => {
      const slot = setup.open();
      for (const head of heads) setup.slots.give(slot, head, origin);
      return slot;
    };
    const slots = [join(Head.int, Head.float), join(Head.int, Head.decimal), join(Head.float, Head.decimal)];
    expect(setup.types(...slots)).toEqual(['float', 'decimal', 'decimal | float']);
  });

  it('makes an operator wait for its operands', () => {
    const setup = new Setup();
    const late = setup.open();
    const sum = setup.operation('+', late, setup.known(Head.intLiteral));
    setup.slots.flow(late, setup.wall(Head.decimal));
    const doubled = setup.operation('*', setup.known(Head.duration), setup.known(Head.intLiteral));
    const text = setup.operation('+', setup.known(Head.string), setup.open());
    expect(setup.types(sum, doubled, text)).toEqual(['decimal', 'duration', 'string']);
  });

  it('takes a sum that nothing decides for a number, and says so', () => {
    const setup = new Setup();
    const sum = setup.operation('+', setup.open(), setup.open());
    expect(setup.types(sum)).toEqual(['int']);
    expect(setup.operations[0]!.guessed).toBe(true);
  });
});

describe('records', () => {
  it('are nominal, and share their fields everywhere', () => {
    const setup = new Setup();
    const order = setup.slots.named('Order', origin);
    const [read, use] = [setup.known(order), setup.open()];
    setup.slots.access(read, 'id', use, false, origin);
    setup.slots.flow(setup.known(Head.string), setup.slots.field(order, 'id', origin));
    expect(setup.types(use, read)).toEqual(['string', 'Order']);
  });

  it('known by their fields become the named one that they meet', () => {
    const setup = new Setup();
    const anonymous = setup.known(setup.slots.anonymous(origin));
    setup.slots.flow(anonymous, setup.wall(setup.slots.named('Payment', origin)));
    const [open, use] = [setup.open(), setup.open()];
    setup.slots.access(open, 'amount', use, false, origin);
    expect(setup.types(open)).toEqual(['record of amount']);
  });

  it('with `length` alone are lists', () => {
    const setup = new Setup();
    const [open, use] = [setup.open(), setup.open()];
    setup.slots.access(open, 'length', use, false, origin);
    expect(setup.types(open, use)).toEqual(['[]unknown', 'int']);
  });
});

describe('what nothing decides', () => {
  it('is compared with what is known', () => {
    const setup = new Setup();
    const [priority, total] = [setup.open(), setup.open()];
    setup.comparisons.push({ orders: false, left: priority, right: setup.known(Head.string), origin });
    setup.comparisons.push({ orders: false, left: total, right: setup.known(Head.intLiteral), origin });
    expect(setup.types(priority, total)).toEqual(['string', 'int']);
  });

  it('adopts what it flows into, if that agrees', () => {
    const setup = new Setup();
    const [note, status] = [setup.open(), setup.open()];
    setup.slots.flow(setup.known(Head.string), status);
    setup.slots.flow(note, status);
    expect(setup.types(note)).toEqual(['string']);
  });

  it('is true or false where it is tested, and otherwise unknown', () => {
    const setup = new Setup();
    const [tested, rest] = [setup.open(), setup.open()];
    setup.slots.note(tested, Trait.tested);
    expect(setup.types(tested, rest)).toEqual(['bool', 'unknown']);
  });

  it('holds several types where it is given several', () => {
    const setup = new Setup();
    const slot = setup.open();
    for (const name of ['B', 'A']) setup.slots.give(slot, setup.slots.named(name, origin), origin);
    expect(setup.types(slot)).toEqual(['A | B']);
  });
});
