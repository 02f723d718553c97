// An answer as plain words, for the one sentence that a screen reader hears.
import { parseMarkdown, type Block, type Inline } from '@confidante/core/markdown';

function words(inline: Inline[]): string {
  return inline
    .map((token) => {
      if (token.t === 'text' || token.t === 'code') return token.v;
      if (token.t === 'br') return ' ';
      return token.t === 'cite' ? '' : words(token.c);
    })
    .join('');
}

function blockWords(block: Block): string {
  if (block.t === 'pre') return block.v;
  if (block.t === 'ul' || block.t === 'ol') return block.items.map(words).join('; ');
  return words(block.c);
}

export function plainText(source: string): string {
  return parseMarkdown(source).map(blockWords).join(' ').replace(/\s+/g, ' ').trim();
}
