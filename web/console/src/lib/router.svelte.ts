// Where the console is: a table of patterns over the browser's history, links caught once, focus moved to the new heading.
export const BASE = '/console';

export interface Place { name: string; params: Record<string, string>; query: URLSearchParams }

const PATTERNS: [string, string][] = [
  ['/', 'inbox'], ['/inbox', 'inbox'], ['/inbox/:id', 'inbox'],
  ['/knowledge', 'knowledge'], ['/knowledge/pages', 'pages'], ['/knowledge/pages/new', 'write'], ['/knowledge/gaps', 'gaps'], ['/knowledge/pages/:id', 'page'],
  ['/playground', 'playground'], ['/playground/sets', 'test-sets'], ['/playground/sets/:id', 'test-set'],
  ['/consent', 'consent'], ['/privacy', 'privacy'], ['/privacy/people/:id', 'privacy'], ['/privacy/retention', 'retention'],
  ['/requests', 'requests'], ['/requests/:id', 'request'],
  ['/reviews', 'reviews'], ['/reviews/:id', 'review'],
  ['/promises', 'promises'],
  ['/team', 'team'], ['/settings', 'settings'], ['/providers', 'providers'], ['/masking', 'masking'],
  ['/audit', 'audit'], ['/settings/leave', 'leave'], ['/left/:id', 'left'],
  ['/setup', 'setup'], ['/sign-in', 'sign-in'], ['/invite', 'invite'],
];

/** Finds the screen for a path below the base; an unknown path is `missing`. */
export function match(path: string): { name: string; params: Record<string, string> } {
  const asked = path.split('/').filter(Boolean);
  for (const [pattern, name] of PATTERNS) {
    const parts = pattern.split('/').filter(Boolean);
    if (parts.length !== asked.length) continue;
    const params: Record<string, string> = {};
    const fits = parts.every((part, i) => {
      const given = asked[i] ?? '';
      if (!part.startsWith(':')) return part === given;
      params[part.slice(1)] = decodeURIComponent(given);
      return true;
    });
    if (fits) return { name, params };
  }
  return { name: 'missing', params: {} };
}

function here(): Place {
  return { ...match(location.pathname.replace(BASE, '') || '/'), query: new URLSearchParams(location.search) };
}

class Router {
  place: Place = $state.raw(here());

  constructor() {
    addEventListener('popstate', () => (this.place = here()));
  }

  /** Goes to a path below the base. */
  go(path: string, options: { replace?: boolean; focus?: boolean } = {}): void {
    const from = this.place.name;
    history[options.replace ? 'replaceState' : 'pushState'](null, '', BASE + path);
    this.place = here();
    if (options.focus !== false && this.place.name !== from) requestAnimationFrame(focusHeading);
  }

  /** Lets ordinary links inside the console move without loading the page again. */
  readonly follow = (event: MouseEvent): void => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
    if (!link.pathname.startsWith(`${BASE}/`)) return;
    event.preventDefault();
    this.go(link.pathname.slice(BASE.length) + link.search);
  };
}

export function focusHeading(): void {
  document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true });
}

/** The address of a place, for links. */
export const to = (path: string): string => BASE + path;

export const router = new Router();
