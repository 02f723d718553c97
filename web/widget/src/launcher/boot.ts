// The launcher: one button on the shop's page. It stores nothing and asks for nothing until somebody clicks it.
import type { Hello, ToLauncher, ToPanel } from '../wire.ts';
import { look } from './look.ts';
import { wordsFor } from './words.ts';

type Listener = (detail?: unknown) => void;
interface Api {
  open(): void;
  close(): void;
  on(event: 'open' | 'close' | 'unread', listener: Listener): void;
}
type Call = [keyof Api, ...unknown[]];

declare global {
  interface Window {
    Confidante?: Api | Call[];
  }
}

const FLAG = 'confidante-on';
const GIVE_UP_MS = 12_000;
const SVG = 'http://www.w3.org/2000/svg';

/** The flag says "a chat exists in this tab" (and whether it was open). It names nobody. */
function flag(value?: string | null): string | null {
  try {
    if (value) sessionStorage.setItem(FLAG, value);
    else if (value === null) sessionStorage.removeItem(FLAG);
    return sessionStorage.getItem(FLAG);
  } catch {
    return null;
  }
}

function boot(script: HTMLScriptElement, queued: Call[]): void {
  const key = script.dataset['key'] ?? '';
  const server = new URL('.', script.src);
  const root = document.documentElement;
  const phone = matchMedia('(max-width:480px)');
  const listeners: [string, Listener][] = [];
  let words = wordsFor(script.dataset['lang'] || root.lang || navigator.language);
  let frame: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let shown = false;
  let wantsFocus = false;
  let unread = 0;

  const host = document.createElement('confidante-chat');
  host.id = 'confidante-chat';
  host.dataset['turboPermanent'] = '';
  host.dir = getComputedStyle(document.body ?? root).direction;
  if (/left|start/.test(script.dataset['position'] ?? '')) host.dataset['start'] = '';
  const shadow = host.attachShadow({ mode: 'closed' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  shadow.adoptedStyleSheets = [sheet];
  const [box, button, badge, panel, note] = ['div', 'button', 'i', 'div', 'p'].map((name) => document.createElement(name)) as
    [HTMLElement, HTMLButtonElement, HTMLElement, HTMLElement, HTMLElement];
  const icon = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  icon.append(path);
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.setAttribute('aria-hidden', 'true');
  box.className = 'w';
  button.type = 'button';
  badge.ariaHidden = 'true';
  panel.className = 'p';
  panel.setAttribute('role', 'dialog');
  panel.hidden = badge.hidden = true;
  note.setAttribute('role', 'status');
  panel.append(note);
  button.append(icon, badge);
  box.append(button, panel);
  shadow.append(box);

  const say = (message: ToPanel): void => port?.postMessage(message);
  const tell = (event: string, detail?: unknown): void => {
    for (const [name, listener] of listeners) if (name === event) listener(detail);
  };

  function paint(): void {
    const name = words[shown ? 1 : 0];
    button.ariaLabel = unread && !shown ? `${name}, ${words[2].replace('{n}', String(unread))}` : name;
    button.ariaExpanded = String(shown);
    path.setAttribute('d', shown ? 'M5 9l7 7 7-7' : 'M21 12a8 8 0 0 1-8 8H4l2-3.2A8 8 0 1 1 21 12z');
    badge.textContent = unread > 99 ? '99+' : String(unread);
    badge.hidden = shown || !unread;
    panel.hidden = !shown;
    panel.ariaLabel = words[3];
    // Full screen on a phone is a modal dialog: everything else of the page rests until it closes.
    const modal = shown && phone.matches && !!port;
    panel.ariaModal = modal ? 'true' : null;
    button.className = modal ? 'f' : '';
    if (document.body) {
      if (modal) inertByUs = inertByUs || !document.body.inert;
      if (inertByUs) document.body.inert = modal;
      if (!modal) inertByUs = false;
    }
  }
  let inertByUs = false;

  function load(): void {
    if (frame) return;
    frame = document.createElement('iframe');
    frame.title = words[3];
    frame.referrerPolicy = 'strict-origin';
    frame.src = new URL(`widget/frame.html?key=${encodeURIComponent(key)}`, server).href;
    frame.onload = greet;
    panel.prepend(frame);
    setTimeout(() => port || (note.textContent = words[4]), GIVE_UP_MS);
  }

  /** Each load of the frame gets its own channel; only a page of exactly our origin can receive it. */
  function greet(): void {
    const channel = new MessageChannel();
    channel.port1.onmessage = (event: MessageEvent<ToLauncher>) => hear(event.data, channel.port1);
    const hello: Hello = { t: 'confidante', lang: script.dataset['lang'] || root.lang };
    frame?.contentWindow?.postMessage(hello, server.origin, [channel.port2]);
  }

  function hear(message: ToLauncher, from: MessagePort): void {
    if (message.t === 'ready') {
      port = from;
      panel.classList.add('r');
      const paints = message;
      const dark = matchMedia('(prefers-color-scheme:dark)');
      const apply = (): void => {
        const { accent, onAccent } = dark.matches ? paints.dark : paints.light;
        box.style.setProperty('--a', accent);
        box.style.setProperty('--o', onAccent);
      };
      dark.onchange = apply;
      apply();
      if (message.start) host.dataset['start'] = '';
      paint();
      if (shown) reveal();
    } else if (message.t === 'close') hide(true);
    else if (message.t === 'lang') {
      words = wordsFor(message.lang);
      paint();
    } else if (message.t === 'unread') {
      unread = message.n;
      paint();
      tell('unread', unread);
    } else if (message.t === 'on') flag(message.on ? (shown ? 'open' : '1') : null);
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
    if (focus) button.focus();
    tell('close');
  }

  button.onclick = () => (shown ? hide(true) : show(true));
  box.onkeydown = (event) => {
    if (event.key === 'Escape' && shown) hide(true);
  };
  phone.onchange = () => {
    paint();
    say({ t: 'phone', phone: phone.matches });
  };
  // The phone's keyboard shrinks only the visual viewport; the full-screen panel follows it.
  const sight = window.visualViewport;
  if (sight) {
    sight.onresize = sight.onscroll = () => {
      box.style.setProperty('--h', `${sight.height}px`);
      box.style.setProperty('--t', `${sight.offsetTop}px`);
    };
  }

  const api: Api = {
    open: () => show(!!navigator.userActivation?.isActive),
    close: () => hide(false),
    on: (event, listener) => void listeners.push([event, listener]),
  };
  window.Confidante = api;
  for (const [name, ...args] of queued) (api[name] as (...all: unknown[]) => void)(...args);

  // Outside <body>, so that page swaps that replace the body leave the chat alone; put back when something takes it out.
  const attach = (): void => {
    if (!host.isConnected) root.append(host);
    paint();
  };
  attach();
  new MutationObserver(attach).observe(root, { childList: true });
  const was = flag();
  if (was === 'open' && !phone.matches) show(false);
  else if (was) (window.requestIdleCallback ?? setTimeout)(load);
}

const script = document.currentScript as HTMLScriptElement | null;
if (script && (!window.Confidante || Array.isArray(window.Confidante))) boot(script, window.Confidante ?? []);
