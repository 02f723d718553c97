// The only two things the panel keeps in the browser, both for this tab only and both listed in the data map.
import type { Shelf } from '@confidante/core';

const VISITOR = 'confidante.visitor';
const QUEUE = 'confidante.queue';

/** What `confidante.visitor` holds: the way back into this chat, never a word of it. */
export interface Kept {
  /** The widget this belongs to; another shop on the same server must not see it. */
  key: string;
  token?: string;
  locale?: string;
  /** Highest message already seen. */
  read?: number;
  /** A deletion that was under way when the page went. */
  erasure?: string;
}

// Browsers that refuse storage to embedded pages still get a chat, for as long as the page lives.
const memory = new Map<string, string>();

function read(name: string): string | null {
  try {
    return sessionStorage.getItem(name) ?? memory.get(name) ?? null;
  } catch {
    return memory.get(name) ?? null;
  }
}

function write(name: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
    memory.delete(name);
  } catch {
    if (text === null) memory.delete(name);
    else memory.set(name, text);
  }
}

export function readKept(key: string): Kept | undefined {
  try {
    const kept = JSON.parse(read(VISITOR) ?? 'null') as Kept | null;
    return kept?.key === key ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function writeKept(kept: Kept | undefined): void {
  write(VISITOR, kept ? JSON.stringify(kept) : null);
}

export const queueShelf: Shelf = { read: () => read(QUEUE), write: (text) => write(QUEUE, text) };
