// Knowledge: the shop is read while one watches; answers are written, excluded and asked for.
import assert from 'node:assert/strict';

export default {
  async 'the shop is crawled before one’s eyes'(world) {
    const { owner, server } = world;
    await owner.go('/knowledge');
    const card = owner.page.getByRole('article').first();
    const already = await card.waitFor({ timeout: 5_000 }).then(() => true, () => false);
    if (!already) {
      await owner.button('Add your website').click();
      await owner.field('Address', owner.sheet()).fill('not an address');
      await owner.button('Add and crawl', owner.sheet()).click();
      await owner.page.getByText('This is not an address of a website').waitFor();
      await owner.field('Address', owner.sheet()).fill(server.shop);
      await owner.button('Add and crawl', owner.sheet()).click();
      await card.waitFor();
    }
    await card.locator('[data-crawl=done]').waitFor({ timeout: 60_000 });
    await owner.shot('crawl-done');
    await owner.button('Crawl again', card).click();
    await card.locator('[data-crawl=running]').waitFor();
    await card.getByText(/of \d+ pages/).waitFor();
    await owner.shot('crawl-running');
    await owner.button('Pause', card).click();
    await card.locator('[data-crawl=paused]').waitFor();
    await owner.accessible('a paused crawl');
    await owner.button('Resume', card).click();
    await card.locator('[data-crawl=done]').waitFor({ timeout: 60_000 });
    const same = Number(await card.locator('dl div').filter({ hasText: 'same' }).locator('dd').innerText());
    assert.ok(same > 5, `a second crawl finds the same pages, not ${same}`);
  },

  async 'a page is shown as the AI sees it, with its snapshot'(world) {
    const { owner } = world;
    await owner.page.getByRole('link', { name: 'Pages and answers' }).click();
    await owner.field('Search pages').fill('return');
    await owner.page.getByRole('link', { name: /return/i }).first().click();
    await owner.page.getByRole('heading', { name: /As the AI sees it/ }).waitFor();
    await owner.shot('page');
    await owner.accessible('a page');
    const [snapshot] = await Promise.all([owner.context.waitForEvent('page'), owner.page.locator('[aria-labelledby=snapshots] a').first().click()]);
    await snapshot.waitForLoadState();
    assert.match(snapshot.url(), /\/snapshot\/snp_/);
    await snapshot.close();
  },

  async 'an answer is written by hand, found, excluded and removed'(world) {
    const { owner } = world;
    await owner.go('/knowledge/pages/new');
    await owner.button('Save').click();
    await owner.page.getByText('Please give a title.').waitFor();
    await owner.fill({ Title: 'Do you sell gift vouchers?', Answer: 'Gift vouchers are sold from 20 to 200 euros and are valid for three years.' });
    await owner.button('Save').click();
    await owner.heading('Do you sell gift vouchers?').waitFor();
    await owner.go('/playground');
    await owner.field('Question').fill('Do you sell gift vouchers?');
    await owner.button('Ask').click();
    await owner.said('ai', '20 to 200 euros').waitFor();
    await owner.page.getByRole('heading', { name: 'Why this answer' }).waitFor();
    await owner.shot('playground');
    await owner.accessible('playground');
    await owner.go('/knowledge/pages');
    await owner.page.getByRole('link', { name: /gift vouchers/ }).click();
    await owner.button('Edit').click();
    await owner.fill({ Answer: 'Gift vouchers are sold from 30 to 300 euros and are valid for three years.' });
    await owner.button('Save').click();
    await owner.page.getByText('30 to 300 euros').first().waitFor();
    await owner.button('Exclude').click();
    await owner.page.getByText('The AI does not use this page').waitFor();
    await owner.button('Remove').click();
    await owner.button('Remove', owner.sheet()).click();
    await owner.page.waitForURL(/\/knowledge\/pages$/);
  },

  async 'what no page says is not answered'(world) {
    const { owner } = world;
    await owner.go('/playground');
    await owner.field('Question').fill('Which quantum chromodynamics lattice do you prefer?');
    await owner.button('Ask').click();
    await owner.page.getByText('No answer found').waitFor();
    await owner.shot('playground-abstained');
  },
};
