// The panel as a whole: which page is shown, the one status voice, and the keys that work everywhere.
import { useEffect, useState } from 'preact/hooks';
import { direction } from '@confidante/core/i18n';
import type { Chat } from './chat.ts';
import { Icon } from './icons.tsx';
import type { Rights } from './rights.ts';
import type { PanelState } from './state.ts';
import type { Uploads } from './uploads.ts';
import { Composer } from './views/composer.tsx';
import { Front } from './views/front.tsx';
import { Head } from './views/head.tsx';
import { Later } from './views/later.tsx';
import { ErasePage, ErasingPage, ExportPage, Fetching, Page } from './views/rights.tsx';
import { Thread } from './views/thread.tsx';

export interface Parts {
  chat: Chat;
  rights: Rights;
  uploads: Uploads;
}

function useStore(chat: Chat): PanelState {
  const [state, setState] = useState(chat.store.now);
  useEffect(() => {
    setState(chat.store.now);
    return chat.store.subscribe(() => setState(chat.store.now));
  }, [chat]);
  return state;
}

/** Puts the cursor where the visitor will go on; called only after a deed of the visitor. */
export function focusInside(phone = false): void {
  requestAnimationFrame(() => {
    // On a phone a focused field brings up the keyboard, which would hide the notice that must be read first.
    for (const spot of phone ? ['main'] : ['#compose', '#first', 'h2[tabindex]', '.page button', 'header button']) {
      const found = document.querySelector<HTMLElement>(spot);
      if (found) return found.focus();
    }
  });
}

function Ended({ chat, state }: { chat: Chat; state: PanelState }) {
  const gone = state.phase === 'gone';
  return (
    <Page title={chat.say(gone ? 'gone' : 'expired')} chat={chat}>
      <p>{chat.say(gone ? 'goneText' : 'expiredText')}</p>
      <button type="button" class="first" onClick={() => chat.again()}>{chat.say('newChat')}</button>
    </Page>
  );
}

function Body({ parts, state }: { parts: Parts; state: PanelState }) {
  const { chat, rights, uploads } = parts;
  switch (state.phase) {
    case 'loading':
    case 'unavailable':
      return <div class="page"><Fetching chat={chat} state={state} again={() => chat.arrive()} /></div>;
    case 'start':
      return <Front chat={chat} state={state} />;
    case 'erasing':
      return <ErasingPage chat={chat} rights={rights} state={state} />;
    case 'expired':
    case 'gone':
      return <Ended chat={chat} state={state} />;
    case 'chat':
      if (state.view === 'export') return <ExportPage chat={chat} rights={rights} state={state} />;
      if (state.view === 'erase') return <ErasePage chat={chat} rights={rights} state={state} />;
      if (state.view === 'choices') return <Later page="ChoicesPage" chat={chat} state={state} key="choices" />;
      if (state.asks) return <Later page="Survey" chat={chat} state={state} key="survey" />;
      return (
        <>
          <Thread chat={chat} uploads={uploads} state={state} />
          <Composer chat={chat} uploads={uploads} state={state} />
        </>
      );
  }
}

export function App({ parts }: { parts: Parts }) {
  const { chat } = parts;
  const state = useStore(chat);
  const leave = (): void => chat.bridge.say({ t: 'close' });
  useEffect(() => {
    const root = document.documentElement;
    root.lang = state.locale;
    root.dir = direction(state.locale);
    document.title = state.setup ? `${state.setup.organisation.name} – ${chat.say('title')}` : chat.say('title');
  }, [state.locale, state.setup]);
  // When a page of the panel takes the focused button away with it, the focus goes on instead of getting lost.
  useEffect(() => {
    if (state.open && document.hasFocus() && document.activeElement === document.body) focusInside();
  }, [state.phase, state.view, state.asks]);
  useEffect(() => {
    const key = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.isComposing) return;
      if (chat.store.now.phase === 'chat' && chat.store.now.view !== 'main') {
        chat.store.set({ view: 'main' });
        focusInside();
      } else leave();
    };
    addEventListener('keydown', key);
    return () => removeEventListener('keydown', key);
  }, []);
  return (
    <main class="panel" tabIndex={-1}>
      <Head chat={chat} state={state} leave={leave} />
      {state.offline && state.phase === 'chat' ? <p class="offline"><Icon name="alert" />{chat.say('offline')}</p> : null}
      <Body parts={parts} state={state} />
      <p class="sr" role="status">{state.status}</p>
    </main>
  );
}
