import { describe, expect, it } from 'vitest';
import { SourceFile } from '../source.js';
import { format } from './format.js';

const formatted = (text: string) => format(new SourceFile('main.twf', text)).text;

/** Formats the body of a workflow. */
function body(text: string): string {
  const lines = text.split('\n').map((line) => (line === '' ? '' : `  ${line}`));
  const out = formatted(`workflow W():\n${lines.join('\n')}\n`)
    .split('\n')
    .slice(1, -1);
  return out.map((line) => line.replace(/^ {4}/, '')).join('\n');
}

describe('spaces', () => {
  it.each([
    ['x=1+2 *3', 'x = 1 + 2 * 3'],
    ['x = - 1', 'x = -1'],
    ['x = a - - b', 'x = a - -b'],
    ['x = a-b', 'x = a - b'],
    ['x = not( a )and ! b', 'x = not (a) and !b'],
    ['x = xs [ 0 ] . name [ i-1 ]', 'x = xs[0].name[i - 1]'],
    ['x = [ 1,2 , 3 , ]', 'x = [1, 2, 3]'],
    ['x = { a :1 , "b" : [ ] }', 'x = {a: 1, "b": []}'],
    ['x = Order { id , total : - 2 }', 'x = Order{id, total: -2}'],
    ['x = f ( a ,name : b )', 'x = f(a, name: b)'],
    ['m [ k ]=f( x )', 'm[k] = f(x)'],
    ['x = "as  it  {is}  , here"', 'x = "as  it  {is}  , here"'],
    ['if(x>0)  :\n  close', 'if (x > 0):\n    close'],
    ['for  k,v  in m :\n  close', 'for k, v in m:\n    close'],
    ['await timer ( 5m )', 'await timer(5m)'],
    ['promise h<-timer( 5m )', 'promise h <- timer(5m)'],
    ['switch( x ):\n  case 1,- 2  :\n    close', 'switch (x):\n    case 1, -2:\n        close'],
    ['activity  A ( x )->r', 'activity A(x) -> r'],
    ['nexus "a b"   workflow Op(x)->( a,b )', 'nexus "a b" workflow Op(x) -> (a, b)'],
    ['signal  workflow "o-{ id }"   Order . Stop( 1 )', 'signal workflow "o-{ id }" Order.Stop(1)'],
    ['x=query  workflow  order . id Q( )', 'x = query workflow order.id Q()'],
    ['start   workflow V( a )->id :\n  workflow_id:"a"', 'start workflow V(a) -> id:\n    workflow_id: "a"'],
    ['signal_with_start workflow V(a)  S( b )->id', 'signal_with_start workflow V(a) S(b) -> id'],
    ['list  workflows "a = 1"->xs', 'list workflows "a = 1" -> xs'],
    ['close  failed   R{a}', 'close failed R{a}'],
    ['close  complete ( R{a} )', 'close complete(R{a})'],
    ['close continue_as_new ( a )', 'close continue_as_new(a)'],
    [
      'options ( timeout:5m ,retry :{ maxAttempts:3 } )\nactivity A()',
      'options(timeout: 5m, retry: {maxAttempts: 3})\nactivity A()',
    ],
  ])('%j', (text, expected) => {
    expect(body(text)).toBe(expected);
  });

  it.each([
    [
      'activity A( a:[ ]string,b : map[ string ] [] int ? )->( B,C ) :\n ...\n',
      'activity A(a: []string, b: map[string][]int?) -> (B, C):\n    ...\n',
    ],
    ['type  T=[] Order ?\n', 'type T = []Order?\n'],
    ['enum E:a,b ,c\n', 'enum E: a, b, c\n'],
    ['extern  function T . f( x:int )->int\n', 'extern function T.f(x: int) -> int\n'],
    [
      'nexus_endpoint E :\n  target_namespace:a-b\n  allowed_caller_namespaces:\n    -  orders\n',
      'nexus_endpoint E:\n    target_namespace: a-b\n    allowed_caller_namespaces:\n        - orders\n',
    ],
  ])('of definitions: %j', (text, expected) => {
    expect(formatted(text)).toBe(expected);
  });
});

