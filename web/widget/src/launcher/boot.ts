// The launcher: one button on the shop's page. It stores nothing and asks for nothing until somebody clicks it.
// There is one launcher to a page, so its state lives in this module; the build wraps the module in a function.
import type { Hello, ToLauncher, ToPanel } from '../wire.ts';
import { flag } from './flag.ts';
import { makeView, type View } from './view.ts';
import { wordsFor, type Words } from './words.ts';

type Listener = (detail?: unknown) => void;
interface Api {
  open(): void;
  close(): void;
  on(event: 'open' | 'close' | 'unread', listener: Listener): void;
}
type Call = [keyof Api, ...unknown[]];

declare global {
  interface Window {
    /** The public interface; before the script has loaded, an array of calls to make then. */
    Confidante?: Api | Call[];
  }
}

const GIVE_UP_MS = 12_000;
const script = document.currentScript as HTMLScriptElement | null;
const root = document.documentElement;
const phone = matchMedia('(max-width:480px)');
const dark = matchMedia('(prefers-color-scheme:dark)');
const listeners: [string, Listener][] = [];

let view: View;
let words: Words;
let server: URL;
let frame: HTMLIFrameElement | undefined;
let port: MessagePort | undefined;
let shown = false;
let wantsFocus = false;
let inertByUs = false;
let unread = 0;

const say = (message: ToPanel): void => port?.postMessage(message);

function tell(event: string, detail?: unknown): void {
  for (const [name, listener] of listeners) if (name === event) listener(detail);
}

function paint(): void {
  const { button, path, badge, panel } = view;
  const name = words[shown ? 1 : 0];
  button.ariaLabel = unread && !shown ? `${name}, ${words[2].replace('{n}', String(unread))}` : name;
  button.ariaExpanded = String(shown);
  path.setAttribute('d', shown ? 'M5 9l7 7 7-7' : 'M21 12a8 8 0 0 1-8 8H4l2-3.2A8 8 0 1 1 21 12z');
  badge.textContent = unread > 99 ? '99+' : String(unread);
  badge.hidden = shown || !unread;
  panel.hidden = !shown;
  panel.ariaLabel = words[3];
  rest();
}

/** Full screen on a phone is a modal dialog: everything else of the page rests until it closes. */
function rest(): void {
  const modal = shown && phone.matches && !!port;
  view.panel.ariaModal = modal ? 'true' : null;
  view.button.className = modal ? 'f' : '';
  const { body } = document;
  if (modal ? !body.inert : inertByUs) {
    body.inert = modal;
    inertByUs = modal;
  }
}

function load(): void {
  const { note } = view;
  // What did not come in time is asked for once more at the next opening.
  if (frame && (port || note.textContent !== words[4])) return;
  frame?.remove();
  note.textContent = '…';
  frame = document.createElement('iframe');
  frame.title = words[3];
  frame.referrerPolicy = 'strict-origin';
  frame.src = new URL(`widget/frame.html?key=${encodeURIComponent(script?.dataset['key'] ?? '')}`, server).href;
  frame.onload = greet;
  view.panel.prepend(frame);
  setTimeout(() => (note.textContent = words[4]), GIVE_UP_MS);
}

/** Each load of the frame gets its own channel; only a page of exactly our origin can receive it. */
function greet(): void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event: MessageEvent<ToLauncher>) => hear(event.data, port1);
  const hello: Hello = { t: 'confidante', lang: script?.dataset['lang'] || root.lang };
  frame?.contentWindow?.postMessage(hello, server.origin, [port2]);
}

function hear(message: ToLauncher, from: MessagePort): void {
  if (message.t === 'ready') ready(message, from);
  else if (message.t === 'close') hide(true);
  else if (message.t === 'on') flag(message.on ? (shown ? 'open' : '1') : null);
  else if (message.t === 'lang') {
    words = wordsFor(message.lang);
    paint();
  } else if (message.n !== unread) {
    unread = message.n;
    paint();
    tell('unread', unread);
  }
}

function ready(message: Extract<ToLauncher, { t: 'ready' }>, from: MessagePort): void {
  port = from;
  view.panel.classList.add('r');
  if (message.start) view.box.classList.add('s');
  dark.onchange = () => {
    view.box.style.setProperty('--a', message[dark.matches ? 'dark' : 'light']);
  };
  dark.onchange(dark as unknown as MediaQueryListEvent);
  paint();
  if (shown) reveal();
}

function reveal(): void {
  if (wantsFocus) frame?.focus();
  say({ t: 'open', focus: wantsFocus, phone: phone.matches });
  wantsFocus = false;
}

function show(focus: boolean): void {
  load();
  if (shown) return;
  shown = true;
  wantsFocus = focus;
  paint();
  if (port) reveal();
  if (flag()) flag('open');
  tell('open');
}

function hide(focus: boolean): void {
  if (!shown) return;
  shown = false;
  paint();
  say({ t: 'close' });
  if (flag()) flag('1');
  if (focus) view.button.focus();
  tell('close');
}

/** Outside `<body>`, so that page swaps that replace the body leave the chat alone; put back when something takes it out. */
function attach(): void {
  if (!view.host.isConnected) root.append(view.host);
  rest();
}

/** The phone's keyboard shrinks only the visual viewport; the full-screen panel follows it. */
function followSight(sight: VisualViewport): void {
  sight.onresize = sight.onscroll = () => {
    view.box.style.setProperty('--h', `${sight.height}px`);
    view.box.style.setProperty('--t', `${sight.offsetTop}px`);
  };
}

function boot({ src, dataset }: HTMLScriptElement, calls: Call[]): void {
  server = new URL('.', src);
  words = wordsFor(dataset['lang'] || root.lang || navigator.language);
  view = makeView();
  if (dataset['accent']) view.box.style.setProperty('--a', dataset['accent']);
  if (/left|start/.test(dataset['position'] ?? '')) view.box.classList.add('s');
  view.button.onclick = () => (shown ? hide(true) : show(true));
  // Braces, because a handler that returns false would swallow every other key.
  view.box.onkeydown = (event) => {
    if (event.key === 'Escape') hide(true);
  };
  phone.onchange = () => {
    rest();
    say({ t: 'phone', phone: phone.matches });
  };
  if (window.visualViewport) followSight(window.visualViewport);
  const api: Api = {
    open: () => show(!!navigator.userActivation?.isActive),
    close: () => hide(false),
    on: (event, listener) => void listeners.push([event, listener]),
  };
  window.Confidante = api;
  paint();
  attach();
  new MutationObserver(attach).observe(root, { childList: true });
  for (const [name, ...args] of calls) (api[name] as (...all: unknown[]) => void)(...args);
  const was = flag();
  if (was === 'open' && !phone.matches) show(false);
  else if (was) (window.requestIdleCallback ?? setTimeout)(load);
}

if (script) {
  const before = window.Confidante;
  if (!before || Array.isArray(before)) {
    const begin = (): void => boot(script, (before as Call[] | undefined) ?? []);
    if (document.body) begin();
    else addEventListener('DOMContentLoaded', begin, { once: true });
  }
}
