// Files on bad lines: none is sent twice, none is given up without being asked.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Chat } from '../src/panel/chat.ts';
import { loadSpeech } from '../src/panel/speech.ts';
import { Uploads } from '../src/panel/uploads.ts';

const FILE = new File(['hello'], 'note.txt', { type: 'text/plain' });

/** The requests of a test, each answered by hand. */
class Request {
  static all: Request[] = [];
  url = '';
  status = 0;
  responseText = '';
  upload = {};
  onload = (): void => undefined;
  onerror = (): void => undefined;
  onabort = (): void => undefined;
  open(_method: string, url: string): void {
    this.url = url;
    Request.all.push(this);
  }
  setRequestHeader(): void {}
  send(): void {}
  abort(): void {
    this.onabort();
  }
  get id(): string {
    return new URL(this.url).searchParams.get('client_id') ?? '';
  }
  answer(status: number, body: object): void {
    Object.assign(this, { status, responseText: JSON.stringify(body) });
    this.onload();
  }
}

const arrived = (client_id: string) => ({ id: 'm1', seq: 1, kind: 'visitor' as const, text: '', client_id, created_at: 1, ai: false });

beforeEach(() => {
  Request.all = [];
  vi.stubGlobal('XMLHttpRequest', Request);
  vi.stubGlobal('BroadcastChannel', undefined);
});
afterEach(() => vi.unstubAllGlobals());

async function choosing(): Promise<{ chat: Chat; uploads: Uploads }> {
  const chat = new Chat('https://chat.example/', 'wk', { pageHost: '', lang: 'en', say: () => undefined, listen: () => undefined });
  chat.say = await loadSpeech('en');
  chat.store.set({ phase: 'chat', setup: { files: { max_bytes: 100, types: ['text/plain'] }, ai: { enabled: true } } as never });
  const uploads = new Uploads(chat);
  uploads.add([FILE]);
  return { chat, uploads };
}

test('a file whose answer was lost goes again under the same id, by her press or when the line is back', async () => {
  const { chat, uploads } = await choosing();
  const [row] = chat.store.now.uploads;
  expect(Request.all[0]?.id).toBe(row?.id);
  Request.all[0]?.onerror();
  await vi.waitFor(() => expect(chat.store.now.uploads[0]?.failed).toContain('when you are back online'));
  expect(chat.store.now.status).toContain('when you are back online');
  void uploads.again(row?.id ?? '');
  void uploads.again(row?.id ?? '');
  Request.all[1]?.answer(503, { error: { code: 'busy' } });
  await vi.waitFor(() => expect(chat.store.now.uploads[0]?.lost).toBe(true));
  chat.flush();
  chat.flush();
  expect(Request.all.map((one) => one.id)).toEqual([row?.id, row?.id, row?.id]);
  Request.all[2]?.answer(200, arrived(row?.id ?? ''));
  await vi.waitFor(() => expect(chat.store.now.uploads).toEqual([]));
  expect(chat.store.now.messages).toHaveLength(1);
});

test('a file that shows up on the line is no longer on its way', async () => {
  const { chat } = await choosing();
  Request.all[0]?.onerror();
  await vi.waitFor(() => expect(chat.store.now.uploads[0]?.lost).toBe(true));
  chat.take([arrived(chat.store.now.uploads[0]?.id ?? '')]);
  expect(chat.store.now.uploads).toEqual([]);
  chat.flush();
  expect(Request.all).toHaveLength(1);
});

test('a refused file waits for nothing: only she may try it again', async () => {
  const { chat } = await choosing();
  Request.all[0]?.answer(415, { error: { code: 'unsupported_type', message: 'Only pictures.', request_id: 'r' } });
  await vi.waitFor(() => expect(chat.store.now.uploads[0]).toMatchObject({ lost: false, failed: expect.stringContaining('Only pictures.') }));
  chat.flush();
  expect(Request.all).toHaveLength(1);
});

test('a file that arrives after the chat was forgotten brings nothing of it back', async () => {
  const { chat } = await choosing();
  const id = chat.store.now.uploads[0]?.id ?? '';
  chat.forget();
  Request.all[0]?.answer(201, arrived(id));
  await new Promise((done) => setTimeout(done));
  expect(chat.store.now.messages).toEqual([]);
});
