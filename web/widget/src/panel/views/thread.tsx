// The thread: what was said, what is on its way, and the answer being written. It follows the end only while the reader is there.
import { day, sameDay } from '@confidante/core/when';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat.ts';
import { Icon } from '../icons.tsx';
import { tagOf } from '../speech.ts';
import type { PanelState } from '../state.ts';
import { Welcome } from './front.tsx';
import { AiBadge, AiMark, OneMessage } from './message.tsx';
import { Rich } from './rich.tsx';
import type { Uploads } from '../uploads.ts';

function Waits({ chat, state }: { chat: Chat; state: PanelState }) {
  const { say } = chat;
  return (
    <>
      {state.waiting.map((item) => (
        <div class="row mine" data-state={item.state}>
          <p class="bubble plain" dir="auto">{item.text}</p>
          {item.state === 'failed' ? (
            <p class="who bad">
              <Icon name="alert" />{say('stateFailed')} {item.reason}
              <button type="button" class="link" onClick={() => chat.queue.retry(item.clientId)}>{say('tryAgain')}</button>
              <button type="button" class="link" onClick={() => chat.queue.drop(item.clientId)}>{say('discard')}</button>
            </p>
          ) : (
            <p class="who"><Icon name="clock" />{say(item.state === 'waiting' ? 'stateWaiting' : 'stateSending')}</p>
          )}
        </div>
      ))}
    </>
  );
}

function Ups({ chat, uploads, state }: { chat: Chat; uploads: Uploads; state: PanelState }) {
  const percent = (share: number) => new Intl.NumberFormat(tagOf(state.locale), { style: 'percent' }).format(share);
  return (
    <>
      {state.uploads.map((up) => (
        <div class="row mine">
          <div class="file">
            <Icon name="file" />
            <span>
              <bdi>{up.name}</bdi>
              {up.failed ? <small class="bad">{up.failed} <button type="button" class="link" onClick={() => void uploads.again(up.id)}>{chat.say('tryAgain')}</button></small>
                : <progress max={1} value={up.share} aria-label={chat.say('fileSending', { name: up.name, percent: percent(up.share) })} />}
            </span>
            <button type="button" class="bare" aria-label={chat.say('fileCancel', { name: up.name })} onClick={() => uploads.cancel(up.id)}><Icon name="close" /></button>
          </div>
        </div>
      ))}
    </>
  );
}

function Writing({ chat, state }: { chat: Chat; state: PanelState }) {
  const awaited = state.awaiting && state.drafts.length === 0 && state.head.lane === 'ai' && !state.offline;
  return (
    <>
      {state.drafts.map((draft) => (
        <div class="row ai" data-ai="true" data-draft key={draft.id}>
          <AiMark chat={chat} />
          <p class="who"><AiBadge chat={chat} /></p>
          <div class="bubble"><Rich text={draft.text} cite={(n) => <span class="mark">{n}</span>} /></div>
        </div>
      ))}
      {awaited ? (
        <div class="row ai" data-ai="true">
          <p class="who"><AiBadge chat={chat} /></p>
          <div class="bubble dots"><i /><i /><i /><span class="sr">{chat.say('writing')}</span></div>
          {state.slow ? <p class="meta">{chat.say('slow')}</p> : null}
        </div>
      ) : null}
    </>
  );
}

export function Thread({ chat, uploads, state }: { chat: Chat; uploads: Uploads; state: PanelState }) {
  const log = useRef<HTMLDivElement>(null);
  const [atEnd, setAtEnd] = useState(true);
  const toEnd = (): void => {
    if (log.current) log.current.scrollTop = log.current.scrollHeight;
  };
  useLayoutEffect(() => {
    if (atEnd) toEnd();
  }, [state.messages, state.drafts, state.waiting, state.uploads, state.open, atEnd]);
  const mine = state.waiting.length;
  useEffect(() => {
    if (mine > 0) setAtEnd(true);
  }, [mine]);
  const now = Date.now();
  const about = new Set(state.messages.map((message) => message.system?.about));
  const tag = tagOf(state.locale);
  const count = state.messages.length;
  const [left, setLeft] = useState(count);
  const look = (): void => {
    const box = log.current;
    if (!box) return;
    const end = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
    if (atEnd !== end) setLeft(count);
    setAtEnd(end);
  };
  return (
    <div class="stage">
      <div class="log" role="log" aria-live="off" aria-label={chat.say('log')} tabIndex={0} ref={log} onScroll={look}>
        {state.messages.length + state.waiting.length + state.uploads.length === 0 ? <Welcome chat={chat} state={state} /> : null}
        {state.messages.map((message, i) => {
          const before = state.messages[i - 1];
          const fresh = !before || !sameDay(before.created_at, message.created_at);
          return (
            <div class="item" key={message.id}>
              {fresh ? <p class="day">{sameDay(message.created_at, now) ? chat.say('today') : day(tag, message.created_at)}</p> : null}
              <OneMessage chat={chat} message={message} checked={about.has(message.id)} stamp={`${state.locale} ${state.head.lane} ${state.asking}`} />
            </div>
          );
        })}
        <Ups chat={chat} uploads={uploads} state={state} />
        <Waits chat={chat} state={state} />
        <Writing chat={chat} state={state} />
      </div>
      {atEnd || count <= left ? null : <button type="button" class="toend" onClick={() => setAtEnd(true)}>{chat.say('newMessages')} ↓</button>}
    </div>
  );
}
