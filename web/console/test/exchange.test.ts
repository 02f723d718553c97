// Test sets as files, and two runs side by side.
import { expect, test } from 'vitest';
import type { TestResult } from '../src/api/types.ts';
import { compare, emptyCase, read, toCsv } from '../src/trial/exchange.ts';

const CASES = [
  { question: 'How long, "exactly", do returns take?', page: 'Returns', words: '60 days | free', outcome: 'answered' },
  { question: 'Two\nlines, and a comma', page: '', words: '', outcome: '' },
];

test('what is written as CSV is read as it was', () => {
  expect(read(toCsv(CASES))).toEqual(CASES);
});

test('JSON with or without a name, and one question a line, are read too', () => {
  expect(read(JSON.stringify({ name: 'Returns', cases: CASES }))).toEqual(CASES);
  expect(read('["One?", {"question": "Two?", "outcome": "a wonder"}]')).toEqual([emptyCase('One?'), emptyCase('Two?')]);
  expect(read('One, or two?\n\nThree?\n')).toEqual([emptyCase('One, or two?'), emptyCase('Three?')]);
  expect(() => read('{"nothing": 1}')).toThrow(SyntaxError);
});

test('two runs are matched by their questions, in order, and only what differs has changed', () => {
  const result = (question: string, text: string): TestResult => ({ question, outcome: 'answered', text, cited: [], missed: [], took_ms: 1 });
  const lines = compare([result('a', '1'), result('a', '2'), result('gone', 'x')], [result('a', '1'), result('a', '3'), result('new', 'y')]);
  expect(lines.map((line) => [line.question, line.changed])).toEqual([['a', false], ['a', true], ['new', true], ['gone', true]]);
});
