// The keyboard means what the help says, and nothing while somebody types.
import { expect, test } from 'vitest';
import { isTyping, Keyboard, SHORTCUTS, type Pressed } from '../src/lib/keys.ts';

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({ key, ctrlKey: false, metaKey: false, altKey: false, typing: false, onControl: false, ...more });

test('every key of the help does what it says', () => {
  for (const entry of SHORTCUTS) {
    const keyboard = new Keyboard();
    let deed: string | undefined;
    entry.keys.forEach((key, i) => (deed = keyboard.read(press(key === 'Esc' ? 'Escape' : key.toLowerCase()), i * 100, true)));
    expect(deed, entry.says).toBe(entry.deed);
  }
});

test('no two shortcuts share their keys', () => {
  const all = SHORTCUTS.map((entry) => entry.keys.join(' '));
  expect(new Set(all).size).toBe(all.length);
});

test('writing is never a command, with Alt never, and switched off never', () => {
  const keyboard = new Keyboard();
  expect(keyboard.read(press('e', { typing: true }), 0, true)).toBeUndefined();
  expect(keyboard.read(press('e', { altKey: true }), 0, true)).toBeUndefined();
  expect(keyboard.read(press('e', { ctrlKey: true }), 0, true)).toBeUndefined();
  expect(keyboard.read(press('e'), 0, false)).toBeUndefined();
});

test('the palette and Escape work while writing and when single keys are off', () => {
  const keyboard = new Keyboard();
  expect(keyboard.read(press('k', { metaKey: true, typing: true }), 0, false)).toBe('palette');
  expect(keyboard.read(press('K', { ctrlKey: true }), 0, true)).toBe('palette');
  expect(keyboard.read(press('Escape', { typing: true }), 0, false)).toBe('back');
});

test('a pair must be quick, and a stray G spoils nothing', () => {
  const keyboard = new Keyboard();
  keyboard.read(press('g'), 0, true);
  expect(keyboard.read(press('k'), 2_000, true)).toBe('previous');
  keyboard.read(press('g'), 3_000, true);
  expect(keyboard.read(press('e'), 3_100, true)).toBe('close');
});

test('Enter belongs to a focused button', () => {
  expect(new Keyboard().read(press('Enter', { onControl: true }), 0, true)).toBeUndefined();
  expect(new Keyboard().read(press('Enter'), 0, true)).toBe('open');
});

test('fields are for typing, buttons are not', () => {
  expect(isTyping(document.createElement('textarea'))).toBe(true);
  expect(isTyping(document.createElement('select'))).toBe(true);
  expect(isTyping(document.createElement('button'))).toBe(false);
});
