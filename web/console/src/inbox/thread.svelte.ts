// The open conversation: its log, what is on its way out, what was half written, and every deed on it.
import { Refused, type Message } from '@confidante/core';
import { api, type Move } from '../api/client.ts';
import type { Summary } from '../api/types.ts';
import { Load } from '../lib/load.svelte.ts';
import { session } from '../lib/session.svelte.ts';
import { toasts } from '../lib/toast.svelte.ts';
import { trouble } from '../lib/trouble.ts';
import { listing } from './listing.svelte.ts';
import { merge, type Pending } from './rows.ts';
import { mustTakeOver, turnOf, type Turn } from './turn.ts';

export type Mode = 'reply' | 'note';
interface Since { messages: Message[]; summary?: Summary }

class OpenThread {
  id: string | undefined = $state();
  summary: Summary | undefined = $state.raw();
  messages: Message[] = $state.raw([]);
  mode: Mode = $state('reply');
  busy: Move | 'assign' | undefined = $state();
  /** The person of this conversation was erased while it was open. */
  erased = $state(false);
  /** The words are restricted (GDPR Art. 18) and not shown. */
  withheld = $state(false);
  /** For what an admin looks at restricted words, once said. */
  reason: string | undefined = $state();
  readonly load = new Load<true>();
  /** What was written but not sent, by conversation and mode. Only in memory: gone with the tab. */
  unsent: Record<string, string> = $state({});
  /** What the live line has brought since the log was asked for: the answer may be older, and must not undo it. */
  #since: Since | undefined;
  #pending: Record<string, Pending[]> = $state({});
  readonly pending: Pending[] = $derived(this.id ? (this.#pending[this.id] ?? []) : []);
  readonly turn: Turn | undefined = $derived(this.summary ? turnOf(this.summary, session.me?.member.id ?? '') : undefined);

  open(id: string | undefined): void {
    if (id === this.id) return;
    this.id = id;
    this.load.clear();
    this.messages = [];
    this.mode = 'reply';
    this.erased = false;
    this.withheld = false;
    this.reason = undefined;
    this.summary = id ? listing.items.find((item) => item.id === id) : undefined;
    if (id) {
      listing.markRead(id);
      void this.refresh();
    }
  }

  refresh(): Promise<void> {
    const id = this.id;
    if (!id) return Promise.resolve();
    const since: Since = { messages: [] };
    this.#since = since;
    return this.load.ask(async (signal) => {
      const found = await api.thread(id, signal, this.reason);
      if (this.#since === since) this.#since = undefined;
      if (id !== this.id) return true;
      const summary = since.summary ?? found.summary;
      this.summary = summary;
      this.withheld = found.withheld || (summary.restricted === true && !this.reason);
      this.messages = this.withheld ? [] : merge(found.messages, since.messages);
      this.#arrived(id, found.messages);
      return true;
    });
  }

  takeMessage(conversation: string, message: Message): void {
    this.#arrived(conversation, [message]);
    if (conversation === this.id) {
      this.#since?.messages.push(message);
      this.messages = merge(this.messages, [message]);
    } else if (message.kind === 'visitor') listing.markUnread(conversation);
  }

  takeSummary(summary: Summary): void {
    if (summary.id !== this.id) return;
    const [before, now] = [this.summary?.restricted === true, summary.restricted === true];
    this.summary = summary;
    if (this.#since) this.#since.summary = summary;
    // What is restricted leaves the screen at once, and comes by asking only: the live line does not carry its words.
    if (now && !this.reason) [this.messages, this.withheld] = [[], true];
    else if (now || before !== now) void this.refresh();
  }

  /** An admin looks at what is restricted, and says for what. */
  look(reason: string): Promise<void> {
    this.reason = reason;
    return this.refresh();
  }

  /** The person was erased, and everything said with them. */
  gone(id: string): void {
    delete this.unsent[`${id}:reply`];
    delete this.unsent[`${id}:note`];
    delete this.#pending[id];
    if (id !== this.id) return;
    this.messages = [];
    this.summary = undefined;
    this.erased = true;
  }

  draftKey(mode: Mode = this.mode): string {
    return `${this.id}:${mode}`;
  }

  hasDraft(id: string): boolean {
    return Boolean(this.unsent[`${id}:reply`]?.trim() || this.unsent[`${id}:note`]?.trim());
  }

  /** Shows the words at once and sends them; a reply takes the word first when somebody else has it. */
  async send(): Promise<void> {
    const id = this.id;
    const text = (this.unsent[this.draftKey()] ?? '').trim();
    if (!id || !text) return;
    delete this.unsent[this.draftKey()];
    const item: Pending = { clientId: api.newClientId(), text, note: this.mode === 'note', at: Date.now(), state: 'sending' };
    this.#pending[id] = [...(this.#pending[id] ?? []), item];
    await this.#deliver(id, item);
  }

  async retry(clientId: string): Promise<void> {
    const id = this.id;
    const item = this.pending.find((entry) => entry.clientId === clientId);
    if (!id || !item) return;
    const { reason: _reason, ...rest } = item;
    const again: Pending = { ...rest, state: 'sending' };
    this.#change(id, clientId, again);
    await this.#deliver(id, again);
  }

  /** Puts a failed message back into the composer. */
  edit(clientId: string): void {
    const item = this.pending.find((entry) => entry.clientId === clientId);
    if (!item || !this.id) return;
    this.mode = item.note ? 'note' : 'reply';
    this.unsent[this.draftKey()] = [item.text, this.unsent[this.draftKey()]].filter(Boolean).join('\n');
    this.drop(clientId);
  }

  drop(clientId: string): void {
    if (this.id) this.#change(this.id, clientId, undefined);
  }

  async #deliver(id: string, item: Pending): Promise<void> {
    try {
      if (!item.note && this.id === id && this.turn && mustTakeOver(this.turn)) this.#moved(await api.move(id, 'take-over'));
      const because = this.id === id && this.summary?.restricted && this.reason ? { reason: this.reason } : {};
      const message = await api.say(id, { client_id: item.clientId, text: item.text, note: item.note, ...because });
      this.takeMessage(id, message);
      this.#change(id, item.clientId, undefined);
    } catch (cause) {
      if (cause instanceof Refused && cause.status === 401) session.end();
      this.#change(id, item.clientId, { ...item, state: 'failed', reason: trouble(cause).text });
    }
  }

  async move(move: Move): Promise<void> {
    const id = this.id;
    if (!id || this.busy) return;
    this.busy = move;
    try {
      this.#moved(await api.move(id, move));
      if (move === 'close') toasts.say('Conversation closed', () => void this.#undoClose(id));
    } catch (cause) {
      toasts.warn(trouble(cause).text);
    } finally {
      this.busy = undefined;
    }
  }

  async assign(member: string | null): Promise<void> {
    const [id, before] = [this.id, this.summary?.assignee?.id ?? null];
    if (!id || before === member) return;
    try {
      this.#moved(await api.assign(id, member));
      toasts.say(member ? 'Assigned' : 'Assigned to nobody', () => void api.assign(id, before).then((back) => this.#moved(back), () => undefined));
    } catch (cause) {
      toasts.warn(trouble(cause).text);
    }
  }

  async #undoClose(id: string): Promise<void> {
    try {
      this.#moved(await api.move(id, 'reopen'));
    } catch (cause) {
      toasts.warn(trouble(cause).text);
    }
  }

  #moved(summary: Summary): void {
    this.takeSummary(summary);
    listing.take(summary);
  }

  #arrived(id: string, messages: readonly Message[]): void {
    const sent = new Set(messages.map((message) => message.client_id));
    const left = this.#pending[id]?.filter((item) => !sent.has(item.clientId));
    if (left && left.length !== this.#pending[id]?.length) this.#pending[id] = left;
  }

  #change(id: string, clientId: string, item: Pending | undefined): void {
    const items = this.#pending[id] ?? [];
    this.#pending[id] = item ? items.map((entry) => (entry.clientId === clientId ? item : entry)) : items.filter((entry) => entry.clientId !== clientId);
  }
}

export const thread = new OpenThread();
