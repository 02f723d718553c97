// How a promise stands, in words and colours.
export const WORDS: Record<string, string> = {
  holds: 'holds', fails: 'fails', stale: 'not checked lately', unchecked: 'not checked yet',
  attested: 'attested', lapsed: 'attestation is over', unattested: 'nobody vouches',
};

export const TONES: Record<string, string> = {
  holds: 'text-ok', fails: 'text-bad', stale: 'text-bad', lapsed: 'text-bad', attested: 'text-accent',
};
