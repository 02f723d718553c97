// Words for times, numbers, names and states, in one place.
import { ago, bytes, clock, day, sameDay } from '@confidante/core';

/** The console speaks English: its dates and numbers are those of the reader's own English, never of another language. */
export const LOCALE = navigator.languages.find((tag) => /^en(-|$)/i.test(tag)) ?? 'en-GB';

export const showDay = (ms: number): string => day(LOCALE, ms);
export const showClock = (ms: number): string => clock(LOCALE, ms);
export const showBytes = (count: number): string => bytes(LOCALE, count);
export const showNumber = (count: number): string => new Intl.NumberFormat(LOCALE).format(count);
export { sameDay };

/** "now", "4 min", "3 h", "12 Nov": short enough for a row. */
export function shortAge(ms: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - ms) / 1000));
  if (seconds < 60) return 'now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  if (seconds < 7 * 86_400) return `${Math.floor(seconds / 86_400)} d`;
  return new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' }).format(ms);
}

export const longAge = (ms: number, now: number): string => ago(LOCALE, ms, now);

/** "Today", "Yesterday" or the date. */
export function dayTitle(ms: number, now: number): string {
  if (sameDay(ms, now)) return 'Today';
  if (sameDay(ms, now - 86_400_000)) return 'Yesterday';
  return showDay(ms);
}

/** "1.8 s", "340 ms". */
export function showTook(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** "about 2 min", for work that still runs. */
export function showLeft(seconds: number): string {
  if (seconds < 60) return `about ${Math.max(1, Math.round(seconds))} s left`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} min left`;
  return `about ${Math.round(seconds / 3600)} h left`;
}

/** A person nobody has named yet is a visitor with the end of the id, so that two of them can be told apart. */
export function personName(person: { id: string; name?: string | null; email?: string | null }): string {
  return person.name || person.email || `Visitor ${person.id.slice(-4).toUpperCase()}`;
}

export function initials(name: string): string {
  const words = name.split(/[\s@._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0]];
  return letters.map((word) => [...(word ?? '?')][0] ?? '?').join('').toUpperCase();
}

/** One of six quiet grounds for an avatar, the same for the same name. */
export function tint(text: string): number {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % 6;
}

/** "max_pages_reached" → "Max pages reached". */
export function plainWords(code: string): string {
  const text = code.replaceAll(/[_-]+/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const STEPS: Record<string, string> = {
  streams: 'Open windows told and closed', key: 'Key destroyed', rows: 'Records deleted', copies: 'Copies and search entries forgotten',
  sweep: 'Second check, place by place', receipt: 'Receipt signed',
};
const REASONS: Record<string, string> = {
  robots: 'robots.txt does not allow it, or could not be read', noindex: 'The page asks not to be indexed', too_large: 'Too large',
  content_type: 'Not a kind of file that can be read', other_host: 'On another host', too_deep: 'Deeper than the limit', limit: 'Beyond the page limit',
};

/** A step of an erasure in words. */
export const stepWords = (name: string): string => STEPS[name] ?? plainWords(name);
/** Why a page was skipped, in words. */
export const reasonWords = (code: string): string => REASONS[code] ?? plainWords(code);

/** The address without what everybody knows. */
export function shortUrl(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
