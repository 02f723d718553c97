// The visitor's deeds against a scripted server: what is asked, kept and shown, and what is left after leaving.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bridge } from '../src/panel/bridge.ts';
import { Chat } from '../src/panel/chat.ts';
import { Rights } from '../src/panel/rights.ts';
import type { ToLauncher, ToPanel } from '../src/wire.ts';

const SETUP = {
  organisation: { name: 'Shop' },
  look: { accent: '#285cc2', position: 'right', greeting: {} },
  ai: { enabled: true, answerer: 'built-in' },
  notice_version: 1,
  locales: ['en', 'de', 'ar'],
  keep_days: 90,
  files: { max_bytes: 10, types: [] },
  privacy_url: '/privacy/wk',
  survey: false,
};

interface Asked {
  method: string;
  path: string;
  body: unknown;
  token: string | undefined;
}

function scripted(answers: Record<string, (asked: Asked) => Response | Promise<Response>>): Asked[] {
  const log: Asked[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit = {}) => {
    const path = new URL(url).pathname;
    const headers = init.headers as Record<string, string> | undefined;
    const asked = { method: init.method ?? 'GET', path, body: init.body ? JSON.parse(String(init.body)) : undefined, token: headers?.['authorization'] };
    log.push(asked);
    const answer = answers[`${asked.method} ${path}`];
    if (path.endsWith('/stream')) return new Promise<Response>(() => undefined);
    return answer ? answer(asked) : new Response('{}', { status: 404 });
  });
  return log;
}

const json = (body: unknown, status = 200): Response => new Response(JSON.stringify(body), { status });
const shelved = (...items: object[]): string => JSON.stringify([{ key: 'wk', items: JSON.stringify(items) }]);
const refusal = (status: number, code: string): Response => json({ error: { code, message: 'No.', request_id: 'r' } }, status);

function launcher(): { bridge: Bridge; said: ToLauncher[]; tell: (message: ToPanel) => void } {
  const said: ToLauncher[] = [];
  let listener: (message: ToPanel) => void = () => undefined;
  const bridge = { pageHost: 'shop.example', lang: 'en', say: (message: ToLauncher) => void said.push(message), listen: (hear: typeof listener) => void (listener = hear) };
  return { bridge, said, tell: (message) => listener(message) };
}

const conversation = { id: 'c', state: 'open', lane: 'ai', last_seq: 0, messages: [] };
const ROOT = 'https://chat.example/';

beforeEach(() => {
  sessionStorage.clear();
  // Each test is a browser of its own: no other tab answers.
  vi.stubGlobal('BroadcastChannel', undefined);
});
afterEach(() => vi.unstubAllGlobals());

async function begun(more: Parameters<typeof scripted>[0] = {}): Promise<{ chat: Chat; log: Asked[]; said: ToLauncher[]; tell: (message: ToPanel) => void }> {
  const log = scripted({
    'GET /v1/widget/wk': () => json(SETUP),
    'POST /v1/widget/wk/sessions': () => json({ token: 'vt_1', conversation, expires_at: 1 }, 201),
    'POST /v1/visitor/messages': ({ body }) => json({ id: 'm1', seq: 1, kind: 'visitor', text: (body as { text: string }).text, client_id: (body as { client_id: string }).client_id, created_at: 1, ai: false }, 201),
    ...more,
  });
  const { bridge, said, tell } = launcher();
  const chat = new Chat(ROOT, 'wk', bridge);
  await chat.prepare();
  return { chat, log, said, tell };
}

test('opening asks what the shop says and stores nothing', async () => {
  const { chat, log, said } = await begun();
  expect(chat.store.now.phase).toBe('start');
  expect(log.map((one) => `${one.method} ${one.path}`)).toEqual(['GET /v1/widget/wk']);
  expect(Object.keys(sessionStorage)).toEqual([]);
  expect(said.some((message) => message.t === 'ready')).toBe(true);
  expect(said.some((message) => message.t === 'on' && message.on)).toBe(false);
});

