// The feed comes back from where it was, and stops when it is told no.
import { expect, test, vi } from 'vitest';
import { Feed, type FeedState } from '../src/feed.ts';
import type { FeedEvent } from '../src/sse.ts';
import type { Refused } from '../src/transport.ts';

function answer(...pieces: string[]): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(encoder.encode(piece));
      controller.close();
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

test('after a drop it asks only for what it has not seen', async () => {
  vi.useFakeTimers();
  const asked: [string, string | undefined][] = [];
  const answers = [answer('id: 4\ndata: a\n\nid: 5\nda', 'ta: b\n\nid: 6\ndata: cut'), answer('id: 6\ndata: c\n\n')];
  const events: FeedEvent[] = [];
  const states: FeedState[] = [];
  const feed = new Feed({
    url: (cursor) => `/stream?after=${cursor}`,
    cursor: 3,
    fetch: async (url, init) => {
      asked.push([String(url), (init?.headers as Record<string, string>)['last-event-id']]);
      return answers.shift() ?? new Promise<Response>(() => undefined);
    },
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
    chance: () => 0,
  });
  feed.start();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(asked.slice(0, 3)).toEqual([['/stream?after=3', '3'], ['/stream?after=5', '5'], ['/stream?after=6', '6']]);
  expect(events.map((event) => event.data)).toEqual(['a', 'b', 'c']);
  expect(states.slice(0, 4)).toEqual(['connecting', 'open', 'lost', 'connecting']);
  feed.stop();
  vi.useRealTimers();
});

test('401 and 410 end it; 429 and 503 do not', async () => {
  vi.useFakeTimers();
  for (const [status, ends] of [[401, true], [410, true], [429, false], [503, false]] as const) {
    const refusals: Refused[] = [];
    let calls = 0;
    const feed = new Feed({
      url: () => '/s',
      fetch: async () => {
        calls += 1;
        return new Response('{"error":{"code":"gone","message":"m","request_id":"r"}}', { status });
      },
      onEvent: () => undefined,
      onRefused: (refusal) => refusals.push(refusal),
      chance: () => 0,
    });
    feed.start();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(refusals.length, `${status}`).toBe(ends ? 1 : 0);
    expect(calls > 1, `${status}`).toBe(!ends);
    feed.stop();
  }
  vi.useRealTimers();
});

test('a line that is silent for too long is dropped and tried again', async () => {
  vi.useFakeTimers();
  let calls = 0;
  const feed = new Feed({
    url: () => '/s',
    fetch: async (_url, init) => {
      calls += 1;
      const body = new ReadableStream({
        start(controller) {
          init?.signal?.addEventListener('abort', () => controller.error(new Error('aborted')));
        },
      });
      return new Response(body);
    },
    onEvent: () => undefined,
    chance: () => 0,
  });
  feed.start();
  await vi.advanceTimersByTimeAsync(39_000);
  expect(calls).toBe(1);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(calls).toBe(2);
  feed.stop();
  vi.useRealTimers();
});
