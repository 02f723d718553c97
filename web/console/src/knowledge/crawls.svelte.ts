// Sources and how far their crawls are, kept current by the live line.
import { api } from '../api/client.ts';
import type { Crawl, Source } from '../api/types.ts';
import { live } from '../lib/live.svelte.ts';
import { Load } from '../lib/load.svelte.ts';
import { toasts } from '../lib/toast.svelte.ts';
import { trouble } from '../lib/trouble.ts';

class Sources {
  items: Source[] = $state.raw([]);
  readonly load = new Load<true>();

  refresh(): Promise<void> {
    return this.load.ask(async () => {
      this.items = (await api.sources()).items;
      return true;
    });
  }

  take(source: Source): void {
    const known = this.items.some((item) => item.id === source.id);
    this.items = known ? this.items.map((item) => (item.id === source.id ? source : item)) : [...this.items, source];
  }

  takeCrawl(crawl: Crawl): void {
    const ended = crawl.state === 'done' || crawl.state === 'failed' || crawl.state === 'stopped';
    this.items = this.items.map((item) => (item.id === crawl.source_id ? { ...item, crawl } : item));
    // The number of pages and the date of the crawl belong to the source and change at its end.
    if (ended) void this.refresh();
  }

  async move(id: string, move: 'crawl' | 'pause' | 'resume' | 'stop'): Promise<void> {
    try {
      this.take(await api.crawl(id, move));
    } catch (cause) {
      toasts.warn(trouble(cause).text);
    }
  }

  /** For an effect: listens as long as the screen is open. */
  follow(): () => void {
    void this.refresh();
    return live.listen(({ type, body }) => {
      if (type === 'crawl') this.takeCrawl(body as Crawl);
    });
  }
}

export const sources = new Sources();
