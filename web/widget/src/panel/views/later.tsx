// Pages that most visitors never open: their code is fetched when it is needed.
import { useEffect, useState } from 'preact/hooks';
import type { Chat } from '../chat.ts';
import type { PanelState } from '../state.ts';
import { Fetching } from './rights.tsx';

type Pages = typeof import('./consents.tsx');

export function Later({ page, chat, state }: { page: 'Survey' | 'ChoicesPage'; chat: Chat; state: PanelState }) {
  const [pages, setPages] = useState<Pages>();
  const load = () => chat.attempt(async () => setPages(await import('./consents.tsx')));
  useEffect(() => void load(), []);
  const Found = pages?.[page];
  if (Found) return <Found chat={chat} state={state} />;
  return <div class="page"><Fetching chat={chat} state={state} again={load} /></div>;
}
