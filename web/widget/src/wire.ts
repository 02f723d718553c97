// What launcher and panel say to each other over their private MessageChannel. Nothing about the host page is among it.

/** The one message that crosses windows; it carries the port and goes to one exact origin. */
export interface Hello {
  t: 'confidante';
  /** Language of the host page, a wish only. */
  lang: string;
}

export type ToPanel = { t: 'open'; focus: boolean; phone: boolean } | { t: 'close' } | { t: 'phone'; phone: boolean };

export type ToLauncher =
  /** The shop's colour in the shade that is readable on each theme. */
  | { t: 'ready'; light: string; dark: string; start: boolean }
  | { t: 'lang'; lang: string }
  | { t: 'close' }
  | { t: 'unread'; n: number }
  /** A chat exists in this tab, or no longer. */
  | { t: 'on'; on: boolean };
