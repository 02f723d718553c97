// Identity that the shop signs: switched on in the settings, used on the public form, switched off.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { axe } from '../support/axe.mjs';
import { visitor } from '../support/browser.mjs';

/** A token as a shop makes it (RFC 7519). */
function signed(secret, claims) {
  const part = (json) => Buffer.from(JSON.stringify(json)).toString('base64url');
  const said = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}`;
  return `${said}.${createHmac('sha256', secret).update(said).digest('base64url')}`;
}

export default {
  async 'whoever is signed in at the shop needs no code'(world) {
    const { owner } = world;
    await owner.go('/settings');
    const card = owner.page.locator('section[aria-labelledby=identity-title]');
    await card.getByText('Off. People prove their address by a code.').waitFor();
    await owner.button('Switch on', card).click();
    await card.getByText('This secret is shown once.').waitFor();
    const secret = await card.getByLabel('Secret').inputValue();
    const form = (await card.getByLabel('Form').inputValue()).replace('?identity=TOKEN', '');
    await card.scrollIntoViewIfNeeded();
    await owner.accessible('a secret for the shop');
    await owner.shot('identity');
    await owner.page.emulateMedia({ colorScheme: 'dark' });
    await owner.page.setViewportSize({ width: 390, height: 844 });
    await card.scrollIntoViewIfNeeded();
    await owner.accessible('a secret for the shop on a phone in the dark');
    await owner.shot('identity-small');
    await owner.page.emulateMedia({ colorScheme: 'light' });
    await owner.page.setViewportSize({ width: 1440, height: 900 });
    await owner.page.reload();
    await owner.button('New secret', card).waitFor();
    assert.equal(await card.getByLabel('Secret').count(), 0, 'shown once');

    const { page, context } = await visitor(world.browser, { locale: 'de-DE', viewport: { width: 390, height: 844 } });
    const token = signed(secret, { email: 'erika@example.com', exp: Math.floor(Date.now() / 1000) + 600 });
    await page.goto(`${form}?identity=${token}`);
    await page.getByText('erika@example.com').waitFor();
    assert.equal(await page.getByLabel('Ihre E-Mail-Adresse', { exact: true }).count(), 0, 'she is not asked for it');
    assert.deepEqual(await axe(page), []);
    await page.screenshot({ path: new URL('../shots/console/identity-form.png', import.meta.url).pathname });
    await page.getByRole('button', { name: 'Absenden' }).click();
    await page.getByText('Ihr Antrag').first().waitFor();
    assert.equal(await page.getByLabel('Code').count(), 0);
    await page.goto(`${form}?identity=${token.slice(0, -3)}abc`);
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Ihre E-Mail-Adresse', { exact: true }).waitFor();
    await page.screenshot({ path: new URL('../shots/console/identity-over.png', import.meta.url).pathname });
    await context.close();

    await owner.go('/requests');
    await owner.page.getByRole('listitem').or(owner.page.getByRole('row')).filter({ hasText: 'erika@example.com' }).or(owner.page.getByText('Access').first()).first().waitFor();
    await owner.go('/settings');
    await owner.button('New secret', card).click();
    await owner.sheet().getByText('The old secret stops counting at once').waitFor();
    await owner.button('Cancel', owner.sheet()).click();
    await owner.button('Switch off', card).click();
    await owner.accessible('the question before it is switched off');
    await owner.button('Switch it off', owner.sheet()).click();
    await card.getByText('Off. People prove their address by a code.').waitFor();
  },
};
