// The one live line to the server: who listens, whether it is open, and what to do when it comes back.
import { Feed, type FeedState } from '@confidante/core';
import { api } from '../api/client.ts';
import { session } from './session.svelte.ts';

export interface Happening { type: string; body: unknown }
type Listener = (happening: Happening) => void;

/** A short gap is no news; people are told only after this. */
const TELL_AFTER_MS = 3_000;

class LiveLine {
  /** True when the line has been down for a while. */
  lost = $state(false);
  /** Goes up each time the line comes back, so that views ask for what they missed. */
  returns = $state(0);
  #listeners = new Set<Listener>();
  #feed: Feed | undefined;
  #opened = false;
  #greeted = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  start(): void {
    if (this.#feed) return;
    this.#opened = false;
    this.#feed = new Feed({
      url: () => api.streamUrl,
      onEvent: (event) => this.#take(event.type, event.data),
      onState: (state) => this.#state(state),
      onRefused: (refusal) => {
        this.stop();
        if (refusal.status === 401) session.end();
      },
    });
    this.#feed.start();
  }

  stop(): void {
    const feed = this.#feed;
    this.#feed = undefined;
    feed?.stop();
    clearTimeout(this.#timer);
    this.lost = false;
  }

  nudge(): void {
    this.#feed?.nudge();
  }

  /** Listens until the returned function is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #take(type: string, text: string): void {
    let body: unknown;
    try {
      body = JSON.parse(text);
    } catch {
      return;
    }
    // The server greets once for each connection; a second greeting says that we fell behind.
    if (type === 'hello') {
      if (this.#greeted) this.returns += 1;
      this.#greeted = true;
      return;
    }
    for (const listener of this.#listeners) listener({ type, body });
  }

  #state(state: FeedState): void {
    if (state === 'open') {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.lost = false;
      this.#greeted = false;
      if (this.#opened) this.returns += 1;
      this.#opened = true;
    } else if (state === 'lost') {
      this.#timer ??= setTimeout(() => (this.lost = true), TELL_AFTER_MS);
    }
  }
}

export const live = new LiveLine();
