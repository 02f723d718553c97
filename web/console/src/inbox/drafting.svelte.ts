// What the AI is writing at this moment, conversation by conversation, painted in batches.
import { coalesce } from '@confidante/core';

interface Piece { conversation: string; draft: string; append: string; whole: boolean }

class Drafting {
  /** Text so far by conversation. */
  texts: Record<string, string> = $state({});
  #drafts = new Map<string, string>();
  #gather = coalesce<Piece>((pieces) => {
    for (const piece of pieces) {
      const same = this.#drafts.get(piece.conversation) === piece.draft;
      this.#drafts.set(piece.conversation, piece.draft);
      this.texts[piece.conversation] = same && !piece.whole ? (this.texts[piece.conversation] ?? '') + piece.append : piece.append;
    }
  });

  add(piece: Piece): void {
    this.#gather(piece);
  }

  end(conversation: string): void {
    this.#gather.flush();
    this.#drafts.delete(conversation);
    delete this.texts[conversation];
  }

  clear(): void {
    this.#gather.flush();
    this.#drafts.clear();
    this.texts = {};
  }
}

export const drafting = new Drafting();
