// Gathers a fast trickle (streamed words) into few batches, because painting costs more than the words.

export interface CoalesceOptions {
  /** Milliseconds to gather before asking for a frame. */
  wait?: number;
  /** Runs the batch at the next paint; replaced in tests. */
  frame?: (run: () => void) => void;
}

export interface Coalesced<T> {
  (item: T): void;
  /** Hands over what is gathered at once. */
  flush: () => void;
}

const COALESCE_MS = 80;

/** A hidden page gets no frames, so it must not wait for one. */
function nextFrame(run: () => void): void {
  if (typeof requestAnimationFrame === 'undefined' || document.hidden) run();
  else requestAnimationFrame(run);
}

export function coalesce<T>(deliver: (items: T[]) => void, options: CoalesceOptions = {}): Coalesced<T> {
  const frame = options.frame ?? nextFrame;
  let items: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (items.length === 0) return;
    const batch = items;
    items = [];
    deliver(batch);
  };
  const push = (item: T): void => {
    items.push(item);
    timer ??= setTimeout(() => frame(flush), options.wait ?? COALESCE_MS);
  };
  return Object.assign(push, { flush });
}
