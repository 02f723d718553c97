// The panel's beginning: meet the launcher, fetch what the shop says about itself, show the first page.
import '@confidante/core/tokens.css';
import './panel.css';
import './thread.css';
import { readableAccent } from '@confidante/core/contrast';
import { render } from 'preact';
import { App, focusInside } from './app.tsx';
import { meetLauncher } from './bridge.ts';
import { Chat } from './chat.ts';
import { Rights } from './rights.ts';
import { Uploads } from './uploads.ts';

/** The shop's colour, in the shade that is readable in the reader's theme. Set through the CSSOM: the policy allows no inline style. */
function paint(accent: string): void {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    // Our own blue has a hand-made partner for the dark theme; any other colour is shifted until it is readable.
    const wanted = dark.matches && accent.toLowerCase() === '#285cc2' ? '#7daafd' : accent;
    const { accent: shade, onAccent } = readableAccent(wanted, dark.matches ? '#1c1f25' : '#f5f7f9');
    document.documentElement.style.setProperty('--accent', shade);
    document.documentElement.style.setProperty('--on-accent', onAccent);
  };
  dark.addEventListener('change', apply);
  apply();
}

async function begin(): Promise<void> {
  const root = new URL('../', location.href);
  const key = new URL(location.href).searchParams.get('key') ?? '';
  const bridge = await meetLauncher();
  const chat = new Chat(`${root.origin}${root.pathname}`, key, bridge);
  const parts = { chat, rights: new Rights(chat), uploads: new Uploads(chat) };
  chat.onFocus = focusInside;
  chat.onAccent = paint;
  const box = document.getElementById('panel');
  if (box) render(<App parts={parts} />, box);
  await chat.prepare();
}

void begin();
