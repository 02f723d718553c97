// The panel's words: each language is a small file of its own, fetched when it is chosen.
import { translator, type Translate } from '@confidante/core/i18n';
import type { WidgetWords } from '@confidante/core/words/en';
import { day } from '@confidante/core/when';
import type { Message } from '@confidante/core';
import type { Chat } from './chat.ts';
import type { PanelLocale, WordKey } from './state.ts';

export type Say = Translate<WidgetWords>;

/** The reader's own variant of the language (British clocks, Austrian months), where the browser names one. */
export function tagOf(locale: PanelLocale): string {
  const own = navigator.languages.find((tag) => tag.split('-')[0] === locale) ?? locale;
  // Western digits in Arabic: prices and order numbers use them, and one kind of digit in a chat is enough.
  return locale === 'ar' ? `${own.split('-u-')[0]}-u-nu-latn` : own;
}

export async function loadSpeech(locale: PanelLocale): Promise<Say> {
  return translator(tagOf(locale), await catalogue(locale));
}

/** The few words for the moment before any language is there, and for when none can be fetched. */
export function bareSpeech(): Say {
  const few: Partial<WidgetWords> = { title: 'Chat', close: 'Close chat', menu: 'More', tryAgain: 'Try again', unavailable: 'The chat is not available right now.' };
  return translator('en', few as WidgetWords);
}

async function catalogue(locale: PanelLocale): Promise<WidgetWords> {
  if (locale === 'de') return (await import('@confidante/core/words/de')).de;
  if (locale === 'ar') return (await import('@confidante/core/words/ar')).ar;
  return (await import('@confidante/core/words/en')).en;
}

const NOTES: Partial<Record<string, WordKey>> = {
  person_requested: 'sysPersonRequested',
  person_joined: 'sysPersonJoined',
  ai_returned: 'sysAiReturned',
  closed: 'sysClosed',
  reopened: 'sysReopened',
  review_opened: 'sysReview',
  review_right: 'sysRight',
  review_wrong: 'sysWrong',
  review_not_ours: 'sysNotOurs',
};

/** What the house says in a chat, in the reader's language. */
export function noteOf({ say, store }: Chat, message: Message): string {
  const word = NOTES[message.system?.code ?? ''];
  const date = day(tagOf(store.now.locale), message.system?.until ?? 0);
  return word ? say(word, { name: message.system?.name ?? message.author ?? say('someone'), date }) : '';
}
