// Keeps a merchant's brand colour readable: text on it, and it as text on our surfaces, always reach 4.5 to 1.

export type Rgb = readonly [number, number, number];

const READABLE = 4.5;

/** `#rgb` or `#rrggbb`; anything else is no colour. */
export function parseHex(text: string): Rgb | undefined {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (!hex) return undefined;
  const full = hex.length === 3 ? hex.replace(/./g, '$&$&') : hex;
  const number = Number.parseInt(full, 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

export function toHex(colour: Rgb): string {
  return `#${colour.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`;
}

function luminance(colour: Rgb): number {
  const [r, g, b] = colour.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The WCAG contrast ratio, 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  return [0, 1, 2].map((i) => (from[i] ?? 0) + ((to[i] ?? 0) - (from[i] ?? 0)) * share) as unknown as Rgb;
}

/** The nearest shade of `accent` that is readable on `surface`, and the text colour to put on top of it. */
export function readableAccent(accent: string, surface: string): { accent: string; onAccent: string; changed: boolean } {
  const wanted = parseHex(accent) ?? [40, 92, 194];
  const ground = parseHex(surface) ?? [255, 255, 255];
  const target: Rgb = luminance(ground) > 0.5 ? [0, 0, 0] : [255, 255, 255];
  let shade = wanted;
  for (let share = 0; contrast(shade, ground) < READABLE && share <= 1; share += 0.04) shade = mix(wanted, target, share);
  const light: Rgb = [255, 255, 255];
  const dark: Rgb = [8, 15, 28];
  const onAccent = contrast(shade, light) >= contrast(shade, dark) ? light : dark;
  return { accent: toHex(shade), onAccent: toHex(onAccent), changed: shade !== wanted };
}
