// Everything the panel shows, as one value; views read it, deeds replace it.
import type { ConversationHead, Erasure, Message, Waiting, WidgetSetup } from '@confidante/core';
import type { WidgetWords } from '@confidante/core/words/en';

export const LOCALES = ['en', 'de', 'ar'] as const;
export type PanelLocale = (typeof LOCALES)[number];
export type WordKey = keyof WidgetWords;

export interface Upload {
  id: string;
  name: string;
  /** In memory only, so that it can be sent once more. */
  file: File;
  /** 0 to 1 */
  share: number;
  /** Why it did not go, already worded. */
  failed?: string | undefined;
  /** The network took it or its answer: it goes again when the line is back. */
  lost?: boolean;
}

export interface PanelState {
  phase: 'loading' | 'unavailable' | 'start' | 'chat' | 'erasing' | 'expired' | 'gone';
  view: 'main' | 'export' | 'erase' | 'choices';
  /** The shop asks something before the first message, and she may not have answered. */
  asks: boolean;
  setup?: WidgetSetup;
  locale: PanelLocale;
  head: ConversationHead;
  messages: Message[];
  drafts: { id: string; text: string }[];
  waiting: readonly Waiting[];
  uploads: Upload[];
  /** True once the line has been down for a while; short gaps are not worth a word. */
  offline: boolean;
  busy: boolean;
  /** She wants no automatic answers; unknown until the menu is opened. */
  optedOut?: boolean;
  asking: boolean;
  /** A question was just sent and the AI has not begun to answer. */
  awaiting: boolean;
  /** The AI has been quiet for too long after a question. */
  slow: boolean;
  error?: string;
  /** What the one `role=status` node says. */
  status: string;
  /** Typed before the chat began; lives in memory only. */
  firstText: string;
  /** Typed into the chat and not yet sent; lives in memory only. */
  typed: string;
  open: boolean;
  phone: boolean;
  erasure?: Erasure;
  /** SHA-256 of the receipt, for whoever wants to compare. */
  fingerprint?: string;
}

export const INITIAL: PanelState = {
  phase: 'loading',
  view: 'main',
  asks: false,
  locale: 'en',
  head: { state: 'open', lane: 'ai' },
  messages: [],
  drafts: [],
  waiting: [],
  uploads: [],
  offline: false,
  busy: false,
  asking: false,
  awaiting: false,
  slow: false,
  status: '',
  firstText: '',
  typed: '',
  open: false,
  phone: false,
};

export class Store {
  #state = INITIAL;
  #listeners = new Set<() => void>();

  get now(): PanelState {
    return this.#state;
  }

  set(change: Partial<PanelState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }

  /** Takes an optional value away, which spreading cannot do. */
  clear(name: 'error' | 'erasure' | 'fingerprint'): void {
    const { [name]: _gone, ...rest } = this.#state;
    this.#state = rest;
    for (const listener of this.#listeners) listener();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

/** One list in the order of the server, each message once. */
export function mergeMessages(known: Message[], fresh: Message[]): Message[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of fresh) if (message.kind !== 'note') byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}
