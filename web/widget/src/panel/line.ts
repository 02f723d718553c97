// The live line to the server: what arrives while the chat is open, streamed words in batches, and when to say "offline".
import { coalesce, Feed, type ConversationHead, type Conversation, type FeedEvent, type FeedState, type Message } from '@confidante/core';
import type { Chat } from './chat.ts';
import { plainText } from './plain.ts';
import { noteOf } from './speech.ts';

const OFFLINE_MS = 3_000;

interface Piece {
  draft_id: string;
  append: string;
}

export class Line {
  readonly #chat: Chat;
  readonly #feed: Feed;
  #offlineTimer: ReturnType<typeof setTimeout> | undefined;
  #wasLost = false;
  readonly #pieces = coalesce<Piece>((pieces) => this.#append(pieces));

  constructor(chat: Chat, cursor: number) {
    this.#chat = chat;
    this.#feed = new Feed({
      url: (after) => chat.transport.url(`/v1/visitor/stream?after=${after}`),
      headers: () => chat.transport.headers(),
      cursor,
      onEvent: (event) => this.#hear(event),
      onState: (state) => this.#turn(state),
      onRefused: (refusal) => chat.refused(refusal),
    });
  }

  start(): void {
    this.#feed.start();
    addEventListener('online', this.#nudge);
    addEventListener('offline', this.#gap);
    document.addEventListener('visibilitychange', this.#look);
  }

  stop(): void {
    this.#feed.stop();
    clearTimeout(this.#offlineTimer);
    removeEventListener('online', this.#nudge);
    removeEventListener('offline', this.#gap);
    document.removeEventListener('visibilitychange', this.#look);
  }

  readonly #nudge = (): void => {
    this.#feed.nudge();
    this.#chat.flush();
  };

  readonly #look = (): void => {
    if (!document.hidden) this.#chat.seen();
  };

  #turn(state: FeedState): void {
    const { store } = this.#chat;
    if (state === 'open') {
      clearTimeout(this.#offlineTimer);
      this.#offlineTimer = undefined;
      // The server repeats any answer in progress from its beginning, so half-known ones are dropped first.
      store.set({ drafts: [], ...(store.now.offline ? { offline: false, status: this.#chat.say('catchingUp') } : {}) });
      if (this.#wasLost) void this.#catchUp();
      this.#wasLost = false;
    } else if (state === 'lost') this.#gap();
  }

  /** A gap is worth a word only when it lasts. The browser may know of it before the stream breaks. */
  readonly #gap = (): void => {
    this.#wasLost = true;
    this.#offlineTimer ??= setTimeout(() => this.#chat.store.set({ offline: true, status: this.#chat.say('offline') }), OFFLINE_MS);
  };

  /** Messages come again from the cursor; who is answering is asked for anew. */
  async #catchUp(): Promise<void> {
    this.#chat.flush();
    try {
      this.#chat.adopt(await this.#chat.transport.json<Conversation>('GET', '/v1/visitor/conversation'));
    } catch {
      // The feed will report what is wrong with the session, if anything is.
    }
  }

  #hear(event: FeedEvent): void {
    let body: unknown;
    try {
      body = JSON.parse(event.data);
    } catch {
      return;
    }
    if (event.type === 'message') this.#message(body as Message);
    else if (event.type === 'draft') this.#draft(body as { draft_id: string; text: string });
    else if (event.type === 'delta') this.#pieces(body as Piece);
    else if (event.type === 'draft_end') this.#draftEnd((body as { draft_id: string; reason: string }).draft_id, (body as { reason: string }).reason);
    else if (event.type === 'conversation') this.#head(body as ConversationHead);
    else if (event.type === 'erased') this.#chat.onErasure?.((body as { erasure_id: string }).erasure_id);
  }

  #message(message: Message): void {
    const { store, say } = this.#chat;
    if (message.kind === 'ai') {
      this.#pieces.flush();
      store.set({ drafts: [] });
    }
    const known = store.now.messages.some((other) => other.id === message.id);
    this.#chat.take([message]);
    if (known) return;
    if (message.kind === 'ai') store.set({ status: `${say('aiName')}: ${plainText(message.text)}` });
    else if (message.kind === 'agent') store.set({ status: `${message.author ?? say('someone')}: ${message.text}` });
    else if (message.system?.about) store.set({ status: `${noteOf(this.#chat, message)} ${message.text}` });
    else if (message.system?.code === 'person_joined') {
      store.set({ drafts: [], status: say('sysPersonJoined', { name: message.system.name ?? say('someone') }) });
    }
  }

  #draft(draft: { draft_id: string; text: string }): void {
    const others = this.#chat.store.now.drafts.filter((known) => known.id !== draft.draft_id);
    this.#chat.store.set({ drafts: [...others, { id: draft.draft_id, text: draft.text }], status: this.#chat.say('writing') });
  }

  #append(pieces: Piece[]): void {
    const { store, say } = this.#chat;
    if (store.now.head.lane === 'human') return;
    const drafts = store.now.drafts.map((draft) => ({ ...draft }));
    for (const piece of pieces) {
      const draft = drafts.find((known) => known.id === piece.draft_id);
      if (draft) draft.text += piece.append;
      else drafts.push({ id: piece.draft_id, text: piece.append });
    }
    store.set({ drafts, slow: false, status: say('writing') });
  }

  /** A finished draft stays until its message replaces it; a silenced or failed one goes at once. */
  #draftEnd(id: string, reason: string): void {
    this.#pieces.flush();
    if (reason === 'done') return;
    const { store } = this.#chat;
    store.set({ drafts: store.now.drafts.filter((draft) => draft.id !== id), status: '' });
  }

  #head(head: ConversationHead): void {
    const { store } = this.#chat;
    store.set({ head, ...(head.lane === 'human' ? { drafts: [] } : {}) });
  }
}
