// Test sets as files: JSON and CSV (RFC 4180), in and out.
import type { TestCase, TestResult } from '../api/types.ts';

const COLUMNS = ['question', 'page', 'words', 'outcome'] as const;
const OUTCOMES = ['', 'answered', 'abstained', 'asked_back', 'offered_person'];

export const emptyCase = (question = ''): TestCase => ({ question, page: '', words: '', outcome: '' });

const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

export function toCsv(cases: readonly TestCase[]): string {
  const rows = cases.map((one) => COLUMNS.map((column) => quoted(one[column])).join(','));
  return [COLUMNS.join(','), ...rows, ''].join('\r\n');
}

/** The rows of a CSV file; quotes may hold commas and line breaks. */
export function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  let value = '';
  let inQuotes = false;
  for (let i = 0; i < text.length; i += 1) {
    const letter = text[i];
    if (inQuotes) {
      if (letter !== '"') value += letter;
      else if (text[i + 1] === '"') value += text[(i += 1)];
      else inQuotes = false;
    } else if (letter === '"') inQuotes = true;
    else if (letter === ',' || letter === '\n') {
      rows.at(-1)?.push(value.replace(/\r$/, ''));
      value = '';
      if (letter === '\n') rows.push([]);
    } else value += letter;
  }
  rows.at(-1)?.push(value.replace(/\r$/, ''));
  return rows.filter((row) => row.some((cell) => cell.trim() !== ''));
}

function caseOf(given: Record<string, unknown>): TestCase {
  const word = (name: string): string => (typeof given[name] === 'string' ? given[name].trim() : '');
  const outcome = word('outcome');
  return { question: word('question'), page: word('page'), words: word('words'), outcome: OUTCOMES.includes(outcome) ? outcome : '' };
}

/** The cases in a file: JSON (a list, or an object with `cases`), CSV with a header, or one question a line. */
export function read(text: string): TestCase[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (/^[[{]/.test(trimmed)) {
    const given = JSON.parse(trimmed) as unknown;
    const list = Array.isArray(given) ? given : (given as { cases?: unknown }).cases;
    if (!Array.isArray(list)) throw new SyntaxError('no cases');
    return list.map((one) => (typeof one === 'string' ? emptyCase(one) : caseOf((one ?? {}) as Record<string, unknown>))).filter((one) => one.question);
  }
  const [head = [], ...rest] = rowsOf(trimmed);
  const names = head.map((name) => name.trim().toLowerCase());
  const lines = names.includes('question') ? rest.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i] ?? '']))) : [head, ...rest].map((row) => ({ question: row.join(',') }));
  return lines.map(caseOf).filter((one) => one.question);
}

export interface Difference { question: string; before?: TestResult | undefined; after?: TestResult | undefined; changed: boolean }

/** Two runs question by question; the same question asked twice is matched in order. */
export function compare(before: readonly TestResult[], after: readonly TestResult[]): Difference[] {
  const left = new Map<string, TestResult[]>();
  for (const one of before) left.set(one.question, [...(left.get(one.question) ?? []), one]);
  const lines: Difference[] = after.map((one) => {
    const was = left.get(one.question)?.shift();
    return { question: one.question, before: was, after: one, changed: !was || was.outcome !== one.outcome || was.text !== one.text || was.hit !== one.hit };
  });
  for (const rest of left.values()) for (const one of rest) lines.push({ question: one.question, before: one, changed: true });
  return lines;
}
