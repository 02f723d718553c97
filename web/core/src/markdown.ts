// Reads the little Markdown that answers use into a tree of tokens. There is no HTML anywhere: views make elements from tokens.

export type Inline =
  | { t: 'text'; v: string }
  | { t: 'strong'; c: Inline[] }
  | { t: 'em'; c: Inline[] }
  | { t: 'code'; v: string }
  | { t: 'link'; href: string; c: Inline[] }
  | { t: 'cite'; n: number }
  | { t: 'br' };

export type Block =
  | { t: 'p'; c: Inline[] }
  | { t: 'h'; c: Inline[] }
  | { t: 'ul'; items: Inline[][] }
  | { t: 'ol'; start: number; items: Inline[][] }
  | { t: 'quote'; c: Inline[] }
  | { t: 'pre'; v: string };

const DEEPEST = 4;

/** Only addresses a person can safely open; everything else stays text. */
export function safeHref(text: string): string | undefined {
  const trimmed = text.trim();
  if (!/^(https?:\/\/|mailto:)/i.test(trimmed)) return undefined;
  try {
    const url = new URL(trimmed);
    return url.protocol === 'http:' || url.protocol === 'https:' || url.protocol === 'mailto:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

export function parseMarkdown(source: string): Block[] {
  const lines = source.replace(/\r\n?/g, '\n').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    if (line.trim() === '') {
      at += 1;
      continue;
    }
    const [block, next] = readBlock(lines, at, line);
    blocks.push(block);
    at = next;
  }
  return blocks;
}

function readBlock(lines: string[], at: number, line: string): [Block, number] {
  if (line.startsWith('```')) return readFence(lines, at);
  const heading = /^#{1,6}\s+(.*)$/.exec(line);
  if (heading) return [{ t: 'h', c: parseInline(heading[1] ?? '') }, at + 1];
  if (bullet(line) !== undefined) {
    const [items, next] = readItems(lines, at, bullet);
    return [{ t: 'ul', items }, next];
  }
  const first = /^\s{0,3}(\d{1,4})[.)]\s/.exec(line);
  if (first) {
    const [items, next] = readItems(lines, at, numbered);
    return [{ t: 'ol', start: Number(first[1]), items }, next];
  }
  if (line.startsWith('>')) {
    const [text, next] = gather(lines, at, (l) => l.startsWith('>'));
    return [{ t: 'quote', c: parseInline(text.map((l) => l.replace(/^>\s?/, '')).join('\n')) }, next];
  }
  const [text, next] = gather(lines, at, isPlain);
  return [{ t: 'p', c: parseInline(text.join('\n')) }, next];
}

function bullet(line: string): string | undefined {
  return /^\s{0,3}[-*•]\s+(.*)$/.exec(line)?.[1];
}

function numbered(line: string): string | undefined {
  return /^\s{0,3}\d{1,4}[.)]\s+(.*)$/.exec(line)?.[1];
}

function isPlain(line: string): boolean {
  if (line.trim() === '' || line.startsWith('```') || line.startsWith('>')) return false;
  return bullet(line) === undefined && numbered(line) === undefined && !/^#{1,6}\s/.test(line);
}

/** Takes the first line in any case, so that reading always moves on. */
function gather(lines: string[], at: number, fits: (line: string) => boolean): [string[], number] {
  const taken = [lines[at] ?? ''];
  let next = at + 1;
  while (next < lines.length && fits(lines[next] ?? '')) {
    taken.push(lines[next] ?? '');
    next += 1;
  }
  return [taken, next];
}

function readItems(lines: string[], at: number, item: (line: string) => string | undefined): [Inline[][], number] {
  const items: Inline[][] = [];
  let next = at;
  for (let text = item(lines[next] ?? ''); text !== undefined; text = item(lines[next] ?? '')) {
    items.push(parseInline(text));
    next += 1;
  }
  // A numbered line such as "1. " with nothing behind it matches the start but not the item.
  if (items.length === 0) return [[parseInline(lines[at] ?? '')], at + 1];
  return [items, next];
}

