import { expect, test } from 'vitest';
import { problemsOf } from '../testing/program.js';

const declared = `
type Address:
    street: string

type Line2:
    item: string

enum Status: open, done
`;

test.each([
  ['a letter too few', 'Adress', true],
  ['a letter too many', 'Addreess', true],
  ['another letter', 'Addrass', true],
  ['two in the wrong order', 'Adderss', true],
  ['small letters', 'address', true],
  ['of an enum', 'Statsu', true],
  ['the capital of a type of the language', 'String', true],
  ['several of them', 'Addresses', false],
  ['another number', 'Line3', false],
  ['no number', 'Line', false],
  ['another word', 'Addressee', false],
  ['the name itself', 'Address', false],
])('%s: %s', (_, name, isNear) => {
  const found = problemsOf(`${declared}\nworkflow W(x: ${name}):\n    log.info("{x == null}")\n`);
  expect(found.filter((one) => one.startsWith('TWF810'))).toEqual(isNear ? [`TWF810 ${name}`] : []);
});

test('a type with fields that the other one has not is another type', () => {
  const source = (field: string) => `${declared}\nworkflow W(x: Adress):\n    log.info("{x.${field}}")\n`;
  expect(problemsOf(source('street'))).toEqual(['TWF810 Adress']);
  expect(problemsOf(source('country'))).toEqual([]);
});
