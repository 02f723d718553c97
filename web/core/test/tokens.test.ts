// The contrast table, computed again from the colours that ship.
import { expect, test } from 'vitest';
import { contrast, parseHex, readableAccent, type Rgb } from '../src/contrast.ts';
import css from '../tokens.css?raw';

function theme(selector: string): Record<string, Rgb> {
  const from = css.indexOf(selector);
  const body = css.slice(css.indexOf('{', from) + 1, css.indexOf('}', from));
  const found: Record<string, Rgb> = {};
  for (const match of body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)) {
    const colour = parseHex(match[2] ?? '');
    if (match[1] && colour) found[match[1]] = colour;
  }
  return found;
}

const PAIRS: [string, string, number][] = [
  ...['canvas', 'surface', 'raised'].flatMap((ground): [string, string, number][] => [
    ['ink', ground, 7], ['mute', ground, 4.5], ['accent', ground, 4.5], ['field', ground, 3],
    ['ok', ground, 4.5], ['warn', ground, 4.5], ['bad', ground, 4.5],
  ]),
  ['on-accent', 'accent', 4.5], ['ai', 'ai-tint', 4.5], ['ink', 'ai-tint', 7], ['mute', 'ai-tint', 4.5],
  ['mask-ink', 'mask', 4.5], ['ink', 'note', 7], ['mute', 'note', 4.5], ['accent', 'ai-tint', 4.5],
];

for (const [name, selector] of [
  ['light', ':root {'],
  ['dark by system', ":root:not([data-theme='light']) {"],
  ['dark by choice', ":root[data-theme='dark'] {"],
] as const) {
  test(`${name}: every pair is readable`, () => {
    const colours = theme(selector);
    for (const [ink, ground, least] of PAIRS) {
      const [a, b] = [colours[ink], colours[ground]];
      if (!a || !b) throw new Error(`${name} lacks ${ink} or ${ground}`);
      expect(contrast(a, b), `${ink} on ${ground}`).toBeGreaterThanOrEqual(least);
    }
  });
}

test('any brand colour becomes readable, and good ones stay as they are', () => {
  expect(readableAccent('#285cc2', '#ffffff')).toEqual({ accent: '#285cc2', onAccent: '#ffffff', changed: false });
  for (const brand of ['#ffff00', '#ffffff', '#000000', '#ff7a00', '#0f0', 'nonsense', '#7daafd']) {
    for (const ground of ['#ffffff', '#13161b']) {
      const { accent, onAccent } = readableAccent(brand, ground);
      const [shade, text, surface] = [parseHex(accent), parseHex(onAccent), parseHex(ground)] as [Rgb, Rgb, Rgb];
      expect(contrast(shade, surface), `${brand} on ${ground}`).toBeGreaterThanOrEqual(4.4);
      expect(contrast(shade, text), `text on ${brand}`).toBeGreaterThanOrEqual(4.5);
    }
  }
});
