// The only two things the panel keeps in the browser, both for this tab only and both listed in the data map.
import type { Shelf } from '@confidante/core';

const VISITOR = 'confidante.visitor';
const QUEUE = 'confidante.queue';

/** What `confidante.visitor` holds: the way back into this chat, never a word of it. */
export interface Kept {
  /** The widget this belongs to. */
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

interface Entry { key: string }

/** What lies under a name, one entry for each widget: two shops on one website must not find each other's. */
function entries<E extends Entry>(name: string): E[] {
  try {
    const found = [JSON.parse(read(name) ?? '[]')].flat() as (E | null)[];
    return found.filter((entry): entry is E => !!entry?.key);
  } catch {
    return [];
  }
}

function put<E extends Entry>(name: string, key: string, entry: E | false | undefined): void {
  const all = entries(name).filter((other) => other.key !== key);
  if (entry) all.push(entry);
  write(name, all.length > 0 ? JSON.stringify(all) : null);
}

export function readKept(key: string): Kept | undefined {
  return entries<Kept>(VISITOR).find((entry) => entry.key === key);
}

export function writeKept(key: string, kept: Kept | undefined): void {
  put(VISITOR, key, kept);
}

export function queueShelf(key: string): Shelf {
  return {
    read: () => entries<Entry & { items: string }>(QUEUE).find((entry) => entry.key === key)?.items ?? null,
    write: (items) => put(QUEUE, key, items !== null && { key, items }),
  };
}
