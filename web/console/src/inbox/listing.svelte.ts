// The list of conversations: asked by filter, kept current by the live line, never moved under the pointer.
import { api } from '../api/client.ts';
import type { Counts, Summary } from '../api/types.ts';
import { Load } from '../lib/load.svelte.ts';
import { session } from '../lib/session.svelte.ts';
import { trouble } from '../lib/trouble.ts';
import { toasts } from '../lib/toast.svelte.ts';
import { askFor, belongs, countedAs, order, writeFilter, type Filter } from './filter.ts';

const COUNT_AGAIN_MS = 400;
/** A console nobody looks at counts for the name of its tab alone. */
const COUNT_HIDDEN_MS = 5_000;
/** The server counts with every list, and notes each one asked for: this is the shortest. */
const SHORTEST = { state: 'open', lane: 'waiting', assignee: 'me' };

class Listing {
  filter: Filter = $state.raw({ view: 'open', lane: '', q: '' });
  items: Summary[] = $state.raw([]);
  counts: Counts | undefined = $state.raw();
  next: string | undefined = $state.raw();
  /** Changes that wait until the pointer leaves the list. */
  held = $state(0);
  /** Conversations with news since they were last opened here. */
  unread: Record<string, boolean> = $state({});
  readonly load = new Load<true>();
  #pointer = false;
  #waiting = new Map<string, Summary>();
  /** What the live line has brought since the list was asked for, and nothing for what has gone: the answer may be older. */
  #since: Map<string, Summary | undefined> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How each conversation was last counted. */
  #counted = new Map<string, string>();
  #asked = '';

  show(filter: Filter): void {
    const key = writeFilter(filter);
    if (key === this.#asked && this.load.value) return;
    if (key !== this.#asked) {
      this.items = [];
      this.next = undefined;
      this.load.clear();
    }
    this.#asked = key;
    this.filter = filter;
    void this.refresh();
  }

  refresh(): Promise<void> {
    const since = new Map<string, Summary | undefined>();
    this.#since = since;
    return this.load.ask(async (signal) => {
      const found = await api.conversations(askFor(this.filter), signal);
      if (this.#since === since) this.#since = undefined;
      this.items = found.items.filter((item) => !since.has(item.id) || since.get(item.id)).sort(order);
      this.counts = found.counts;
      this.#remember(found.items);
      this.next = found.next ?? undefined;
      this.#waiting.clear();
      this.held = 0;
      for (const summary of since.values()) if (summary) this.take(summary);
      return true;
    });
  }

  async more(): Promise<void> {
    const [before, filter] = [this.next, this.filter];
    if (!before) return;
    this.next = undefined;
    try {
      const found = await api.conversations({ ...askFor(filter), before });
      // Meanwhile another list may be shown.
      if (filter !== this.filter) return;
      const known = new Set(this.items.map((item) => item.id));
      this.items = [...this.items, ...found.items.filter((item) => !known.has(item.id))];
      this.#remember(found.items);
      this.next = found.next ?? undefined;
    } catch (cause) {
      if (filter !== this.filter) return;
      this.next = before;
      toasts.warn(trouble(cause).text);
    }
  }

  /** A conversation changed, by us or by somebody else. */
  take(summary: Summary): void {
    this.#since?.set(summary.id, summary);
    if (this.#counted.get(summary.id) !== countedAs(summary)) this.countSoon();
    this.#remember([summary]);
    const known = this.items.some((item) => item.id === summary.id);
    if (known) {
      // The row shows its news at once; only its place waits.
      this.items = this.items.map((item) => (item.id === summary.id ? summary : item));
    } else if (this.filter.q || !belongs(summary, this.filter, session.me?.member.id ?? '')) {
      return;
    }
    this.#waiting.set(summary.id, summary);
    if (this.#pointer) this.held = known ? this.held : this.held + 1;
    else this.settle();
  }

  markUnread(id: string): void {
    this.unread[id] = true;
  }

  markRead(id: string): void {
    delete this.unread[id];
  }

  remove(id: string): void {
    this.#since?.set(id, undefined);
    this.items = this.items.filter((item) => item.id !== id);
    this.#counted.delete(id);
    this.countSoon();
  }

  pointer(inside: boolean): void {
    this.#pointer = inside;
    if (!inside) this.settle();
  }

  /** Lets what was held fall into place. */
  settle(): void {
    if (this.#waiting.size === 0) return;
    const me = session.me?.member.id ?? '';
    const rest = this.items.filter((item) => !this.#waiting.has(item.id));
    const changed = [...this.#waiting.values()].filter((item) => this.filter.q || belongs(item, this.filter, me));
    this.#waiting.clear();
    this.held = 0;
    this.items = [...rest, ...changed].sort(order);
  }

  countSoon(): void {
    this.#timer ??= setTimeout(async () => {
      this.#timer = undefined;
      const found = await api.conversations(SHORTEST).catch(() => undefined);
      if (found) this.counts = found.counts;
    }, document.hidden ? COUNT_HIDDEN_MS : COUNT_AGAIN_MS);
  }

  #remember(summaries: readonly Summary[]): void {
    for (const summary of summaries) this.#counted.set(summary.id, countedAs(summary));
  }
}

export const listing = new Listing();
