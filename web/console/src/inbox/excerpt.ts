// The part of a passage worth showing: around the words that were quoted, without the marks of headings.
export interface Piece { text: string; mark: boolean }

/** How much is shown before the first quoted words. */
const LEAD = 70;

const plain = (text: string): string => text.replaceAll(/(^|\s)#{1,6}\s+/g, '$1').replaceAll(/\s+/g, ' ').trim();

/** Cuts a passage at its quotes. What was quoted is always visible at the beginning. */
export function excerpt(text: string, quotes: readonly string[]): Piece[] {
  let pieces: Piece[] = [{ text: plain(text), mark: false }];
  for (const quote of quotes.map((each) => plain(each.replace(/\s*\[\d+\]\s*$/, ''))).filter(Boolean)) {
    pieces = pieces.flatMap((piece) => {
      const at = piece.mark ? -1 : piece.text.indexOf(quote);
      if (at < 0) return [piece];
      const rest = [{ text: piece.text.slice(0, at), mark: false }, { text: quote, mark: true }, { text: piece.text.slice(at + quote.length), mark: false }];
      return rest.filter((part) => part.text);
    });
  }
  const [first] = pieces;
  if (first && !first.mark && pieces.length > 1 && first.text.length > LEAD) {
    const from = first.text.indexOf(' ', first.text.length - LEAD);
    pieces[0] = { text: `…${first.text.slice(Math.max(from, 0))}`, mark: false };
  }
  return pieces;
}
