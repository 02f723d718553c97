// One message in the thread, marked for people and for machines with who made it.
import type { Citation, FileRef, Message } from '@confidante/core';
import { bytes, clock, day } from '@confidante/core/when';
import { Component } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat.ts';
import { Icon } from '../icons.tsx';
import { noteOf, tagOf } from '../speech.ts';
import { plainName, saveBlob } from '../upload.ts';
import { Outward, Rich } from './rich.tsx';
import type { WhyBox } from './why.tsx';

// IPTC's vocabulary for how a text came to be; a machine reads it from the page without knowing us.
const SOURCE_TYPE = 'http://cv.iptc.org/newscodes/digitalsourcetype/';

export function AiBadge({ chat }: { chat: Chat }) {
  return <abbr class="badge" title={chat.say('aiName')}>{chat.say('aiBadge')}</abbr>;
}

export function AiMark({ chat }: { chat: Chat }) {
  const model = chat.store.now.setup?.ai.answerer === 'model';
  return <meta itemprop="digitalSourceType" content={SOURCE_TYPE + (model ? 'trainedAlgorithmicMedia' : 'algorithmicMedia')} />;
}

function Quote({ chat, cite, id }: { chat: Chat; cite: Citation; id: string }) {
  const date = day(tagOf(chat.store.now.locale), cite.fetched_at);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), [cite]);
  return (
    <div class="quote" id={id} ref={box}>
      <blockquote dir="auto">{cite.quote}</blockquote>
      <p class="meta"><bdi>{cite.title}</bdi> · {chat.say('readOn', { date })}</p>
      <p class="ways">
        <Outward href={chat.transport.url(cite.link)}>{chat.say('savedPage')}<Icon name="out" turn /></Outward>
        {cite.url && /^https?:/.test(cite.url) ? <Outward href={cite.url}>{chat.say('livePage')}<Icon name="out" turn /></Outward> : null}
      </p>
    </div>
  );
}

function Answer({ chat, message, checked }: { chat: Chat; message: Message; checked: boolean }) {
  const [shown, show] = useState<number | undefined>(undefined);
  const id = useId();
  const cites = message.citations ?? [];
  const [Why, tell] = useState<typeof WhyBox | undefined>(undefined);
  const ask = async (): Promise<void> => {
    const box = Why ? undefined : (await import('./why.tsx')).WhyBox;
    tell(() => box);
  };
  const toggle = (n: number) => () => show(shown === n ? undefined : n);
  const marker = (n: number) => {
    const cite = cites.find((one) => one.n === n);
    if (!cite) return null;
    const label = chat.say('openSource', { n, title: cite.title });
    return <button type="button" class="mark" aria-label={label} aria-expanded={shown === n} onClick={toggle(n)}>{n}</button>;
  };
  const open = cites.find((one) => one.n === shown);
  return (
    <div class="row ai" data-ai="true" data-ai-outcome={message.outcome ?? undefined} itemscope itemtype="https://schema.org/Message">
      <AiMark chat={chat} />
      <p class="who"><AiBadge chat={chat} /> <time>{clock(tagOf(chat.store.now.locale), message.created_at)}</time></p>
      <div class="bubble" itemprop="text"><Rich text={message.text} cite={marker} stamp={`${shown} ${chat.store.now.locale}`} /></div>
      {cites.length > 0 ? (
        <div class="sources">
          <span class="meta">{chat.say('source', { n: cites.length })}</span>
          {cites.map((cite) => (
            <button type="button" class="chip" aria-expanded={shown === cite.n} aria-controls={shown === cite.n ? id : undefined} onClick={toggle(cite.n)}>
              <b>{cite.n}</b><bdi>{cite.title}</bdi>
            </button>
          ))}
          {open ? <Quote chat={chat} cite={open} id={id} /> : null}
        </div>
      ) : null}
      <p class="ways">
        <button type="button" class="link" aria-expanded={!!Why} onClick={() => void ask()}>{chat.say('whyThis')}</button>
        {checked ? null : <button type="button" class="link" onClick={() => void chat.check(message.id)}>{chat.say('checkIt')}</button>}
      </p>
      {Why ? <Why chat={chat} id={message.id} /> : null}
      {message.outcome === 'abstained' || message.outcome === 'offered_person' || message.outcome === 'failed' ? <OfferPerson chat={chat} /> : null}
    </div>
  );
}

function OfferPerson({ chat }: { chat: Chat }) {
  const { head, asking } = chat.store.now;
  if (head.lane !== 'ai') return null;
  return (
    <button type="button" class="second" disabled={asking} onClick={() => void chat.askPerson()}>
      <Icon name="person" />{chat.say(asking ? 'askingPerson' : 'talkToPerson')}
    </button>
  );
}

function FileChip({ chat, file }: { chat: Chat; file: FileRef }) {
  const name = plainName(file.name);
  const save = async (): Promise<void> => {
    try {
      saveBlob(await chat.transport.blob(`/v1/visitor/files/${encodeURIComponent(file.id)}`), name);
    } catch (cause) {
      chat.fail(cause);
    }
  };
  return (
    <button type="button" class="file" aria-label={chat.say('fileDownload', { name })} onClick={() => void save()}>
      <Icon name="file" /><span><bdi>{name}</bdi><small>{bytes(tagOf(chat.store.now.locale), file.bytes)}</small></span><Icon name="down" />
    </button>
  );
}

interface OneProps {
  chat: Chat;
  message: Message;
  /** Changes when the same message would look different: language, who answers. */
  stamp: string;
  /** A person checks it, or has. */
  checked: boolean;
}

/** A message stays as it is drawn until it, the language or the lane changes, however much is streamed below it. */
export class OneMessage extends Component<OneProps> {
  override shouldComponentUpdate(next: OneProps): boolean {
    return next.message !== this.props.message || next.stamp !== this.props.stamp || next.checked !== this.props.checked;
  }

  override render({ chat, message, checked }: OneProps) {
    return <Drawn chat={chat} message={message} checked={checked} />;
  }
}

function Drawn({ chat, message, checked }: { chat: Chat; message: Message; checked: boolean }) {
  const { say } = chat;
  const time = clock(tagOf(chat.store.now.locale), message.created_at);
  if (message.kind === 'ai') return <Answer chat={chat} message={message} checked={checked} />;
  const body = message.file ? <FileChip chat={chat} file={message.file} /> : null;
  const name = message.author ?? say('someone');
  const agent = (
    <div class="row agent" data-ai="false">
      <p class="who"><bdi>{name}</bdi> · <time>{time}</time></p>
      {message.text ? <div class="bubble"><Rich text={message.text} cite={(n) => `[${n}]`} /></div> : null}
      {body}
    </div>
  );
  if (message.kind === 'agent') return agent;
  if (message.kind === 'system') {
    const note = noteOf(chat, message);
    return note ? <><p class="note">{note}</p>{message.text ? agent : null}</> : null;
  }
  return (
    <div class="row mine">
      {message.text && !(message.file && message.text === message.file.name) ? <p class="bubble plain" dir="auto">{message.text}</p> : null}
      {body}
      <p class="who"><span class="sr">{say('you')}, {say('stateSent')}, </span><time>{time}</time><Icon name="check" /></p>
    </div>
  );
}
