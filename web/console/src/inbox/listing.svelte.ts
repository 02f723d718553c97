// The list of conversations: asked by filter, kept current by the live line, never moved under the pointer.
import { api } from '../api/client.ts';
import type { Counts, Summary } from '../api/types.ts';
import { Load } from '../lib/load.svelte.ts';
import { session } from '../lib/session.svelte.ts';
import { trouble } from '../lib/trouble.ts';
import { toasts } from '../lib/toast.svelte.ts';
import { askFor, belongs, order, writeFilter, type Filter } from './filter.ts';

const COUNT_AGAIN_MS = 400;

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
  #asked = '';

  show(filter: Filter): void {
    const key = writeFilter(filter);
    if (key === this.#asked && this.load.value) return;
    if (key !== this.#asked) {
      this.items = [];
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
      this.next = found.next ?? undefined;
      this.#waiting.clear();
      this.held = 0;
      for (const summary of since.values()) if (summary) this.take(summary);
      return true;
    });
  }

  async more(): Promise<void> {
    const before = this.next;
    if (!before) return;
    this.next = undefined;
    try {
      const found = await api.conversations({ ...askFor(this.filter), before });
      const known = new Set(this.items.map((item) => item.id));
      this.items = [...this.items, ...found.items.filter((item) => !known.has(item.id))];
      this.next = found.next ?? undefined;
    } catch (cause) {
      this.next = before;
      toasts.warn(trouble(cause).text);
    }
  }

  /** A conversation changed, by us or by somebody else. */
  take(summary: Summary): void {
    this.#since?.set(summary.id, summary);
    this.#countSoon();
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
    this.#countSoon();
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

  #countSoon(): void {
    this.#timer ??= setTimeout(async () => {
      this.#timer = undefined;
      const found = await api.conversations(askFor(this.filter)).catch(() => undefined);
      if (found) this.counts = found.counts;
    }, COUNT_AGAIN_MS);
  }
}

export const listing = new Listing();
