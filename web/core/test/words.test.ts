// Every language says everything, with the same blanks to fill.
import { expect, test } from 'vitest';
import { chooseLocale, direction, translator, type Phrase } from '../src/i18n.ts';
import { ar } from '../src/words/ar.ts';
import { consentsAr, consentsDe, consentsEn } from '../src/words/consents.ts';
import { de } from '../src/words/de.ts';
import { en } from '../src/words/en.ts';

function forms(phrase: Phrase): string[] {
  return typeof phrase === 'string' ? [phrase] : Object.values(phrase);
}

function blanks(text: string): string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').filter((name) => name !== 'n').sort();
}

const CATALOGUES: [string, Record<string, Phrase>, Record<string, Phrase>][] = [
  ['de', de, en], ['ar', ar, en], ['de, consents', consentsDe, consentsEn], ['ar, consents', consentsAr, consentsEn],
];
for (const [name, words, english] of CATALOGUES) {
  test(`${name} has the keys and blanks of English`, () => {
    expect(Object.keys(words).sort()).toEqual(Object.keys(english).sort());
    for (const [key, phrase] of Object.entries(english)) {
      const wanted = blanks(forms(phrase)[0] ?? '');
      for (const text of forms(words[key] ?? '')) {
        expect(text.trim(), `${name}.${key}`).not.toBe('');
        expect(blanks(text), `${name}.${key}`).toEqual(wanted);
      }
    }
  });
}

test('plurals follow the language', () => {
  const english = translator('en', en);
  expect([english('kept', { n: 1 }), english('kept', { n: 90 })]).toEqual(['Kept for 1 day.', 'Kept for 90 days.']);
  const arabic = translator('ar-u-nu-latn', ar);
  expect(arabic('kept', { n: 2 })).toBe('تُحفظ يومين.');
  expect(arabic('kept', { n: 90 })).toBe('تُحفظ 90 يومًا.');
});

test('names are isolated, so their direction cannot leak', () => {
  expect(translator('en', en)('personName', { name: 'مارتا' })).toBe('\u2068مارتا\u2069 is with you');
});

test('the visitor’s first wish that we speak is taken', () => {
  expect(chooseLocale(['fr-FR', 'de-AT', 'en'], ['en', 'de', 'ar'])).toBe('de');
  expect(chooseLocale(['fr'], ['en', 'de'])).toBe('en');
  expect([direction('ar'), direction('de-DE')]).toEqual(['rtl', 'ltr']);
});
