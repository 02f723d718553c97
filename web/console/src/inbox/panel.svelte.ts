// What the panel beside the thread shows: which answer is explained, and whether the panel is open on a narrow screen.
import type { Seen, Why } from '../api/types.ts';
import { api } from '../api/client.ts';
import { Load } from '../lib/load.svelte.ts';
import { thread } from './thread.svelte.ts';

export type Tab = 'why' | 'person';

class Panel {
  tab: Tab = $state('why');
  /** The answer that is explained. */
  message: string | undefined = $state();
  /** The sheet on narrow screens. */
  sheet = $state(false);
  readonly why = new Load<Why>();
  readonly seen = new Load<Seen>();
  /** The source that was pressed last, to be marked. */
  source: number | undefined = $state();

  explain(message: string | undefined, source?: number): void {
    this.source = source;
    if (message === this.message) return;
    this.message = message;
    this.why.clear();
    this.seen.clear();
    if (message) this.ask(message);
  }

  ask(message: string): void {
    void this.why.ask((signal) => api.why(message, signal, thread.reason));
    void this.seen.ask((signal) => api.seen(message, signal, thread.reason));
  }

  show(tab: Tab): void {
    this.tab = tab;
    this.sheet = true;
  }
}

export const panel = new Panel();
