// Masking: a text is tried, what was missed becomes a rule, its hits are seen before it is added, and then it holds.
import assert from 'node:assert/strict';
import { startServer } from '../support/server.mjs';
import { crawled, signIn } from '../support/staff.mjs';
import { visitor } from '../support/browser.mjs';
import { Guest } from '../support/widget.mjs';
import { fromDist } from './from-dist.mjs';
import { OWNER, Staff } from './staff.mjs';

const SAID = 'My member card is KD-4711-AB, does it give free shipping?';

export default {
  async 'what was missed becomes a rule, with its hits seen first'(world) {
    const server = await startServer();
    const made = await visitor(world.browser, { viewport: { width: 1440, height: 900 } });
    const shopper = await visitor(world.browser);
    try {
      await crawled(await signIn(server));
      const guest = new Guest(shopper, { server });
      await guest.visit();
      await guest.begin(SAID);
      const owner = new Staff(made, server);
      if (process.env.CONSOLE_FROM_DIST) await fromDist(made.context);
      await owner.go('/masking');
      await owner.signIn(OWNER.email, OWNER.password);
      await owner.heading('Masking').waitFor();
      await owner.page.getByLabel('A text in which something was missed').fill(`I am Martha Okonkwo. ${SAID}`);
      await owner.button('Show what is masked').click();
      const tried = owner.page.getByLabel('Masked text');
      await tried.getByText('masked as name').waitFor({ state: 'attached' });
      assert.equal(await tried.getByText('masked as private').count(), 0, 'the card is missed');
      await owner.fill({ 'Words or pattern': 'KD-####-??' });
      assert.equal(await owner.button('Add the rule').isDisabled(), true, 'no rule unseen');
      await owner.button('See what it hits').click();
      await owner.page.getByText('It would change 1 message').waitFor();
      assert.equal(await owner.page.getByLabel('Hits').locator('mark').textContent(), 'KD-4711-AB');
      await owner.accessible('a rule before it is added');
      await owner.shot('masking-preview');
      await owner.button('Add the rule').click();
      await owner.page.getByLabel('Rules').getByText('KD-####-??').waitFor();
      await tried.getByText('masked as private').waitFor({ state: 'attached' });
      await owner.accessible('a rule that holds');
      await owner.shot('masking-rule');
      await owner.page.emulateMedia({ colorScheme: 'dark' });
      await owner.accessible('masking in the dark');
      await owner.shot('masking-dark');
      await owner.page.setViewportSize({ width: 390, height: 844 });
      await owner.accessible('masking on a phone');
      await owner.shot('masking-phone');
      await owner.button('Remove KD-####-??').click();
      await owner.page.getByText('None yet').waitFor();
      assert.deepEqual(made.seen.violations, []);
    } finally {
      await made.context.close();
      await shopper.context.close();
      await server.stop();
    }
  },
};
