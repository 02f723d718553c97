// Takes text apart into server-sent events, however the network cut it into pieces.

export interface FeedEvent {
  type: string;
  data: string;
  id?: string;
}

/** Feed it pieces with `push`; each finished event comes back once. */
export class EventParser {
  #rest = '';
  #type = '';
  #lines: string[] = [];
  #id: string | undefined;

  push(piece: string): FeedEvent[] {
    const found: FeedEvent[] = [];
    this.#rest += piece;
    let from = 0;
    for (;;) {
      const end = this.#lineEnd(from);
      if (!end) break;
      this.#line(this.#rest.slice(from, end.at), found);
      from = end.next;
    }
    this.#rest = this.#rest.slice(from);
    return found;
  }

  /** A lone CR at the very end may be half of CRLF, so it waits for the next piece. */
  #lineEnd(from: number): { at: number; next: number } | undefined {
    for (let i = from; i < this.#rest.length; i += 1) {
      const letter = this.#rest[i];
      if (letter === '\n') return { at: i, next: i + 1 };
      if (letter === '\r') {
        if (i + 1 === this.#rest.length) return undefined;
        return { at: i, next: this.#rest[i + 1] === '\n' ? i + 2 : i + 1 };
      }
    }
    return undefined;
  }

  #line(line: string, found: FeedEvent[]): void {
    if (line === '') {
      if (this.#lines.length > 0) {
        const event: FeedEvent = { type: this.#type || 'message', data: this.#lines.join('\n') };
        if (this.#id !== undefined) event.id = this.#id;
        found.push(event);
      }
      this.#type = '';
      this.#lines = [];
      this.#id = undefined;
      return;
    }
    if (line.startsWith(':')) return;
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? '' : line.slice(colon + 1);
    if (value.startsWith(' ')) value = value.slice(1);
    if (field === 'event') this.#type = value;
    else if (field === 'data') this.#lines.push(value);
    else if (field === 'id') this.#id = value;
  }
}
