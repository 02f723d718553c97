// Brings what happens on the live line into the list and the open thread.
import type { Message } from '@confidante/core';
import type { Summary } from '../api/types.ts';
import { live } from '../lib/live.svelte.ts';
import { drafting } from './drafting.svelte.ts';
import { listing } from './listing.svelte.ts';
import { news } from './news.svelte.ts';
import { thread } from './thread.svelte.ts';

interface MessageNews { conversation_id: string; message: Message }
interface DraftNews { conversation_id: string; draft_id: string; append?: string; text?: string }

/** Starts following; the returned function stops it. */
export function follow(): () => void {
  return live.listen(({ type, body }) => {
    if (type === 'message') {
      const said = body as MessageNews;
      if (said.message.kind === 'ai') drafting.end(said.conversation_id);
      thread.takeMessage(said.conversation_id, said.message);
      news.said(said.conversation_id, said.message);
    } else if (type === 'conversation') {
      const summary = body as Summary;
      news.changed(summary);
      thread.takeSummary(summary);
      listing.take(summary);
    } else if (type === 'delta' || type === 'draft') {
      const drawn = body as DraftNews;
      drafting.add({ conversation: drawn.conversation_id, draft: drawn.draft_id, append: drawn.append ?? drawn.text ?? '', whole: drawn.text !== undefined });
    } else if (type === 'conversation_gone') {
      // The person was erased: nothing of the conversation stays on the screen.
      const gone = (body as { conversation_id: string }).conversation_id;
      drafting.end(gone);
      listing.remove(gone);
      news.forget(gone);
      thread.gone(gone);
    } else if (type === 'draft_end') {
      drafting.end((body as DraftNews).conversation_id);
    }
  });
}

/** After a gap: forget half-heard drafts and ask the server for the truth. */
export function catchUp(): void {
  drafting.clear();
  void listing.refresh();
  void thread.refresh();
}
