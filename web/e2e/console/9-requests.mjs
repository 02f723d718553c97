// Requests about one's own data: the public form without scripts, the list by due date, one request settled by a person.
import assert from 'node:assert/strict';

export default {
  async 'the public form works without scripts, in three languages, on a phone'(world) {
    const { owner } = world;
    const key = await widgetKey(owner);
    const context = await world.browser.newContext({ javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    await page.goto(`${world.server.origin}/privacy/${key}/request?lang=ar`);
    assert.equal(await page.locator('html').getAttribute('dir'), 'rtl');
    await page.screenshot({ path: shot('request-form-ar'), fullPage: true });
    await page.goto(`${world.server.origin}/privacy/${key}/request?lang=de`);
    await page.getByLabel('Was möchten Sie?').selectOption('complaint');
    await page.getByLabel('Im Vereinigten Königreich').check();
    await page.getByLabel('Ihre E-Mail-Adresse', { exact: true }).fill('greta@example.com');
    await page.getByLabel('Was wir wissen sollten (nicht nötig)').fill('Man antwortet mir nicht.');
    await page.screenshot({ path: shot('request-form-de'), fullPage: true });
    await page.getByRole('button', { name: 'Absenden' }).click();
    await page.getByRole('heading', { name: 'Ihr Antrag' }).waitFor();
    await page.getByText('Beschwerde über die Verwendung Ihrer Daten').waitFor();
    await page.screenshot({ path: shot('request-status-de'), fullPage: true });
    await page.goto(`${world.server.origin}/privacy/${key}/request?lang=en`);
    await page.getByLabel('Your e-mail address', { exact: true }).fill('henrik@example.com');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.getByText('waiting for your code').waitFor();
    await context.close();
    const looked = await world.member({ viewport: { width: 390, height: 844 } });
    await looked.page.goto(`${world.server.origin}/privacy/${key}/request?lang=en`);
    await looked.accessible('the public form');
    await looked.context.close();
  },

  async 'the list shows the days left and a person settles what only a person can'(world) {
    const { owner } = world;
    await owner.go('/requests');
    await owner.page.getByText(/days left/).first().waitFor();
    await owner.accessible('the requests');
    await owner.shot('requests');
    await owner.page.getByRole('link', { name: /Complaint/ }).first().click();
    await owner.page.getByRole('heading', { name: 'Complaint', level: 1 }).waitFor();
    await owner.page.getByText('Man antwortet mir nicht.').waitFor();
    await owner.button('Settle: Decide').click();
    await owner.sheet().getByLabel('What was done or decided').fill('You were right, and have an answer now.');
    await owner.accessible('settling a step');
    await owner.button('Settle', owner.sheet()).click();
    await owner.button('Settle: Answer the person').waitFor();
    await owner.accessible('one request');
    await owner.shot('request');
    await owner.button('Extend').click();
    await owner.sheet().getByLabel('Reason').fill('The archive of 2019 has to be read.');
    await owner.button('Send', owner.sheet()).click();
    await owner.page.getByText(/Extended/).waitFor();
    await owner.page.getByText('Signed bundle').waitFor();
    const download = owner.page.waitForEvent('download');
    await owner.button('Signed bundle').click();
    assert.match((await download).suggestedFilename(), /^request-req_/);
    await owner.page.emulateMedia({ colorScheme: 'dark' });
    await owner.shot('request-dark');
    await owner.page.emulateMedia({ colorScheme: 'light' });
    await owner.page.setViewportSize({ width: 390, height: 844 });
    await owner.shot('request-phone');
    await owner.go('/requests');
    await owner.page.getByText(/days left/).first().waitFor();
    await owner.shot('requests-phone');
    await owner.page.setViewportSize({ width: 1440, height: 900 });
  },

  async 'a letter that is being written outlives a failed answer, a dragged selection and a slip of the finger'(world) {
    const { owner } = world;
    await owner.go('/requests');
    await owner.page.getByRole('link', { name: /Complaint/ }).first().click();
    await owner.page.getByRole('heading', { name: 'Complaint', level: 1 }).waitFor();
    await owner.button('Refuse').click();
    const words = owner.sheet().getByLabel('Reason');
    await words.fill('Dear Greta, we have looked at it again.');
    let looks = 0;
    await owner.page.route('**/v1/requests/*', (route) => ((looks += 1), route.abort()));
    await owner.page.waitForTimeout(3600);
    assert.equal(looks, 0, 'each look is noted in the audit log: none while somebody writes');
    assert.equal(await words.inputValue({ timeout: 1000 }), 'Dear Greta, we have looked at it again.');

    const at = await words.boundingBox();
    await owner.page.mouse.move(at.x + 60, at.y + 15);
    await owner.page.mouse.down();
    await owner.page.mouse.move(20, at.y + 15, { steps: 5 });
    await owner.page.mouse.up();
    assert.equal(await words.inputValue({ timeout: 1000 }), 'Dear Greta, we have looked at it again.', 'a selection may end outside');

    await owner.page.mouse.click(20, 20);
    await owner.sheet().getByText('What you wrote here would be lost.').waitFor();
    await owner.accessible('the question before words are lost');
    await owner.shot('words-lost');
    assert.equal(await owner.page.evaluate(() => document.activeElement?.textContent.trim()), 'Keep writing');
    await owner.page.keyboard.press('Enter');
    assert.ok(await words.evaluate((field) => field === document.activeElement), 'back in the letter');
    await owner.page.keyboard.press('Escape');
    await owner.button('Discard it', owner.sheet()).click();
    await owner.sheet().waitFor({ state: 'detached' });
    assert.equal(await owner.page.evaluate(() => document.activeElement?.textContent.trim()), 'Refuse');
    await owner.page.waitForTimeout(3600);
    assert.ok(looks > 0, 'nobody writes, so it is looked at again');
    assert.equal(await owner.page.getByRole('alert').count(), 0, 'a look that failed takes nothing away');
    await owner.page.unroute('**/v1/requests/*');
    await owner.button('Refuse').click();
    await owner.page.mouse.click(20, 20);
    await owner.sheet().waitFor({ state: 'detached' });
  },

  async 'whom one vouches for is asked first'(world) {
    const { owner } = world;
    await owner.go('/requests');
    await owner.page.getByRole('link', { name: /identity/ }).first().click();
    await owner.button('I know who asks').click();
    await owner.sheet().getByText('You vouch that this request comes from the person').waitFor();
    await owner.accessible('the question before vouching');
    await owner.shot('vouch');
    await owner.button('Cancel', owner.sheet()).click();
    await owner.sheet().waitFor({ state: 'detached' });
    await owner.page.getByText('Not proved yet').waitFor();
  },

  async 'a request that came by letter is noted and refused with a ground'(world) {
    const { owner } = world;
    await owner.go('/requests');
    await owner.button('Note a request').click();
    await owner.sheet().getByLabel('What is asked for').selectOption('objection');
    await owner.sheet().getByLabel('E-mail address').fill('ingrid@example.com');
    await owner.sheet().getByLabel("In the person's words").fill('Stop.');
    await owner.accessible('noting a request');
    await owner.button('Note it', owner.sheet()).click();
    await owner.page.getByRole('heading', { name: 'Objection', level: 1 }).waitFor();
    await owner.button('Refuse').click();
    await owner.sheet().getByLabel('Ground').selectOption('manifestly_unfounded');
    await owner.sheet().getByLabel('Reason').fill('There is nothing to stop.');
    await owner.button('Refuse', owner.sheet()).click();
    await owner.button('Settle: Answer the person').click();
    await owner.sheet().getByLabel('What was done or decided').fill('Sent by post.');
    await owner.button('Settle', owner.sheet()).click();
    await owner.page.getByText('Refused', { exact: true }).waitFor();
    await owner.go('/requests?state=closed');
    await owner.page.getByRole('link', { name: /Objection/ }).waitFor();
    await owner.accessible('closed requests');
  },
};

async function widgetKey(owner) {
  await owner.go('/settings');
  return owner.page.evaluate(async () => (await (await fetch('/v1/me')).json()).organisation.widget_key);
}

function shot(name) {
  return new URL(`../shots/console/${name}.png`, import.meta.url).pathname;
}
