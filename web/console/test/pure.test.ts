// The rules of the console that need no screen.
import { describe, expect, test } from 'vitest';
import { query } from '../src/api/client.ts';
import type { Summary } from '../src/api/types.ts';
import { excerpt } from '../src/inbox/excerpt.ts';
import { askFor, belongs, order, readFilter, writeFilter } from '../src/inbox/filter.ts';
import { maskedParts, swaps, turnsOf } from '../src/inbox/mask.ts';
import { merge, rowsOf, systemWords } from '../src/inbox/rows.ts';
import { mustTakeOver, turnOf } from '../src/inbox/turn.ts';
import { asAddress } from '../src/knowledge/address.ts';
import { match } from '../src/lib/router.svelte.ts';
import { fit } from '../src/lib/search.ts';
import { atLeast } from '../src/lib/session.svelte.ts';
import { dayTitle, initials, personName, plainWords, shortAge, shortUrl, showLeft, showTook } from '../src/lib/show.ts';
import { asOrigins } from '../src/settings/origin.ts';
import { complaints, Setup, SignIn, tokenFrom } from '../src/start/check.ts';
import type { Message } from '@confidante/core';

const summary = (more: Partial<Summary> = {}): Summary => ({
  id: 'con_1', person: { id: 'per_1' }, state: 'open', lane: 'ai', preview: '', last_seq: 1, restricted: false, last_activity_at: 10, created_at: 1, locale: 'en', ...more,
});
const message = (seq: number, more: Partial<Message> = {}): Message => ({ id: `msg_${seq}`, seq, kind: 'visitor', text: 'hi', created_at: seq * 1000, ai: false, ...more });

describe('addresses', () => {
  test('a path finds its screen and its parts', () => {
    expect(match('/inbox/con_7')).toEqual({ name: 'inbox', params: { id: 'con_7' } });
    expect(match('/knowledge/pages/new').name).toBe('write');
    expect(match('/knowledge/pages/pag_1')).toEqual({ name: 'page', params: { id: 'pag_1' } });
    expect(match('/').name).toBe('inbox');
    expect(match('/nowhere/at/all').name).toBe('missing');
  });
  test('a filter survives its address, and defaults leave no trace', () => {
    const filter = { view: 'waiting', lane: 'human', q: 'a b&c' } as const;
    expect(readFilter(new URLSearchParams(writeFilter(filter)))).toEqual(filter);
    expect(writeFilter({ view: 'open', lane: '', q: '' })).toBe('');
    expect(readFilter(new URLSearchParams('view=evil&lane=x'))).toEqual({ view: 'open', lane: '', q: '' });
  });
  test('a query leaves out what is not set', () => {
    expect(query({ a: 'x y', b: undefined, c: '' })).toBe('?a=x+y');
    expect(query({})).toBe('');
  });
  test('websites are read kindly and refused clearly', () => {
    expect(asAddress('shop.example')).toBe('https://shop.example/');
    expect(asAddress('http://localhost:8080')).toBe('http://localhost:8080/');
    for (const wrong of ['', 'two words', 'ftp://x.example', 'javascript:alert(1)', 'nodot']) expect(asAddress(wrong), wrong).toBeUndefined();
    expect(asOrigins('https://a.example/path\nb.example, https://a.example')).toEqual({ right: ['https://a.example', 'https://b.example'], wrong: [] });
    expect(asOrigins('https://u:p@a.example ::').wrong).toEqual(['https://u:p@a.example', '::']);
  });
  test('the token never leaves the fragment', () => {
    expect(tokenFrom('#token=abc')).toBe('abc');
    expect(tokenFrom('')).toBe('');
  });
});

describe('whose turn it is', () => {
  const me = 'mem_me';
  const cases: [Partial<Summary>, string, boolean, boolean][] = [
    [{ lane: 'ai' }, 'ai', true, false],
    [{ lane: 'waiting' }, 'waiting', true, true],
    [{ lane: 'human', assignee: { id: me, name: 'Me' } }, 'you', false, true],
    [{ lane: 'human' }, 'you', false, true],
    [{ lane: 'human', assignee: { id: 'mem_2', name: 'Marta' } }, 'colleague', true, false],
    [{ state: 'closed', lane: 'human' }, 'closed', false, false],
  ];
  test.each(cases)('%j is %s', (more, name, takes, gives) => {
    const turn = turnOf(summary(more), me);
    expect(turn.name).toBe(name);
    expect(turn.takeOver !== undefined).toBe(takes);
    expect(turn.giveBack !== undefined).toBe(gives);
  });
  test('a reply takes over from the AI and from nobody else', () => {
    expect(mustTakeOver(turnOf(summary({ lane: 'ai' }), me))).toBe(true);
    expect(mustTakeOver(turnOf(summary({ lane: 'waiting' }), me))).toBe(true);
    expect(mustTakeOver(turnOf(summary({ lane: 'human', assignee: { id: 'mem_2', name: 'M' } }), me))).toBe(false);
  });
});

