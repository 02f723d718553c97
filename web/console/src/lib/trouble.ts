// Turns a failure into words: what failed, what is safe, and the id to quote.
import { Refused, Unreachable } from '@confidante/core';

export interface Trouble { text: string; id: string; again: boolean }

/** Whether something is refused because its person restricted it (GDPR Art. 18): an admin may say for what it is needed. */
export const isRestricted = (cause: unknown): boolean => cause instanceof Refused && cause.code === 'restricted';

/** Words for any failure of a call. `again` says that the same request may succeed later. */
export function trouble(cause: unknown): Trouble {
  if (cause instanceof Refused) {
    const wait = cause.retryAfter ? ` Try again in ${cause.retryAfter} s.` : '';
    const text = (cause.message || words(cause.status)) + wait;
    return { text, id: cause.requestId, again: cause.status === 429 };
  }
  if (cause instanceof Unreachable) {
    // Whether the server did it before the line broke, nobody here can know.
    const what = cause.message === 'no connection' ? 'The server cannot be reached.' : 'The server has a problem.';
    return { text: `${what} It has not confirmed this.`, id: cause.requestId, again: true };
  }
  return { text: 'Something went wrong on this page.', id: '', again: true };
}

function words(status: number): string {
  if (status === 401) return 'You are signed out.';
  if (status === 403) return 'Your role does not allow this.';
  if (status === 404) return 'This does not exist, or no longer.';
  if (status === 413) return 'This is too large.';
  if (status === 429) return 'Too many attempts.';
  return 'The server refused this.';
}
