// Sending: shown at once, taken over when needed, never lost.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { session } from '../src/lib/session.svelte.ts';
import { listing } from '../src/inbox/listing.svelte.ts';
import { thread } from '../src/inbox/thread.svelte.ts';

interface Call { method: string; path: string; body: Record<string, unknown> }
const summary = { id: 'con_1', person: { id: 'per_1' }, state: 'open', lane: 'ai', preview: '', last_seq: 1, last_activity_at: 1, created_at: 1, locale: 'en' };
let calls: Call[] = [];
let refuse = false;

function answer(call: Call): [number, unknown] {
  if (refuse && call.path.endsWith('/messages')) return [429, { error: { code: 'too_many_requests', message: 'Too many messages.', request_id: 'req_9' } }];
  if (call.path.endsWith('/take-over')) return [200, { ...summary, lane: 'human', assignee: { id: 'mem_1', name: 'Jonas' } }];
  if (call.path.endsWith('/messages')) return [201, { id: 'msg_2', seq: 2, kind: call.body['note'] ? 'note' : 'agent', text: call.body['text'], created_at: 2, ai: false, client_id: call.body['client_id'] }];
  if (call.path.includes('?')) return [200, { items: [], counts: { open: 1, waiting: 0, mine: 0, unassigned: 0, closed: 0 } }];
  return [200, { summary, messages: [] }];
}

beforeEach(async () => {
  calls = [];
  refuse = false;
  session.enter({ member: { id: 'mem_1', name: 'Jonas', email: 'j@n.example', role: 'owner' }, organisation: { id: 'org_1', name: 'N', widget_key: 'wk' } });
  vi.stubGlobal('fetch', (input: string, init: RequestInit) => {
    const url = new URL(input);
    const call = { method: init.method ?? 'GET', path: url.pathname + url.search, body: JSON.parse(String(init.body ?? '{}')) as Record<string, unknown> };
    calls.push(call);
    const [status, body] = answer(call);
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
  thread.open(undefined);
  thread.open('con_1');
  await vi.waitFor(() => expect(thread.load.value).toBe(true));
});
afterEach(() => vi.unstubAllGlobals());

test('a reply takes over from the AI before it is said', async () => {
  thread.unsent['con_1:reply'] = ' Hello ';
  const sending = thread.send();
  expect(thread.pending.map((item) => item.text)).toEqual(['Hello']);
  await sending;
  const posts = calls.filter((call) => call.method === 'POST').map((call) => call.path);
  expect(posts).toEqual(['/v1/conversations/con_1/take-over', '/v1/conversations/con_1/messages']);
  expect(thread.pending).toEqual([]);
  expect(thread.messages.map((message) => message.text)).toEqual(['Hello']);
  expect(thread.turn?.name).toBe('you');
});

test('a private note takes nothing over', async () => {
  thread.mode = 'note';
  thread.unsent['con_1:note'] = 'only us';
  await thread.send();
  const posts = calls.filter((call) => call.method === 'POST');
  expect(posts.map((call) => call.path)).toEqual(['/v1/conversations/con_1/messages']);
  expect(posts[0]?.body['note']).toBe(true);
});

test('what the server refuses stays, with its reason, and goes again under the same id', async () => {
  thread.mode = 'note';
  thread.unsent['con_1:note'] = 'careful';
  refuse = true;
  await thread.send();
  const [failed] = thread.pending;
  expect(failed?.state).toBe('failed');
  expect(failed?.reason).toContain('Too many messages.');
  refuse = false;
  await thread.retry(failed?.clientId ?? '');
  const ids = calls.filter((call) => call.path.endsWith('/messages')).map((call) => call.body['client_id']);
  expect(ids[0]).toBe(ids[1]);
  expect(thread.pending).toEqual([]);
});

test('editing a failed message gives the words back', async () => {
  thread.mode = 'note';
  thread.unsent['con_1:note'] = 'first';
  refuse = true;
  await thread.send();
  thread.edit(thread.pending[0]?.clientId ?? '');
  expect(thread.unsent['con_1:note']).toBe('first');
  expect(thread.pending).toEqual([]);
});

test('when the person is erased nothing stays', () => {
  thread.unsent['con_1:reply'] = 'half written';
  thread.gone('con_1');
  expect(thread.erased).toBe(true);
  expect(thread.messages).toEqual([]);
  expect(thread.unsent['con_1:reply']).toBeUndefined();
});

/** Answers come only when they are let go. */
function held(): (body: unknown) => void {
  const waiting: ((response: Response) => void)[] = [];
  vi.stubGlobal('fetch', () => new Promise<Response>((resolve) => waiting.push(resolve)));
  return (body) => waiting.splice(0).forEach((resolve) => resolve(new Response(JSON.stringify(body), { status: 200 })));
}
const question = { id: 'msg_1', seq: 1, kind: 'visitor', text: 'How long?', created_at: 2, ai: false };

test('what the live line brings while the log is asked for is not undone by an older answer', async () => {
  const land = held();
  const asked = thread.refresh();
  thread.takeMessage('con_1', { ...question, id: 'msg_2', seq: 2, kind: 'ai', text: '60 days.', ai: true } as never);
  thread.takeSummary({ ...summary, lane: 'waiting' } as never);
  land({ summary, messages: [question] });
  await asked;
  expect(thread.messages.map((message) => message.text)).toEqual(['How long?', '60 days.']);
  expect(thread.summary?.lane).toBe('waiting');
});

test('words that are restricted while they are on their way are not shown', async () => {
  const land = held();
  const asked = thread.refresh();
  thread.takeSummary({ ...summary, restricted: true } as never);
  land({ summary, messages: [question] });
  await asked;
  expect([thread.messages, thread.withheld]).toEqual([[], true]);
});

test('the list keeps what came, and lets go of what went, while it was asked for', async () => {
  const land = held();
  const asked = listing.refresh();
  listing.take({ ...summary, id: 'con_new', preview: 'Hello?' } as never);
  listing.remove('con_gone');
  land({ items: [summary, { ...summary, id: 'con_gone' }], counts: { open: 2, waiting: 0, mine: 0, unassigned: 0, closed: 0 } });
  await asked;
  expect(listing.items.map((item) => item.id).sort()).toEqual(['con_1', 'con_new']);
});
