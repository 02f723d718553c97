// Messages on their way: kept across reloads, sent in order, each exactly once because its client id travels with it.
import { Refused } from './transport.ts';

export type WaitingState = 'sending' | 'waiting' | 'failed';

export interface Waiting {
  clientId: string;
  text: string;
  state: WaitingState;
  /** When it was written, for its place in the thread. */
  at: number;
  /** Why the server refused it, in the server's words. */
  reason?: string;
}

/** Where the queue survives a reload. The owner decides which browser storage that is. */
export interface Shelf {
  read: () => string | null;
  write: (text: string | null) => void;
}

export interface QueueOptions {
  send: (item: Waiting) => Promise<void>;
  shelf: Shelf;
  onChange: () => void;
  now?: () => number;
  newId?: () => string;
}

const RETRY_MS = 4_000;

/**
 * The time, then chance: ids of one moment lie side by side in the server's index. Also works where `crypto.randomUUID` is
 * missing (plain http on an intranet).
 */
export function newClientId(): string {
  const chance = crypto.getRandomValues(new Uint8Array(10));
  const digits = Array.from(chance, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return Date.now().toString(16).padStart(12, '0') + digits;
}

export class SendQueue {
  readonly #options: QueueOptions;
  #items: Waiting[] = [];
  #busy = false;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#items = readItems(options.shelf.read());
  }

  get items(): readonly Waiting[] {
    return this.#items;
  }

  add(text: string): Waiting {
    const clientId = (this.#options.newId ?? newClientId)();
    const at = (this.#options.now ?? Date.now)();
    const item: Waiting = { clientId, text, state: 'waiting', at };
    this.#items = [...this.#items, item];
    this.#changed();
    void this.flush();
    return item;
  }

  retry(clientId: string): void {
    this.#mark(clientId, 'waiting');
    void this.flush();
  }

  drop(clientId: string): void {
    this.#items = this.#items.filter((item) => item.clientId !== clientId);
    this.#changed();
  }

  /** Forget everything, here and on the shelf, and send nothing more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#items = [];
    this.#options.shelf.write(null);
    this.#options.onChange();
  }

  /** Sends what waits, oldest first. A message that the server refuses does not hold up the next one. */
  async flush(): Promise<void> {
    if (this.#busy || this.#closed) return;
    this.#busy = true;
    clearTimeout(this.#timer);
    try {
      for (;;) {
        const next = this.#items.find((item) => item.state === 'waiting');
        if (!next || this.#closed) return;
        this.#mark(next.clientId, 'sending');
        const pause = await this.#send(next);
        if (pause !== undefined) {
          if (!this.#closed) this.#timer = setTimeout(() => void this.flush(), pause);
          return;
        }
      }
    } finally {
      this.#busy = false;
    }
  }

  /** Returns how long to pause when the message must wait, nothing when the next one may go. */
  async #send(item: Waiting): Promise<number | undefined> {
    try {
      await this.#options.send(item);
      this.drop(item.clientId);
      return undefined;
    } catch (cause) {
      if (!(cause instanceof Refused)) {
        this.#mark(item.clientId, 'waiting');
        return RETRY_MS;
      }
      if (cause.status === 429) {
        this.#mark(item.clientId, 'waiting');
        return (cause.retryAfter ?? 5) * 1000;
      }
      this.#mark(item.clientId, 'failed', cause.message);
      return undefined;
    }
  }

  #mark(clientId: string, state: WaitingState, reason?: string): void {
    this.#items = this.#items.map((item) => {
      if (item.clientId !== clientId) return item;
      const { reason: _old, ...rest } = item;
      return reason === undefined ? { ...rest, state } : { ...rest, state, reason };
    });
    this.#changed();
  }

  #changed(): void {
    if (this.#closed) return;
    this.#options.shelf.write(this.#items.length > 0 ? JSON.stringify(this.#items) : null);
    this.#options.onChange();
  }
}

/** What lay on the shelf, distrusted: a half-written or foreign value is an empty queue. */
function readItems(text: string | null): Waiting[] {
  if (!text) return [];
  try {
    const found: unknown = JSON.parse(text);
    if (!Array.isArray(found)) return [];
    return found.filter(isWaiting).map((item) => (item.state === 'sending' ? { ...item, state: 'waiting' } : item));
  } catch {
    return [];
  }
}

function isWaiting(value: unknown): value is Waiting {
  const item = value as Partial<Waiting> | null;
  return typeof item?.clientId === 'string' && typeof item.text === 'string' && typeof item.at === 'number';
}
