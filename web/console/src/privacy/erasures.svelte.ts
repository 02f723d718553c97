// Erasures and how far they are, from the live line and, while one runs, by asking again.
import { api } from '../api/client.ts';
import type { Erasure, Person } from '../api/types.ts';
import { live } from '../lib/live.svelte.ts';

const ASK_AGAIN_MS = 700;

class Erasures {
  /** Whose erasure is asked for in the window over everything; it outlives the screen that opened it. */
  asked: Person | undefined = $state.raw();
  byId: Record<string, Erasure> = $state({});
  readonly items: Erasure[] = $derived(Object.values(this.byId).sort((a, b) => b.created_at - a.created_at));
  #watched = new Set<string>();

  constructor() {
    live.listen(({ type, body }) => {
      if (type === 'erasure') this.#take(body as Erasure);
    });
  }

  async refresh(): Promise<void> {
    const found = await api.erasures();
    for (const item of found.items) {
      this.#take(item);
      if (item.state === 'running') void this.watch(item.id);
    }
  }

  /** Follows one until it has ended. */
  async watch(id: string): Promise<void> {
    if (this.#watched.has(id)) return;
    this.#watched.add(id);
    for (let misses = 0; misses < 20; ) {
      const found = await api.erasure(id).catch(() => undefined);
      if (!found) misses += 1;
      else {
        this.#take(found);
        if (found.state !== 'running') break;
      }
      await new Promise((wake) => setTimeout(wake, ASK_AGAIN_MS));
    }
    this.#watched.delete(id);
  }

  #take(item: Erasure): void {
    if (item.id && Array.isArray(item.steps)) this.byId[item.id] = item;
  }
}

export const erasures = new Erasures();
