// How the outcome of a trial is worded.
export const OUTCOMES = [['answered', 'Answered'], ['abstained', 'Said it is not known'], ['asked_back', 'Asked back'], ['offered_person', 'Offered a person'], ['failed', 'Failed']] as const;

export const outcomeWords = (outcome: string): string => OUTCOMES.find(([word]) => word === outcome)?.[1] ?? outcome;

const MISSED: Record<string, string> = { page: 'another page', words: 'words missing', outcome: 'another outcome' };
export const missedWords = (missed: readonly string[]): string => missed.map((one) => MISSED[one] ?? one).join(', ');
