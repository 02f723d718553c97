// Finds the masks in what the model received.
export interface Part { text: string; category?: string }

/** Cuts the text at every known placeholder; nothing else is coloured, however much it looks like one. */
export function maskedParts(text: string, placeholders: readonly { placeholder: string; category: string }[]): Part[] {
  const known = new Map(placeholders.map((entry) => [entry.placeholder, entry.category]));
  if (known.size === 0) return [{ text }];
  const escaped = [...known.keys()].sort((a, b) => b.length - a.length).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return text.split(new RegExp(`(${escaped.join('|')})`)).filter(Boolean).map((piece) => {
    const category = known.get(piece);
    return category === undefined ? { text: piece } : { text: piece, category };
  });
}

export interface Turn { role: string; content: string }

/** The turns of a request to a model; a text that is no such request is one turn as it stands. */
export function turnsOf(received: string): Turn[] {
  try {
    const body = JSON.parse(received) as { messages?: unknown } | null;
    if (Array.isArray(body?.messages)) {
      const turns = body.messages.filter((turn): turn is Turn => typeof turn?.role === 'string' && typeof turn?.content === 'string');
      if (turns.length > 0) return turns;
    }
  } catch {
    // Plain words, shown as they are.
  }
  return [{ role: 'user', content: received }];
}

export interface Swap extends Part { placeholder?: string }

/** What was written, cut where it was masked: each masked piece beside its placeholder. Nothing where the two do not fit together. */
export function swaps(wrote: string, masked: string, placeholders: readonly { placeholder: string; category: string }[]): Swap[] {
  const parts = maskedParts(masked, placeholders);
  const found: Swap[] = [];
  let at = 0;
  let open: Part | undefined;
  const close = (end: number): void => {
    if (open?.category) found.push({ text: wrote.slice(at, end), category: open.category, placeholder: open.text });
    open = undefined;
    at = end;
  };
  for (const part of parts) {
    if (part.category) {
      // Two masks without a word between them cannot be told apart.
      if (open) return [];
      open = part;
      continue;
    }
    const next = open ? wrote.indexOf(part.text, at + 1) : wrote.startsWith(part.text, at) ? at : -1;
    if (next < 0) return [];
    close(next);
    found.push({ text: part.text });
    at = next + part.text.length;
  }
  if (open) close(wrote.length);
  return at === wrote.length ? found : [];
}