function readFence(lines: string[], at: number): [Block, number] {
  let next = at + 1;
  const code: string[] = [];
  while (next < lines.length && !(lines[next] ?? '').startsWith('```')) {
    code.push(lines[next] ?? '');
    next += 1;
  }
  return [{ t: 'pre', v: code.join('\n') }, next + 1];
}

const SPECIAL = /[*_`[\n]|https?:\/\//g;

export function parseInline(text: string, depth = 0): Inline[] {
  const out: Inline[] = [];
  let at = 0;
  const special = new RegExp(SPECIAL);
  while (at < text.length) {
    special.lastIndex = at;
    const hit = special.exec(text);
    const stop = hit ? hit.index : text.length;
    pushText(out, text.slice(at, stop));
    if (!hit) break;
    const found = depth < DEEPEST ? readSpecial(text, stop, depth) : undefined;
    if (found) {
      out.push(found[0]);
      at = found[1];
    } else {
      pushText(out, text.slice(stop, stop + 1));
      at = stop + 1;
    }
  }
  return out;
}

function pushText(out: Inline[], v: string): void {
  if (v === '') return;
  const last = out.at(-1);
  if (last?.t === 'text') last.v += v;
  else out.push({ t: 'text', v });
}

function readSpecial(text: string, at: number, depth: number): [Inline, number] | undefined {
  switch (text[at]) {
    case '\n':
      return [{ t: 'br' }, at + 1];
    case '`': {
      const end = text.indexOf('`', at + 1);
      return end > at + 1 ? [{ t: 'code', v: text.slice(at + 1, end) }, end + 1] : undefined;
    }
    case '*':
    case '_':
      return readStress(text, at, depth);
    case '[':
      return readBracket(text, at, depth);
    default:
      return readAddress(text, at);
  }
}

function readStress(text: string, at: number, depth: number): [Inline, number] | undefined {
  const sign = text[at] ?? '';
  const mark = text[at + 1] === sign ? sign + sign : sign;
  // Underscores inside a word (file_name_here) and signs followed by a space are no stress.
  if (sign === '_' && /\w/.test(text[at - 1] ?? '')) return undefined;
  const from = at + mark.length;
  if (/^\s/.test(text.slice(from, from + 1))) return undefined;
  const end = text.indexOf(mark, from);
  if (end <= from || /\s/.test(text[end - 1] ?? '') || text.slice(from, end).includes('\n')) return undefined;
  const c = parseInline(text.slice(from, end), depth + 1);
  return [mark.length === 2 ? { t: 'strong', c } : { t: 'em', c }, end + mark.length];
}

function readBracket(text: string, at: number, depth: number): [Inline, number] | undefined {
  const close = text.indexOf(']', at + 1);
  if (close < 0) return undefined;
  const inside = text.slice(at + 1, close);
  if (text[close + 1] === '(') {
    const end = text.indexOf(')', close + 2);
    const href = end > 0 ? safeHref(text.slice(close + 2, end)) : undefined;
    if (href) return [{ t: 'link', href, c: parseInline(inside, depth + 1) }, end + 1];
    return undefined;
  }
  return /^\d{1,2}$/.test(inside) ? [{ t: 'cite', n: Number(inside) }, close + 1] : undefined;
}

function readAddress(text: string, at: number): [Inline, number] | undefined {
  let end = at;
  while (end < text.length && !/[\s<>"'`\])]/.test(text[end] ?? '')) end += 1;
  while (end > at && /[.,;:!?*_]/.test(text[end - 1] ?? '')) end -= 1;
  const shown = text.slice(at, end);
  const href = safeHref(shown);
  return href ? [{ t: 'link', href, c: [{ t: 'text', v: shown }] }, end] : undefined;
}
