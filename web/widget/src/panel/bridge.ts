// The panel's end of the channel to the launcher. It answers only its own parent window and only once.
import type { Hello, ToLauncher, ToPanel } from '../wire.ts';

export interface Bridge {
  /** Host name of the page that embeds us, from the browser itself and not from the page's words. */
  pageHost: string | undefined;
  lang: string;
  say: (message: ToLauncher) => void;
  listen: (listener: (message: ToPanel) => void) => void;
}

const HELLO_MS = 4_000;

function alone(): Bridge {
  return { pageHost: undefined, lang: '', say: () => undefined, listen: (listener) => listener({ t: 'open', focus: false, phone: false }) };
}

/** Waits for the launcher's hello; a panel opened as a page of its own goes on without one. */
export function meetLauncher(): Promise<Bridge> {
  if (window.parent === window) return Promise.resolve(alone());
  return new Promise((resolve) => {
    const hear = (event: MessageEvent<Partial<Hello> | null>): void => {
      const port = event.ports[0];
      if (event.source !== window.parent || event.data?.t !== 'confidante' || !port) return;
      removeEventListener('message', hear);
      clearTimeout(timer);
      let pageHost: string | undefined;
      try {
        pageHost = new URL(event.origin).host;
      } catch {
        // An opaque origin has no host to name.
      }
      resolve({
        pageHost,
        lang: String(event.data.lang ?? ''),
        say: (message) => port.postMessage(message),
        listen: (listener) => {
          port.onmessage = (said: MessageEvent<ToPanel>) => listener(said.data);
        },
      });
    };
    const timer = setTimeout(() => {
      removeEventListener('message', hear);
      resolve(alone());
    }, HELLO_MS);
    addEventListener('message', hear);
  });
}
