// What is learned from people: a reader has an answer checked and hears of it; a gap is answered; a test set shows what changed.
import assert from 'node:assert/strict';
import { startServer } from '../support/server.mjs';
import { crawled, signIn } from '../support/staff.mjs';
import { visitor } from '../support/browser.mjs';
import { axe } from '../support/axe.mjs';
import { ANSWERABLE, Guest } from '../support/widget.mjs';
import { fromDist } from './from-dist.mjs';
import { OWNER, Staff } from './staff.mjs';

const RIGHT = 'You have 90 days to return anything. Keep the box.';
const GAPS = ['Do you engrave names on mugs?', 'Could you engrave a name on my mug?', 'Which quantum chromodynamics lattice do you prefer?'];

/** A house of its own with a crawled shop, a signed-in owner and some visitors. */
async function opened(world, told) {
  const server = await startServer();
  const made = await visitor(world.browser, { viewport: { width: 1440, height: 900 } });
  const contexts = [made.context];
  try {
    await crawled(await signIn(server));
    const owner = new Staff(made, server);
    if (process.env.CONSOLE_FROM_DIST) await fromDist(made.context);
    await owner.go('/inbox');
    await owner.signIn(OWNER.email, OWNER.password);
    await owner.heading('Inbox').waitFor();
    const guest = async (options) => {
      const shopper = await visitor(world.browser, options);
      contexts.push(shopper.context);
      const one = new Guest(shopper, { server });
      await one.visit();
      return one;
    };
    await told(owner, guest);
    assert.deepEqual(made.seen.violations, []);
  } finally {
    await Promise.all(contexts.map((context) => context.close()));
    await server.stop();
  }
}

/** The same screen in every look: light and dark, wide and narrow; accessible in each. */
async function looks(owner, name) {
  for (const [scheme, width] of [['light', 1440], ['dark', 1440], ['light', 390], ['dark', 390]]) {
    await owner.page.emulateMedia({ colorScheme: scheme });
    await owner.page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await owner.accessible(`${name}, ${scheme}, ${width}`);
    await owner.shot(`${name}-${scheme}-${width}`);
  }
  await owner.page.emulateMedia({ colorScheme: 'light' });
  await owner.page.setViewportSize({ width: 1440, height: 900 });
}

export default {
  async 'a reader has an answer checked, and is told what came of it'(world) {
    await opened(world, async (owner, guest) => {
      const ana = await guest({ viewport: { width: 390, height: 844 } });
      await ana.begin(ANSWERABLE);
      await ana.answer().waitFor();
      await ana.frame.getByRole('button', { name: 'Have a person check this' }).click();
      await ana.frame.locator('.note').getByText(/A person will check the answer by/).waitFor();
      assert.equal(await ana.frame.getByRole('button', { name: 'Have a person check this' }).count(), 0, 'once is enough');
      await ana.frame.getByRole('button', { name: 'Why this answer?' }).click();
      await ana.frame.getByText('What left this server').waitFor();
      await ana.shot('review-asked');
      await owner.go('/reviews');
      await owner.page.getByText(/left$/).waitFor();
      await looks(owner, 'reviews');
      await owner.page.getByRole('link', { name: new RegExp(ANSWERABLE.slice(0, 20)) }).click();
      await owner.heading('Review of an answer').waitFor();
      await owner.page.getByText('Why this answer').first().waitFor();
      await owner.page.getByLabel('The answer is wrong').check();
      await owner.page.getByLabel('The right answer').fill(RIGHT);
      await looks(owner, 'review');
      await owner.button('Decide and tell the reader').click();
      await owner.page.getByText('part of the knowledge').waitFor();
      await owner.shot('review-decided');
      await ana.frame.locator('.note').getByText('has checked the answer and corrected it').waitFor();
      await ana.frame.locator('.agent').getByText('90 days').waitFor();
      await ana.shot('review-told');
      assert.deepEqual(await axe(ana.inside()), []);
      await owner.go('/reviews?state=closed');
      await owner.page.getByText('It was wrong').waitFor();
      await owner.page.getByRole('link', { name: 'Knowledge', exact: true }).first().click();
    });
  },

  async 'a question without a source is answered with one press'(world) {
    await opened(world, async (owner, guest) => {
      for (const question of GAPS) {
        const one = await guest();
        await one.begin(question);
        await one.answer('abstained').waitFor();
      }
      await owner.go('/knowledge/gaps');
      const gap = owner.page.getByRole('listitem').filter({ hasText: 'engrave' }).first();
      await gap.getByText('Asked 2 times by 2 people').waitFor();
      await looks(owner, 'gaps');
      await owner.button('Write the answer', gap).click();
      await owner.heading('Write an answer').waitFor();
      assert.match(await owner.page.getByLabel('Title').inputValue(), /engrave/);
      await owner.page.getByLabel('Answer', { exact: true }).fill('We engrave names on every mug, free of charge.');
      await owner.shot('gap-answer');
      await owner.button('Save').click();
      await owner.page.getByText('Answered', { exact: true }).waitFor();
      await owner.shot('gaps-answered');
    });
  },

  async 'a test set is kept, run, run again after a change, and shows what changed'(world) {
    await opened(world, async (owner) => {
      await owner.go('/playground');
      await owner.page.getByRole('link', { name: 'Test sets' }).click();
      await owner.heading('Test sets').waitFor();
      await owner.button('New test set').click();
      await owner.sheet().getByLabel('Name').fill('First questions');
      await owner.sheet().getByLabel('Questions').fill(`question,page,words,outcome\n${ANSWERABLE},Returns,60 days,answered\nDo you engrave mugs?,,,answered\n`);
      await owner.accessible('a new test set');
      await owner.button('Keep it', owner.sheet()).click();
      await owner.heading('First questions').waitFor();
      await owner.button('Run').click();
      await owner.page.getByText('1 of 2 as expected').first().waitFor();
      await looks(owner, 'test-set');
      await owner.go('/knowledge/pages/new');
      await owner.page.getByLabel('Title').fill('Do you engrave mugs?');
      await owner.page.getByLabel('Answer', { exact: true }).fill('We engrave mugs, free of charge.');
      await owner.button('Save').click();
      await owner.heading('Do you engrave mugs?').waitFor();
      await owner.go('/playground/sets');
      await owner.page.getByRole('link', { name: /First questions/ }).click();
      await owner.heading('First questions').waitFor();
      await owner.page.getByLabel('Results').waitFor();
      await owner.button('Run').click();
      await owner.page.getByText('2 of 2 as expected, 1 changed').waitFor();
      await owner.page.getByLabel('Only what changed').check();
      assert.equal(await owner.page.getByLabel('Comparison').getByRole('listitem').count(), 1);
      await looks(owner, 'test-set-compared');
      const download = owner.page.waitForEvent('download');
      await owner.button('CSV').click();
      assert.equal((await download).suggestedFilename(), 'First questions.csv');
      await owner.button('Edit').click();
      await owner.accessible('editing a test set');
      await owner.shot('test-set-edit');
    });
  },
};
