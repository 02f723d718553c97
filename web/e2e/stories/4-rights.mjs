// The visitor's two rights, from the widget alone: take everything, and be forgotten with proof.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BINARY } from '../support/server.mjs';
import { unzip } from '../support/zip.mjs';
import { ANSWERABLE } from '../support/widget.mjs';

const MARKER = 'zinnober-7731';

async function erase(guest) {
  await guest.menu('Delete my data');
  await guest.shot('erase-ask');
  await guest.frame.getByRole('button', { name: 'Delete everything' }).click();
  await guest.frame.getByRole('heading', { name: 'Your data has been deleted' }).waitFor({ timeout: 30_000 });
}

export default {
  async 'export: one zip with what was said, for people and for machines, and nothing of anyone else'(world) {
    const stranger = await world.guest();
    await stranger.visit();
    await stranger.begin('purpur-9942 belongs to another visitor');
    await stranger.sent().waitFor();
    const guest = await world.guest();
    await guest.visit();
    await guest.begin(MARKER);
    await guest.frame.locator('[data-ai-outcome]').first().waitFor();
    await guest.say(ANSWERABLE);
    await guest.answer().waitFor();
    await guest.menu('Download my data');
    await guest.shot('export');
    const [download] = await Promise.all([guest.page.waitForEvent('download'), guest.frame.getByRole('button', { name: 'Download', exact: true }).click()]);
    await guest.frame.locator('.good').getByText(/Your file is ready/).waitFor();
    const entries = unzip(readFileSync(await download.path()));
    const names = [...entries.keys()];
    for (const ending of ['.json', '.csv', '.html']) assert.ok(names.some((name) => name.endsWith(ending)), `${ending} in ${names}`);
    const all = [...entries.values()].map((entry) => entry.toString('utf8')).join('\n');
    assert.ok(all.includes(MARKER));
    assert.ok(!all.includes('purpur-9942'));
    for (const [name, entry] of entries) if (name.endsWith('.json')) JSON.parse(entry.toString('utf8'));
  },

  async 'looking at her rights and choices costs her nothing of what she was writing'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin();
    await guest.frame.locator('#compose').fill(`half a ${MARKER}`);
    for (const page of ['Download my data', 'Delete my data', 'Privacy choices']) {
      await guest.menu(page);
      await guest.frame.locator('.title').getByRole('button', { name: 'Back' }).click();
      assert.equal(await guest.frame.locator('#compose').inputValue(), `half a ${MARKER}`, page);
    }
    assert.ok(!(await guest.inside().evaluate(() => JSON.stringify(sessionStorage))).includes(MARKER));
    await guest.frame.locator('#compose').press('Enter');
    await guest.frame.locator('.mine').getByText(MARKER).waitFor();
    assert.equal(await guest.frame.locator('#compose').inputValue(), '');
  },

  async 'erase: visible steps, a receipt that a stranger can verify, nothing left in the browser'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin(`${MARKER} please`);
    await guest.frame.locator('[data-ai-outcome]').first().waitFor();
    await erase(guest);
    await guest.shot('erased');
    const steps = await guest.frame.locator('.steps li').evaluateAll((items) => items.map((item) => item.dataset.state));
    assert.ok(steps.length >= 4 && steps.every((state) => state === 'done'), steps.join());
    const [download] = await Promise.all([guest.page.waitForEvent('download'), guest.frame.getByRole('button', { name: 'Download receipt' }).click()]);
    const receipt = await download.path();
    const said = execFileSync(BINARY, ['verify', receipt], { encoding: 'utf8' });
    assert.ok(said.length > 0);
    const forged = join(world.server.folder, 'forged.json');
    writeFileSync(forged, readFileSync(receipt, 'utf8').replace(/\d(?=\D*$)/, (digit) => String((Number(digit) + 1) % 10)));
    assert.throws(() => execFileSync(BINARY, ['verify', forged], { stdio: 'pipe' }));
    assert.deepEqual(await guest.page.evaluate(() => Object.keys(sessionStorage)), []);
    assert.deepEqual(await guest.inside().evaluate(() => Object.keys(sessionStorage)), []);
    assert.ok(!readFileSync(receipt, 'utf8').includes(MARKER));
    await guest.frame.getByRole('button', { name: 'Start a new chat' }).click();
    await guest.frame.locator('form.front').waitFor();
  },

  async 'erasing in one tab ends the chat in the other'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin('in two tabs');
    await guest.sent().waitFor();
    const page = await guest.context.newPage();
    await page.goto(`${world.server.shop}/shipping.html`);
    await page.locator('confidante-chat button').click();
    const other = page.frameLocator('confidante-chat iframe');
    await other.locator('.mine').waitFor();
    await erase(guest);
    await other.getByRole('heading', { name: 'Your data has been deleted' }).waitFor();
    assert.equal(await other.locator('.mine').count(), 0);
    assert.deepEqual(await page.evaluate(() => Object.keys(sessionStorage)), []);
  },

  async 'a reload in the middle of erasing comes back to the steps'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin('reload me');
    await guest.sent().waitFor();
    // The progress is held back, so that the reload falls between asking and being done.
    await guest.context.route('**/v1/erasures/**', (route) => route.abort());
    await guest.menu('Delete my data');
    await guest.frame.getByRole('button', { name: 'Delete everything' }).click();
    await guest.frame.getByRole('heading', { name: 'Deleting your data' }).waitFor();
    await guest.page.reload();
    await guest.context.unroute('**/v1/erasures/**');
    await guest.frame.getByRole('heading', { name: 'Your data has been deleted' }).waitFor({ timeout: 20_000 });
  },
};
