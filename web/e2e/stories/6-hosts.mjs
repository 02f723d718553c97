// Other people's pages: the strictest policy, the rudest style sheet, a page that uses our small interface.
import assert from 'node:assert/strict';
import { ANSWERABLE } from '../support/widget.mjs';

const RUDE = `*{letter-spacing:9px!important;line-height:3!important;text-transform:uppercase!important;font:italic 30px serif!important;color:red!important}
html{font-size:62.5%}button{all:unset!important;background:lime!important;position:static!important;width:300px!important}
div,iframe,confidante-chat{transform:rotate(3deg)!important;filter:blur(1px)!important;display:inline!important;z-index:1!important}
.wall{position:fixed;inset:0;z-index:999999;background:#eee}`;

/** A page of the shop that exists only for this story, under a policy of its own. */
async function page(guest, world, { policy, style = '', body = '' }) {
  const key = new URL(world.server.privacy).pathname.split('/').at(-1);
  const html = `<!doctype html><html lang="en"><title>Host</title><link rel="stylesheet" href="/rude.css"><body><h1>Host</h1>${body}<script src="${world.server.origin}/widget.js" data-key="${key}" async></script></body></html>`;
  await guest.context.route(`${world.server.shop}/host.html`, (route) => route.fulfill({ contentType: 'text/html', headers: { 'content-security-policy': policy }, body: html }));
  await guest.context.route(`${world.server.shop}/rude.css`, (route) => route.fulfill({ contentType: 'text/css', body: style }));
  await guest.visit('/host.html');
}

const strict = (world) => `default-src 'none'; style-src 'self'; script-src ${world.server.origin}; frame-src ${world.server.origin}; require-trusted-types-for 'script'; trusted-types 'none'`;

export default {
  async 'the strictest policy with Trusted Types off the table: the whole way works'(world) {
    const guest = await world.guest();
    await page(guest, world, { policy: strict(world) });
    await guest.begin(ANSWERABLE);
    await guest.answer().waitFor();
    assert.deepEqual(guest.seen.violations, []);
  },

  async 'the rudest style sheet changes nothing of ours'(world) {
    const calm = await world.guest();
    await page(calm, world, { policy: strict(world) });
    await calm.open();
    const rude = await world.guest();
    await page(rude, world, { policy: strict(world), style: RUDE, body: '<div class="wall"></div>' });
    await rude.open();
    const boxes = (guest) => guest.page.evaluate(() => {
      const { shadowRoot } = document.querySelector('confidante-chat');
      return [...shadowRoot.querySelectorAll('button, .p, iframe')].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        const style = getComputedStyle(element);
        return [element.tagName, x, y, width, height, style.letterSpacing, style.filter, style.backgroundColor];
      });
    });
    assert.deepEqual(await boxes(rude), await boxes(calm));
    await rude.shot('rude-host');
    await rude.launcher().click();
    await rude.page.locator('confidante-chat .p').waitFor({ state: 'hidden' });
  },

  async 'a page may open, close and listen, also before the script has come, and learns no words'(world) {
    const guest = await world.guest();
    await guest.context.addInitScript(() => {
      if (top !== window) return;
      window.told = [];
      window.Confidante = [['on', 'open', () => window.told.push('open')], ['on', 'close', () => window.told.push('close')], ['on', 'unread', (n) => window.told.push(n)]];
    });
    await guest.visit();
    await guest.page.evaluate(() => window.Confidante.open());
    await guest.frame.locator('form.front').waitFor();
    await guest.page.evaluate(() => window.Confidante.close());
    await guest.page.locator('confidante-chat .p').waitFor({ state: 'hidden' });
    assert.deepEqual(await guest.page.evaluate(() => window.told), ['open', 'close']);
    assert.deepEqual(await guest.page.evaluate(() => Object.keys(window.Confidante)), ['open', 'close', 'on']);
  },

  async 'a website that is not registered cannot show the chat'(world) {
    const guest = await world.guest();
    const key = new URL(world.server.privacy).pathname.split('/').at(-1);
    const policy = (await fetch(`${world.server.origin}/widget/frame.html?key=${key}`)).headers.get('content-security-policy');
    assert.ok(policy.includes(`frame-ancestors ${world.server.shop}`), policy);
    const stranger = (await fetch(`${world.server.origin}/widget/frame.html?key=wk_nobody`)).headers.get('content-security-policy');
    assert.ok(stranger.includes("frame-ancestors 'none'"), stranger);
    await guest.visit();
  },
};
