// The deeds of a visitor: begin, say, ask for a person, send a file, leave. State changes happen here and nowhere else.
import {
  chooseLocale,
  readableAccent,
  Refused,
  SendQueue,
  Transport,
  type Conversation,
  type Message,
  type VisitorSession,
  type WidgetSetup,
} from '@confidante/core';
import type { Bridge } from './bridge.ts';
import { queueShelf, readKept, writeKept, type Kept } from './keep.ts';
import { Line } from './line.ts';
import { Siblings } from './siblings.ts';
import { bareSpeech, loadSpeech, type Say } from './speech.ts';
import { LOCALES, mergeMessages, Store, type PanelLocale } from './state.ts';

const SLOW_MS = 15_000;
/** After this long without a word, the dots would be a lie. */
const GIVE_UP_MS = 45_000;

export class Chat {
  readonly store = new Store();
  readonly transport: Transport;
  readonly bridge: Bridge;
  readonly #key: string;
  readonly #siblings: Siblings;
  #kept: Kept | undefined;
  #line: Line | undefined;
  queue: SendQueue;
  say: Say = bareSpeech();
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  onErasure: ((id: string) => void) | undefined;

  constructor(root: string, key: string, bridge: Bridge) {
    this.#key = key;
    this.bridge = bridge;
    this.#siblings = new Siblings(key);
    this.transport = new Transport({
      root,
      headers: (): Record<string, string> => (this.#kept?.token ? { authorization: `Bearer ${this.#kept.token}` } : {}),
    });
    this.queue = this.#newQueue();
  }

  #newQueue(): SendQueue {
    return new SendQueue({
      shelf: queueShelf(this.#key),
      send: async (item) => {
        const message = await this.transport.json<Message>('POST', '/v1/visitor/messages', { client_id: item.clientId, text: item.text });
        this.take([message]);
        this.#awaitAnswer();
      },
      onChange: () => this.store.set({ waiting: this.queue.items }),
    });
  }

  async prepare(): Promise<void> {
    this.bridge.listen((message) => {
      if (message.t === 'open') this.#opened(message.focus, message.phone);
      else if (message.t === 'close') this.store.set({ open: false });
      else this.store.set({ phone: message.phone });
    });
    this.#siblings.share = () =>
      this.#kept?.token && this.store.now.phase === 'chat' ? { token: this.#kept.token, locale: this.store.now.locale } : undefined;
    this.#siblings.onRead = (seq) => this.#markRead(seq, false);
    this.#siblings.onErasing = (id) => this.store.now.phase === 'chat' && this.onErasure?.(id);
    addEventListener('online', () => void this.arrive());
    await this.arrive();
  }

  /** Up to the first page. Where that failed, it is tried again: by her own press, when she opens the chat, when the network is back. */
  async arrive(): Promise<void> {
    const { phase, busy } = this.store.now;
    if (busy || (phase !== 'loading' && phase !== 'unavailable')) return;
    this.store.set({ busy: true });
    this.#kept = readKept(this.#key);
    const wishes = [this.#kept?.locale ?? '', this.bridge.lang, ...navigator.languages];
    // The likely language is fetched beside the shop's answer, not after it; should that fail, it is said in this language.
    const words = this.speak(chooseLocale<PanelLocale>(wishes, LOCALES)).catch(() => undefined);
    try {
      const setup = await this.transport.json<WidgetSetup>('GET', `/v1/widget/${encodeURIComponent(this.#key)}`);
      await words;
      const offered = LOCALES.filter((locale) => setup.locales.includes(locale));
      const locale = chooseLocale<PanelLocale>(wishes, [offered[0] ?? 'en', ...offered]);
      this.store.set({ setup });
      await this.speak(locale);
      await this.#enter();
      this.store.clear('error');
      this.#ready();
    } catch (cause) {
      await words;
      this.store.set({ phase: 'unavailable', error: cause instanceof Refused && cause.status === 429 ? this.word(cause) : this.say('unavailable') });
      // Said once: the launcher answers it by opening, and each opening tries again.
      if (phase === 'loading') this.#ready();
    }
    this.store.set({ busy: false });
  }

  /** Back into a chat of this tab, or into one that another tab of this shop is in, or to the front door. */
  async #enter(): Promise<void> {
    if (this.#kept?.erasure) return this.onErasure?.(this.#kept.erasure);
    if (this.#kept?.token) return this.#resume();
    const shared = await this.#siblings.ask();
    if (!shared) return this.store.set({ phase: 'start' });
    this.#keep({ key: this.#key, ...shared });
    await this.speak(chooseLocale<PanelLocale>([shared.locale], LOCALES));
    await this.#resume();
    // The other tab's chat was over; this visitor has not even begun one.
    if (this.store.now.phase === 'expired') this.again();
  }

  async #resume(): Promise<void> {
    try {
      this.#begin(await this.transport.json<Conversation>('GET', '/v1/visitor/conversation'));
    } catch (cause) {
      if (cause instanceof Refused) {
        if (!this.#isOver(cause)) throw cause;
        this.refused(cause);
      } else {
        // Offline with a known chat: show what waits and let the line bring the rest.
        this.#begin({ id: '', state: 'open', lane: 'ai', last_seq: 0, messages: [] });
      }
    }
  }

  #ready(): void {
    const { setup } = this.store.now;
    const accent = setup?.look.accent ?? '';
    if (accent) this.onAccent?.(accent);
    this.bridge.say({
      t: 'ready',
      light: readableAccent(accent, '#ffffff').accent,
      dark: readableAccent(accent.toLowerCase() === '#285cc2' ? '#7daafd' : accent, '#13161b').accent,
      start: /left|start/.test(setup?.look.position ?? ''),
    });
    this.bridge.say({ t: 'lang', lang: this.store.now.locale });
    this.#countUnread();
  }

  async speak(locale: PanelLocale): Promise<void> {
    this.say = await loadSpeech(locale);
    this.store.set({ locale });
    if (this.#kept) this.#keep({ ...this.#kept, locale });
    this.bridge.say({ t: 'lang', lang: locale });
  }

  #keep(kept: Kept | undefined): void {
    this.#kept = kept;
    writeKept(this.#key, kept);
    this.bridge.say({ t: 'on', on: !!kept });
  }

  #opened(focus: boolean, phone: boolean): void {
    this.store.set({ open: true, phone });
    this.seen();
    if (focus) this.onFocus?.(phone);
    if (this.store.now.phase === 'unavailable') void this.arrive();
  }
  onFocus: ((phone: boolean) => void) | undefined;
  onAccent: ((accent: string) => void) | undefined;

  /** The visitor has agreed by pressing the button: only now does anything exist, here or on the server. */
  async start(): Promise<void> {
    const { busy, locale } = this.store.now;
    if (busy) return;
    this.store.clear('error');
    this.store.set({ busy: true });
    try {
      const body = { locale, ...(this.bridge.pageHost ? { page_host: this.bridge.pageHost } : {}) };
      const session = await this.transport.json<VisitorSession>('POST', `/v1/widget/${encodeURIComponent(this.#key)}/sessions`, body);
      this.#keep({ key: this.#key, token: session.token, locale });
      this.queue = this.#newQueue();
      this.#begin(session.conversation);
      if (!this.store.now.asks) this.surveyed();
    } catch (cause) {
      this.store.set({ error: this.word(cause) });
    }
    this.store.set({ busy: false });
  }

  /** The questions before the chat are behind her: what she typed first is sent now. */
  surveyed(): void {
    const { firstText } = this.store.now;
    this.store.set({ asks: false, firstText: '' });
    this.post(firstText);
  }

  #begin(conversation: Conversation): void {
    // Offline nobody knows yet whether she was asked; a chat that has begun must not vanish behind the questions.
    const asks = !!this.store.now.setup?.survey && !!conversation.id && !conversation.last_seq;
    this.store.set({ phase: 'chat', view: 'main', asks, waiting: this.queue.items, drafts: [] });
    this.adopt(conversation);
    this.#line = new Line(this, conversation.last_seq);
    this.#line.start();
    void this.queue.flush();
    this.seen();
  }

  adopt(conversation: Conversation): void {
    const { state, lane, agent } = conversation;
    this.store.set({ head: { state, lane, agent: agent ?? null } });
    this.take(conversation.messages);
  }

  take(messages: Message[]): void {
    const { now } = this.store;
    for (const { client_id: id } of messages) if (id && now.waiting.some((item) => item.clientId === id)) this.queue.drop(id);
    const arrived = new Set(messages.map((message) => message.client_id));
    this.store.set({ messages: mergeMessages(now.messages, messages), uploads: now.uploads.filter((up) => !arrived.has(up.id)) });
    const last = this.store.now.messages.at(-1);
    if (last && last.kind !== 'visitor') this.#settle();
    this.seen();
  }

  /** After a question to the AI, say so when the answer takes unusually long. */
  #awaitAnswer(): void {
    const { head, setup, messages } = this.store.now;
    clearTimeout(this.#slowTimer);
    if (head.lane !== 'ai' || !setup?.ai.enabled || messages.at(-1)?.kind !== 'visitor') return;
    this.store.set({ awaiting: true, status: this.say('writing') });
    this.#slowTimer = setTimeout(() => {
      this.store.set({ slow: true, status: this.say('slow') });
      this.#slowTimer = setTimeout(() => this.#settle(), GIVE_UP_MS);
    }, SLOW_MS);
  }

  #settle(): void {
    clearTimeout(this.#slowTimer);
    if (this.store.now.awaiting) this.store.set({ awaiting: false, slow: false });
  }

  /** Sends what has waited for the line. */
  flush(): void {
    void this.queue.flush();
    this.onBack?.();
  }
  onBack: (() => void) | undefined;

  post(text: string): void {
    if (!text.trim()) return;
    this.queue.add(text.trim());
  }

  async askPerson(): Promise<void> {
    if (this.store.now.asking || this.store.now.phase !== 'chat') return;
    this.store.clear('error');
    this.store.set({ asking: true, view: 'main' });
    try {
      const head = await this.transport.json<Partial<Conversation>>('POST', '/v1/visitor/person');
      const { head: known } = this.store.now;
      this.store.set({ head: { state: head.state ?? known.state, lane: head.lane ?? known.lane, agent: head.agent ?? null }, status: this.say('personAsked') });
    } catch (cause) {
      this.fail(cause);
    }
    this.store.set({ asking: false });
  }

  /** She wants a person to look at an answer; what comes of it is told in the thread. */
  async check(message: string): Promise<void> {
    this.store.clear('error');
    try {
      await this.transport.json('POST', `/v1/visitor/messages/${message}/review`);
    } catch (cause) {
      this.fail(cause);
    }
  }

  /** The visitor's own wish: no automatic answers, or automatic answers again. Without one, asks what it was. */
  async aiOptOut(wish?: boolean): Promise<void> {
    const path = '/v1/visitor/ai-opt-out';
    try {
      const { opted_out: optedOut } = wish === undefined
        ? await this.transport.json<{ opted_out: boolean }>('GET', path)
        : await this.transport.json<{ opted_out: boolean }>('POST', path, { opted_out: wish });
      this.store.set({ optedOut });
    } catch (cause) {
      if (wish !== undefined) this.fail(cause);
    }
  }

  /** Marks everything as read while the visitor looks at it. */
  seen(): void {
    const last = this.store.now.messages.at(-1);
    if (last && this.store.now.open && !document.hidden) this.#markRead(last.seq, true);
    this.#countUnread();
  }

  #markRead(seq: number, tell: boolean): void {
    if (!this.#kept || seq <= (this.#kept.read ?? 0)) return;
    this.#keep({ ...this.#kept, read: seq });
    if (tell) this.#siblings.read(seq);
    else this.#countUnread();
  }

  #unread = 0;
  #countUnread(): void {
    const read = this.#kept?.read ?? 0;
    const n = this.store.now.messages.filter((message) => message.seq > read && (message.kind === 'ai' || message.kind === 'agent' || /^review_[^o]/.test(message.system?.code ?? ''))).length;
    if (n !== this.#unread) this.bridge.say({ t: 'unread', n });
    this.#unread = n;
  }

  /** What can be tried again: an older failure stays in sight, and its button with it, until it went well. */
  async attempt(deed: () => Promise<void>): Promise<void> {
    this.store.set({ busy: true });
    try {
      await deed();
      this.store.clear('error');
    } catch (cause) {
      this.fail(cause);
    }
    this.store.set({ busy: false });
  }

  /** Words for a failure that the visitor can do something about. */
  word(cause: unknown): string {
    if (!(cause instanceof Refused)) return this.say('unreachable');
    if (cause.status === 429) return this.say('refusedRate', { n: cause.retryAfter ?? 5 });
    return cause.message || this.say('broken');
  }

  fail(cause: unknown): void {
    if (cause instanceof Refused && (cause.status === 401 || cause.status === 410)) this.refused(cause);
    else this.store.set({ error: this.word(cause) });
  }

  #isOver({ status }: Refused): boolean {
    return status === 401 || status === 404 || status === 410;
  }

  /** The session is over: it ran out (401), or the person was erased (410). */
  refused(refusal: Refused): void {
    if (this.store.now.phase === 'erasing') return;
    if (this.#isOver(refusal)) {
      this.forget();
      this.store.set({ phase: refusal.status === 410 ? 'gone' : 'expired', view: 'main' });
    } else this.store.set({ error: this.word(refusal) });
  }

  tellErasing(id: string): void {
    this.#siblings.erasing(id);
  }

  /** Leaves nothing of the chat in this browser; an erasure under way may leave its own number until it is done. */
  forget(erasure?: string): void {
    this.#line?.stop();
    this.#line = undefined;
    clearTimeout(this.#slowTimer);
    this.queue.close();
    this.#keep(erasure ? { key: this.#key, erasure, locale: this.store.now.locale } : undefined);
    this.store.set({ messages: [], drafts: [], waiting: [], uploads: [], offline: false, awaiting: false, slow: false, firstText: '', typed: '', head: { state: 'open', lane: 'ai' } });
    this.#countUnread();
  }

  again(): void {
    this.store.clear('error');
    this.store.clear('erasure');
    this.store.set({ phase: 'start', view: 'main', status: '' });
  }
}