describe('brackets', () => {
  const long = Array.from({ length: 8 }, (_, nth) => `argument_number_${nth}`);

  it('are broken where the line is too long, one item on a line', () => {
    expect(body(`activity A(${long.join(', ')}) -> r`)).toBe(
      `activity A(\n${long.map((one) => `    ${one},\n`).join('')}) -> r`,
    );
  });

  it('stay broken where their first item has a line of its own, and are joined elsewhere', () => {
    expect(body('x = [\n    1, 2]')).toBe('x = [\n    1,\n    2,\n]');
    expect(body('x = [1,\n    2,\n]')).toBe('x = [1, 2]');
  });

  it('stay together with those that are all that is in them', () => {
    const fields = long.map((one) => `    ${one},\n`).join('');
    expect(body(`activity A(Event{${long.join(', ')}})`)).toBe(`activity A(Event{\n${fields}})`);
    expect(body('options(retry: {\n    maxAttempts: 3})\nactivity A()')).toBe(
      'options(retry: {\n    maxAttempts: 3,\n})\nactivity A()',
    );
  });

  it('are broken from the longest to the shortest', () => {
    const inside = `f(${long.join(', ')})`;
    expect(body(`x = g(a, ${inside}, b)`)).toBe(
      `x = g(\n    a,\n    f(\n${long.map((one) => `        ${one},\n`).join('')}    ),\n    b,\n)`,
    );
  });

  it('have a line for each side of an `and` that is too long', () => {
    const sides = long.map((one) => `${one} > 0`);
    expect(body(`if (${sides.join(' and ')}):\n    close`)).toBe(
      `if (\n    ${sides.join('\n    and ')}\n):\n    close`,
    );
  });

  it('have no comma at their end where the grammar takes none', () => {
    expect(body('await signal S -> (\n    a, b)')).toBe('await signal S -> (\n    a,\n    b\n)');
  });

  it('keep a word on the line of the bracket that would begin a statement on its own', () => {
    expect(body('await signal S -> (first,\n    enum)')).toBe('await signal S -> (first, enum)');
    expect(body('await signal S -> (\n    first,  # one\n    enum)')).toBe(
      'await signal S -> (\n    first,  # one\n    enum)',
    );
  });
});

describe('comments', () => {
  it('stay where they are', () => {
    expect(body('x = f(  # open\n    a,   # first\n    # alone\n    b # last\n    # end\n)   # behind')).toBe(
      'x = f(  # open\n    a,  # first\n    # alone\n    b,  # last\n    # end\n)  # behind',
    );
  });

  it('stay in one column where they are in one', () => {
    expect(body('a  =  1     # one\nbcd = 2     # two\ne = 3 # three')).toBe(
      'a = 1    # one\nbcd = 2  # two\ne = 3  # three',
    );
  });

  it('belong to the block that they are indented like', () => {
    const text = 'workflow W():\n  if a:\n    x = 1\n    # of x\n  # of if\n# of V\nworkflow V():\n  # of y\n  y = 1\n';
    expect(formatted(text)).toBe(
      'workflow W():\n    if a:\n        x = 1\n        # of x\n    # of if\n# of V\nworkflow V():\n    # of y\n    y = 1\n',
    );
  });

  it('are the bodies of contracts', () => {
    expect(formatted('activity A():\n  # Later.\nactivity B():\n  ...\n')).toBe(
      'activity A():\n    # Later.\nactivity B():\n    ...\n',
    );
  });

  it('stand anywhere', () => {
    const text = `workflow W():  # head
    # before

    await one:
        # before a case
        signal S:  # case
            # in a case
            close

        # between

        timer(1h):
            options:  # options
                # an option
                summary: "x"
            close
    # end
`;
    expect(formatted(text)).toBe(text);
  });
});

describe('blank lines', () => {
  it('are at most one, and none at the start of a file or a block, nor at the end', () => {
    expect(formatted('\n\nworkflow W():\n\n  x = 1\n\n\n  y = 2\n\n\n\n')).toBe(
      'workflow W():\n    x = 1\n\n    y = 2\n',
    );
  });
});

describe('what cannot be read', () => {
  it('is left as it is, definition by definition', () => {
    const wrong = 'workflow V():\n  x  = (1\n  y =  2\n';
    const { text, kept } = format(
      new SourceFile('main.twf', `workflow W():\n  x  = 1\n\n\n${wrong}workflow U():\n  z  = 1\n`),
    );
    expect(text).toBe(`workflow W():\n    x = 1\n\n${wrong}workflow U():\n    z = 1\n`);
    expect(kept.map(({ error }) => error.code)).toEqual(['TWF105']);
  });

  it('gets spaces for tabs, for the rest of the file has spaces', () => {
    expect(formatted('workflow W():\n\tx = (1\n\nworkflow V():\n\ty  = 2\n')).toBe(
      'workflow W():\n    x = (1\n\nworkflow V():\n    y = 2\n',
    );
  });

  it('is the whole file where tabs and spaces are mixed', () => {
    const text = 'workflow W():\n\tx  = 1\n    y = 2\n';
    expect(formatted(text)).toBe(text);
  });

  it('is prose, which is moved as a whole', () => {
    expect(
      formatted('activity A(x:string) :\n  options(timeout:1m)\n  Ask the  bank;\n     do not (ask twice.\n'),
    ).toBe('activity A(x: string):\n    options(timeout: 1m)\n    Ask the  bank;\n       do not (ask twice.\n');
  });

  it('is what looks like prose at the left margin', () => {
    const text =
      'activity A(card: string):\nSend money\nworkflow W(card: string):\n    Ask the bank for it; if it is "large:\n';
    expect(formatted(text)).toBe(text);
  });
});
