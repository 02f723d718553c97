// What is said aloud to whoever does not look at the list: somebody waits for a person, or writes to one.
import type { Message } from '@confidante/core';
import type { Summary } from '../api/types.ts';
import { session } from '../lib/session.svelte.ts';
import { personName } from '../lib/show.ts';
import { listing } from './listing.svelte.ts';

/** Long enough to be read out; then it goes, so that the same words can be said again. */
const STAY_MS = 5_000;

const waits = (summary: Summary | undefined): boolean => summary?.state === 'open' && summary.lane === 'waiting';

class News {
  text = $state('');
  /** Conversations that changed lately, without their words: the list may show others. */
  #lately = new Map<string, Summary>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  changed(summary: Summary): void {
    const before = this.#find(summary.id);
    this.#lately.set(summary.id, { ...summary, preview: '' });
    if (waits(summary) && !waits(before)) this.#say('Somebody waits for a person');
  }

  /** Words in a conversation that I answer, or that nobody has taken yet, change who waits; the AI and colleagues mind their own. */
  said(conversation: string, message: Message): void {
    const summary = this.#find(conversation);
    if (!summary || summary.lane === 'ai' || (summary.assignee && summary.assignee.id !== session.me?.member.id)) return;
    if (message.kind === 'visitor') this.#say(`New message in ${personName(summary.person)}`);
    if (message.kind === 'visitor' || message.kind === 'agent') listing.countSoon();
  }

  forget(id: string): void {
    this.#lately.delete(id);
  }

  #find(id: string): Summary | undefined {
    return listing.items.find((item) => item.id === id) ?? this.#lately.get(id);
  }

  #say(text: string): void {
    this.text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => (this.text = ''), STAY_MS);
  }
}

export const news = new News();
