// Answers become tokens; hostile text stays text.
import { expect, test } from 'vitest';
import { parseInline, parseMarkdown, safeHref } from '../src/markdown.ts';

test('paragraphs, lists, emphasis and citations', () => {
  expect(parseMarkdown('You can **return** it [1].\n\n- Pack it\n- Send *it*\n\n3. third\n4. fourth')).toEqual([
    { t: 'p', c: [{ t: 'text', v: 'You can ' }, { t: 'strong', c: [{ t: 'text', v: 'return' }] }, { t: 'text', v: ' it ' }, { t: 'cite', n: 1 }, { t: 'text', v: '.' }] },
    { t: 'ul', items: [[{ t: 'text', v: 'Pack it' }], [{ t: 'text', v: 'Send ' }, { t: 'em', c: [{ t: 'text', v: 'it' }] }]] },
    { t: 'ol', start: 3, items: [[{ t: 'text', v: 'third' }], [{ t: 'text', v: 'fourth' }]] },
  ]);
});

test('code, quotes, headings, line breaks', () => {
  expect(parseMarkdown('# Title\n> said\n> so\n```js\n<b>x</b>\n```\na\nb `c*d*`')).toEqual([
    { t: 'h', c: [{ t: 'text', v: 'Title' }] },
    { t: 'quote', c: [{ t: 'text', v: 'said' }, { t: 'br' }, { t: 'text', v: 'so' }] },
    { t: 'pre', v: '<b>x</b>' },
    { t: 'p', c: [{ t: 'text', v: 'a' }, { t: 'br' }, { t: 'text', v: 'b ' }, { t: 'code', v: 'c*d*' }] },
  ]);
});

test('links are only made for safe addresses', () => {
  expect(parseInline('[x](https://a.example/p) https://b.example/q.')).toEqual([
    { t: 'link', href: 'https://a.example/p', c: [{ t: 'text', v: 'x' }] },
    { t: 'text', v: ' ' },
    { t: 'link', href: 'https://b.example/q', c: [{ t: 'text', v: 'https://b.example/q' }] },
    { t: 'text', v: '.' },
  ]);
  for (const bad of ['javascript:alert(1)', ' JaVaScRiPt:x', 'data:text/html,x', 'vbscript:x', '//evil', 'https://']) {
    expect(safeHref(bad), bad).toBeUndefined();
    expect(parseInline(`[x](${bad})`).some((token) => token.t === 'link'), bad).toBe(false);
  }
});

test('markup is text', () => {
  const source = '<img src=x onerror=alert(1)> <script>x</script>';
  expect(parseMarkdown(source)).toEqual([{ t: 'p', c: [{ t: 'text', v: source }] }]);
});

test('unfinished marks while streaming stay as they are', () => {
  for (const text of ['**bold', '*', '`x', '[1', '[a](http://x', '1. ', '__', '```']) {
    expect(() => parseMarkdown(text)).not.toThrow();
  }
  expect(parseInline('**bold')).toEqual([{ t: 'text', v: '**bold' }]);
  expect(parseInline('snake_case_name')).toEqual([{ t: 'text', v: 'snake_case_name' }]);
});

test('long hostile input is read in reasonable time', () => {
  const started = performance.now();
  for (const piece of ['[', '**', '*a', '`', '[x](https://e.example) ', '> ', 'https://', '_a']) {
    parseMarkdown(piece.repeat(Math.floor(16_000 / piece.length)));
  }
  expect(performance.now() - started).toBeLessThan(3_000);
});
