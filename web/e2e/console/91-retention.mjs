// For how long things are kept, and what keeps the AI and everybody else away from a person's data.
import assert from 'node:assert/strict';
import { ANSWERABLE } from '../support/widget.mjs';

export default {
  async 'a visitor wants no automatic answers, and from then on only people see her question'(world) {
    const { owner } = world;
    const guest = await world.guest();
    await guest.visit();
    await guest.begin(`${ANSWERABLE} I am the walrus-person.`);
    await guest.answer().or(guest.answer('abstained')).first().waitFor();
    await guest.menu('No automatic answers');
    await guest.frame.locator('.sub .dot.warn').waitFor();
    await guest.say('And do you ship to Norway?');
    await owner.go('/inbox');
    await owner.field('Search conversations').fill('walrus');
    await owner.page.waitForFunction(() => document.querySelectorAll('[role=listitem]').length === 1);
    await owner.openTalk(/./);
    const card = owner.page.locator('section[aria-label="Person"]');
    await card.getByText('Her own wish').waitFor();
    const answers = await owner.said('ai').count();
    await owner.button('Restrict…', card).click();
    await owner.field('Accuracy is contested', owner.sheet()).check();
    await owner.accessible('restricting a person');
    await owner.button('Confirm', owner.sheet()).click();
    await card.getByText('Accuracy is contested').waitFor();
    await owner.shot('marks');
    await owner.accessible('a person with limits');
    assert.equal(await owner.said('ai').count(), answers, 'no further answer came');
    await owner.button('I have told her it ends', card).click();
    await owner.button('Lift', card).click();
    await card.getByText('Accuracy is contested').waitFor({ state: 'detached' });
    await owner.button('Hold…', card).click();
    await owner.field('A legal claim', owner.sheet()).check();
    await owner.field('Until', owner.sheet()).fill(new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10));
    await owner.button('Confirm', owner.sheet()).click();
    await owner.sheet().waitFor({ state: 'detached' });
  },

  async 'the periods are shown with their oldest record, and a shorter one is looked at before it bites'(world) {
    const { owner } = world;
    await owner.go('/privacy/retention');
    await owner.heading('Retention').waitFor();
    await owner.page.getByText('90 days after the last activity').waitFor();
    await owner.page.getByText('On time, every hour').waitFor();
    await owner.page.locator('[aria-labelledby=holds-title]').getByText('Claim').waitFor();
    await owner.accessible('the periods');
    await owner.shot('retention');
    await owner.button('Change the period of Conversation').click();
    const sheet = owner.sheet();
    await owner.field('30 days', sheet).check();
    await owner.button('See what it would do', sheet).click();
    await sheet.getByText('Nothing would be deleted at once.').waitFor();
    await sheet.locator('figure canvas').waitFor();
    await owner.accessible('a period looked at');
    await owner.shot('retention-preview');
    await owner.button('Keep for 30 days', sheet).click();
    await owner.page.getByText('30 days after the last activity').waitFor();
    const settings = await owner.api('GET', '/v1/settings');
    assert.equal(settings.json.keep_days, 30);
    await owner.page.emulateMedia({ colorScheme: 'dark' });
    await owner.page.setViewportSize({ width: 390, height: 844 });
    await owner.page.locator('h2', { hasText: 'Classes' }).scrollIntoViewIfNeeded();
    await owner.shot('retention-dark-narrow');
    await owner.accessible('the periods, dark and narrow');
    const wide = await owner.page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 390, `nothing sticks out (${wide})`);
    await owner.page.emulateMedia({ colorScheme: 'light' });
    await owner.page.setViewportSize({ width: 1440, height: 900 });
    await owner.api('PUT', '/v1/retention', { class: 'conversation', days: 90 });
  },
};
