// Every kind of request, from the public form and its code by a real mail server to the last letter, in a browser.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { visitor } from '../support/browser.mjs';
import { codeIn, openPostOffice } from '../support/post-office.mjs';
import { startServer } from '../support/server.mjs';
import { signIn } from '../support/staff.mjs';
import { OWNER, Staff } from './staff.mjs';

const DAY = 86_400_000;
/** What is asked for, under which law, within how many days at most, and what the house leaves to a person. */
const EVERYWHERE = [
  ['access', 'gdpr', 31],
  ['portability', 'uk_gdpr', 31],
  ['rectification', 'gdpr', 31],
  ['erasure', 'gdpr', 31],
  ['restriction', 'uk_gdpr', 31],
  ['objection', 'gdpr', 31],
  ['ai_opt_out', 'gdpr', 31],
];
const BY_PEOPLE = [
  ['human_review', 'gdpr', 31],
  ['consent_withdrawal', 'uk_gdpr', 31],
  ['complaint', 'uk_gdpr', 31],
  ['know', 'ccpa', 45],
  ['delete', 'ccpa', 45],
  ['correct', 'ccpa', 45],
  ['opt_out', 'ccpa', 25],
  ['limit', 'ccpa', 25],
];

export default {
  async 'the rights that everybody has, each from the form to its letter'(world) {
    const house = await openHouse(world);
    world.kinds = house;
    for (const kind of EVERYWHERE) await endToEnd(house, kind);
  },

  async 'what people decide, and the rights of California, each from the form to its letter'(world) {
    const house = world.kinds;
    for (const kind of BY_PEOPLE) await endToEnd(house, kind);
    const { items } = await house.staff.call('GET', '/v1/requests?state=closed');
    assert.equal(items.length, EVERYWHERE.length + BY_PEOPLE.length, 'each of them is closed, none is there twice');
    await house.close();
  },
};

/** A house of its own that can send letters, with its owner at the console and somebody at the form. */
async function openHouse(world) {
  const office = await openPostOffice();
  const server = await startServer(undefined, { ...office.settings, CONFIDANTE_LIMITS_PUBLIC_FORMS: '1000' });
  const staff = await signIn(server);
  const { organisation } = await staff.call('GET', '/v1/me');
  const owner = new Staff(await visitor(world.browser, { viewport: { width: 1440, height: 900 } }), server);
  await owner.go('/');
  await owner.signIn(OWNER.email, OWNER.password);
  await owner.button('Sign out').waitFor();
  const form = await world.browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 }, acceptDownloads: true });
  form.setDefaultTimeout(10_000);
  const page = await form.newPage();
  const close = async () => {
    await form.close();
    await owner.context.close();
    await server.stop();
    await office.close();
  };
  return { office, server, staff, owner, page, key: organisation.widget_key, close };
}

/** Somebody who has talked to the shop under this address. */
async function somebody({ server, staff, key }, email) {
  const call = async (path, body, token) => {
    const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    const response = await fetch(`${server.origin}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    assert.ok(response.ok, `${path}: ${response.status}`);
    return response.json();
  };
  const session = await call(`/v1/widget/${key}/sessions`, { locale: 'en' });
  await call('/v1/visitor/messages', { client_id: 'first', text: `Do you have ${email.split('@')[0]} in green?` }, session.token);
  const talk = await staff.latest();
  await staff.call('PATCH', `/v1/people/${talk.person.id}`, { name: 'Somebody Invented', email });
  return talk.person.id;
}

async function endToEnd(house, [kind, regime, most]) {
  const { office, server, page, key } = house;
  const email = `${kind.replaceAll('_', '-')}@example.com`;
  const person = await somebody(house, email);
  await page.goto(`${server.origin}/privacy/${key}/request?lang=en`);
  await page.locator('#kind').selectOption(kind);
  if (regime !== 'ccpa') await page.locator(`[name=regime][value=${regime}]`).check();
  await page.locator('#email').fill(email);
  if (['rectification', 'correct'].includes(kind)) await page.locator('#name-is').fill('Somebody Else');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('heading', { name: 'Your request' }).waitFor();
  const proved = await page.getByText('waiting for your code').count();
  if (proved > 0) {
    await page.locator('#code').fill(codeIn(await office.letter(email, 1)));
    await page.getByRole('button', { name: 'Confirm' }).click();
  }
  await page.getByText('waiting for your code').waitFor({ state: 'detached' });
  const due = (await page.locator('dt', { hasText: 'Answer by' }).locator('xpath=following-sibling::dd[1]').innerText()).trim();
  const days = Math.round((new Date(due).getTime() - Date.now()) / DAY);
  assert.ok(days > 0 && days <= most, `${kind}: ${days} days until ${due}`);
  const id = page.url().split('/').pop();
  await settled(house, id, kind);
  await page.reload();
  await page.getByText(/^done/).first().waitFor();
  const letters = office.to(email);
  const answer = letters.at(-1);
  assert.ok(letters.length >= 2 && answer.words.includes(id), `${kind}: ${letters.length} letters`);
  writeFileSync(new URL(`../shots/console/letter-${kind}.txt`, import.meta.url), letters.map((letter) => `${letter.subject}\n\n${letter.words}`).join('\n=====\n'));
  await effective(house, kind, person);
}

/** Whatever the house leaves to a person, a person settles at the console, until nothing is left. */
async function settled({ staff, owner }, id, kind) {
  const until = Date.now() + 20_000;
  while (Date.now() < until) {
    const { summary, steps } = await staff.call('GET', `/v1/requests/${id}`);
    if (summary.closed_at) return;
    if (steps.some((step) => step.state === 'manual')) {
      await owner.go(`/requests/${id}`);
      await owner.button(/^Settle: /).first().click();
      await owner.sheet().getByLabel('What was done or decided').fill('A person looked at it, and it is so.');
      await owner.button('Settle', owner.sheet()).click();
      await owner.sheet().waitFor({ state: 'detached' });
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${kind}: ${JSON.stringify(await staff.call('GET', `/v1/requests/${id}`))}`);
}

/** What was asked for is so. */
async function effective({ staff, page, office }, kind, person) {
  if (['erasure', 'delete'].includes(kind)) {
    await assert.rejects(staff.call('GET', `/v1/people/${person}`), /404/, kind);
    return;
  }
  const { name } = await staff.call('GET', `/v1/people/${person}`);
  const marks = await staff.call('GET', `/v1/marks/${person}`);
  if (['rectification', 'correct'].includes(kind)) assert.equal(name, 'Somebody Else', kind);
  if (kind === 'restriction') assert.ok(marks.restriction, kind);
  if (kind === 'ai_opt_out') assert.ok(marks.ai_off.length > 0, kind);
  if (!['access', 'portability', 'know'].includes(kind)) return;
  const email = `${kind}@example.com`;
  const before = office.to(email).length;
  await page.getByRole('button', { name: 'Send a new code' }).click();
  await page.locator('#code').fill(codeIn(await office.letter(email, before + 1)));
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Fetch the archive' }).click();
  assert.equal((await download).suggestedFilename(), 'my-data.zip');
}