test('starting sends the first message that was typed before', async () => {
  const { chat, log, said } = await begun();
  chat.store.set({ firstText: 'Where is my tent?' });
  await chat.start();
  await vi.waitFor(() => expect(chat.store.now.messages).toHaveLength(1));
  expect(log.find((one) => one.path.endsWith('/sessions'))?.body).toEqual({ locale: 'en', page_host: 'shop.example' });
  const sent = log.find((one) => one.path === '/v1/visitor/messages');
  expect(sent).toMatchObject({ token: 'Bearer vt_1', body: { text: 'Where is my tent?' } });
  expect(Object.keys(sessionStorage)).toEqual(['confidante.visitor']);
  expect(said.at(-1)).toEqual({ t: 'on', on: true });
  expect(chat.store.now.firstText).toBe('');
});

test('where something is asked before the chat, the first words wait for the answers', async () => {
  const { chat, log } = await begun({ 'GET /v1/widget/wk': () => json({ ...SETUP, survey: true }) });
  chat.store.set({ firstText: 'Where is my tent?' });
  await chat.start();
  expect(chat.store.now).toMatchObject({ phase: 'chat', asks: true, firstText: 'Where is my tent?' });
  expect(log.filter((one) => one.path === '/v1/visitor/messages')).toEqual([]);
  chat.surveyed();
  await vi.waitFor(() => expect(chat.store.now.messages).toHaveLength(1));
  expect(chat.store.now).toMatchObject({ asks: false, firstText: '' });
});

test('a refused start says so and keeps the words', async () => {
  const { chat } = await begun({ 'POST /v1/widget/wk/sessions': () => refusal(429, 'too_many') });
  chat.store.set({ firstText: 'keep me' });
  await chat.start();
  expect(chat.store.now).toMatchObject({ phase: 'start', firstText: 'keep me', busy: false });
  expect(chat.store.now.error).toContain('Too fast');
  expect(Object.keys(sessionStorage)).toEqual([]);
});

test('an expired session leaves nothing behind', async () => {
  sessionStorage.setItem('confidante.visitor', JSON.stringify({ key: 'wk', token: 'old' }));
  sessionStorage.setItem('confidante.queue', shelved({ clientId: 'x', text: 'secret', state: 'waiting', at: 1 }));
  const { chat, said } = await begun({ 'GET /v1/visitor/conversation': () => refusal(401, 'expired') });
  expect(chat.store.now.phase).toBe('expired');
  expect(Object.keys(sessionStorage)).toEqual([]);
  expect(said).toContainEqual({ t: 'on', on: false });
  chat.again();
  expect(chat.store.now.phase).toBe('start');
});

test('a server that cannot be reached is said in her language, and asked again when she wishes, opens, or is online', async () => {
  let works = false;
  const setup = () => (works ? json(SETUP) : new Response('', { status: 502 }));
  sessionStorage.setItem('confidante.visitor', JSON.stringify([{ key: 'wk', locale: 'de' }]));
  const { chat, log, said, tell } = await begun({ 'GET /v1/widget/wk': setup });
  expect(chat.store.now).toMatchObject({ phase: 'unavailable', busy: false, error: 'Der Chat ist gerade nicht verfügbar.' });
  expect(said.filter((message) => message.t === 'ready')).toHaveLength(1);
  const asked = () => log.filter((one) => one.path === '/v1/widget/wk').length;
  const tries: (() => void)[] = [() => void chat.arrive(), () => tell({ t: 'open', focus: false, phone: true }), () => void dispatchEvent(new Event('online'))];
  for (const [i, again] of tries.entries()) {
    again();
    await vi.waitFor(() => expect(chat.store.now.busy).toBe(false));
    expect(asked()).toBe(i + 2);
    expect(chat.store.now.phase).toBe('unavailable');
  }
  // The launcher opens what is ready: told of each failure, the two would call each other for ever.
  expect(said.filter((message) => message.t === 'ready')).toHaveLength(1);
  works = true;
  await chat.arrive();
  expect(chat.store.now).toMatchObject({ phase: 'start', locale: 'de' });
  expect(chat.store.now.error).toBeUndefined();
  await chat.arrive();
  expect(asked()).toBe(5);
});

