// The bar on top: with whom one speaks, the menu with the visitor's rights, and the way out.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat.ts';
import { Icon, type IconName } from '../icons.tsx';
import { LOCALES, type PanelLocale, type PanelState } from '../state.ts';
import { PrivacyLink } from './front.tsx';
import { AiBadge } from './message.tsx';

const NAMES: Record<PanelLocale, string> = { en: 'English', de: 'Deutsch', ar: 'العربية' };

function Who({ chat, state }: { chat: Chat; state: PanelState }) {
  const { say } = chat;
  const { lane, agent } = state.head;
  if (lane === 'human') return <p class="sub"><i class="dot ok" />{agent ? say('personName', { name: agent.name }) : say('teamName')}</p>;
  if (lane === 'waiting') return <p class="sub"><i class="dot warn" />{say('waitingName')}</p>;
  return <p class="sub">{state.setup?.ai.enabled ? <><AiBadge chat={chat} /> {say('aiName')}</> : say('teamName')}</p>;
}

function Menu({ chat, state, close }: { chat: Chat; state: PanelState; close: () => void }) {
  const { say } = chat;
  useEffect(() => {
    if (state.phase === 'chat') void chat.aiOptOut();
  }, []);
  const item = (icon: IconName, text: string, deed: () => void) => (
    <button type="button" onClick={() => { close(); deed(); }}><Icon name={icon} />{text}</button>
  );
  const go = (view: PanelState['view']) => () => {
    chat.store.clear('error');
    chat.store.set({ view });
  };
  return (
    <div class="menu" id="menu">
      {state.phase === 'chat' ? (
        <>
          {state.head.lane === 'ai' ? item('person', say('talkToPerson'), () => void chat.askPerson()) : null}
          {state.setup?.ai.enabled && state.optedOut !== undefined ? item('spark', say(state.optedOut ? 'yesAi' : 'noAi'), () => void chat.aiOptOut(!state.optedOut)) : null}
          {item('down', say('myData'), go('export'))}
          {item('bin', say('erase'), go('erase'))}
          {item('check', say('choices'), go('choices'))}
        </>
      ) : null}
      <label><Icon name="globe" /><span>{say('language')}</span>
        <select value={state.locale} onChange={(event) => void chat.speak(event.currentTarget.value as PanelLocale)}>
          {LOCALES.filter((locale) => state.setup?.locales.includes(locale)).map((locale) => <option value={locale} lang={locale}>{NAMES[locale]}</option>)}
        </select>
      </label>
      <p><Icon name="shield" /><PrivacyLink chat={chat} state={state} /></p>
    </div>
  );
}

export function Head({ chat, state, leave }: { chat: Chat; state: PanelState; leave: () => void }) {
  const { say } = chat;
  const [menu, setMenu] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!menu) return;
    const away = (event: Event): void => {
      if (!box.current?.contains(event.target as Node)) setMenu(false);
    };
    const key = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setMenu(false);
      button.current?.focus();
    };
    addEventListener('pointerdown', away);
    addEventListener('keydown', key, true);
    return () => {
      removeEventListener('pointerdown', away);
      removeEventListener('keydown', key, true);
    };
  }, [menu]);
  const name = state.setup?.organisation.name ?? say('title');
  return (
    <header>
      <span class="face" aria-hidden="true">{[...name][0]}</span>
      <div class="names"><h1><bdi>{name}</bdi></h1><Who chat={chat} state={state} /></div>
      <div ref={box} class="menus">
        <button type="button" class="bare" ref={button} aria-label={say('menu')} aria-expanded={menu} aria-controls={menu ? 'menu' : undefined} onClick={() => setMenu(!menu)}><Icon name="more" /></button>
        {menu ? <Menu chat={chat} state={state} close={() => { setMenu(false); button.current?.focus(); }} /> : null}
      </div>
      <button type="button" class="bare" aria-label={say('close')} onClick={leave}><Icon name="close" /></button>
    </header>
  );
}
