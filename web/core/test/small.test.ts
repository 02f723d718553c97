// Coalescing, refusals, times and sizes.
import { expect, test, vi } from 'vitest';
import { coalesce } from '../src/coalesce.ts';
import { Refused, Transport, Unreachable } from '../src/transport.ts';
import { ago, bytes } from '../src/when.ts';

test('a trickle becomes one batch per 80 ms', () => {
  vi.useFakeTimers();
  const batches: number[][] = [];
  const push = coalesce<number>((items) => batches.push(items), { frame: (run) => run() });
  for (let i = 0; i < 100; i += 1) {
    push(i);
    vi.advanceTimersByTime(4);
  }
  push.flush();
  expect(batches.length).toBeLessThanOrEqual(6);
  expect(batches.flat()).toHaveLength(100);
  vi.useRealTimers();
});

test('the server’s refusal is told apart from no answer', async () => {
  const refusing = new Transport({
    root: 'https://x.example/',
    fetch: async () =>
      new Response('{"error":{"code":"too_many","message":"Slow.","request_id":"req"}}', { status: 429, headers: { 'retry-after': '3' } }),
  });
  await expect(refusing.json('GET', '/v1/a')).rejects.toMatchObject({ status: 429, code: 'too_many', retryAfter: 3, requestId: 'req' });
  await expect(refusing.json('GET', '/v1/a')).rejects.toBeInstanceOf(Refused);
  const down = new Transport({ root: 'https://x.example/', fetch: async () => Promise.reject(new TypeError('net')) });
  await expect(down.json('GET', '/v1/a')).rejects.toBeInstanceOf(Unreachable);
  const broken = new Transport({ root: 'https://x.example/', fetch: async () => new Response('<h1>502</h1>', { status: 502 }) });
  await expect(broken.json('GET', '/v1/a')).rejects.toBeInstanceOf(Unreachable);
});

test('paths stay under the root, whatever folder it has', async () => {
  const asked: string[] = [];
  const api = new Transport({ root: 'https://x.example/chat/', fetch: async (url) => (asked.push(String(url)), new Response('{}')) });
  await api.json('GET', '/v1/a?b=c');
  expect(asked).toEqual(['https://x.example/chat/v1/a?b=c']);
});

test('words for sizes and times', () => {
  expect([bytes('en', 999), bytes('en', 412_300), bytes('en', 5_242_880)]).toEqual(['999 byte', '412 kB', '5.2 MB']);
  expect(ago('en', 0, 125_000)).toContain('2');
});