describe('the list', () => {
  test('asks the server for what the filter says', () => {
    expect(askFor({ view: 'mine', lane: 'ai', q: '' })).toEqual({ state: 'open', q: undefined, lane: 'ai', assignee: 'me' });
    expect(askFor({ view: 'waiting', lane: 'ai', q: 'x' })).toEqual({ state: 'open', q: 'x', lane: 'waiting' });
    expect(askFor({ view: 'closed', lane: '', q: '' })).toEqual({ state: 'closed', q: undefined });
  });
  test('knows what belongs to it', () => {
    const open = { view: 'open', lane: '', q: '' } as const;
    expect(belongs(summary(), open, 'me')).toBe(true);
    expect(belongs(summary({ state: 'closed' }), open, 'me')).toBe(false);
    expect(belongs(summary({ assignee: { id: 'me', name: 'M' } }), { ...open, view: 'mine' }, 'me')).toBe(true);
    expect(belongs(summary({ assignee: { id: 'me', name: 'M' } }), { ...open, view: 'unassigned' }, 'me')).toBe(false);
    expect(belongs(summary({ lane: 'human' }), { ...open, lane: 'ai' }, 'me')).toBe(false);
  });
  test('whoever waits longest comes first, then the latest', () => {
    const items = [summary({ id: 'a', last_activity_at: 50 }), summary({ id: 'b', lane: 'waiting', waiting_since: 30 }), summary({ id: 'c', lane: 'waiting', waiting_since: 20 }), summary({ id: 'd', last_activity_at: 90 })];
    expect(items.sort(order).map((item) => item.id)).toEqual(['c', 'b', 'd', 'a']);
  });
});

describe('the thread', () => {
  test('merges by number, newest copy wins, order holds', () => {
    const log = merge([message(3), message(1)], [message(2), message(3, { text: 'new' })]);
    expect(log.map((entry) => entry.seq)).toEqual([1, 2, 3]);
    expect(log[2]?.text).toBe('new');
  });
  test('days are titled and one speaker keeps one name', () => {
    const noon = new Date(2026, 4, 5, 12).getTime();
    const rows = rowsOf([message(1, { created_at: noon - 86_400_000 }), message(2, { created_at: noon }), message(3, { created_at: noon + 1000 }), message(4, { created_at: noon + 2000, kind: 'agent' })], [], undefined, noon);
    expect(rows.map((row) => (row.t === 'day' ? row.title : row.t === 'message' ? row.first : row.t))).toEqual(['Yesterday', true, 'Today', true, false, true]);
  });
  test('what is on its way is shown once, and the draft stands last', () => {
    const pending = [{ clientId: 'x', text: 'a', note: false, at: 1, state: 'sending' as const }, { clientId: 'y', text: 'b', note: false, at: 2, state: 'failed' as const }];
    const rows = rowsOf([message(1, { client_id: 'x' })], pending, 'writing', 0);
    expect(rows.map((row) => row.t)).toEqual(['day', 'message', 'pending', 'draft']);
    expect(rows[1]?.key).toBe('x');
  });
  test('every system code has words', () => {
    for (const code of ['person_requested', 'person_joined', 'ai_returned', 'closed', 'reopened', 'assigned']) expect(systemWords(code, 'Marta')).not.toBe(code);
  });
  test('a request to a model is read turn by turn, anything else as it stands', () => {
    expect(turnsOf('{"model":"m","messages":[{"role":"system","content":"a"},{"role":"user","content":"b"},{"role":1}]}')).toEqual([{ role: 'system', content: 'a' }, { role: 'user', content: 'b' }]);
    for (const text of ['plain', '{"messages":[]}', '[1]', 'null']) expect(turnsOf(text)).toEqual([{ role: 'user', content: text }]);
  });
  test('only known placeholders are masks', () => {
    expect(maskedParts('to [EMAIL_1], not [EMAIL_2]', [{ placeholder: '[EMAIL_1]', category: 'email' }])).toEqual([{ text: 'to ' }, { text: '[EMAIL_1]', category: 'email' }, { text: ', not [EMAIL_2]' }]);
    expect(maskedParts('plain', [])).toEqual([{ text: 'plain' }]);
    expect(maskedParts('[A_10] [A_1]', [{ placeholder: '[A_1]', category: 'a' }, { placeholder: '[A_10]', category: 'b' }]).filter((part) => part.category)).toHaveLength(2);
  });
});