test('a refusal on the way back into a chat leaves the way open, and the chat kept', async () => {
  sessionStorage.setItem('confidante.visitor', JSON.stringify([{ key: 'wk', token: 'old' }]));
  let refused = true;
  const { chat } = await begun({ 'GET /v1/visitor/conversation': () => (refused ? refusal(429, 'too_many') : json({ ...conversation, last_seq: 3 })) });
  expect(chat.store.now.phase).toBe('unavailable');
  expect(chat.store.now.error).toContain('Too fast');
  refused = false;
  await chat.arrive();
  expect(chat.store.now.phase).toBe('chat');
  expect(chat.store.now.error).toBeUndefined();
});

test('a chat that has begun does not vanish behind the questions while the server is out of reach', async () => {
  sessionStorage.setItem('confidante.visitor', JSON.stringify([{ key: 'wk', token: 'old' }]));
  sessionStorage.setItem('confidante.queue', shelved({ clientId: 'x', text: 'waits', state: 'waiting', at: 1 }));
  const down = () => new Response('', { status: 502 });
  const { chat } = await begun({ 'GET /v1/widget/wk': () => json({ ...SETUP, survey: true }), 'GET /v1/visitor/conversation': down, 'POST /v1/visitor/messages': down });
  expect(chat.store.now).toMatchObject({ phase: 'chat', asks: false });
  expect(chat.store.now.waiting).toHaveLength(1);
  chat.forget();
});

test('what another shop on this website left waiting is not sent here', async () => {
  sessionStorage.setItem('confidante.visitor', JSON.stringify([{ key: 'wk_b', token: 'theirs' }]));
  sessionStorage.setItem('confidante.queue', JSON.stringify([{ key: 'wk_b', items: JSON.stringify([{ clientId: 'x', text: 'for B', state: 'waiting', at: 1 }]) }]));
  const { chat, log } = await begun();
  chat.store.set({ firstText: 'for A' });
  await chat.start();
  await vi.waitFor(() => expect(chat.store.now.messages).toHaveLength(1));
  expect(log.filter((one) => one.path === '/v1/visitor/messages').map((one) => one.body)).toMatchObject([{ text: 'for A' }]);
  expect(sessionStorage.getItem('confidante.queue')).toContain('for B');
  expect(sessionStorage.getItem('confidante.visitor')).toContain('theirs');
});

test('leaving forgets what was typed and not sent', async () => {
  const { chat } = await begun();
  await chat.start();
  chat.store.set({ typed: 'half a sen' });
  chat.forget();
  expect(chat.store.now.typed).toBe('');
});

test('erasing empties the browser, shows the steps and fetches the receipt', async () => {
  let looks = 0;
  const { chat, log } = await begun({
    'POST /v1/visitor/erasure': () => json({ erasure_id: 'era_1' }, 202),
    'GET /v1/erasures/era_1': () => {
      looks += 1;
      const state = looks > 1 ? 'done' : 'running';
      return json({ id: 'era_1', state, steps: [{ name: 'key', state, done: 1, total: 1 }], created_at: 1, receipt_url: looks > 1 ? '/v1/erasures/era_1/receipt' : null });
    },
    'GET /v1/erasures/era_1/receipt': () => json({ ok: true }),
  });
  const rights = new Rights(chat);
  await chat.start();
  await rights.erase();
  expect(chat.store.now.phase).toBe('erasing');
  expect(JSON.parse(sessionStorage.getItem('confidante.visitor') ?? '{}')).toEqual([{ key: 'wk', erasure: 'era_1', locale: 'en' }]);
  await vi.waitFor(() => expect(chat.store.now.fingerprint).toHaveLength(64), 3_000);
  expect(Object.keys(sessionStorage)).toEqual([]);
  expect(log.filter((one) => one.path.startsWith('/v1/erasures')).every((one) => one.token === undefined)).toBe(true);
});

test('unread counts only what others said, and looking clears it', async () => {
  const { chat, said, tell } = await begun();
  await chat.start();
  chat.take([
    { id: 'a', seq: 1, kind: 'visitor', text: 'x', created_at: 1, ai: false },
    { id: 'b', seq: 2, kind: 'ai', text: 'x', created_at: 1, ai: true },
    { id: 'c', seq: 3, kind: 'system', text: '', created_at: 1, ai: false },
  ]);
  expect(said.at(-1)).toEqual({ t: 'unread', n: 1 });
  tell({ t: 'open', focus: false, phone: false });
  expect(said.at(-1)).toEqual({ t: 'unread', n: 0 });
});
