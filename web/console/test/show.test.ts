// The console speaks English, whatever else its reader speaks.
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

async function shownTo(languages: string[]): Promise<[string, string]> {
  vi.resetModules();
  vi.stubGlobal('navigator', { language: languages[0], languages });
  const { longAge, showDay } = await import('../src/lib/show.ts');
  const noon = Date.UTC(2026, 10, 5, 12);
  return [longAge(noon - 3 * 60_000, noon), showDay(noon)];
}

test('words and months are English for German staff, in their own English if they have one', async () => {
  expect(await shownTo(['de-DE', 'de'])).toEqual(['3 min ago', '5 Nov 2026']);
  expect(await shownTo(['de-DE', 'en-US', 'en'])).toEqual(['3 min. ago', 'Nov 5, 2026']);
});
