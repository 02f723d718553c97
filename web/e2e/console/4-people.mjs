// A person's rights from the console: correct, copy, erase, and the receipt.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { ANSWERABLE } from '../support/widget.mjs';
import { unzip } from '../support/zip.mjs';

export default {
  async 'a person is corrected, copied and erased, and the thread knows it'(world) {
    const { owner } = world;
    await owner.go('/inbox');
    const guest = await world.guest();
    await guest.visit();
    await guest.begin(`${ANSWERABLE} I am the unicorn-person.`);
    await guest.answer().or(guest.answer('abstained')).first().waitFor();
    await owner.field('Search conversations').fill('unicorn');
    await owner.page.waitForFunction(() => document.querySelectorAll('[role=listitem]').length === 1);
    await owner.openTalk(/./);
    const card = owner.page.locator('section[aria-label="Person"]');
    await card.getByText('What we hold').waitFor();
    await owner.button('Correct name and e-mail', card).click();
    await owner.field('Name', owner.sheet()).fill('Ana Duarte');
    await owner.field('E-mail', owner.sheet()).fill('ana@duarte.example');
    await owner.shot('person-edit');
    await owner.button('Save', owner.sheet()).click();
    await card.getByText('ana@duarte.example').waitFor();

    const [download] = await Promise.all([owner.page.waitForEvent('download'), owner.button('Download copy', card).click()]);
    const files = unzip(readFileSync(await download.path()));
    const all = [...files.values()].map(String).join('\n');
    assert.match(all, /unicorn-person/);
    assert.match(all, /ana@duarte\.example/);

    await owner.button('Erase…', card).click();
    const sheet = owner.sheet();
    assert.ok(await owner.button('Erase this person', sheet).isDisabled());
    await sheet.getByRole('textbox').fill('ERASE');
    await owner.accessible('the last question before erasing');
    await owner.shot('erase');
    await owner.button('Erase this person', sheet).click();
    await sheet.getByText('A second check found nothing left.').waitFor({ timeout: 30_000 });
    await owner.shot('erased');
    const [receipt] = await Promise.all([owner.page.waitForEvent('download'), owner.button('Receipt', sheet).click()]);
    const text = readFileSync(await receipt.path(), 'utf8');
    assert.doesNotMatch(text, /ana@duarte|unicorn/);
    JSON.parse(text);
    await owner.button('Done', sheet).click();
    await owner.page.getByText('This person and everything said here is gone').waitFor();
    await guest.frame.locator('.steps').waitFor();
  },

  async 'the privacy desk lists the erasure without a name and says who gets what'(world) {
    const { owner } = world;
    await owner.go('/privacy');
    await owner.page.getByText('Nobody outside this server').waitFor();
    await owner.page.locator('[aria-labelledby=erasures-title] details').first().locator('summary').click();
    await owner.button('Receipt').waitFor();
    await owner.field('Search people').fill('ana@duarte.example');
    await owner.page.getByText('Nobody found').waitFor();
    await owner.shot('privacy');
    await owner.accessible('privacy');
    const notice = await owner.page.getByRole('link', { name: 'Public privacy notice' }).getAttribute('href');
    assert.equal((await owner.page.request.get(new URL(notice, world.server.origin).href)).status(), 200);
  },
};
