// The keyboard: which key means which deed, never while somebody types, never with Alt.
export type Deed =
  | 'next' | 'previous' | 'open' | 'reply' | 'note' | 'close' | 'assign' | 'take-over' | 'give-back' | 'why'
  | 'palette' | 'help' | 'back' | 'search' | `go:${string}`;

export interface Shortcut { keys: string[]; deed: Deed; says: string; group: 'Move' | 'Conversation' | 'Go to' | 'Anywhere' }

export const SHORTCUTS: Shortcut[] = [
  { keys: ['J'], deed: 'next', says: 'Next conversation', group: 'Move' },
  { keys: ['K'], deed: 'previous', says: 'Previous conversation', group: 'Move' },
  { keys: ['O'], deed: 'open', says: 'Open conversation (also Enter)', group: 'Move' },
  { keys: ['/'], deed: 'search', says: 'Search conversations', group: 'Move' },
  { keys: ['R'], deed: 'reply', says: 'Reply', group: 'Conversation' },
  { keys: ['N'], deed: 'note', says: 'Private note', group: 'Conversation' },
  { keys: ['T'], deed: 'take-over', says: 'Take over from the AI', group: 'Conversation' },
  { keys: ['B'], deed: 'give-back', says: 'Give back to the AI', group: 'Conversation' },
  { keys: ['A'], deed: 'assign', says: 'Assign', group: 'Conversation' },
  { keys: ['E'], deed: 'close', says: 'Close or reopen', group: 'Conversation' },
  { keys: ['I'], deed: 'why', says: 'Why this answer', group: 'Conversation' },
  { keys: ['G', 'I'], deed: 'go:/inbox', says: 'Inbox', group: 'Go to' },
  { keys: ['G', 'K'], deed: 'go:/knowledge', says: 'Knowledge', group: 'Go to' },
  { keys: ['G', 'L'], deed: 'go:/playground', says: 'Playground', group: 'Go to' },
  { keys: ['G', 'P'], deed: 'go:/privacy', says: 'Privacy', group: 'Go to' },
  { keys: ['G', 'Q'], deed: 'go:/requests', says: 'Requests', group: 'Go to' },
  { keys: ['G', 'C'], deed: 'go:/consent', says: 'Consent', group: 'Go to' },
  { keys: ['G', 'V'], deed: 'go:/reviews', says: 'Reviews', group: 'Go to' },
  { keys: ['G', 'T'], deed: 'go:/team', says: 'Team', group: 'Go to' },
  { keys: ['G', 'S'], deed: 'go:/settings', says: 'Settings', group: 'Go to' },
  { keys: ['?'], deed: 'help', says: 'All keys', group: 'Anywhere' },
  { keys: ['Esc'], deed: 'back', says: 'Back', group: 'Anywhere' },
];

export interface Pressed { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; typing: boolean; onControl: boolean }

const PAIR_MS = 1_200;

/** Reads keys one by one and says which deed was meant. */
export class Keyboard {
  #first = '';
  #at = 0;

  read(pressed: Pressed, now: number, single: boolean): Deed | undefined {
    if ((pressed.ctrlKey || pressed.metaKey) && !pressed.altKey && pressed.key.toLowerCase() === 'k') return 'palette';
    if (pressed.key === 'Escape') return 'back';
    if (!single || pressed.typing || pressed.ctrlKey || pressed.metaKey || pressed.altKey) return undefined;
    // Enter belongs to the button or link that has the focus.
    if (pressed.key === 'Enter') return pressed.onControl ? undefined : 'open';
    if (pressed.key.length !== 1) return undefined;
    const key = pressed.key.toUpperCase();
    const first = now - this.#at < PAIR_MS ? this.#first : '';
    this.#first = '';
    if (first) {
      const pair = SHORTCUTS.find((entry) => entry.keys[0] === first && entry.keys[1] === key);
      if (pair) return pair.deed;
    }
    if (key === 'G') {
      this.#first = key;
      this.#at = now;
      return undefined;
    }
    return SHORTCUTS.find((entry) => entry.keys.length === 1 && entry.keys[0] === key)?.deed;
  }
}

/** Whether a keystroke at this element is writing. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

export function isControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('a,button,summary,[role="option"]') !== null;
}
