// The panel's words: English is built in, another language arrives as its own small file when it is chosen.
import { translator, type Translate } from '@confidante/core/i18n';
import { en, type WidgetWords } from '@confidante/core/words/en';
import type { PanelLocale } from './state.ts';

export type Say = Translate<WidgetWords>;

// Western digits in Arabic: shop staff and prices use them, and one kind of digit in a chat is enough.
const TAGS: Record<PanelLocale, string> = { en: 'en', de: 'de', ar: 'ar-u-nu-latn' };

export function tagOf(locale: PanelLocale): string {
  return TAGS[locale];
}

export async function loadSpeech(locale: PanelLocale): Promise<Say> {
  return translator(TAGS[locale], await catalogue(locale));
}

export function english(): Say {
  return translator<WidgetWords>('en', en);
}

async function catalogue(locale: PanelLocale): Promise<WidgetWords> {
  try {
    if (locale === 'de') return (await import('@confidante/core/words/de')).de;
    if (locale === 'ar') return (await import('@confidante/core/words/ar')).ar;
  } catch {
    // The language file did not arrive; English is better than an empty panel.
  }
  return en;
}
