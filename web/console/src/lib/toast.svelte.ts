// Short notices in a corner, never over the composer, each said once to screen readers.
export interface Toast { id: number; text: string; tone: 'ok' | 'bad'; undo?: () => void }

const STAY_MS = 6_000;

class Toasts {
  items: Toast[] = $state.raw([]);
  #next = 1;

  say(text: string, undo?: () => void): void {
    this.#add(undo ? { id: this.#next++, text, tone: 'ok', undo } : { id: this.#next++, text, tone: 'ok' });
  }

  warn(text: string): void {
    this.#add({ id: this.#next++, text, tone: 'bad' });
  }

  drop(id: number): void {
    this.items = this.items.filter((item) => item.id !== id);
  }

  #add(toast: Toast): void {
    this.items = [...this.items.slice(-2), toast];
    setTimeout(() => this.drop(toast.id), STAY_MS + (toast.undo ? 4_000 : 0));
  }
}

export const toasts = new Toasts();
