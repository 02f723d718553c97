// Tokens of an answer as elements: no HTML string exists on the way.
import type { Block, Inline } from '@confidante/core';
import { parseMarkdown } from '@confidante/core/markdown';
import { Component, type ComponentChildren } from 'preact';

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

interface PieceProps {
  text: string;
  cite: Cite;
  /** Changes when `cite` would draw something else. */
  stamp: unknown;
}

/** A paragraph that is not read and drawn again while the answer grows behind it. */
class Piece extends Component<PieceProps> {
  override shouldComponentUpdate(next: PieceProps): boolean {
    return next.text !== this.props.text || next.stamp !== this.props.stamp;
  }

  override render({ text, cite }: PieceProps) {
    return <>{parseMarkdown(text).map((block) => <OneBlock block={block} cite={cite} />)}</>;
  }
}

/** Cuts at empty lines, where every block ends anyway, except inside a fence of code. */
export function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  let open = false;
  for (const part of text.split(/\n{2,}/)) {
    if (open) pieces.push(`${pieces.pop() ?? ''}\n\n${part}`);
    else pieces.push(part);
    if ((part.match(/^```/gm)?.length ?? 0) % 2 === 1) open = !open;
  }
  return pieces;
}

export function Rich({ text, cite, stamp }: { text: string; cite: Cite; stamp?: unknown }) {
  return <>{piecesOf(text).map((piece) => <Piece text={piece} cite={cite} stamp={stamp} />)}</>;
}
