// The consent book: worded in the console, given in the chat, proved by a receipt, taken back with one press, and gone at once.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { axe } from '../support/axe.mjs';
import { visitor } from '../support/browser.mjs';
import { BINARY, startServer } from '../support/server.mjs';
import { crawled, signIn } from '../support/staff.mjs';
import { ANSWERABLE, Guest } from '../support/widget.mjs';
import { unzip } from '../support/zip.mjs';
import { fromDist } from './from-dist.mjs';
import { OWNER, Staff } from './staff.mjs';

const CLAUSE = 'You may write to me by e-mail about my question, until I take this back.';
const ADDRESS = 'ana.duarte@example.com';

/** The state of the panel is accessible, fits, and is photographed. */
async function look(guest, name) {
  await guest.page.waitForTimeout(250);
  await guest.shot(`consent-${name}`);
  assert.deepEqual(await axe(guest.inside()), [], name);
  const wide = await guest.inside().evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.equal(wide, 0, `${name}: it can be scrolled sideways`);
}

async function words(owner) {
  await owner.heading('Consent').waitFor();
  await owner.page.getByText('Nobody is asked for any consent').waitFor();
  await owner.accessible('an empty consent book');
  await owner.shot('consent-empty');
  await owner.button('New purpose').click();
  await owner.fill({ Purpose: 'contact_by_email', English: CLAUSE, German: 'Sie dürfen mir zu meiner Frage eine E-Mail schreiben, bis ich das widerrufe.', Arabic: 'يمكنكم مراسلتي بالبريد الإلكتروني بشأن سؤالي حتى أسحب موافقتي.' });
  await owner.accessible('a wording before it is published');
  await owner.shot('consent-wording');
  await owner.button('Publish', owner.sheet()).click();
  await owner.page.getByRole('list', { name: 'Purposes' }).getByText(CLAUSE).first().waitFor();
}

async function questions(owner) {
  await owner.button('Add a question').click();
  const first = owner.page.getByRole('group', { name: 'Question 1' });
  await owner.field('English', first).fill('Order number');
  await owner.field('German', first).fill('Bestellnummer');
  await owner.button('Add a question').click();
  const second = owner.page.getByRole('group', { name: 'Question 2' });
  await owner.field('English', second).fill('Your e-mail');
  await owner.field('Arabic', second).fill('بريدك الإلكتروني');
  await owner.field('Answer', second).selectOption('email');
  await owner.field('Rests on', second).selectOption('contact_by_email');
  assert.equal(await second.getByRole('checkbox').isDisabled(), true, 'a consent is free');
  await owner.field('Ask about age').selectOption('16');
  await owner.button('Save').click();
  await owner.page.getByText('Asked from the next chat on').waitFor();
  await owner.accessible('the questions');
  await owner.shot('consent-questions');
}

/** What the staff sees of the one person who is here. */
async function seen(owner) {
  const people = await owner.api('GET', '/v1/people');
  await owner.go(`/privacy/people/${people.json.items[0].id}`);
  await owner.page.getByLabel('Consents').waitFor();
  return owner.page.getByLabel('Answers before the chat').innerText();
}

