// The people a conversation can be assigned to, asked once for each visit of the inbox.
import type { Team, TeamMember } from '../api/types.ts';

class TeamList {
  members: TeamMember[] | undefined = $state.raw();
  #asking = false;

  async once(ask: () => Promise<Team>): Promise<void> {
    if (this.members || this.#asking) return;
    this.#asking = true;
    try {
      this.members = (await ask()).members;
    } catch {
      // Without the list, assigning is not offered; everything else works.
    } finally {
      this.#asking = false;
    }
  }

  forget(): void {
    this.members = undefined;
  }
}

export const team = new TeamList();
