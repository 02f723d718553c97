// Download and delete, each a page of its own inside the panel, honest about what happens.
import type { Erasure } from '@confidante/core';
import { bytes } from '@confidante/core/when';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Chat } from '../chat.ts';
import { Icon, type IconName } from '../icons.tsx';
import type { Rights } from '../rights.ts';
import { tagOf } from '../speech.ts';
import type { PanelState, WordKey } from '../state.ts';
import { Outward } from './rich.tsx';

export interface RightsProps {
  chat: Chat;
  rights: Rights;
  state: PanelState;
}

/** A page within the panel; its title takes the focus, because the visitor asked to come here. */
export function Page({ title, back, chat, children }: { title: string; back?: () => void; chat: Chat; children: ComponentChildren }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (document.hasFocus()) heading.current?.focus();
  }, [title]);
  return (
    <div class="page scroll">
      <p class="title">
        {back ? <button type="button" class="bare" aria-label={chat.say('back')} onClick={back}><Icon name="back" turn /></button> : null}
        <h2 tabIndex={-1} ref={heading}>{title}</h2>
      </p>
      {children}
    </div>
  );
}

/** Why it failed; silent while it is tried again, so that the same words are heard a second time. */
export function Trouble({ state }: { state: PanelState }) {
  return state.error && !state.busy ? <p class="error" role="alert"><Icon name="alert" />{state.error}</p> : null;
}

/** In place of what is being fetched; where that failed, why, and a way to try again. */
export function Fetching({ chat, state, again }: { chat: Chat; state: PanelState; again: () => unknown }) {
  return (
    <>
      {state.error && !state.busy ? <Trouble state={state} /> : <p class="wait"><i /><i /><i /></p>}
      {state.error ? <button type="button" class="second" onClick={again}>{chat.say('tryAgain')}</button> : null}
    </>
  );
}

export function ExportPage({ chat, rights, state }: RightsProps) {
  const { say } = chat;
  const [size, setSize] = useState<number | undefined>(undefined);
  const done = size === undefined ? '' : say('exportDone', { size: bytes(tagOf(state.locale), size) });
  const go = async (): Promise<void> => {
    const got = await rights.export();
    setSize(got);
    if (got !== undefined) chat.store.set({ status: say('exportDone', { size: bytes(tagOf(state.locale), got) }) });
  };
  return (
    <Page title={say('myData')} back={() => chat.store.set({ view: 'main' })} chat={chat}>
      <p>{say('exportIntro')}</p>
      <Trouble state={state} />
      <button type="button" class="first" disabled={state.busy} onClick={() => void go()}>
        <Icon name="down" />{say(state.busy ? 'exportBusy' : done ? 'exportAgain' : 'exportGo')}
      </button>
      {done ? <p class="good"><Icon name="check" /><span>{done}</span></p> : null}
      {state.setup ? <p class="meta"><Outward href={chat.transport.url(`${state.setup.privacy_url}/request?lang=${state.locale}`)}>{say('otherRights')}<span class="sr"> ({say('newTab')})</span></Outward></p> : null}
    </Page>
  );
}

export function ErasePage({ chat, rights, state }: RightsProps) {
  const { say } = chat;
  const back = (): void => chat.store.set({ view: 'main' });
  const goes: WordKey[] = ['eraseGoesKey', 'eraseGoesMessages', 'eraseGoesFiles'];
  return (
    <Page title={say('erase')} back={back} chat={chat}>
      <p>{say('eraseIntro')}</p>
      <h3>{say('eraseGoes')}</h3>
      <ul class="facts">{goes.map((key) => <li><Icon name="bin" /><span>{say(key)}</span></li>)}</ul>
      <h3>{say('eraseStays')}</h3>
      <ul class="facts"><li><Icon name="shield" /><span>{say('eraseStaysProof')}</span></li></ul>
      <Trouble state={state} />
      <div class="pair">
        <button type="button" class="first danger" disabled={state.busy} onClick={() => void rights.erase()}>{say('eraseConfirm')}</button>
        <button type="button" class="second" onClick={back}>{say('cancel')}</button>
      </div>
    </Page>
  );
}

const STEP_WORDS = { waiting: 'stepWaiting', running: 'stepRunning', done: 'stepDone', failed: 'stepFailed' } as const;
const STEP_ICONS: Record<keyof typeof STEP_WORDS, IconName> = { waiting: 'clock', running: 'clock', done: 'check', failed: 'alert' };

/** A step that has no words of its own yet is still named, by the server's name for it. */
function stepName(chat: Chat, name: string): string {
  const key = `step_${name}`;
  const said = chat.say(key as WordKey);
  return said === key ? name.replace(/[_-]/g, ' ') : said;
}

function Steps({ chat, erasure }: { chat: Chat; erasure: Erasure }) {
  return (
    <ol class="steps">
      {erasure.steps.map((step) => (
        <li data-state={step.state}>
          <Icon name={STEP_ICONS[step.state]} />
          <span>{stepName(chat, step.name)}</span>
          <small>{step.total > 1 ? <><bdi>{step.done}/{step.total}</bdi>{' '}</> : null}{chat.say(STEP_WORDS[step.state])}</small>
        </li>
      ))}
    </ol>
  );
}

export function ErasingPage({ chat, rights, state }: RightsProps) {
  const { say } = chat;
  const { erasure } = state;
  const done = erasure?.state === 'done';
  const failed = erasure?.state === 'failed';
  return (
    <Page title={say(done ? 'eraseDone' : failed ? 'eraseFailed' : 'eraseRunning')} chat={chat}>
      {erasure ? <Steps chat={chat} erasure={erasure} /> : <p class="wait"><i /><i /><i /></p>}
      {failed ? <p>{say('eraseFailedText')}</p> : null}
      <Trouble state={state} />
      {done ? (
        <>
          <p>{say('eraseDoneText')}</p>
          <button type="button" class="first" onClick={() => void rights.saveReceipt()}><Icon name="down" />{say('receipt')}</button>
          {state.fingerprint ? <p class="meta">{say('receiptHash')}<br /><code class="hash" dir="ltr">{state.fingerprint}</code></p> : null}
          <p class="meta">{say('receiptCheck')}</p>
          <button type="button" class="second" onClick={() => rights.again()}>{say('newChat')}</button>
        </>
      ) : null}
    </Page>
  );
}
