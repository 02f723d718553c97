// Knowledge: the shop is read while one watches; answers are written, excluded and asked for.
import assert from 'node:assert/strict';

export default {
  async 'the demo shop is read, and a wrong address is named'(world) {
    const { owner } = world;
    await owner.go('/knowledge');
    const shop = owner.page.getByRole('article').first();
    await shop.locator('[data-crawl=done]').waitFor({ timeout: 60_000 });
    await owner.shot('crawl-done');
    await owner.button('Website').click();
    await owner.field('Address', owner.sheet()).fill('not an address');
    await owner.button('Add and crawl', owner.sheet()).click();
    await owner.page.getByText('This is not an address of a website').waitFor();
    await owner.field('Address', owner.sheet()).fill('http://169.254.169.254/');
    await owner.button('Add and crawl', owner.sheet()).click();
    await owner.sheet().getByRole('alert').or(owner.page.getByRole('article').nth(1)).first().waitFor();
    await owner.accessible('adding a website');
  },

  async 'a website is crawled before one’s eyes: found, rate, time left, pause, resume, again'(world) {
    const { owner, slow } = world;
    await owner.go('/knowledge');
    await owner.button('Website').click();
    await owner.field('Address', owner.sheet()).fill(slow.origin);
    await owner.button('Add and crawl', owner.sheet()).click();
    const card = owner.page.getByRole('article', { name: new URL(slow.origin).host });
    await card.locator('[data-crawl=running]').waitFor();
    await card.getByText(/[1-9]\d* of \d+ pages/).waitFor();
    await card.getByText(/\d\/s/).waitFor();
    await owner.shot('crawl-running');
    await owner.button('Pause', card).click();
    await card.locator('[data-crawl=paused]').waitFor();
    await owner.accessible('a paused crawl');
    await owner.shot('crawl-paused');
    await owner.button('Resume', card).click();
    await card.locator('[data-crawl=running]').waitFor();
    slow.hurry();
    await card.locator('[data-crawl=done]').waitFor({ timeout: 60_000 });
    const number = async (name) => Number(await card.locator('dl div').filter({ hasText: name }).locator('dd').innerText());
    assert.equal(await number('new'), slow.pages);
    await owner.button('Crawl again', card).click();
    await owner.page.waitForFunction(([host, pages]) => [...document.querySelectorAll('article')].some((one) => one.ariaLabel === host && one.querySelector('[data-crawl=done]') && [...one.querySelectorAll('dl div')].some((cell) => cell.textContent?.includes('same') && cell.textContent.includes(pages))), [new URL(slow.origin).host, String(slow.pages)], { timeout: 60_000 });
    await owner.button(/^Remove/, card).click();
    await owner.button('Remove', owner.sheet()).click();
    await card.waitFor({ state: 'detached' });
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
