// The list's counts and pages: asked for when they can have changed, and never mixed with another list.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { listing } from '../src/inbox/listing.svelte.ts';
import { news } from '../src/inbox/news.svelte.ts';
import { session } from '../src/lib/session.svelte.ts';
import type { Summary } from '../src/api/types.ts';

const row = (more: Partial<Summary> = {}): Summary => ({
  id: 'con_1', person: { id: 'per_1', name: 'Anna' }, state: 'open', lane: 'ai', preview: '', last_seq: 1, restricted: false, last_activity_at: 10, created_at: 1, locale: 'en', ...more,
});
const counts = { open: 1, waiting: 0, mine: 0, unassigned: 0, closed: 0 };
let asked: URLSearchParams[] = [];
let land: ((body: unknown) => void)[] = [];

beforeEach(async () => {
  vi.useFakeTimers();
  asked = [];
  land = [];
  vi.stubGlobal('fetch', (input: string) => {
    asked.push(new URL(input).searchParams);
    return new Promise<Response>((resolve) => land.push((body) => resolve(new Response(JSON.stringify(body), { status: 200 }))));
  });
  listing.show({ view: 'open', lane: '', q: `${Math.random()}` });
  land.shift()?.({ items: [row()], next: '9:con_1', counts });
  await vi.waitFor(() => expect(listing.items).toHaveLength(1));
  asked = [];
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('news that change no count ask for none; one that does asks once, for the shortest list', () => {
  listing.take(row({ last_seq: 2, preview: 'More', last_activity_at: 20 }));
  vi.advanceTimersByTime(20_000);
  expect(asked).toEqual([]);
  listing.take(row({ last_seq: 3, lane: 'waiting', waiting_since: 30 }));
  listing.take(row({ last_seq: 4, lane: 'human', waiting_since: 30, assignee: { id: 'mem_1', name: 'Jonas' } }));
  vi.advanceTimersByTime(1_000);
  expect(asked.map(String)).toEqual(['state=open&lane=waiting&assignee=me']);
  land.shift()?.({ items: [], counts });
});

test('a console nobody looks at counts less often', () => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  listing.take(row({ id: 'con_2' }));
  vi.advanceTimersByTime(4_000);
  expect(asked).toEqual([]);
  vi.advanceTimersByTime(1_500);
  expect(asked).toHaveLength(1);
  land.shift()?.({ items: [], counts });
});

test('older rows of one list do not come into another', async () => {
  const more = listing.more();
  const older = land.shift();
  listing.show({ view: 'closed', lane: '', q: '' });
  land.shift()?.({ items: [row({ id: 'con_shut', state: 'closed' })], counts });
  await vi.waitFor(() => expect(listing.items).toHaveLength(1));
  older?.({ items: [row({ id: 'con_old' })], next: '5:con_old', counts });
  await more;
  expect([listing.items.map((item) => item.id), listing.next]).toEqual([['con_shut'], undefined]);
});

test('what is said aloud: that somebody waits, once, and what reaches me', () => {
  session.enter({ member: { id: 'mem_1', name: 'Jonas', email: 'j@n.example', role: 'agent' }, organisation: { id: 'org_1', name: 'N', widget_key: 'wk' } });
  const heard = (summary?: Summary): string => {
    if (summary) news.changed(summary);
    else news.said('con_7', { id: 'msg_2', seq: 2, kind: 'visitor', text: 'Hello?', created_at: 2, ai: false });
    const said = news.text;
    vi.advanceTimersByTime(6_000);
    return said;
  };
  const talk = (more: Partial<Summary>): Summary => row({ id: 'con_7', ...more });
  expect([heard(talk({ lane: 'ai' })), heard()]).toEqual(['', '']);
  expect(heard(talk({ lane: 'waiting' }))).toBe('Somebody waits for a person');
  expect(heard(talk({ lane: 'waiting', last_seq: 2 }))).toBe('');
  expect([heard(talk({ lane: 'human', assignee: { id: 'mem_2', name: 'Eve' } })), heard()]).toEqual(['', '']);
  asked = [];
  expect([heard(talk({ lane: 'human', assignee: { id: 'mem_1', name: 'Jonas' } })), heard()]).toEqual(['', 'New message in Anna']);
  expect(asked).toHaveLength(1);
  expect(news.text).toBe('');
});
