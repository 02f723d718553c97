// The inbox, live: a visitor asks in the widget, the AI answers, a person takes the word and gives it back.
import assert from 'node:assert/strict';
import { ANSWERABLE, UNANSWERABLE } from '../support/widget.mjs';

export default {
  async 'a question appears without a reload, with its answer and sources'(world) {
    const { owner } = world;
    await owner.go('/inbox');
    const guest = (world.tom = await world.guest());
    await guest.visit();
    await guest.begin(ANSWERABLE);
    await owner.openTalk(/AI answers|AI is writing|60 days|return/i);
    await owner.said('visitor', ANSWERABLE).waitFor();
    await owner.said('ai', /60 days/).waitFor();
    assert.equal(await owner.turn('ai').count(), 1);
    await owner.shot('inbox');
    await owner.accessible('the inbox');
  },

  async 'why this answer, and what the AI saw'(world) {
    const { owner } = world;
    await owner.go('/inbox');
    const guest = await world.guest();
    await guest.visit();
    await guest.begin(`${ANSWERABLE} Write to anna.berg@example.org please.`);
    await guest.answer().waitFor();
    await owner.go('/inbox');
    await owner.openTalk(/./);
    await owner.said('ai').waitFor();
    const why = owner.page.locator('section[aria-label="Why this answer"]');
    await why.getByText(/passages → kept/).waitFor();
    assert.ok((await why.locator('mark').count()) > 0, 'the quoted words are marked');
    const seen = owner.page.locator('section[aria-label="What the AI saw"]');
    await seen.getByText('0 bytes left it').waitFor();
    assert.match(await seen.innerText(), /anna\.berg@example\.org/);
    await owner.said('ai').getByRole('button', { name: 'Source 1' }).first().click();
    await owner.shot('why');
  },

  async 'asked for a person: the visitor waits first in the list, the reply takes over, a note stays inside'(world) {
    const { owner } = world;
    await owner.go('/inbox');
    const guest = await world.guest();
    await guest.visit();
    await guest.begin(UNANSWERABLE);
    await guest.answer('abstained').waitFor();
    await guest.menu('Talk to a person');
    await owner.openTalk(/Waiting now/);
    await owner.turn('waiting').waitFor();
    await owner.write('Only for us: a physicist.', 'Private note');
    await owner.button('Add note').click();
    await owner.said('note', 'Only for us').waitFor();
    await owner.write('Hello, Marta here. Two dimensions, always.');
    await owner.shot('waiting');
    await owner.button('Take over and send').click();
    await owner.said('agent', 'Two dimensions').waitFor();
    await owner.turn('you').waitFor();
    await guest.frame.getByRole('log').getByText('Two dimensions, always.').waitFor();
    assert.equal(await guest.frame.getByText('a physicist').count(), 0);
    await guest.say('Thank you, Marta.');
    await owner.said('visitor', 'Thank you, Marta.').waitFor();
    await owner.page.waitForTimeout(800);
    assert.equal(await owner.page.locator('[data-kind=ai]').filter({ hasText: 'Thank' }).count(), 0);
    await owner.shot('taken-over');
    await owner.button('Give back to AI').click();
    await owner.turn('ai').waitFor();
    await guest.say(ANSWERABLE);
    await guest.answer().waitFor();
    await owner.said('ai', /60 days/).waitFor();
  },

  async 'closing can be undone, assigning is a choice, filters find'(world) {
    const { owner } = world;
    await owner.page.locator('#assign').selectOption({ label: 'You' });
    await owner.button('Mine').click();
    await owner.row(/You answer|AI answers/).waitFor();
    await owner.page.getByRole('button', { name: 'Close', exact: true }).click();
    await owner.turn('closed').waitFor();
    await owner.shot('undo');
    await owner.button('Undo').last().click();
    await owner.turn('ai').or(owner.turn('you')).first().waitFor();
    await owner.page.getByRole('button', { name: /^Open/ }).first().click();
    await owner.field('Search conversations').fill('chromodynamics');
    await owner.row(/./).waitFor();
    await owner.page.waitForFunction(() => document.querySelectorAll('[role=listitem]').length === 1);
    await owner.field('Search conversations').fill('nothinghasthisword');
    await owner.page.getByText('Nothing found').waitFor();
    await owner.field('Search conversations').fill('');
  },

  async 'what is typed slowly into the search stays there, and no letter of it is a command'(world) {
    const { owner } = world;
    await owner.go('/inbox');
    await owner.page.getByRole('listitem').first().getByRole('link').click();
    await owner.turn().waitFor();
    const box = owner.field('Search conversations');
    await box.pressSequentially('close', { delay: 400 });
    assert.equal(await owner.turn('closed').count(), 0, 'nothing was closed');
    assert.equal(await box.inputValue(), 'close');
    assert.ok(await box.evaluate((field) => field === document.activeElement), 'the box has kept the focus');
    await owner.page.waitForURL(/\?q=close$/);
    const nav = owner.page.getByRole('navigation', { name: 'Main' });
    await nav.getByRole('link', { name: 'Settings' }).click();
    await owner.heading('Settings').waitFor();
    await nav.getByRole('link', { name: /^Inbox/ }).click();
    await owner.heading('Inbox').waitFor();
    await owner.page.waitForFunction(() => document.querySelector('#inbox-search')?.value === '', undefined, { timeout: 3000 });
    await owner.go('/inbox?q=chromodynamics');
    await owner.page.waitForFunction(() => document.querySelector('#inbox-search')?.value === 'chromodynamics', undefined, { timeout: 3000 });
  },

  async 'the list stays where it is while one moves through it'(world) {
    const { owner } = world;
    await owner.go('/inbox');
    await owner.page.getByRole('listitem').first().waitFor();
    await owner.page.locator('[aria-label=Conversations]').first().evaluate((list) => (list.dataset.same = 'yes'));
    await owner.page.keyboard.press('j');
    await owner.turn().waitFor();
    await owner.page.keyboard.press('j');
    await owner.turn().waitFor();
    assert.equal(await owner.page.locator('[data-same=yes]').count(), 1, 'the list was not built anew');
  },

  async 'arrow keys look through the members, Enter assigns'(world) {
    const { owner } = world;
    await owner.go('/inbox');
    await owner.page.getByRole('listitem').first().getByRole('link').click();
    await owner.turn().waitFor();
    const asked = [];
    owner.page.on('request', (request) => request.url().endsWith('/assign') && asked.push(request.postData()));
    const select = owner.page.locator('#assign');
    await select.selectOption({ label: 'Assign…' });
    await owner.page.waitForTimeout(300);
    asked.length = 0;
    await owner.page.locator('main').click({ position: { x: 5, y: 5 } });
    await owner.page.keyboard.press('a');
    await owner.page.waitForFunction(() => document.activeElement?.id === 'assign');
    const before = await select.inputValue();
    await owner.page.keyboard.press('ArrowDown');
    assert.notEqual(await select.inputValue(), before, 'the arrow key moves');
    await owner.page.waitForTimeout(400);
    assert.deepEqual(asked, [], 'looking is not assigning');
    await owner.page.keyboard.press('Escape');
    await owner.page.waitForTimeout(400);
    assert.deepEqual([asked, await select.inputValue()], [[], before], 'Escape takes it back');
    await select.focus();
    await owner.page.keyboard.press('ArrowDown');
    await owner.page.keyboard.press('Enter');
    await owner.page.getByText('Assigned', { exact: true }).waitFor();
    assert.equal(asked.length, 1);
  },

  async 'on another screen the tab and a voice say that somebody waits'(world) {
    const { owner } = world;
    await owner.go('/settings');
    await owner.heading('Settings').waitFor();
    const waiting = () => owner.page.evaluate(() => Number(/^\((\d+)\) Settings/.exec(document.title)?.[1] ?? 0));
    const before = await waiting();
    const guest = await world.guest();
    await guest.visit();
    await guest.begin(UNANSWERABLE);
    await guest.answer('abstained').waitFor();
    await guest.menu('Talk to a person');
    const voice = (words) => owner.page.getByRole('status').filter({ hasText: words });
    await voice('Somebody waits for a person').waitFor();
    for (let tries = 0; tries < 20 && (await waiting()) <= before; tries += 1) await owner.page.waitForTimeout(200);
    assert.equal(await waiting(), before + 1, await owner.page.title());
    const nav = owner.page.getByRole('navigation', { name: 'Main' });
    await nav.getByRole('link', { name: /^Inbox \d+ waiting, \d+ open/ }).waitFor();
    await owner.accessible('the navigation with somebody who waits');
    await owner.shot('waiting-elsewhere');
    await owner.page.emulateMedia({ colorScheme: 'dark' });
    await owner.page.setViewportSize({ width: 390, height: 844 });
    await owner.accessible('somebody waits, on a phone in the dark');
    await owner.shot('waiting-elsewhere-phone');
    await owner.page.emulateMedia({ colorScheme: 'light' });
    await owner.page.setViewportSize({ width: 1440, height: 900 });
    await owner.go('/inbox');
    await owner.openTalk(/Waiting now/);
    await owner.button(/^Take over/).first().click();
    await owner.turn('you').waitFor();
    await nav.getByRole('link', { name: 'Settings' }).click();
    await owner.heading('Settings').waitFor();
    await guest.say('Are you there?');
    await voice('New message in').waitFor();
  },

  async 'without a network nothing is lost: the words stay and go again'(world) {
    const { owner } = world;
    await owner.go('/inbox');
    await owner.page.getByRole('listitem').first().getByRole('link').click();
    await owner.turn().waitFor();
    await owner.write('Written in a tunnel.', 'Private note');
    await owner.context.setOffline(true);
    try {
      await owner.button('Add note').click();
      await owner.page.getByText(/Not sent/).waitFor();
      await owner.page.getByText('The line to the server is down').waitFor({ timeout: 10_000 });
      await owner.shot('offline');
    } finally {
      await owner.context.setOffline(false);
    }
    await owner.button('Try again', owner.page.locator('[data-kind=pending]')).click();
    await owner.said('note', 'Written in a tunnel.').waitFor();
    assert.equal(await owner.page.locator('[data-kind=note]').filter({ hasText: 'tunnel' }).count(), 1);
    await owner.page.getByText('The line to the server is down').waitFor({ state: 'detached', timeout: 20_000 });
  },

  async 'half-written words wait in their own conversation'(world) {
    const { owner } = world;
    const rows = owner.page.getByRole('listitem');
    await owner.write('Half a thought', 'Reply');
    await rows.nth(1).getByRole('link').click();
    await owner.page.waitForFunction(() => document.querySelector('#composer')?.value === '');
    await owner.page.getByText('Draft ·').waitFor();
    await rows.nth(0).getByRole('link').click();
    await owner.page.waitForFunction(() => document.querySelector('#composer')?.value === 'Half a thought');
    await owner.page.locator('#composer').fill('');
  },
};
