// The two choices the console keeps in the browser: colours and single-key shortcuts. Nothing personal.
export type Theme = 'system' | 'light' | 'dark';

export const THEME_KEY = 'confidante.theme';
export const SHORTCUTS_KEY = 'confidante.shortcuts';

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // A browser that refuses storage simply forgets the choice.
  }
}

class Choice {
  theme: Theme = $state('system');
  shortcuts = $state(true);

  constructor() {
    const theme = read(THEME_KEY);
    if (theme === 'light' || theme === 'dark') this.theme = theme;
    this.shortcuts = read(SHORTCUTS_KEY) !== 'off';
    this.#show();
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    write(THEME_KEY, theme === 'system' ? null : theme);
    this.#show();
  }

  setShortcuts(on: boolean): void {
    this.shortcuts = on;
    write(SHORTCUTS_KEY, on ? null : 'off');
  }

  #show(): void {
    if (this.theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.theme;
  }
}

export const choice = new Choice();
