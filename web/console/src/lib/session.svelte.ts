// Who is signed in. Nothing of it is kept in the browser: the cookie cannot be read by scripts, and the rest is asked anew.
import { Refused } from '@confidante/core';
import { api } from '../api/client.ts';
import type { Me, Role } from '../api/types.ts';
import { to } from './router.svelte.ts';

const RANK: Record<Role, number> = { viewer: 0, agent: 1, admin: 2, owner: 3 };

/** True when `role` may do what `least` may do. */
export function atLeast(role: Role | undefined, least: Role): boolean {
  return role !== undefined && RANK[role] >= RANK[least];
}

class Session {
  me: Me | undefined = $state.raw();
  /** `asking` until the first answer; `setup` when the house is empty. */
  state: 'asking' | 'in' | 'out' | 'setup' | 'unreachable' = $state('asking');

  /** True when the same member came back: what the page holds may be old. */
  returned = false;
  #last: string | undefined;

  async ask(): Promise<void> {
    try {
      this.enter(await api.me());
    } catch (cause) {
      if (!(cause instanceof Refused)) {
        this.state = 'unreachable';
        return;
      }
      const setup = await api.setupNeeded().catch(() => ({ needed: false }));
      this.state = setup.needed ? 'setup' : 'out';
    }
  }

  enter(me: Me): void {
    // What the page still holds was read by somebody else: it goes, drafts and searches and all, and the address with it.
    if (this.#last && this.#last !== me.member.id) return location.replace(to('/inbox'));
    this.returned = this.#last !== undefined;
    this.#last = me.member.id;
    this.me = me;
    this.state = 'in';
  }

  /** The server says that the session has ended. */
  end(): void {
    this.me = undefined;
    this.state = 'out';
  }

  may(least: Role): boolean {
    return atLeast(this.me?.member.role, least);
  }
}

export const session = new Session();
