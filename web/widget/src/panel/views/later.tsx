// Pages that most visitors never open: their code is fetched when it is needed.
import { useEffect, useState } from 'preact/hooks';
import type { Chat } from '../chat.ts';
import type { PanelState } from '../state.ts';

type Pages = typeof import('./consents.tsx');

export function Later({ page, chat, state }: { page: 'Survey' | 'ChoicesPage'; chat: Chat; state: PanelState }) {
  const [pages, setPages] = useState<Pages>();
  useEffect(() => {
    import('./consents.tsx').then(setPages, (cause: unknown) => chat.fail(cause));
  }, []);
  const Found = pages?.[page];
  if (Found) return <Found chat={chat} state={state} />;
  return <div class="page">{state.error ? <p class="error" role="alert">{state.error}</p> : <p class="wait"><i /><i /><i /></p>}</div>;
}
