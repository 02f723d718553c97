// Requests in words: what is asked for, under which law, how each step stands and why it waits.
import { plainWords } from '../lib/show.ts';

const KINDS: Record<string, string> = {
  access: 'Access', portability: 'Data portability', rectification: 'Correction', erasure: 'Erasure', restriction: 'Restriction',
  objection: 'Objection', ai_opt_out: 'No automatic answers', human_review: 'Review of an answer', consent_withdrawal: 'Withdrawal of consent',
  complaint: 'Complaint', know: 'Know (California)', delete: 'Delete (California)', correct: 'Correct (California)',
  opt_out: 'Opt out of sale (California)', limit: 'Limit sensitive data (California)',
};
const LAWS: Record<string, string> = { gdpr: 'EU', uk_gdpr: 'UK', ccpa: 'California', voluntary: 'Elsewhere' };
const CHANNELS: Record<string, string> = { widget: 'in the chat', form: 'by the public form', staff: 'noted by the staff', api: 'by a program', agent: 'by an agent' };
const IDENTITIES: Record<string, string> = {
  pending: 'Not proved yet', session: 'Proved by the chat session', code: 'Proved by a code', vouched: 'Vouched for by the staff',
  signed: 'Signed by an agent', shop: 'Signed by the shop', not_needed: 'Not needed',
};
const STATES: Record<string, string> = {
  identity_pending: 'Waiting for identity', in_progress: 'In progress', fulfilled: 'Done', partly_fulfilled: 'Partly done', refused: 'Refused',
  withdrawn: 'Taken back', expired: 'Never proved',
};
const ACTS: Record<string, string> = {
  locate: 'Find the data', acknowledge: 'Confirm receipt', export: 'Collect everything', port: 'Collect what was provided', correct: 'Correct',
  decide: 'Decide', restrict: 'Restrict use', ai_off: 'Keep the assistant away', withdraw: 'Withdraw consent', review: 'Look at the answer again',
  erase: 'Erase', tell: 'Tell a recipient', letter: 'Answer the person',
};
const STEPS: Record<string, string> = { waiting: 'Waiting', manual: 'Needs you', failed: 'Will be tried again', done: 'Done', kept: 'Kept by law', void: 'Nothing to do' };
const CODES: Record<string, string> = {
  decision: 'A person must decide.', words: 'The correction is in words: a person must look at it.', no_contact: 'This recipient has no address here: tell them, then confirm.',
  no_mail: 'No mail can be sent: bring the letter another way, then confirm.', mail: 'The mail relay did not take it.', mail_refused: 'The address refuses mail.',
  recipient_unreachable: 'The mail relay did not take it.', recipient_refused: 'The address refuses mail: tell them another way.', conflict: 'Something else was quicker.',
  archive_too_large: 'The archive is too large to be kept here: download everything from the person’s page, hand it over, then confirm.',
};

/** The grounds on which something may be refused or kept, in the order of the form. */
export const GROUNDS: [string, string][] = [
  ['manifestly_unfounded', 'Manifestly unfounded (Art. 12(5))'], ['manifestly_excessive', 'Manifestly excessive (Art. 12(5))'],
  ['not_identified', 'The person cannot be identified (Art. 11(2), 12(2))'], ['exemption_17_3_a', 'Freedom of expression (Art. 17(3)(a))'],
  ['exemption_17_3_b', 'A law demands that it is kept (Art. 17(3)(b))'], ['exemption_17_3_c', 'Public health (Art. 17(3)(c))'],
  ['exemption_17_3_d', 'Archiving, research, statistics (Art. 17(3)(d))'], ['exemption_17_3_e', 'Legal claims (Art. 17(3)(e))'],
  ['rights_of_others_15_4', 'Rights of others (Art. 15(4))'], ['compelling_grounds_21_1', 'Compelling grounds (Art. 21(1))'],
  ['not_controller', 'Another company decides (Art. 4(7))'], ['no_data_held', 'Nothing is held'], ['legal_hold', 'Ordered by a court or authority'],
  ['ccpa_exception', 'Exception of the California law'],
];

export const kindWords = (word: string): string => KINDS[word] ?? plainWords(word);
export const lawWords = (word: string): string => LAWS[word] ?? plainWords(word);
export const channelWords = (word: string): string => CHANNELS[word] ?? plainWords(word);
export const identityWords = (word: string): string => IDENTITIES[word] ?? plainWords(word);
export const stateWords = (word: string): string => STATES[word] ?? plainWords(word);
export const actWords = (word: string): string => ACTS[word] ?? plainWords(word);
export const stepWords = (word: string): string => STEPS[word] ?? plainWords(word);
export const codeWords = (word: string): string => CODES[word] ?? plainWords(word);
export const groundWords = (word: string): string => GROUNDS.find(([known]) => known === word)?.[1] ?? plainWords(word);

/** "12 days left", "due today", "3 days overdue". */
export function leftWords(days: number, overdue: boolean): string {
  if (overdue) return days === -1 ? '1 day overdue' : `${-days} days overdue`;
  if (days <= 0) return 'Due today';
  return days === 1 ? '1 day left' : `${days} days left`;
}

export const KIND_CHOICES = Object.entries(KINDS);
export const LAW_CHOICES = Object.entries(LAWS);
