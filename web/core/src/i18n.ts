// Words in the reader's language: plain catalogues, plural rules from the platform, no strings that contain markup.

/** One sentence, or one for each plural category that the language has. */
export type Phrase = string | (Partial<Record<Intl.LDMLPluralRule, string>> & { other: string });
export type Catalogue = Record<string, Phrase>;
export type Fill = Record<string, string | number>;
export type Translate<C extends Catalogue> = (key: keyof C & string, fill?: Fill) => string;

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur', 'yi', 'ps', 'sd', 'ckb', 'dv', 'ug']);

export function direction(locale: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(locale.toLowerCase().split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/** The first wish that is offered, compared by language only; else the first offer. */
export function chooseLocale<L extends string>(wishes: readonly string[], offered: readonly [L, ...L[]]): L {
  for (const wish of wishes) {
    const language = wish.toLowerCase().split(/[-_]/)[0];
    const found = offered.find((offer) => offer === language);
    if (found) return found;
  }
  return offered[0];
}

/**
 * A function that says a phrase of `catalogue`. The number that decides the plural is `n`.
 * Names go in isolated, so that an Arabic name in an English sentence cannot turn the words around it.
 */
export function translator<C extends Catalogue>(locale: string, catalogue: C): Translate<C> {
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  return (key, fill = {}) => {
    const phrase: Phrase | undefined = catalogue[key];
    if (phrase === undefined) return key;
    const count = typeof fill['n'] === 'number' ? fill['n'] : 0;
    const text = typeof phrase === 'string' ? phrase : (phrase[plural.select(count)] ?? phrase.other);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = fill[name];
      if (value === undefined) return whole;
      return typeof value === 'number' ? number.format(value) : `\u2068${value}\u2069`;
    });
  };
}
