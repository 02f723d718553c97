// Small rules of the panel: files, names, merging, what is read aloud, what is kept.
import type { Message } from '@confidante/core';
import { beforeEach, expect, test } from 'vitest';
import { queueShelf, readKept, writeKept } from '../src/panel/keep.ts';
import { plainText } from '../src/panel/plain.ts';
import { mergeMessages } from '../src/panel/state.ts';
import { checkFile, plainName, typeNames } from '../src/panel/upload.ts';

const RULE = { max_bytes: 1000, types: ['image/png', 'text/plain'] };

function message(seq: number, kind: Message['kind'] = 'visitor', text = ''): Message {
  return { id: `m${seq}`, seq, kind, text, created_at: seq, ai: kind === 'ai' };
}

beforeEach(() => sessionStorage.clear());

test('files are checked before upload', () => {
  expect(checkFile({ size: 1000, type: 'image/png' }, RULE)).toBeUndefined();
  expect(checkFile({ size: 1001, type: 'image/png' }, RULE)).toBe('fileTooBig');
  expect(checkFile({ size: 10, type: 'text/html' }, RULE)).toBe('fileWrongType');
  expect(checkFile({ size: 10, type: '' }, RULE)).toBe('fileWrongType');
  expect(checkFile({ size: 0, type: 'image/png' }, RULE)).toBe('fileEmpty');
  expect(typeNames(['image/jpeg', 'application/pdf', 'text/plain'])).toBe('JPEG, PDF, TXT');
});

test('a file name cannot hide its ending', () => {
  expect(plainName('photo\u202egpj.exe')).toBe('photogpj.exe');
  expect(plainName('a\u0000b\u2066c\u2069.txt')).toBe('abc.txt');
});

test('messages are in the server’s order, each once, notes never', () => {
  const first = mergeMessages([], [message(2), message(1)]);
  const second = mergeMessages(first, [message(2, 'visitor', 'newer'), message(3, 'note'), message(4, 'ai')]);
  expect(second.map((one) => [one.seq, one.text])).toEqual([[1, ''], [2, 'newer'], [4, '']]);
});

test('what is read aloud has no marks in it', () => {
  expect(plainText('You can **return** it [1].\n\n- Pack\n- [Send](https://x.example/) it')).toBe('You can return it . Pack; Send it'.replace(' .', ' .'));
  expect(plainText('```\ncode\n```')).toBe('code');
});

test('what is kept belongs to one widget and one tab', () => {
  writeKept('wk_a', { key: 'wk_a', token: 't' });
  expect(readKept('wk_a')).toEqual({ key: 'wk_a', token: 't' });
  expect(readKept('wk_b')).toBeUndefined();
  sessionStorage.setItem('confidante.visitor', '{broken');
  expect(readKept('wk_a')).toBeUndefined();
  writeKept('wk_a', undefined);
  queueShelf('wk_a').write('[]');
  queueShelf('wk_a').write(null);
  expect(Object.keys(sessionStorage)).toEqual([]);
  expect(localStorage.length).toBe(0);
});

test('two shops on one website keep their chats apart, and neither takes the other’s away', () => {
  const [a, b] = [queueShelf('wk_a'), queueShelf('wk_b')];
  writeKept('wk_a', { key: 'wk_a', token: 'ta' });
  a.write('["for a"]');
  expect([readKept('wk_b'), b.read()]).toEqual([undefined, null]);
  writeKept('wk_b', { key: 'wk_b', token: 'tb' });
  b.write('["for b"]');
  expect([readKept('wk_a')?.token, a.read()]).toEqual(['ta', '["for a"]']);
  expect(Object.keys(sessionStorage).sort()).toEqual(['confidante.queue', 'confidante.visitor']);
  writeKept('wk_b', undefined);
  b.write(null);
  expect([readKept('wk_a')?.token, a.read()]).toEqual(['ta', '["for a"]']);
  writeKept('wk_a', undefined);
  a.write(null);
  expect(Object.keys(sessionStorage)).toEqual([]);
});
