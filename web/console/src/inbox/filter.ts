// What the list shows, kept in the address so that a link and the back button bring it back.
import type { ListQuery } from '../api/client.ts';
import type { Summary } from '../api/types.ts';

export type View = 'open' | 'waiting' | 'mine' | 'unassigned' | 'closed';
export type LaneChoice = '' | 'ai' | 'human';
export interface Filter { view: View; lane: LaneChoice; q: string }

export const VIEWS: View[] = ['open', 'waiting', 'mine', 'unassigned', 'closed'];

export function readFilter(query: URLSearchParams): Filter {
  const view = VIEWS.find((name) => name === query.get('view')) ?? 'open';
  const lane = query.get('lane');
  return { view, lane: lane === 'ai' || lane === 'human' ? lane : '', q: query.get('q') ?? '' };
}

/** The filter as the end of an address; defaults are left out. */
export function writeFilter(filter: Filter): string {
  const query = new URLSearchParams();
  if (filter.view !== 'open') query.set('view', filter.view);
  if (filter.lane) query.set('lane', filter.lane);
  if (filter.q) query.set('q', filter.q);
  return query.size > 0 ? `?${query}` : '';
}

export function askFor(filter: Filter): ListQuery {
  const asked: ListQuery = { state: filter.view === 'closed' ? 'closed' : 'open', q: filter.q || undefined };
  if (filter.view === 'waiting') asked.lane = 'waiting';
  else if (filter.lane) asked.lane = filter.lane;
  if (filter.view === 'mine') asked.assignee = 'me';
  if (filter.view === 'unassigned') asked.assignee = 'none';
  return asked;
}

/** Whether a conversation that changed still belongs to the list. A search is answered by the server alone. */
export function belongs(summary: Summary, filter: Filter, me: string): boolean {
  if ((filter.view === 'closed') !== (summary.state === 'closed')) return false;
  if (filter.view === 'waiting' && summary.lane !== 'waiting') return false;
  if (filter.view === 'mine' && summary.assignee?.id !== me) return false;
  if (filter.view === 'unassigned' && summary.assignee) return false;
  return filter.view === 'waiting' || !filter.lane || summary.lane === filter.lane;
}

/** What the counts look at: as long as it stays the same, no count has changed. */
export const countedAs = (summary: Summary): string => [summary.state, summary.waiting_since ? 'waits' : '', summary.assignee?.id].join(' ');

/** Longest-waiting first, then the latest. */
export function order(a: Summary, b: Summary): number {
  const [x, y] = [a.lane === 'waiting' && a.state === 'open', b.lane === 'waiting' && b.state === 'open'];
  if (x !== y) return x ? -1 : 1;
  if (x && y) return (a.waiting_since ?? 0) - (b.waiting_since ?? 0);
  return b.last_activity_at - a.last_activity_at;
}
