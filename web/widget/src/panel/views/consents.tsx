// The questions before the chat, and the page of privacy choices: one press to agree, one to take it back. Fetched when needed.
import type { Choices, ChoiceField, ChoicePurpose } from '@confidante/core';
import { translator, type Translate } from '@confidante/core/i18n';
import { consentsAr, consentsDe, consentsEn, type ConsentWords } from '@confidante/core/words/consents';
import { useEffect, useState } from 'preact/hooks';
import type { Chat } from '../chat.ts';
import { Icon } from '../icons.tsx';
import { tagOf } from '../speech.ts';
import type { PanelState } from '../state.ts';
import { saveBlob } from '../upload.ts';
import { Fetching, Page, Trouble } from './rights.tsx';

const WORDS = { en: consentsEn, de: consentsDe, ar: consentsAr };
type Tell = Translate<ConsentWords>;
type Answers = Record<string, string>;
interface Props { chat: Chat; state: PanelState }

function speaker(state: PanelState): Tell {
  return translator<ConsentWords>(tagOf(state.locale), WORDS[state.locale]);
}

type Post = (path: string, body: object) => Promise<void>;

/** What the server says she is asked, a way to answer it, and a way to ask again. */
function useChoices({ chat, state }: Props): [Choices | undefined, Post, () => Promise<void>] {
  const [choices, setChoices] = useState<Choices>();
  const call = (method: string, path: string, body?: object): Promise<void> =>
    chat.attempt(async () => setChoices(await chat.transport.json<Choices>(method, path, body)));
  const ask = () => call('GET', `/v1/visitor/consents?locale=${state.locale}`);
  useEffect(() => void ask(), [state.locale]);
  return [choices, (path, body) => call('POST', path, { ...body, locale: state.locale }), ask];
}

function Question({ field, answers, change, tell }: { field: ChoiceField; answers: Answers; change: (id: string, text: string) => void; tell: Tell }) {
  const id = `ask-${field.id}`;
  const value = answers[field.id] ?? field.answer ?? '';
  const common = { id, value, required: field.required, dir: 'auto' as const };
  const type = field.kind === 'email' ? 'email' : field.kind === 'phone' ? 'tel' : 'text';
  return (
    <p class="ask">
      <label for={id} dir="auto">{field.required ? tell('needed', { label: field.label }) : field.label}</label>
      {field.kind === 'text' ? <textarea rows={3} maxLength={2000} {...common} onInput={(event) => change(field.id, event.currentTarget.value)} />
        : field.kind === 'choice' ? (
          <select {...common} onChange={(event) => change(field.id, event.currentTarget.value)}>
            <option value="" />
            {field.choices.map((choice) => <option value={choice}>{choice}</option>)}
          </select>
        ) : <input type={type as 'text'} maxLength={2000} autocomplete="off" {...common} onInput={(event) => change(field.id, event.currentTarget.value)} />}
    </p>
  );
}

/** A purpose with a box that nobody has ticked, and the questions that wait for it. */
function Clause({ purpose, fields, ticked, tick, children }: { purpose: ChoicePurpose; fields: boolean; ticked: boolean; tick: (on: boolean) => void; children: preact.ComponentChildren }) {
  return (
    <div class="clause">
      <label class="tick"><input type="checkbox" checked={ticked} onChange={(event) => tick(event.currentTarget.checked)} /><span dir="auto" lang={purpose.language}>{purpose.text}</span></label>
      {fields && ticked ? children : null}
    </div>
  );
}

function Gate({ age, under, choose, tell }: { age: number; under: boolean | undefined; choose: (under: boolean) => void; tell: Tell }) {
  const option = (value: boolean) => (
    <label class="tick"><input type="radio" name="age" required checked={under === value} onChange={() => choose(value)} />{tell(value ? 'yes' : 'no')}</label>
  );
  return (
    <fieldset class="ask"><legend>{tell('younger', { n: age })}</legend>{option(true)}{option(false)}
      <small class="meta">{tell('youngerText')}</small>
    </fieldset>
  );
}

/** The questions before the chat. Nothing is ticked, and going on without ticking is as easy as with it. */
export function Survey({ chat, state }: Props) {
  const tell = speaker(state);
  const [choices, post, again] = useChoices({ chat, state });
  const [answers, setAnswers] = useState<Answers>({});
  const [ticked, setTicked] = useState<Record<string, boolean>>({});
  const [under, setUnder] = useState<boolean>();
  useEffect(() => {
    if (choices && !choices.open) chat.surveyed();
  }, [choices]);
  if (!choices) return <div class="page"><Fetching chat={chat} state={state} again={again} /></div>;
  const change = (id: string, text: string): void => setAnswers({ ...answers, [id]: text });
  const ask = (field: ChoiceField) => <Question field={field} answers={answers} change={change} tell={tell} />;
  const asked = choices.purposes.filter((purpose) => purpose.text_id && choices.fields.some((field) => field.purpose === purpose.purpose));
  const given = asked.filter((purpose) => ticked[purpose.purpose]);
  const needed = choices.ask_age || choices.fields.some((field) => field.required);
  const go = (skip: boolean): void => {
    const kept = skip || under ? [] : choices.fields.filter((field) => !field.purpose || ticked[field.purpose]);
    void post('/v1/visitor/survey', {
      answers: kept.map((field) => ({ field: field.id, answer: answers[field.id] ?? '' })),
      given: skip || under ? [] : given.map((purpose) => purpose.text_id),
      ...(under === undefined ? {} : { under_age: under }),
    });
  };
  return (
    <form class="stage" onSubmit={(event) => { event.preventDefault(); go(false); }}>
      <Page title={tell('before')} chat={chat}>
        <p class="meta">{tell('beforeText')}</p>
        {choices.ask_age ? <Gate age={choices.ask_age} under={under} choose={setUnder} tell={tell} /> : null}
        {under ? <p class="notice"><Icon name="person" /><span>{tell('parent')}</span></p> : (
          <>
            {choices.fields.filter((field) => !field.purpose).map(ask)}
            {asked.map((purpose) => (
              <Clause purpose={purpose} fields ticked={!!ticked[purpose.purpose]} tick={(on) => setTicked({ ...ticked, [purpose.purpose]: on })}>
                {choices.fields.filter((field) => field.purpose === purpose.purpose).map(ask)}
              </Clause>
            ))}
          </>
        )}
        <Trouble state={state} />
        <div class="pair">
          <button type="submit" class="first" disabled={state.busy}>{tell('goOn')}</button>
          {needed ? null : <button type="button" class="second" disabled={state.busy} onClick={() => go(true)}>{tell('skip')}</button>}
        </div>
      </Page>
    </form>
  );
}

