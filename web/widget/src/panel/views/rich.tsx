// Tokens of an answer as elements: no HTML string exists on the way.
import type { Block, Inline } from '@confidante/core';
import { parseMarkdown } from '@confidante/core/markdown';
import type { ComponentChildren } from 'preact';

export type Cite = (n: number) => ComponentChildren;

export function Outward({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

function InlineWords({ tokens, cite }: { tokens: Inline[]; cite: Cite }) {
  return (
    <>
      {tokens.map((token) => {
        switch (token.t) {
          case 'text':
            return token.v;
          case 'strong':
            return <strong><InlineWords tokens={token.c} cite={cite} /></strong>;
          case 'em':
            return <em><InlineWords tokens={token.c} cite={cite} /></em>;
          case 'code':
            return <code>{token.v}</code>;
          case 'link':
            return <Outward href={token.href}><InlineWords tokens={token.c} cite={cite} /></Outward>;
          case 'cite':
            return cite(token.n);
          case 'br':
            return <br />;
        }
      })}
    </>
  );
}

function OneBlock({ block, cite }: { block: Block; cite: Cite }) {
  switch (block.t) {
    case 'p':
      return <p dir="auto"><InlineWords tokens={block.c} cite={cite} /></p>;
    case 'h':
      return <p dir="auto"><strong><InlineWords tokens={block.c} cite={cite} /></strong></p>;
    case 'quote':
      return <blockquote dir="auto"><InlineWords tokens={block.c} cite={cite} /></blockquote>;
    case 'pre':
      return <pre dir="ltr" tabIndex={0}>{block.v}</pre>;
    case 'ul':
      return <ul dir="auto">{block.items.map((item) => <li><InlineWords tokens={item} cite={cite} /></li>)}</ul>;
    case 'ol':
      return <ol dir="auto" start={block.start}>{block.items.map((item) => <li><InlineWords tokens={item} cite={cite} /></li>)}</ol>;
  }
}

export function Rich({ text, cite }: { text: string; cite: Cite }) {
  return <>{parseMarkdown(text).map((block) => <OneBlock block={block} cite={cite} />)}</>;
}
