// The gap that is about to be answered. It lives in memory only: a question does not belong into an address or a history.
import type { GapGroup } from '../api/types.ts';

class Chosen {
  gap: GapGroup | undefined = $state.raw();
}

export const chosen = new Chosen();
