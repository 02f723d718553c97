// Who speaks in a conversation, as one small state machine: what the banner says and which deeds are possible.
import type { Summary } from '../api/types.ts';

export type TurnName = 'ai' | 'waiting' | 'you' | 'colleague' | 'closed';

export interface Turn {
  name: TurnName;
  title: string;
  detail: string;
  /** What pressing T does here, if anything. */
  takeOver: string | undefined;
  /** What pressing B does here, if anything. */
  giveBack: string | undefined;
}

type Asked = Pick<Summary, 'state' | 'lane' | 'assignee'>;

/** The state machine: (state, lane, assignee, me) → whose turn it is. */
export function turnOf(summary: Asked, me: string): Turn {
  if (summary.state === 'closed') {
    return { name: 'closed', title: 'Closed', detail: 'A new message from the visitor opens it again.', takeOver: undefined, giveBack: undefined };
  }
  if (summary.lane === 'ai') {
    return { name: 'ai', title: 'AI is answering', detail: 'Taking over silences it at once.', takeOver: 'Take over', giveBack: undefined };
  }
  if (summary.lane === 'waiting') {
    return { name: 'waiting', title: 'Waiting for a person', detail: 'The visitor asked for a person. The AI is silent.', takeOver: 'Take over', giveBack: 'Give back to AI' };
  }
  if (!summary.assignee || summary.assignee.id === me) {
    return { name: 'you', title: 'You are answering', detail: 'The AI is silent.', takeOver: undefined, giveBack: 'Give back to AI' };
  }
  return { name: 'colleague', title: `${summary.assignee.name} is answering`, detail: 'The AI is silent.', takeOver: 'Take over', giveBack: undefined };
}

/** A reply needs the word; writing one while somebody else has it takes it first. */
export function mustTakeOver(turn: Turn): boolean {
  return turn.name === 'ai' || turn.name === 'waiting';
}