export default {
  async 'a consent is worded, given, proved, taken back, and what rested on it is gone'(world) {
    const server = await startServer();
    const made = await visitor(world.browser, { viewport: { width: 1440, height: 900 } });
    const shopper = await visitor(world.browser, { extraHTTPHeaders: { 'sec-gpc': '1' } });
    try {
      await crawled(await signIn(server));
      const owner = new Staff(made, server);
      if (process.env.CONSOLE_FROM_DIST) await fromDist(made.context);
      await owner.go('/consent');
      await owner.signIn(OWNER.email, OWNER.password);
      await words(owner);
      await questions(owner);

      const guest = new Guest(shopper, { server });
      await guest.visit();
      await guest.open();
      await guest.frame.locator('#first').fill(ANSWERABLE);
      await guest.frame.locator('.front button[type=submit]').click();
      await guest.frame.getByRole('heading', { name: 'Before we begin' }).waitFor();
      await look(guest, '1-before');
      const box = guest.frame.getByRole('checkbox');
      assert.equal(await box.isChecked(), false, 'nothing is ticked');
      assert.equal(await guest.frame.getByLabel('Your e-mail').count(), 0, 'not asked without the consent');
      await guest.frame.getByRole('radio', { name: 'Yes' }).check();
      await guest.frame.getByText('together with a parent').waitFor();
      assert.equal(await guest.frame.getByRole('checkbox').count(), 0, 'a child is asked nothing');
      await guest.frame.getByRole('radio', { name: 'No', exact: true }).check();
      await guest.frame.getByLabel('Order number').fill('A-4711');
      await box.check();
      await guest.frame.getByLabel('Your e-mail').fill(ADDRESS);
      await look(guest, '2-filled');
      await guest.frame.getByRole('button', { name: 'Continue' }).click();
      await guest.answer().waitFor();
      assert.equal(await guest.frame.locator('.mine').count(), 1, 'what she typed first is sent now');
      assert.match(await seen(owner), /A-4711[^]*ana\.duarte@example\.com/);
      await owner.accessible('what a person answered');
      await owner.shot('consent-person');

      await guest.menu('Privacy choices');
      const purpose = guest.frame.locator('[data-purpose=contact_by_email]');
      await purpose.getByText('You agreed on').waitFor();
      assert.equal(await purpose.locator('p').first().innerText(), CLAUSE, 'the exact words');
      await guest.frame.getByText('Opt-out request honoured').waitFor();
      await guest.frame.locator('code').getByText('confidante.visitor').waitFor();
      await look(guest, '3-choices');
      const [download] = await Promise.all([guest.page.waitForEvent('download'), guest.frame.getByRole('button', { name: 'Download receipt' }).click()]);
      const receipt = await download.path();
      const genuine = execFileSync(BINARY, ['verify', receipt], { encoding: 'utf8' });
      assert.match(genuine, /GENUINE[^]*given {2}contact_by_email/);
      const written = JSON.parse(readFileSync(receipt, 'utf8'));
      assert.equal(written.records[0].events[0].text.words, CLAUSE);
      assert.equal(written.records[0].events[0].evidence.gpc, true);

      await purpose.getByRole('button', { name: 'Withdraw' }).click();
      await purpose.getByText('What rested on it is deleted').waitFor();
      await look(guest, '4-withdrawn');
      const left = await seen(owner);
      assert.ok(left.includes('A-4711') && !left.includes(ADDRESS), left);
      await purpose.getByRole('button', { name: 'I agree' }).click();
      await purpose.getByText('You agreed on').waitFor();
      assert.equal(await purpose.getByLabel('Your e-mail').inputValue(), '', 'what is gone stays gone');
      await guest.frame.locator('.title button').click();
      await guest.menu('Download my data');
      const [zip] = await Promise.all([guest.page.waitForEvent('download'), guest.frame.getByRole('button', { name: 'Download', exact: true }).click()]);
      const entries = unzip(readFileSync(await zip.path()));
      assert.ok(entries.has('consent-receipt.json') && !entries.get('data.json').toString('utf8').includes(ADDRESS));
      assert.deepEqual(made.seen.violations, []);
      assert.deepEqual(shopper.seen.violations, []);

      await owner.go('/consent');
      await owner.page.getByRole('list', { name: 'Purposes' }).waitFor();
      await owner.page.emulateMedia({ colorScheme: 'dark' });
      await owner.accessible('the consent book in the dark');
      await owner.shot('consent-dark');
      await owner.page.setViewportSize({ width: 390, height: 844 });
      await owner.accessible('the consent book on a phone');
      const over = await owner.page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
      assert.ok(over <= 0, `${over} px too wide`);
      await owner.shot('consent-phone');
      await owner.button('Stop asking for contact_by_email').click();
      await owner.button('Stop asking', owner.sheet()).click();
      await owner.sheet().getByText('A question before the chat rests on this').waitFor();
      await owner.accessible('the question before a purpose ends, refused');
      await owner.shot('consent-stop');
      await owner.button('Cancel', owner.sheet()).click();
      for (const [name, options] of [['arabic', { locale: 'ar' }], ['dark', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }]]) {
        const other = await visitor(world.browser, options);
        const their = new Guest(other, { server });
        await their.visit();
        await their.open();
        if (name === 'arabic') {
          await their.frame.locator('header button[aria-expanded]').click();
          await their.frame.locator('.menu select').selectOption('ar');
          await their.page.keyboard.press('Escape');
          await their.inside().waitForFunction(() => document.documentElement.dir === 'rtl');
        }
        await their.frame.locator('.front button[type=submit]').click();
        await their.frame.getByRole('checkbox').check();
        await look(their, `5-${name}`);
        await their.frame.getByRole('radio').nth(1).check();
        await their.frame.locator('button[type=submit]').click();
        await their.frame.locator('#compose').waitFor();
        await their.frame.locator('header button[aria-expanded]').click();
        await their.frame.locator('.menu button').last().click();
        await their.frame.locator('[data-purpose]').waitFor();
        await look(their, `6-${name}`);
        await other.context.close();
      }
    } finally {
      await made.context.close();
      await shopper.context.close();
      await server.stop();
    }
  },
};
