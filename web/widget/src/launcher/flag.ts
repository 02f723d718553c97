// The one thing the launcher may keep on the shop's page: that a chat exists in this tab, and whether it was open.

const FLAG = 'confidante-on';

/** Sets with a word, removes with `null`, only reads without either. It names nobody. */
export function flag(value?: 'open' | '1' | null): string | null {
  try {
    if (value) sessionStorage.setItem(FLAG, value);
    else if (value === null) sessionStorage.removeItem(FLAG);
    return sessionStorage.getItem(FLAG);
  } catch {
    return null;
  }
}