describe('words', () => {
  test('times and names are short', () => {
    expect(shortAge(0, 59_000)).toBe('now');
    expect(shortAge(0, 14 * 60_000)).toBe('14 min');
    expect(shortAge(0, 3 * 3_600_000)).toBe('3 h');
    expect(showTook(184)).toBe('184 ms');
    expect(showTook(1840)).toBe('1.8 s');
    expect(showLeft(57)).toBe('about 57 s left');
    expect(showLeft(600)).toBe('about 10 min left');
    expect(initials('Ana Maria Duarte')).toBe('AD');
    expect(initials('')).toBe('?');
    expect(personName({ id: 'per_0123abcd' })).toBe('Visitor ABCD');
    expect(plainWords('robots_txt')).toBe('Robots txt');
    expect(shortUrl('https://a.example/')).toBe('a.example');
    expect(dayTitle(0, 0)).toBe('Today');
  });
  test('the palette prefers beginnings', () => {
    expect(fit('Go to Inbox', 'inb')).toBeGreaterThan(fit('Combine', 'inb'));
    expect(fit('Go to Inbox', 'go inbox')).toBeGreaterThan(0);
    expect(fit('Go to Inbox', 'xyz')).toBe(0);
  });
  test('forms say what is missing', () => {
    expect(Object.keys(complaints(Setup, { setup_token: 't', organisation: ' ', name: 'A', email: 'no', password: 'short' })).sort()).toEqual(['email', 'organisation', 'password']);
    expect(complaints(SignIn, { email: 'a@b.example', password: 'x' })).toEqual({});
  });
  test('roles have an order', () => {
    expect(atLeast('owner', 'admin')).toBe(true);
    expect(atLeast('viewer', 'agent')).toBe(false);
    expect(atLeast(undefined, 'viewer')).toBe(false);
  });
});

describe('the excerpt of a passage', () => {
  test('loses heading marks and marks every quote', () => {
    const pieces = excerpt('## Long ago\nYou have 60 days. ## More We pay.', ['You have 60 days. [1]', 'We pay.']);
    expect(pieces).toEqual([{ text: 'Long ago ', mark: false }, { text: 'You have 60 days.', mark: true }, { text: ' More ', mark: false }, { text: 'We pay.', mark: true }]);
  });
  test('begins shortly before the first quote', () => {
    const [lead, quote] = excerpt(`${'word '.repeat(80)}Found it.`, ['Found it.']);
    expect(lead?.text.length).toBeLessThan(80);
    expect(lead?.text.startsWith('…')).toBe(true);
    expect(quote).toEqual({ text: 'Found it.', mark: true });
  });
  test('without a quote the passage stands as it is', () => {
    expect(excerpt('Plain words.', ['not in it'])).toEqual([{ text: 'Plain words.', mark: false }]);
  });
});

test('what was masked stands beside its placeholder, and where the two do not fit nothing is claimed', () => {
  const known = [{ placeholder: '[NAME_1]', category: 'name' }, { placeholder: '[EMAIL_1]', category: 'email' }];
  const told = swaps('I am Ana Duarte, mail ana@example.com', 'I am [NAME_1], mail [EMAIL_1]', known);
  expect(told.filter((part) => part.placeholder).map((part) => [part.text, part.placeholder])).toEqual([['Ana Duarte', '[NAME_1]'], ['ana@example.com', '[EMAIL_1]']]);
  expect(told.map((part) => part.text).join('')).toBe('I am Ana Duarte, mail ana@example.com');
  expect(swaps('Something else', 'I am [NAME_1]', known)).toEqual([]);
  expect(swaps('Ana ana@example.com', '[NAME_1][EMAIL_1]', known)).toEqual([]);
});
