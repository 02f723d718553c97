// How well a line of the palette fits what was typed.
/** Higher is better; 0 is no fit. Each typed word must begin a word, or at least appear. */
export function fit(text: string, typed: string): number {
  const line = text.toLowerCase();
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  let score = 1;
  for (const word of words) {
    const at = line.indexOf(word);
    if (at < 0) return 0;
    if (at === 0) score += 4;
    else if (/[\s@./-]/.test(line[at - 1] ?? '')) score += 2;
    else score += 1;
  }
  return score;
}
