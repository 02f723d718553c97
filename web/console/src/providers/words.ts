// Words and figures of the providers' page, in one place.
import { LOCALE } from '../lib/show.ts';

export const DIALECTS: { word: string; name: string; base: string }[] = [
  { word: 'openai_responses', name: 'OpenAI (Responses)', base: 'https://api.openai.com/v1' },
  { word: 'openai_chat', name: 'OpenAI (Chat Completions)', base: 'https://api.openai.com/v1' },
  { word: 'anthropic', name: 'Anthropic', base: 'https://api.anthropic.com' },
  { word: 'gemini', name: 'Google Gemini', base: 'https://generativelanguage.googleapis.com/v1' },
  { word: 'compatible', name: 'Compatible server (vLLM, llama.cpp, Ollama …)', base: '' },
];

export const MECHANISMS: { word: string; name: string }[] = [
  { word: '', name: 'Not settled yet' },
  { word: 'own_server', name: 'Our own server' },
  { word: 'within_eea', name: 'Within the EU or EEA' },
  { word: 'adequacy_decision', name: 'Adequacy decision (Art. 45 GDPR)' },
  { word: 'standard_contractual_clauses', name: 'Standard contractual clauses (Art. 46)' },
  { word: 'binding_corporate_rules', name: 'Binding corporate rules (Art. 47)' },
];

const TRIALS: Record<string, string> = {
  works: 'It answers', unreachable: 'No connection, or its certificate is not valid', timed_out: 'It took too long', key_not_accepted: 'The key is not accepted',
  busy: 'It is busy; try again later', used_up: 'The account there is used up', failed: 'Its server has a problem', refused: 'It refuses the request: look at address and model',
  malformed: 'Its answer is not in this protocol', broke_off: 'Its answer broke off', not_declared: 'The door does not let this host through', declined: 'It declined to answer',
};

export const dialectName = (word: string): string => DIALECTS.find((one) => one.word === word)?.name ?? word;
export const mechanismName = (word: string): string => MECHANISMS.find((one) => one.word === word)?.name ?? word;
/** What came of trying a provider, in words. */
export const trialWords = (code: string): string => TRIALS[code] ?? 'It does not work';

/** Minor units as money: 1234 and EUR become "€12.34". */
export function showMoney(minor: number, currency: string): string {
  try {
    const format = new Intl.NumberFormat(LOCALE, { style: 'currency', currency });
    const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    return format.format(minor / 10 ** digits);
  } catch {
    return `${minor} ${currency}`;
  }
}

/** The text of an input as a whole number; empty is no limit. */
export function wholeNumber(text: string): number | null | undefined {
  const bare = text.trim();
  if (bare === '') return null;
  return /^\d{1,13}$/.test(bare) ? Number(bare) : undefined;
}
