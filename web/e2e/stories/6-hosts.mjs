// Other people's pages: the strictest policy, the rudest style sheet, a page that uses our small interface.
import assert from 'node:assert/strict';
import { host, on } from '../support/host.mjs';
import { ANSWERABLE } from '../support/widget.mjs';

const RUDE = `*{letter-spacing:9px!important;line-height:3!important;text-transform:uppercase!important;font:italic 30px serif!important;color:red!important}
html{font-size:62.5%}button{all:unset!important;background:lime!important;position:static!important;width:300px!important}
div,iframe,confidante-chat{transform:rotate(3deg)!important;filter:blur(1px)!important;display:inline!important;z-index:1!important}
.wall{position:fixed;inset:0;z-index:999999;background:#eee}`;

export default {
  async 'the strictest policy with Trusted Types off the table: the whole way works'(world) {
    const site = await host(world, {});
    const guest = await on(world, site);
    await guest.begin(ANSWERABLE);
    await guest.answer().waitFor();
    assert.deepEqual(guest.seen.violations, []);
    site.close();
  },

  async 'the rudest style sheet changes nothing of ours'(world) {
    const [quiet, loud] = [await host(world, {}), await host(world, { style: RUDE, body: '<div class="wall"></div>' })];
    const calm = await on(world, quiet);
    await calm.open();
    const rude = await on(world, loud);
    await rude.open();
    await rude.page.waitForTimeout(400);
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
    quiet.close();
    loud.close();
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

  async 'a website that is not registered cannot show the chat, and says so'(world) {
    const guest = await world.guest();
    const key = new URL(world.server.privacy).pathname.split('/').at(-1);
    const policy = (await fetch(`${world.server.origin}/widget/frame.html?key=${key}`)).headers.get('content-security-policy');
    assert.ok(policy.split('frame-ancestors')[1].includes(world.server.shop), policy);
    const stranger = (await fetch(`${world.server.origin}/widget/frame.html?key=wk_nobody`)).headers.get('content-security-policy');
    assert.ok(stranger.includes("frame-ancestors 'none'"), stranger);
    const site = await host(world, { register: false });
    await guest.page.goto(site.origin);
    await guest.launcher().click();
    await guest.page.locator('confidante-chat p').getByText('not available').waitFor({ timeout: 20_000 });
    const small = await on(world, site, { viewport: { width: 390, height: 760 } });
    await small.launcher().click();
    const sheet = small.page.locator('confidante-chat .p');
    assert.equal((await sheet.boundingBox()).width, 390);
    await small.shot('phone-no-frame');
    // Nothing but our own button leads back to the shop, so the sheet must not lie on it.
    await small.launcher().click();
    await sheet.waitFor({ state: 'hidden' });
    site.close();
  },
};
