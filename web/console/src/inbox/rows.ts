// Lays a thread out as rows: days, messages, what is on its way, and what the AI is writing right now.
import type { Message, SystemCode } from '@confidante/core';
import { dayTitle, sameDay } from '../lib/show.ts';

export interface Pending {
  clientId: string;
  text: string;
  note: boolean;
  at: number;
  state: 'sending' | 'failed';
  reason?: string;
}

export type Row =
  | { t: 'day'; key: string; title: string }
  | { t: 'message'; key: string; message: Message; first: boolean }
  | { t: 'pending'; key: string; pending: Pending }
  | { t: 'draft'; key: string; text: string };

/** How long one speaker's messages belong together under one name. */
const TOGETHER_MS = 5 * 60_000;

export function rowsOf(messages: readonly Message[], pending: readonly Pending[], draft: string | undefined, now: number): Row[] {
  const rows: Row[] = [];
  let last: Message | undefined;
  for (const message of messages) {
    if (!last || !sameDay(last.created_at, message.created_at)) {
      rows.push({ t: 'day', key: `day-${message.seq}`, title: dayTitle(message.created_at, now) });
      last = undefined;
    }
    const joined = last?.kind === message.kind && last.author === message.author
      && message.created_at - last.created_at < TOGETHER_MS && message.kind !== 'ai';
    rows.push({ t: 'message', key: message.client_id ?? message.id, message, first: !joined });
    last = message;
  }
  const arrived = new Set(messages.map((message) => message.client_id));
  for (const item of pending) if (!arrived.has(item.clientId)) rows.push({ t: 'pending', key: item.clientId, pending: item });
  if (draft !== undefined) rows.push({ t: 'draft', key: 'draft', text: draft });
  return rows;
}

/** Adds messages to a log: one per number, in order, the newer copy of the same one wins. */
export function merge(log: readonly Message[], more: readonly Message[]): Message[] {
  const found = new Map(log.map((message) => [message.seq, message]));
  for (const message of more) found.set(message.seq, message);
  return [...found.values()].sort((a, b) => a.seq - b.seq);
}

/** What a system message means, in words. */
export function systemWords(code: SystemCode | string, name: string | null | undefined): string {
  switch (code) {
    case 'person_requested': return 'The visitor asked for a person. The AI is silent.';
    case 'person_joined': return `${name ?? 'A person'} took over. The AI is silent.`;
    case 'ai_returned': return 'Given back. The AI answers again.';
    case 'closed': return name ? `${name} closed the conversation` : 'Conversation closed';
    case 'reopened': return 'Conversation opened again';
    case 'assigned': return name ? `Assigned to ${name}` : 'Assigned to nobody';
    case 'review_opened': return 'The visitor wants a person to check an answer';
    case 'review_right': return `${name ?? 'A person'} found the answer right`;
    case 'review_wrong': return `${name ?? 'A person'} corrected the answer`;
    case 'review_not_ours': return `${name ?? 'A person'} found that it is not for us to answer`;
    default: return code;
  }
}
