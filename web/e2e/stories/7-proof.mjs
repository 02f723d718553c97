// The cookie list and the public proof: what the browser really keeps is what the list says, and the trust page needs no script.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { axe } from '../support/axe.mjs';
import { ANSWERABLE } from '../support/widget.mjs';

/** The visitors' keys of docs/privacy/COOKIES.md, by where they are kept. */
function listed() {
  const text = readFileSync(new URL('../../../docs/privacy/COOKIES.md', import.meta.url), 'utf8');
  const visitors = text.split('## Visitors')[1].split('## Staff')[0];
  return new Map([...visitors.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)].map(([, key, place]) => [key, place.trim()]));
}

/** Everything a frame keeps, as `place key`. */
const kept = (frame) => frame.evaluate(async () => [
  ...Object.keys(sessionStorage).map((key) => `session storage ${key}`),
  ...Object.keys(localStorage).map((key) => `local storage ${key}`),
  ...document.cookie.split('; ').filter(Boolean).map((pair) => `cookie ${pair.split('=')[0]}`),
  ...(await indexedDB.databases()).map((base) => `database ${base.name}`),
  ...(await caches.keys()).map((name) => `cache ${name}`),
  ...(await navigator.serviceWorker?.getRegistrations?.() ?? []).map(() => 'service worker'),
]);

const trust = (world) => world.server.privacy.replace('/privacy/', '/trust/');

export default {
  async 'every key the chat keeps is on the list, and every key on the list is really kept, also with the signals on'(world) {
    const list = listed();
    assert.equal(list.size, 3, [...list.keys()].join());
    for (const extraHTTPHeaders of [{}, { 'sec-gpc': '1', dnt: '1' }]) {
      const seen = new Set();
      const guest = await world.guest({ extraHTTPHeaders });
      const look = async () => {
        for (const frame of guest.page.frames()) for (const key of await kept(frame)) seen.add(key);
        for (const cookie of await guest.context.cookies()) seen.add(`cookie ${cookie.name}`);
      };
      await guest.visit();
      await look();
      assert.deepEqual([...seen], [], 'nothing before the first click');
      await guest.begin(ANSWERABLE);
      await guest.answer().waitFor();
      await look();
      await guest.context.setOffline(true);
      await guest.say('Are you there?');
      await guest.page.waitForTimeout(400);
      await look();
      await guest.context.setOffline(false);
      await guest.page.reload();
      await guest.launcher().waitFor();
      await guest.frame.locator('.log').waitFor();
      await look();
      assert.deepEqual([...seen].sort(), [...list].map(([key, place]) => `${place} ${key}`).sort());
    }
  },

  async 'the trust page shows the figure behind each promise without a script, in three languages and both lights'(world) {
    for (const [lang, scheme, width] of [['en', 'light', 1280], ['de', 'dark', 1280], ['ar', 'light', 390], ['en', 'dark', 390]]) {
      const guest = await world.guest({ javaScriptEnabled: true, colorScheme: scheme, viewport: { width, height: 860 } });
      const { page } = guest;
      const answer = await page.goto(`${trust(world)}?lang=${lang}`);
      assert.equal(answer.status(), 200);
      assert.equal(await page.locator('script').count(), 0);
      const promises = await page.locator('ul.promises > li:not(.broken)').count();
      assert.ok(promises > 25, `${promises} promises`);
      assert.ok(await page.locator('.figure').count() >= promises);
      const over = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${over} px too wide`);
      assert.deepEqual(await axe(page), []);
      assert.deepEqual(await kept(page), []);
      await page.screenshot({ path: new URL(`../shots/trust-${lang}-${scheme}-${width}.png`, import.meta.url).pathname });
    }
  },

  async 'the notice leads to the proof, and both say that the signal of the browser was heard'(world) {
    const guest = await world.guest({ extraHTTPHeaders: { 'sec-gpc': '1' } });
    const { page } = guest;
    await page.goto(world.server.privacy);
    await page.locator('#signal').getByText('Opt-out request honoured').waitFor();
    await page.getByRole('link', { name: 'What we promise, and the proof' }).click();
    await page.locator('#signal').getByText('Opt-out request honoured').waitFor();
    const quiet = await world.guest();
    await quiet.page.goto(world.server.privacy);
    assert.equal(await quiet.page.locator('#signal').count(), 0);
    const stated = await (await fetch(`${world.server.origin}/.well-known/gpc.json`)).json();
    assert.equal(stated.gpc, true);
  },
};
