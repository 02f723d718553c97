// A failure in words: what is known, what is not, and the id to quote.
import { expect, test } from 'vitest';
import { refusalFrom, Unreachable } from '@confidante/core';
import { trouble } from '../src/lib/trouble.ts';

const answer = (status: number, body: unknown, headers = {}) => new Response(JSON.stringify(body), { status, headers });

test('a fault of the server keeps the id under which it was logged, and claims nothing about what happened', async () => {
  const told = trouble(await refusalFrom(answer(500, { error: { code: 'fault', message: 'Something failed.', request_id: 'req_7' } })));
  expect(told).toEqual({ text: 'The server has a problem. It has not confirmed this.', id: 'req_7', again: true });
});

test('without a network there is no id', () => {
  expect(trouble(new Unreachable('no connection'))).toEqual({ text: 'The server cannot be reached. It has not confirmed this.', id: '', again: true });
});

test('a refusal says the server’s own sentence and when to come back', async () => {
  const told = trouble(await refusalFrom(answer(429, { error: { code: 'too_many', message: 'Slow down.', request_id: 'req_8' } }, { 'retry-after': '9' })));
  expect(told).toEqual({ text: 'Slow down. Try again in 9 s.', id: 'req_8', again: true });
});

test('a proxy’s own page is a server in trouble', async () => {
  expect(trouble(await refusalFrom(new Response('<h1>Bad gateway</h1>', { status: 502 }))).again).toBe(true);
});
