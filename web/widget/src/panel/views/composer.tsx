// Where the visitor writes: always usable, also offline; beside it, always in the same place, the way to a person.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Chat } from '../chat.ts';
import { Icon } from '../icons.tsx';
import type { PanelState } from '../state.ts';
import type { Uploads } from '../uploads.ts';

function PersonBar({ chat, state }: { chat: Chat; state: PanelState }) {
  const { say } = chat;
  if (state.head.lane === 'human' || !state.setup) return null;
  if (state.head.lane === 'waiting') return <p class="bar"><Icon name="clock" /><span>{say('personAsked')}</span></p>;
  return (
    <div class="bar">
      <span>{state.setup.ai.enabled ? say('aiReminder') : ''}</span>
      <button type="button" class="link" disabled={state.asking} onClick={() => void chat.askPerson()}>
        <Icon name="person" />{say(state.asking ? 'askingPerson' : 'talkToPerson')}
      </button>
    </div>
  );
}

function FileSheet({ chat, uploads, done }: { chat: Chat; uploads: Uploads; done: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const types = chat.store.now.setup?.files.types ?? [];
  return (
    <div class="sheet" id="sheet">
      <p>{uploads.rule()}<br />{chat.say('fileStripped')}</p>
      <button type="button" class="second" onClick={() => input.current?.click()}><Icon name="clip" />{chat.say('attach')}</button>
      <input ref={input} type="file" hidden tabIndex={-1} aria-label={chat.say('attach')} accept={types.join(',')}
        onChange={(event) => {
          uploads.add(event.currentTarget.files ?? []);
          event.currentTarget.value = '';
          done();
        }} />
    </div>
  );
}

export function Composer({ chat, uploads, state }: { chat: Chat; uploads: Uploads; state: PanelState }) {
  const { say } = chat;
  const text = state.typed;
  const setText = (typed: string): void => chat.store.set({ typed });
  const [sheet, setSheet] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const box = area.current;
    if (!box) return;
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight + 2, 140)}px`;
  }, [text, state.open]);
  const send = (): void => {
    if (!text.trim()) return;
    chat.store.clear('error');
    chat.post(text);
    setText('');
    setSheet(false);
    area.current?.focus();
  };
  return (
    <div class="foot">
      {state.error ? <p class="error" role="alert"><Icon name="alert" />{state.error}<button type="button" class="bare" aria-label={say('discard')} onClick={() => chat.store.clear('error')}><Icon name="close" /></button></p> : null}
      <PersonBar chat={chat} state={state} />
      {sheet ? <FileSheet chat={chat} uploads={uploads} done={() => setSheet(false)} /> : null}
      <form class="composer" onSubmit={(event) => { event.preventDefault(); send(); }}>
        <button type="button" class="bare" aria-label={say('attach')} aria-expanded={sheet} aria-controls={sheet ? 'sheet' : undefined} onClick={() => setSheet(!sheet)}><Icon name="clip" /></button>
        <textarea id="compose" ref={area} rows={1} dir="auto" maxLength={8000} aria-label={say('compose')} placeholder={say('compose')} value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onPaste={(event) => {
            const files = event.clipboardData?.files;
            if (files?.length) {
              event.preventDefault();
              uploads.add(files);
            }
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
              event.preventDefault();
              send();
            }
          }} />
        <button type="submit" class="send" aria-label={say('send')} aria-disabled={!text.trim()}><Icon name="send" turn /></button>
      </form>
    </div>
  );
}
