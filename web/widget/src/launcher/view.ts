// The launcher's elements: made once, in a closed shadow root, in the order in which Tab should meet them.
import { look } from './look.ts';

const SVG = 'http://www.w3.org/2000/svg';

export interface View {
  host: HTMLElement;
  box: HTMLElement;
  button: HTMLButtonElement;
  path: SVGPathElement;
  badge: HTMLElement;
  panel: HTMLElement;
  note: HTMLElement;
}

export function makeView(): View {
  const make = (name: string): HTMLElement => document.createElement(name);
  const host = make('confidante-chat');
  host.id = 'confidante-chat';
  host.dataset['turboPermanent'] = '';
  host.dir = getComputedStyle(document.body ?? document.documentElement).direction;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(look);
  const shadow = host.attachShadow({ mode: 'closed' });
  shadow.adoptedStyleSheets = [sheet];
  const box = make('div');
  const button = make('button') as HTMLButtonElement;
  const badge = make('i');
  const panel = make('div');
  const note = make('p');
  const icon = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  box.className = 'w';
  button.type = 'button';
  icon.setAttribute('viewBox', '0 0 24 24');
  icon.ariaHidden = badge.ariaHidden = 'true';
  panel.className = 'p';
  panel.role = 'dialog';
  note.role = 'status';
  icon.append(path);
  panel.append(note);
  button.append(icon, badge);
  box.append(button, panel);
  shadow.append(box);
  return { host, box, button, path, badge, panel, note };
}
