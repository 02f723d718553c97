// Before the first click: one script, nothing stored, nothing moved, no focus taken.
import assert from 'node:assert/strict';

const stored = (page) => page.evaluate(async () => ({
  local: Object.keys(localStorage),
  session: Object.keys(sessionStorage),
  cookies: document.cookie,
  bases: (await indexedDB.databases()).length,
  caches: (await caches.keys()).length,
}));
const NOTHING = { local: [], session: [], cookies: '', bases: 0, caches: 0 };

export default {
  async 'one request, nothing stored, until somebody clicks'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.page.waitForTimeout(500);
    const ours = guest.seen.requests.filter((url) => url.startsWith(world.server.origin));
    assert.deepEqual(ours, [`${world.server.origin}/widget.js`]);
    assert.deepEqual(await stored(guest.page), NOTHING);
    assert.deepEqual(await guest.context.cookies(), []);
    assert.equal(await guest.page.locator('iframe').count(), 0);
    await guest.shot('before-click');
  },

  async 'looking at the front door stores nothing either, here or on the server'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.open();
    assert.deepEqual(await stored(guest.page), NOTHING);
    assert.deepEqual(await stored(guest.inside()), NOTHING);
    assert.deepEqual(await guest.context.cookies(), []);
    const posts = guest.seen.requests.filter((url) => url.includes('/sessions') || url.includes('/v1/visitor'));
    assert.deepEqual(posts, []);
  },

  async 'the notice stands before the first message and says who answers, how long and who receives'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.open();
    const front = await guest.frame.locator('form.front').innerText();
    for (const part of ['AI assistant', 'ask for a person', 'on this server', 'Kept for 90 days', 'download or delete', 'Nothing is stored before you start']) {
      assert.ok(front.includes(part), part);
    }
    const href = await guest.frame.locator('.front a').getAttribute('href');
    const notice = await guest.context.newPage();
    assert.equal((await notice.goto(href)).status(), 200);
    await guest.shot('front');
  },

  async 'what the browser keeps after the start is what the map lists, for this tab only'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin('Hello');
    await guest.sent().waitFor();
    assert.deepEqual(await stored(guest.page), { ...NOTHING, session: ['confidante-on'] });
    assert.deepEqual(await stored(guest.inside()), { ...NOTHING, session: ['confidante.visitor'] });
    assert.equal(await guest.page.evaluate(() => sessionStorage.getItem('confidante-on')), 'open');
    assert.deepEqual(await guest.context.cookies(), []);
  },

  async 'the focus stays where it was, and the page cannot look inside'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.page.locator('a').nth(3).focus();
    const before = await guest.page.evaluate(() => document.activeElement.textContent);
    // The test's own hand counts as a click; the page is told that nobody has clicked.
    await guest.page.evaluate(() => {
      Object.defineProperty(navigator, 'userActivation', { value: { isActive: false } });
      window.Confidante.open();
    });
    await guest.frame.locator('form.front').waitFor();
    await guest.page.waitForTimeout(300);
    assert.equal(await guest.page.evaluate(() => document.activeElement.textContent), before);
    assert.equal(await guest.page.evaluate(() => {
      try {
        return document.querySelector('confidante-chat').shadowRoot.querySelector('iframe').contentDocument;
      } catch (cause) {
        return cause.name;
      }
    }), null);
  },

  async 'the script twice on a page is one chat, and it survives a replaced body'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.page.evaluate((origin) => {
      const again = document.createElement('script');
      again.src = `${origin}/widget.js`;
      again.dataset.key = document.querySelector('script[data-key]').dataset.key;
      document.body.append(again);
      return new Promise((resolve) => (again.onload = resolve));
    }, world.server.origin);
    assert.equal(await guest.page.locator('confidante-chat').count(), 1);
    await guest.begin('Still here?');
    await guest.sent().waitFor();
    await guest.page.evaluate(() => document.body.replaceWith(document.createElement('body')));
    await guest.frame.locator('.mine').getByText('Still here?').waitFor();
    await guest.page.evaluate(() => document.querySelector('confidante-chat').remove());
    await guest.launcher().waitFor();
  },
};
