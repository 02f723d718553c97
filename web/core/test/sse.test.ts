// Events arrive whole, however the bytes were cut.
import { expect, test } from 'vitest';
import { EventParser } from '../src/sse.ts';

const STREAM = ': hello\n\nid: 7\nevent: message\ndata: {"a":1}\n\nevent: delta\r\ndata: one\r\ndata: two\r\n\r\ndata: plain\n\n';
const EXPECTED = [
  { id: '7', type: 'message', data: '{"a":1}' },
  { type: 'delta', data: 'one\ntwo' },
  { type: 'message', data: 'plain' },
];

test('whole stream in one piece', () => {
  expect(new EventParser().push(STREAM)).toEqual(EXPECTED);
});

test('every size of piece gives the same events', () => {
  for (let size = 1; size <= STREAM.length; size += 1) {
    const parser = new EventParser();
    const found = [];
    for (let at = 0; at < STREAM.length; at += size) found.push(...parser.push(STREAM.slice(at, at + size)));
    expect(found, `pieces of ${size}`).toEqual(EXPECTED);
  }
});

test('an id belongs to its own event only', () => {
  const [first, second] = new EventParser().push('id: 3\ndata: a\n\ndata: b\n\n');
  expect(first?.id).toBe('3');
  expect(second?.id).toBeUndefined();
});
