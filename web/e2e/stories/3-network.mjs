// Networks fail: nothing is lost, nothing is sent twice, and the visitor is told.
import assert from 'node:assert/strict';
import { ANSWERABLE } from '../support/widget.mjs';
import { startServer } from '../support/server.mjs';
import { crawled, signIn } from '../support/staff.mjs';

const mine = (guest) => guest.frame.locator('.mine .bubble').allInnerTexts();

export default {
  async 'sent while offline: kept over a reload, sent once and in order'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin('first');
    await guest.sent().waitFor();
    await guest.context.route('**/v1/visitor/**', (route) => route.abort());
    for (const text of ['two', 'three', 'four']) await guest.say(text);
    await guest.frame.locator('[data-state=waiting]').nth(2).waitFor();
    assert.match(await guest.frame.locator('[data-state=waiting]').first().innerText(), /sent when you are back online/);
    const kept = await guest.inside().evaluate(() => Object.keys(sessionStorage).sort());
    assert.deepEqual(kept, ['confidante.queue', 'confidante.visitor']);
    await guest.page.reload({ waitUntil: 'load' });
    await guest.frame.locator('[data-state=waiting]').nth(2).waitFor();
    await guest.shot('offline-reloaded');
    await guest.context.unroute('**/v1/visitor/**');
    await guest.frame.locator('[data-state]').first().waitFor({ state: 'detached', timeout: 30_000 });
    assert.deepEqual(await mine(guest), ['first', 'two', 'three', 'four']);
    const { id } = await world.staff.latest();
    const { messages } = await world.staff.call('GET', `/v1/conversations/${id}`);
    assert.deepEqual(messages.filter((one) => one.kind === 'visitor').map((one) => one.text), ['first', 'two', 'three', 'four']);
    assert.deepEqual(await guest.inside().evaluate(() => Object.keys(sessionStorage)), ['confidante.visitor']);
  },

  async 'the banner comes only when the gap lasts, and goes by itself'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin('hello');
    await guest.sent().waitFor();
    const banner = guest.frame.locator('.offline');
    await guest.context.setOffline(true);
    await guest.page.waitForTimeout(1500);
    assert.equal(await banner.count(), 0);
    await banner.waitFor({ timeout: 4000 });
    await guest.shot('offline-banner');
    await guest.context.setOffline(false);
    await banner.waitFor({ state: 'detached' });
  },

  async 'the program is killed in the middle and started again: the chat goes on'(world) {
    const first = await startServer();
    await crawled(await signIn(first));
    const guest = await world.guest();
    await guest.page.goto(`${first.shop}/shipping.html`);
    await guest.begin(ANSWERABLE);
    await guest.answer().waitFor();
    await first.kill();
    await guest.say('Are you still there?');
    await guest.frame.locator('[data-state=waiting]').waitFor();
    const second = await startServer(first);
    await guest.frame.locator('[data-state]').first().waitFor({ state: 'detached', timeout: 30_000 });
    assert.deepEqual(await mine(guest), [ANSWERABLE, 'Are you still there?']);
    await guest.context.close();
    await second.stop();
    guest.seen.requests.length = 0;
  },

  async 'two tabs share one chat; reading in one counts in both; the next page of a tab reconnects'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin('from the first tab');
    await guest.sent().waitFor();
    const page = await guest.context.newPage();
    await page.goto(`${world.server.shop}/shipping.html`);
    await page.locator('confidante-chat button').click();
    const other = page.frameLocator('confidante-chat iframe');
    await other.locator('.mine').getByText('from the first tab').waitFor();
    await other.locator('#compose').fill('from the second tab');
    await other.locator('#compose').press('Enter');
    await guest.frame.locator('.mine').getByText('from the second tab').waitFor();
    await page.goto(`${world.server.shop}/sizes.html`);
    await page.frameLocator('confidante-chat iframe').locator('.mine').getByText('from the second tab').waitFor();
    await page.close();
  },

  async 'closed, an answer counts as unread in the name of the button'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin('hello');
    await guest.frame.locator('[data-ai-outcome]').first().waitFor();
    await guest.frame.getByRole('button', { name: 'Close chat' }).click();
    const { id } = await world.staff.latest();
    await world.staff.call('POST', `/v1/conversations/${id}/take-over`);
    await world.staff.call('POST', `/v1/conversations/${id}/messages`, { client_id: 'u1', text: 'Are you there?', note: false });
    await guest.page.getByRole('button', { name: 'Open chat, 1 new' }).waitFor();
    await guest.shot('unread');
    await guest.launcher().click();
    await guest.frame.locator('.agent').waitFor();
    await guest.frame.getByRole('button', { name: 'Close chat' }).click();
    await guest.page.getByRole('button', { name: 'Open chat', exact: true }).waitFor();
  },
};