function stateOf(purpose: ChoicePurpose, tell: Tell, tag: string): string {
  const date = purpose.decided_at ? new Intl.DateTimeFormat(tag, { dateStyle: 'long' }).format(purpose.decided_at) : '';
  if (purpose.state === 'given') return tell(purpose.text_id && purpose.text_id !== purpose.decided_text_id ? 'stateOlder' : 'stateGiven', { date });
  return purpose.state === 'withdrawn' ? tell('stateWithdrawn', { date }) : tell('stateNone');
}

function Purpose({ purpose, choices, post, tell, state }: { purpose: ChoicePurpose; choices: Choices; post: Post; tell: Tell; state: PanelState }) {
  const [answers, setAnswers] = useState<Answers>({});
  const given = purpose.state === 'given';
  const current = given && purpose.text_id === purpose.decided_text_id;
  const fields = choices.fields.filter((field) => field.purpose === purpose.purpose);
  const decide = (text: string | undefined, to: string): void => void post('/v1/visitor/consents', { text_id: text, state: to });
  const save = async (): Promise<void> => {
    const filled = fields.map((field) => ({ field: field.id, answer: answers[field.id] ?? field.answer ?? '' }));
    await post('/v1/visitor/survey', { answers: filled, given: [purpose.text_id], later: true });
  };
  return (
    <li class="clause" data-purpose={purpose.purpose} data-state={purpose.state ?? 'none'}>
      <p dir="auto" lang={purpose.language}>{purpose.text ?? tell('notAsked')}</p>
      <p class="meta" role="status">{stateOf(purpose, tell, tagOf(state.locale))}</p>
      {current ? fields.map((field) => <Question field={field} answers={answers} change={(id, words) => setAnswers({ ...answers, [id]: words })} tell={tell} />) : null}
      <p class="pair">
        {given ? <button type="button" class="second" disabled={state.busy} onClick={() => decide(purpose.decided_text_id, 'withdrawn')}>{tell('withdraw')}</button> : null}
        {!current && purpose.text_id ? <button type="button" class="second" disabled={state.busy} onClick={() => decide(purpose.text_id, 'given')}>{tell('agree')}</button> : null}
        {current && fields.length > 0 ? <button type="button" class="second" disabled={state.busy} onClick={() => void save()}>{tell('save')}</button> : null}
      </p>
    </li>
  );
}

/** Every purpose with its words, the signal that was heard, what the browser keeps, and the receipt. */
export function ChoicesPage({ chat, state }: Props) {
  const tell = speaker(state);
  const [choices, post, again] = useChoices({ chat, state });
  const receipt = async (): Promise<void> => {
    try {
      saveBlob(await chat.transport.blob(`/v1/visitor/consents/receipt?locale=${state.locale}`), 'consent-receipt.json');
    } catch (cause) {
      chat.fail(cause);
    }
  };
  return (
    <Page title={tell('choices')} back={() => chat.store.set({ view: 'main' })} chat={chat}>
      {choices ? (
        <>
          <Trouble state={state} />
          {choices.gpc || choices.dnt ? <p class="good" id="signal"><Icon name="check" /><span>{tell('heard')}</span></p> : null}
          {choices.purposes.length > 0 ? (
            <ul class="clauses">{choices.purposes.map((purpose) => <Purpose key={`${purpose.purpose} ${purpose.state}`} purpose={purpose} choices={choices} post={post} tell={tell} state={state} />)}</ul>
          ) : <p>{tell('nothing')}</p>}
          {choices.purposes.some((purpose) => purpose.state) ? (
            <>
              <button type="button" class="first" onClick={() => void receipt()}><Icon name="down" />{tell('receipt')}</button>
              <p class="meta">{tell('receiptText')}</p>
            </>
          ) : null}
          <h3>{tell('browser')}</h3>
          <ul class="facts">
            {choices.browser.map((key) => <li><Icon name="file" /><span><code dir="ltr">{key.name}</code> {key.says} <small class="meta">{tell('until', { until: key.until })}</small></span></li>)}
          </ul>
        </>
      ) : <Fetching chat={chat} state={state} again={again} />}
    </Page>
  );
}
