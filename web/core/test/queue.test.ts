// Messages survive what networks and reloads do to them: none lost, none doubled, order kept.
import { expect, test, vi } from 'vitest';
import { SendQueue, type Shelf, type Waiting } from '../src/queue.ts';
import { Refused, Unreachable } from '../src/transport.ts';

function shelf(start: string | null = null): Shelf & { text: string | null } {
  const self = { text: start, read: () => self.text, write: (text: string | null) => void (self.text = text) };
  return self;
}

function ids(): () => string {
  let next = 0;
  return () => `id${(next += 1)}`;
}

const quiet = (): void => undefined;

test('sends in order and empties the shelf', async () => {
  const sent: string[] = [];
  const kept = shelf();
  const queue = new SendQueue({ send: async (item) => void sent.push(item.text), shelf: kept, onChange: quiet, newId: ids() });
  queue.add('a');
  queue.add('b');
  await vi.waitFor(() => expect(sent).toEqual(['a', 'b']));
  await vi.waitFor(() => expect(queue.items).toEqual([]));
  expect(kept.text).toBeNull();
});

test('waits while offline, keeps the ids over a reload, sends each once', async () => {
  const kept = shelf();
  const offline = new SendQueue({ send: async () => Promise.reject(new Unreachable('x')), shelf: kept, onChange: quiet, newId: ids() });
  offline.add('a');
  offline.add('b');
  await vi.waitFor(() => expect(offline.items.map((item) => item.state)).toEqual(['waiting', 'waiting']));
  const sent: Waiting[] = [];
  const later = new SendQueue({ send: async (item) => void sent.push(item), shelf: kept, onChange: quiet });
  await later.flush();
  expect(sent.map((item) => [item.clientId, item.text])).toEqual([['id1', 'a'], ['id2', 'b']]);
  expect(kept.text).toBeNull();
});

test('a message that was on its way when the page died is sent again with the same id', async () => {
  const kept = shelf(JSON.stringify([{ clientId: 'x', text: 'a', state: 'sending', at: 1 }]));
  const sent: string[] = [];
  await new SendQueue({ send: async (item) => void sent.push(item.clientId), shelf: kept, onChange: quiet }).flush();
  expect(sent).toEqual(['x']);
});

test('a refused message says why and lets the next one pass; it can be tried again or dropped', async () => {
  let refuse = true;
  const sent: string[] = [];
  const send = async (item: Waiting): Promise<void> => {
    if (refuse && item.text === 'bad') throw new Refused(422, 'too_long', 'Too long.', 'r1');
    sent.push(item.text);
  };
  const queue = new SendQueue({ send, shelf: shelf(), onChange: quiet, newId: ids() });
  queue.add('bad');
  queue.add('good');
  await vi.waitFor(() => expect(sent).toEqual(['good']));
  expect(queue.items).toMatchObject([{ clientId: 'id1', state: 'failed', reason: 'Too long.' }]);
  refuse = false;
  queue.retry('id1');
  await vi.waitFor(() => expect(sent).toEqual(['good', 'bad']));
});

test('after 429 it waits as long as the server asked', async () => {
  vi.useFakeTimers();
  let calls = 0;
  const send = async (): Promise<void> => {
    calls += 1;
    if (calls === 1) throw new Refused(429, 'too_many', 'Slow down.', 'r', 7);
  };
  const queue = new SendQueue({ send, shelf: shelf(), onChange: quiet, newId: ids() });
  queue.add('a');
  await vi.advanceTimersByTimeAsync(6_900);
  expect(calls).toBe(1);
  await vi.advanceTimersByTimeAsync(200);
  expect(calls).toBe(2);
  expect(queue.items).toEqual([]);
  vi.useRealTimers();
});

test('a foreign or broken value on the shelf is an empty queue', () => {
  for (const text of ['{', '7', '{"a":1}', '[1,null,{"text":"x"}]']) {
    expect(new SendQueue({ send: async () => undefined, shelf: shelf(text), onChange: quiet }).items).toEqual([]);
  }
});

test('closing forgets everything', async () => {
  const kept = shelf();
  const queue = new SendQueue({ send: async () => Promise.reject(new Unreachable('x')), shelf: kept, onChange: quiet });
  queue.add('secret');
  queue.close();
  await Promise.resolve();
  expect(kept.text).toBeNull();
  expect(queue.items).toEqual([]);
});
