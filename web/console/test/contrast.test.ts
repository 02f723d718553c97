// The pairs of colours that only the console uses, computed from the files that ship.
import { contrast, parseHex, type Rgb } from '@confidante/core';
import { expect, test } from 'vitest';
import tokens from '../../core/tokens.css?raw';
import avatar from '../src/part/Avatar.svelte?raw';

function theme(selector: string): (name: string) => Rgb {
  const from = tokens.indexOf(selector);
  const body = tokens.slice(tokens.indexOf('{', from) + 1, tokens.indexOf('}', from));
  return (name) => {
    const colour = parseHex(new RegExp(`--${name}:\\s*(#[0-9a-f]{6})`).exec(body)?.[1] ?? '');
    if (!colour) throw new Error(`${selector} lacks ${name}`);
    return colour;
  };
}
const mix = (a: Rgb, b: Rgb, share: number): Rgb => [0, 1, 2].map((i) => (a[i] ?? 0) * share + (b[i] ?? 0) * (1 - share)) as unknown as Rgb;

for (const [name, selector] of [['light', ':root {'], ['dark', ":root[data-theme='dark'] {"]] as const) {
  test(`${name}: every pair is readable`, () => {
    const of = theme(selector);
    const pairs: [string, Rgb, Rgb, number][] = [
      ['reply bubble', of('ink'), mix(of('accent'), of('surface'), 0.12), 7],
      ['source number', of('ai'), mix(of('ai'), of('ai-tint'), 0.18), 3],
      ['quoted words', of('ink'), mix(of('ai'), of('surface'), 0.22), 4.5],
      ['AI banner', of('mute'), of('ai-tint'), 4.5],
      ['waiting banner', of('bad'), of('note'), 4.5],
      ['chosen line of the palette', of('on-accent'), of('accent'), 4.5],
      ['bad news on paper', of('bad'), of('surface'), 4.5],
      ['waiting count', of('bad'), of('raised'), 4.5],
    ];
    for (const [what, ink, ground, least] of pairs) expect(contrast(ink, ground), what).toBeGreaterThanOrEqual(least);
  });
}

test('letters on avatars are readable', () => {
  const grounds = [...avatar.matchAll(/background: (#[0-9a-f]{6}); color: (#[0-9a-f]{6})/g)];
  expect(grounds).toHaveLength(6);
  for (const [, ground, ink] of grounds) expect(contrast(parseHex(ground ?? '') as Rgb, parseHex(ink ?? '') as Rgb)).toBeGreaterThanOrEqual(4.5);
});
