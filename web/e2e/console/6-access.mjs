// Everybody: keys alone, dark, phone width, every screen without a finding.
import assert from 'node:assert/strict';
import { OWNER } from './staff.mjs';

const SCREENS = ['/inbox', '/promises', '/knowledge', '/knowledge/pages', '/knowledge/pages/new', '/playground', '/consent', '/privacy', '/team', '/settings'];

async function signedIn(world, options) {
  const member = await world.member(options);
  await member.go('/inbox');
  await member.signIn(OWNER.email, OWNER.password);
  await member.heading('Inbox').waitFor();
  return member;
}

/** Presses a key and waits for the neighbour in the list. The list lives: news may have moved it meanwhile, so it is looked at before each press. */
async function moves({ page }, key, by) {
  for (let tries = 0; tries < 5; tries += 1) {
    const neighbour = await page.evaluate((by) => {
      const rows = [...document.querySelectorAll('a[href*="/console/inbox/"]')].map((row) => row.href);
      return rows[rows.indexOf(location.href) + by];
    }, by);
    assert.ok(neighbour, `there is nobody to move to with ${key}`);
    await page.keyboard.press(key);
    const there = page.waitForURL(neighbour, { timeout: 2000 });
    if (await there.then(() => true, () => false)) return;
  }
  assert.fail(`${key} does not lead to the neighbour in the list`);
}

export default {
  async 'the whole way by keys alone'(world) {
    const { owner } = world;
    const { keyboard } = owner.page;
    const at = () => owner.page.evaluate(() => document.activeElement?.id || document.activeElement?.getAttribute('aria-label') || document.activeElement?.tagName);
    await owner.go('/knowledge');
    await owner.heading('Knowledge').waitFor();
    await keyboard.press('g');
    await keyboard.press('i');
    await owner.heading('Inbox').waitFor();
    await owner.page.getByRole('listitem').first().waitFor();
    await keyboard.press('j');
    await owner.turn().waitFor();
    await moves(owner, 'j', 1);
    await moves(owner, 'k', -1);
    // The conversation may still be on its way: a key that is pressed before it is there does nothing.
    for (let tries = 0; tries < 5 && !(await owner.turn('you').isVisible()); tries += 1) {
      await keyboard.press('t');
      await owner.turn('you').waitFor({ timeout: 3000 }).catch(() => undefined);
    }
    await owner.turn('you').waitFor();
    await keyboard.press('n');
    await owner.page.waitForFunction(() => document.activeElement?.id === 'composer');
    await keyboard.type('e, k and t are letters here');
    await keyboard.press('Control+Enter');
    await owner.said('note', 'letters here').waitFor();
    await keyboard.press('Escape');
    assert.notEqual(await at(), 'composer');
    await keyboard.press('b');
    await owner.turn('ai').waitFor();
    await keyboard.press('Control+k');
    await owner.sheet().getByRole('combobox').waitFor();
    await keyboard.type('settings');
    await owner.shot('palette');
    await owner.accessible('the palette');
    await keyboard.press('Enter');
    await owner.heading('Settings').waitFor();
    await keyboard.press('?');
    await owner.sheet().getByText('Use single keys.').waitFor();
    await owner.accessible('the help');
    await owner.shot('help');
    await owner.sheet().getByRole('checkbox').uncheck();
    await keyboard.press('Escape');
    await owner.sheet().waitFor({ state: 'detached' });
    await keyboard.press('g');
    await keyboard.press('i');
    await owner.page.waitForTimeout(300);
    assert.match(owner.page.url(), /\/settings$/, 'single keys are off');
    await owner.page.evaluate(() => localStorage.removeItem('confidante.shortcuts'));
  },

  async 'the first Tab skips to the content, and every Tab moves on'(world) {
    const { owner } = world;
    await owner.go('/inbox');
    await owner.page.getByRole('listitem').first().waitFor();
    await owner.page.keyboard.press('Tab');
    assert.equal(await owner.page.evaluate(() => document.activeElement?.textContent), 'Skip to content');
    const stops = new Set();
    for (let i = 0; i < 25; i += 1) {
      await owner.page.keyboard.press('Tab');
      stops.add(await owner.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160)));
    }
    assert.ok(stops.size >= 20, `${stops.size} different stops`);
  },

  async 'every screen in the dark'(world) {
    const member = await signedIn(world, { colorScheme: 'dark' });
    for (const path of SCREENS) {
      await member.go(path);
      await member.page.locator('h1').first().waitFor();
      await member.page.waitForLoadState('load');
      await member.page.waitForTimeout(400);
      await member.accessible(`${path} in the dark`);
      await member.shot(`dark${path.replaceAll('/', '-')}`);
    }
    await member.page.goto(`${world.server.origin}/console/inbox`);
    await member.page.getByRole('listitem').first().getByRole('link').click();
    await member.turn().waitFor();
    await member.page.waitForTimeout(500);
    await member.accessible('a thread in the dark');
    await member.shot('dark-thread');
    await member.context.close();
  },

  async 'on a phone: list, thread, sheet; nothing wider than the screen'(world) {
    const member = await signedIn(world, { viewport: { width: 390, height: 844 }, hasTouch: true });
    for (const path of SCREENS) {
      await member.go(path);
      await member.page.locator('h1').first().waitFor();
      await member.page.waitForTimeout(400);
      const over = await member.page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${path} is ${over} px too wide`);
      await member.accessible(`${path} on a phone`);
      await member.shot(`phone${path.replaceAll('/', '-')}`);
    }
    await member.go('/inbox');
    await member.page.getByRole('listitem').first().getByRole('link').click();
    await member.turn().waitFor();
    await member.shot('phone-thread');
    await member.button('Why this answer, and the person').click();
    await member.sheet().waitFor();
    await member.page.waitForTimeout(400);
    await member.shot('phone-sheet');
    await member.accessible('the sheet on a phone');
    await member.button('Close this window').click();
    await member.button('Back to the list').click();
    await member.heading('Inbox').waitFor();
    await member.context.close();
  },

  async 'at four times the size everything is still there'(world) {
    const member = await signedIn(world, { viewport: { width: 320, height: 640 } });
    for (const path of SCREENS) {
      await member.go(path);
      await member.page.locator('h1').first().waitFor();
      await member.page.waitForTimeout(200);
      const over = await member.page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${path} is ${over} px too wide`);
    }
    await member.context.close();
  },

  async 'the chosen colours are kept, and nothing else'(world) {
    const { owner } = world;
    await owner.go('/inbox');
    await owner.button('Dark colours').click();
    assert.equal(await owner.page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    assert.deepEqual(await owner.page.evaluate(() => Object.keys(localStorage)), ['confidante.theme']);
    await owner.page.reload();
    assert.equal(await owner.page.evaluate(() => document.documentElement.dataset.theme), 'dark');
    await owner.button('Colours of the system').click();
    assert.deepEqual(await owner.page.evaluate(() => Object.keys(localStorage)), []);
  },
};
