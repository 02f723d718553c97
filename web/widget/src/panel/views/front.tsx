// The front door: who answers, what happens with the words, and one button. Before it is pressed nothing is kept anywhere.
import type { Chat } from '../chat.ts';
import { Icon, type IconName } from '../icons.tsx';
import type { PanelState } from '../state.ts';
import { Outward } from './rich.tsx';

function answerer(chat: Chat, state: PanelState): string {
  const ai = state.setup?.ai;
  if (!ai?.enabled) return chat.say('answererPeople');
  if (ai.answerer === 'built-in') return chat.say('answererBuiltIn');
  if (ai.recipient) return chat.say('answererOutside', { name: ai.recipient.name, country: ai.recipient.country });
  return chat.say('answererModel');
}

function Facts({ chat, state }: { chat: Chat; state: PanelState }) {
  const { say } = chat;
  const facts: [IconName, string][] = [
    ['server', answerer(chat, state)],
    ...(state.setup?.ai.enabled ? [['people', say('teamReads')] as [IconName, string]] : []),
    ['clock', say('kept', { n: state.setup?.keep_days ?? 0 })],
    ['shield', say('yourRights')],
  ];
  return (
    <section aria-labelledby="facts">
      <h2 id="facts">{say('whatHappens')}</h2>
      <ul class="facts">{facts.map(([icon, text]) => <li><Icon name={icon} /><span>{text}</span></li>)}</ul>
    </section>
  );
}

export function PrivacyLink({ chat, state }: { chat: Chat; state: PanelState }) {
  if (!state.setup) return null;
  return <Outward href={chat.transport.url(state.setup.privacy_url)}>{chat.say('privacyLink')}<span class="sr"> ({chat.say('newTab')})</span></Outward>;
}

/** Who answers and the shop's greeting: before the start, and in a thread that is still empty. */
export function Welcome({ chat, state }: { chat: Chat; state: PanelState }) {
  const ai = state.setup?.ai.enabled;
  return (
    <>
      <p class="greeting" dir="auto">{state.setup?.look.greeting[state.locale] || chat.say('greeting')}</p>
      <p class="notice" data-ai-notice><Icon name={ai ? 'spark' : 'person'} /><span>{chat.say(ai ? 'noticeAi' : 'noticePeople')}</span></p>
    </>
  );
}

export function Front({ chat, state }: { chat: Chat; state: PanelState }) {
  const { say } = chat;
  const start = (): void => void chat.start();
  return (
    <form class="front" onSubmit={(event) => { event.preventDefault(); start(); }}>
      <div class="scroll">
        <Welcome chat={chat} state={state} />
        <Facts chat={chat} state={state} />
      </div>
      <div class="foot">
        {state.error ? <p class="error" role="alert"><Icon name="alert" />{state.error}</p> : null}
        <label class="sr" for="first">{say('firstMessage')}</label>
        <textarea id="first" rows={2} dir="auto" maxLength={8000} placeholder={say('firstMessage')} value={state.firstText}
          onInput={(event) => chat.store.set({ firstText: event.currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing && state.firstText.trim()) {
              event.preventDefault();
              start();
            }
          }} />
        <button type="submit" class="first" disabled={state.busy}>{say(state.busy ? 'starting' : 'start')}</button>
        <p class="meta centre">{say('nothingStored')} <PrivacyLink chat={chat} state={state} /></p>
      </div>
    </form>
  );
}
