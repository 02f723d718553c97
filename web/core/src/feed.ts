// A live stream over fetch that comes back by itself and asks only for what it has not seen.
import { EventParser, type FeedEvent } from './sse.ts';
import { refusalFrom, Refused } from './transport.ts';

export type FeedState = 'connecting' | 'open' | 'lost' | 'stopped';

export interface FeedOptions {
  /** Address for the next connection, given the highest event number already seen. */
  url: (cursor: number) => string;
  headers?: () => Record<string, string>;
  /** Highest event number already known when the feed starts. */
  cursor?: number;
  onEvent: (event: FeedEvent) => void;
  onState?: (state: FeedState) => void;
  /** The server will not serve this stream (expired, erased, unknown): the feed has stopped. */
  onRefused?: (refusal: Refused) => void;
  fetch?: typeof fetch;
  /** Chance between 0 and 1, so that a thousand clients do not come back in the same instant. */
  chance?: () => number;
}

/** The server sends a comment every 15 s; longer silence than this means a dead line. */
const SILENCE_MS = 40_000;
const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 15_000;

export class Feed {
  readonly #options: FeedOptions;
  #cursor: number;
  #stopped = true;
  #round = 0;
  #tries = 0;
  #abort: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#cursor = options.cursor ?? 0;
  }

  get cursor(): number {
    return this.#cursor;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#tries = 0;
    void this.#connect();
  }

  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#round += 1;
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#options.onState?.('stopped');
  }

  /** Try again now, for instance because the browser says that the network is back. */
  nudge(): void {
    if (this.#stopped) return;
    this.#round += 1;
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#tries = 0;
    void this.#connect();
  }

  async #connect(): Promise<void> {
    const round = ++this.#round;
    this.#options.onState?.('connecting');
    const abort = new AbortController();
    this.#abort = abort;
    try {
      await this.#read(abort, round);
    } catch (cause) {
      if (round !== this.#round) return;
      if (cause instanceof Refused && cause.status !== 429) {
        this.stop();
        this.#options.onRefused?.(cause);
        return;
      }
    }
    if (round === this.#round) this.#later();
  }

  async #read(abort: AbortController, round: number): Promise<void> {
    const ask = this.#options.fetch ?? ((input, init) => fetch(input, init));
    const headers: Record<string, string> = { accept: 'text/event-stream', ...this.#options.headers?.() };
    if (this.#cursor > 0) headers['last-event-id'] = String(this.#cursor);
    const response = await ask(this.#options.url(this.#cursor), {
      headers,
      signal: abort.signal,
      cache: 'no-store',
      credentials: 'same-origin',
    });
    if (!response.ok) throw await refusalFrom(response);
    const reader = response.body?.getReader();
    if (!reader || round !== this.#round) return;
    this.#tries = 0;
    this.#options.onState?.('open');
    const parser = new EventParser();
    const decoder = new TextDecoder();
    let watch = setTimeout(() => abort.abort(), SILENCE_MS);
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done || round !== this.#round) return;
        clearTimeout(watch);
        watch = setTimeout(() => abort.abort(), SILENCE_MS);
        for (const event of parser.push(decoder.decode(value, { stream: true }))) this.#take(event, round);
      }
    } finally {
      clearTimeout(watch);
    }
  }

  #take(event: FeedEvent, round: number): void {
    if (round !== this.#round) return;
    const number = Number(event.id);
    if (event.id !== undefined && Number.isFinite(number)) this.#cursor = Math.max(this.#cursor, number);
    this.#options.onEvent(event);
  }

  #later(): void {
    this.#options.onState?.('lost');
    const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(this.#tries, 10));
    this.#tries += 1;
    const chance = this.#options.chance ?? Math.random;
    this.#timer = setTimeout(() => void this.#connect(), ceiling * (0.6 + 0.4 * chance()));
  }
}
