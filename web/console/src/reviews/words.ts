// How the outcome of a review is worded.
const OUTCOMES: Record<string, string> = {
  right: 'It was right', wrong: 'It was wrong', not_ours: 'Not for us',
  withdrawn: 'Taken back', refused: 'Refused', fulfilled: 'Answered by letter', partly_fulfilled: 'Answered by letter', expired: 'Ran out',
};

export const outcomeWords = (outcome: string): string => OUTCOMES[outcome] ?? outcome;

/** Hours or days until the moment, in words a person says. */
export function leftWords(until: number, now: number): string {
  const hours = Math.round((until - now) / 3_600_000);
  const span = Math.abs(hours) < 48 ? `${Math.abs(hours)} ${Math.abs(hours) === 1 ? 'hour' : 'hours'}` : `${Math.round(Math.abs(hours) / 24)} days`;
  return hours < 0 ? `${span} late` : `${span} left`;
}
