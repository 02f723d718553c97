// Other tabs of the same shop in the same browser: they share the chat without anything being stored for it.

interface Share {
  token: string;
  locale: string;
}

type Word = { t: 'who'; key: string } | ({ t: 'here'; key: string } & Share) | { t: 'read'; key: string; seq: number } | { t: 'erasing'; key: string; id: string };

const ANSWER_MS = 150;

export class Siblings {
  readonly #channel: BroadcastChannel | undefined;
  readonly #key: string;
  share: (() => Share | undefined) | undefined;
  onRead: ((seq: number) => void) | undefined;
  onErasing: ((id: string) => void) | undefined;
  #found: ((share: Share) => void) | undefined;

  constructor(key: string) {
    this.#key = key;
    try {
      this.#channel = new BroadcastChannel('confidante');
      this.#channel.onmessage = (event: MessageEvent<Word>) => this.#hear(event.data);
    } catch {
      // No channel, no siblings: each tab is then a chat of its own.
    }
  }

  #hear(word: Word): void {
    if (word.key !== this.#key) return;
    if (word.t === 'who') {
      const share = this.share?.();
      if (share) this.#say({ t: 'here', key: this.#key, ...share });
    } else if (word.t === 'here') this.#found?.(word);
    else if (word.t === 'read') this.onRead?.(word.seq);
    else this.onErasing?.(word.id);
  }

  #say(word: Word): void {
    this.#channel?.postMessage(word);
  }

  /** Asks whether another tab is already in a chat; silence for a moment means no. */
  async ask(): Promise<Share | undefined> {
    if (!this.#channel) return undefined;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(undefined), ANSWER_MS);
      this.#found = (share) => {
        clearTimeout(timer);
        this.#found = undefined;
        resolve(share);
      };
      this.#say({ t: 'who', key: this.#key });
    });
  }

  erasing(id: string): void {
    this.#say({ t: 'erasing', key: this.#key, id });
  }

  read(seq: number): void {
    this.#say({ t: 'read', key: this.#key, seq });
  }
}
