// Networks fail: nothing is lost, nothing is sent twice, and the visitor is told.
import assert from 'node:assert/strict';
import { ANSWERABLE } from '../support/widget.mjs';
import { startServer } from '../support/server.mjs';
import { crawled, signIn } from '../support/staff.mjs';

const again = (guest) => guest.frame.getByRole('button', { name: 'Try again' });
/** What the server knows of the newest chat, by kind of message. */
async function known(world, kind) {
  const { id } = await world.staff.latest();
  const { messages } = await world.staff.call('GET', `/v1/conversations/${id}`);
  return messages.filter((one) => one.kind === kind);
}
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
    assert.deepEqual((await known(world, 'visitor')).map((one) => one.text), ['first', 'two', 'three', 'four']);
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

  async 'one bad second when the chat opens: it says so, and a press, the next opening or the network brings it'(world) {
    for (const way of ['press', 'opening', 'network']) {
      const guest = await world.guest(way === 'press' ? {} : { viewport: { width: 390, height: 760 }, colorScheme: 'dark' });
      let down = true;
      await guest.context.route('**/v1/widget/*', (route) => (down ? route.fulfill({ status: 502, body: '' }) : route.continue()));
      await guest.visit();
      await guest.launcher().click();
      await again(guest).waitFor();
      await guest.frame.locator('.error').getByText('not available').waitFor();
      await guest.shot(`unavailable-${way}`);
      if (way === 'press') await guest.frame.locator('button.second:focus').waitFor();
      await again(guest).click();
      await guest.frame.locator('.error').waitFor();
      await guest.frame.locator('button.second:focus').waitFor();
      down = false;
      if (way === 'press') {
        await again(guest).press('Enter');
        await guest.frame.locator('#first:focus').waitFor();
      } else if (way === 'opening') {
        await guest.frame.getByRole('button', { name: 'Close chat' }).click();
        await guest.launcher().click();
      } else await guest.inside().evaluate(() => void dispatchEvent(new Event('online')));
      await guest.frame.locator('form.front').waitFor();
      assert.equal(await again(guest).count(), 0);
    }
  },

  async 'the panel itself does not come: the next opening asks for it once more'(world) {
    const guest = await world.guest({ viewport: { width: 390, height: 760 } });
    await guest.context.route('**/widget/frame.html*', (route) => route.abort());
    await guest.visit();
    await guest.launcher().click();
    await guest.page.locator('confidante-chat p').getByText('not available').waitFor({ timeout: 20_000 });
    await guest.context.unroute('**/widget/frame.html*');
    await guest.launcher().click();
    await guest.launcher().click();
    await guest.frame.locator('form.front').waitFor();
  },

  async 'the questions before the chat do not come: she asks for them again, and her first words are sent'(world) {
    const guest = await world.guest();
    await guest.context.route('**/v1/widget/*', async (route) => {
      if (route.request().method() !== 'GET') return route.continue();
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), survey: true } });
    });
    await guest.context.route('**/assets/consents-*.js', (route) => route.abort());
    await guest.context.route('**/v1/visitor/consents*', (route) => route.fulfill({ status: 502, body: '' }));
    await guest.visit();
    await guest.open();
    await guest.frame.locator('#first').fill('Where is my tent?');
    await guest.frame.locator('.front button[type=submit]').click();
    await again(guest).waitFor();
    await guest.context.unroute('**/assets/consents-*.js');
    const asked = guest.page.waitForRequest(/visitor.consents/);
    await again(guest).click();
    await asked;
    await guest.frame.locator('.error').waitFor();
    await guest.shot('questions-failed');
    await guest.context.unroute('**/v1/visitor/consents*');
    await again(guest).click();
    await guest.frame.locator('.mine').getByText('Where is my tent?').waitFor();
  },

  async 'a file whose answer is lost, and one chosen without a network, arrive once'(world) {
    const guest = await world.guest();
    await guest.context.addInitScript(() => {
      const { send } = XMLHttpRequest.prototype;
      XMLHttpRequest.prototype.send = function first(body) {
        XMLHttpRequest.prototype.send = send;
        this.onload = this.onerror;
        send.call(this, body);
      };
    });
    await guest.visit();
    await guest.begin('hello');
    const choose = async (name) => {
      await guest.frame.locator('.composer .bare').click();
      await guest.frame.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(name) });
    };
    await choose('answer-lost.txt');
    await guest.frame.locator('button.file').getByText('answer-lost.txt').waitFor();
    await guest.frame.locator('div.file').waitFor({ state: 'detached' });
    await guest.context.setOffline(true);
    await choose('offline.txt');
    const row = guest.frame.locator('div.file');
    await row.getByText('Keep this page open').waitFor();
    await guest.shot('file-waiting');
    await again(guest).click();
    await row.getByText('Keep this page open').waitFor();
    await guest.context.setOffline(false);
    await guest.frame.locator('button.file').getByText('offline.txt').waitFor();
    await row.waitFor({ state: 'detached' });
    assert.deepEqual((await known(world, 'visitor')).map((one) => one.file?.name ?? one.text), ['hello', 'answer-lost.txt', 'offline.txt']);
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
