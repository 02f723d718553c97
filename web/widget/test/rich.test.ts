// Cutting an answer into pieces draws the same blocks as reading it whole.
import { parseMarkdown } from '@confidante/core/markdown';
import { expect, test } from 'vitest';
import { piecesOf } from '../src/panel/views/rich.tsx';

test('pieces and the whole are the same blocks', () => {
  for (const text of [
    'one\n\ntwo\n\n\nthree',
    '- a\n- b\n\n1. c\n\n2. d',
    'before\n\n```js\na\n\nb\n```\n\nafter',
    '```\nunfinished\n\nstill code',
    '',
  ]) {
    expect(piecesOf(text).flatMap((piece) => parseMarkdown(piece))).toEqual(parseMarkdown(text));
  }
});
