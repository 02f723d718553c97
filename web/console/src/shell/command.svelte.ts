// The deeds a screen offers to the keyboard and to the palette, and the two windows that show them.
import type { Deed } from '../lib/keys.ts';

export interface Command { name: string; keys?: string; run: () => void; group: string }

class Commands {
  palette = $state(false);
  help = $state(false);
  /** What the current screen can do for a key. Returns false when it cannot. */
  perform: ((deed: Deed) => boolean) | undefined;
  /** What the current screen adds to the palette. */
  offer: (() => Command[]) | undefined;

  /** For a screen's effect: takes the keyboard, and gives it back when the screen goes. */
  take(perform: (deed: Deed) => boolean, offer?: () => Command[]): () => void {
    this.perform = perform;
    this.offer = offer;
    return () => {
      if (this.perform === perform) this.perform = undefined;
      if (this.offer === offer) this.offer = undefined;
    };
  }
}

export const commands = new Commands();
