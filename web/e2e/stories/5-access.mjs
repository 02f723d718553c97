// For everybody: keyboard alone, screen readers, right to left, dark, phone, 400 % zoom, forced colours.
import assert from 'node:assert/strict';
import { axe } from '../support/axe.mjs';
import { host, on } from '../support/host.mjs';
import { ANSWERABLE, UNANSWERABLE } from '../support/widget.mjs';

/** Every state of the panel, checked with axe and photographed. */
async function tour(world, name, options, site) {
  const guest = site ? await on(world, site, options) : await (await world.guest(options)).visit();
  const look = async (state) => {
    await guest.page.waitForTimeout(250);
    await guest.shot(`${name}-${state}`);
    assert.deepEqual(await axe(guest.inside()), [], `${name}, ${state}`);
    const wide = await guest.inside().evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(wide, 0, `${name}, ${state}: it can be scrolled sideways`);
  };
  await guest.open();
  await look('1-front');
  await guest.frame.locator('#first').fill(ANSWERABLE);
  await guest.frame.locator('.front button[type=submit]').click();
  await guest.answer().waitFor();
  await guest.answer().locator('.chip').first().click();
  await look('2-answer');
  await guest.say(UNANSWERABLE);
  await guest.answer('abstained').waitFor();
  await look('3-abstained');
  await guest.frame.locator('header button[aria-expanded]').click();
  await look('4-menu');
  await guest.frame.locator('.menu button').nth(2).click();
  await look('5-export');
  await guest.frame.locator('.title button').click();
  await guest.frame.locator('.composer .bare').click();
  await look('6-file');
  await guest.frame.locator('.bar button').press('Enter');
  await guest.frame.locator('p.bar').waitFor();
  await look('7-waiting');
  await guest.frame.locator('header button[aria-expanded]').click();
  await guest.frame.locator('.menu button').nth(2).click();
  await look('8-erase');
  await guest.frame.locator('.danger').click();
  await guest.frame.locator('.hash').waitFor({ timeout: 30_000 });
  await look('9-erased');
  return guest;
}

export default {
  async 'light: no axe violation in any state'(world) {
    const guest = await tour(world, 'light', {});
    assert.deepEqual(await axe(guest.page.mainFrame()), []);
  },

  async 'dark: no axe violation in any state'(world) {
    await tour(world, 'dark', { colorScheme: 'dark' });
  },

  async 'Arabic: right to left, its own words, no axe violation'(world) {
    const site = await host(world, { lang: 'ar', dir: 'rtl' });
    const guest = await tour(world, 'arabic', { locale: 'ar' }, site);
    assert.equal(await guest.inside().evaluate(() => `${document.documentElement.lang} ${document.documentElement.dir}`), 'ar rtl');
    const { x } = await guest.page.locator('confidante-chat .p').boundingBox();
    assert.equal(x, 20);
    site.close();
  },

  async 'German words, chosen in the menu and kept on the next page'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.open();
    await guest.frame.locator('header button[aria-expanded]').click();
    await guest.frame.locator('select').selectOption('de');
    await guest.frame.getByText('Sie chatten mit einem KI-Assistenten', { exact: false }).waitFor();
    await guest.page.keyboard.press('Escape');
    await guest.frame.getByRole('button', { name: 'Chat beginnen' }).click();
    await guest.frame.locator('#compose').waitFor();
    await guest.visit('/sizes.html');
    await guest.frame.getByPlaceholder('Nachricht schreiben').waitFor();
    await guest.shot('german');
  },

  async 'phone: full screen, modal while open, the page is back afterwards'(world) {
    const guest = await tour(world, 'phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 });
    const state = () => guest.page.evaluate(() => {
      const panel = document.querySelector('confidante-chat').shadowRoot.querySelector('[role=dialog]');
      const { width, height, left, top } = panel.getBoundingClientRect();
      return { modal: panel.getAttribute('aria-modal'), inert: document.body.inert, box: [left, top, width, height] };
    });
    assert.deepEqual(await state(), { modal: 'true', inert: true, box: [0, 0, 390, 844] });
    await guest.frame.locator('header button').last().click();
    await guest.launcher().waitFor();
    const closed = await state();
    assert.deepEqual([closed.modal, closed.inert], [null, false]);
  },

  async '320 by 256, which is 400 % zoom: everything can be reached'(world) {
    await tour(world, 'tiny', { viewport: { width: 320, height: 256 } });
  },

  async 'forced colours and reduced motion'(world) {
    const guest = await tour(world, 'forced', { forcedColors: 'active', reducedMotion: 'reduce' });
    assert.equal(await guest.inside().evaluate(() => document.getAnimations().length), 0);
  },

  async 'keyboard only: open, begin, ask, open a source, reach every control, leave, and be back at the button'(world) {
    const guest = await world.guest();
    await guest.visit();
    const { keyboard } = guest.page;
    const tabTo = async (wanted, most = 60) => {
      for (let i = 0; i < most; i += 1) {
        await keyboard.press('Tab');
        const name = await focused(guest);
        if (name.includes(wanted)) return;
      }
      assert.fail(`Tab never reached ${wanted}`);
    };
    await tabTo('Open chat');
    await keyboard.press('Enter');
    await guest.frame.locator('form.front').waitFor();
    await guest.page.waitForTimeout(200);
    assert.equal(await focused(guest), 'first');
    await keyboard.type(ANSWERABLE);
    await keyboard.press('Enter');
    await guest.answer().waitFor();
    await guest.page.waitForTimeout(200);
    assert.equal(await focused(guest), 'compose');
    await keyboard.press('Shift+Tab');
    await keyboard.press('Shift+Tab');
    await tabBack(guest, 'Source', keyboard);
    await keyboard.press('Enter');
    await guest.answer().locator('.quote').waitFor();
    await tabTo('compose');
    await tabBack(guest, 'More', keyboard);
    await keyboard.press('Enter');
    await guest.frame.locator('.menu').waitFor();
    await keyboard.press('Escape');
    assert.equal(await focused(guest), 'More');
    await tabTo('compose');
    for (let i = 0; i < 4; i += 1) await keyboard.press('Tab');
    assert.equal(await guest.inside().evaluate(() => document.hasFocus()), false, 'Tab leaves the frame');
    await guest.frame.locator('#compose').focus();
    await keyboard.press('Escape');
    await guest.page.waitForTimeout(100);
    assert.equal(await focused(guest), 'Open chat');
    assert.equal(await guest.page.evaluate(() => document.querySelector('confidante-chat').shadowRoot.querySelector('[role=dialog]').hidden), true);
  },
};

/** What has the focus, named by its label, id or text, wherever it is. */
async function focused(guest) {
  const name = (frame) => frame.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.tagName === 'IFRAME' ? '' : element?.id || element?.getAttribute('aria-label') || element?.textContent || '';
  });
  const inside = guest.inside();
  if (inside && (await inside.evaluate(() => document.hasFocus() && document.activeElement !== document.body))) return name(inside);
  return name(guest.page.mainFrame());
}

async function tabBack(guest, wanted, keyboard) {
  for (let i = 0; i < 40; i += 1) {
    if ((await focused(guest)).includes(wanted)) return;
    await keyboard.press('Shift+Tab');
  }
  assert.fail(`Shift+Tab never reached ${wanted}`);
}
