// One thing asked from the server: loading (shown only after a moment), here, or failed with words.
import { Refused } from '@confidante/core';
import { session } from './session.svelte.ts';
import { trouble, type Trouble } from './trouble.ts';

/** Faster answers show no skeleton at all: a flash is worse than a short wait. */
const QUIET_MS = 150;

export class Load<T> {
  value: T | undefined = $state.raw();
  trouble: Trouble | undefined = $state.raw();
  slow = $state(false);
  #round = 0;
  #abort: AbortController | undefined;

  /** Asks again; only the latest question counts. The old value stays until the new one is here. */
  async ask(question: (signal: AbortSignal) => Promise<T>): Promise<void> {
    const round = ++this.#round;
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    const timer = setTimeout(() => round === this.#round && (this.slow = true), QUIET_MS);
    try {
      const value = await question(abort.signal);
      if (round !== this.#round) return;
      this.value = value;
      this.trouble = undefined;
    } catch (cause) {
      if (round !== this.#round) return;
      if (cause instanceof Refused && cause.status === 401) session.end();
      this.trouble = trouble(cause);
    } finally {
      clearTimeout(timer);
      if (round === this.#round) this.slow = false;
    }
  }

  /** Puts in what a deed has answered: a question asked before it is older and no longer counts. */
  take(value: T): void {
    this.clear();
    this.value = value;
  }

  clear(): void {
    this.#round += 1;
    this.#abort?.abort();
    this.value = undefined;
    this.trouble = undefined;
    this.slow = false;
  }
}
