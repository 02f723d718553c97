// The house: a second member, the widget's look, the snippet and keys for programs.
import assert from 'node:assert/strict';
import { ANSWERABLE } from '../support/widget.mjs';
import { OWNER } from './staff.mjs';

export default {
  async 'an invited agent joins, sees the inbox, and may not invite'(world) {
    const { owner } = world;
    await owner.go('/team');
    await owner.button('Invite').click();
    await owner.sheet().getByRole('radio', { name: /agent/i }).check();
    await owner.button('Make a link', owner.sheet()).click();
    const link = await owner.field('Invitation link').inputValue();
    assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/console\/invite#token=/);
    await owner.shot('invite');
    await owner.button('Done', owner.sheet()).click();
    const agent = (world.agent = await world.member());
    await agent.page.goto(link);
    await agent.fill({ 'Your name': 'Jonas Weber', 'E-mail': 'jonas@fjell.example', Password: 'four quiet words here' });
    await agent.accessible('the invitation');
    await agent.button('Join').click();
    await agent.heading('Inbox').waitFor();
    await agent.go('/team');
    await agent.page.getByText('Marta Lind').first().waitFor();
    assert.equal(await agent.button('Invite').count(), 0);
    const again = await world.member();
    await again.page.goto(link);
    await again.fill({ 'Your name': 'Eve', 'E-mail': 'eve@fjell.example', Password: 'four other words here' });
    await again.button('Join').click();
    await again.page.getByRole('alert').waitFor();
    await again.context.close();
  },

  async 'a disabled member is out at once'(world) {
    const { owner, agent } = world;
    await owner.go('/team');
    const row = owner.page.getByRole('listitem').filter({ hasText: 'Jonas Weber' });
    await owner.accessible('the team');
    await owner.shot('team');
    await owner.button('Disable', row).click();
    await row.getByText('Disabled').waitFor();
    await agent.go('/inbox');
    await agent.heading('Sign in').waitFor();
    await owner.button('Enable', row).click();
    await row.getByText('Disabled').waitFor({ state: 'detached' });
  },

  async 'a role is looked through with arrow keys and changed after a question'(world) {
    const { owner } = world;
    await owner.go('/team');
    const role = owner.page.getByLabel('Role of Jonas Weber');
    await role.focus();
    await owner.page.keyboard.press('ArrowDown');
    await owner.page.waitForTimeout(300);
    assert.equal(await owner.sheet().count(), 0);
    await owner.page.keyboard.press('Enter');
    await owner.sheet().getByText('Make Jonas Weber a viewer?').waitFor();
    await owner.accessible('the question before a role changes');
    await owner.shot('role');
    await owner.button('Cancel', owner.sheet()).click();
    await owner.sheet().waitFor({ state: 'detached' });
    assert.equal(await role.inputValue(), 'agent');
    for (const name of ['viewer', 'agent']) {
      await role.selectOption(name);
      await owner.button('Change the role', owner.sheet()).click();
      await owner.sheet().waitFor({ state: 'detached' });
      assert.equal(await role.inputValue(), name);
    }
  },

  async 'whoever signs in next in the same tab finds nothing of the one before; the same one finds what is new'(world) {
    const { agent } = world;
    const out = async () => {
      await agent.button('Sign out').click();
      await agent.heading('Sign in').waitFor();
    };
    const guest = await world.guest();
    await guest.visit();
    await guest.begin(ANSWERABLE);
    await agent.go('/inbox');
    await agent.signIn('jonas@fjell.example', 'four quiet words here');
    await agent.heading('Inbox').waitFor();
    await agent.openTalk(/./);
    await agent.write('Half a letter of Jonas');
    await agent.field('Search conversations').fill('return');
    await agent.page.waitForURL(/\?q=return$/);
    const talk = new URL(agent.page.url()).pathname;
    await out();
    await agent.signIn(OWNER.email, OWNER.password);
    await agent.heading('Inbox').waitFor();
    await agent.page.waitForURL(/\/console\/inbox$/);
    assert.equal(await agent.field('Search conversations').inputValue(), '');
    await agent.page.locator(`a[href^="${talk}"]`).first().click();
    await agent.turn().waitFor();
    assert.equal(await agent.page.locator('#composer').inputValue(), '', 'his letter is not hers');
    const open = () => agent.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Inbox/ }).innerText().then((words) => Number(/(\d+)\s*open/.exec(words)?.[1]));
    const before = await open();
    await out();
    const next = await world.guest();
    await next.visit();
    await next.begin('Is the tarn frozen in May?');
    await next.answer().or(next.answer('abstained')).first().waitFor();
    await agent.signIn(OWNER.email, OWNER.password);
    await agent.heading('Inbox').waitFor();
    for (let tries = 0; tries < 20 && (await open()) <= before; tries += 1) await agent.page.waitForTimeout(200);
    assert.equal(await open(), before + 1, 'what came meanwhile is counted');
  },

  async 'the look of the widget follows the settings, and a bad colour is named'(world) {
    const { owner } = world;
    await owner.go('/settings');
    const colour = owner.page.locator('#accent');
    await colour.fill('#ffe066');
    await owner.page.getByText(/Hard to read/).waitFor();
    await owner.shot('settings-warning');
    await colour.fill('#8a1f5c');
    await owner.page.getByText(/Readable/).waitFor();
    await owner.page.getByLabel('Greeting', { exact: true }).fill('Hei! Ask the mountain people.');
    await owner.accessible('settings');
    await owner.button('Save').click();
    await owner.page.getByText('Settings saved').waitFor();
    await owner.shot('settings');
    const guest = await world.guest();
    await guest.visit();
    await guest.open();
    await guest.frame.getByText('Ask the mountain people.').waitFor();
    await guest.shot('console-settings-in-widget');
  },

  async 'the snippet is there to copy, and the shop was seen'(world) {
    const { owner } = world;
    await owner.go('/settings');
    assert.match(await owner.field('Snippet').inputValue(), /<script src="http.+\/widget\.js" data-key="wk_/);
    await owner.page.getByText('We saw your widget on').first().waitFor();
  },

  async 'a key for a program is shown once, works within its rights, and stops working'(world) {
    const { owner, server } = world;
    await owner.button('New key').click();
    await owner.field('Name', owner.sheet()).fill('Order system');
    await owner.sheet().getByLabel('Read conversations').check();
    await owner.button('Make the key', owner.sheet()).click();
    const key = await owner.field('API key').inputValue();
    await owner.button('Done', owner.sheet()).click();
    const ask = (path) => fetch(`${server.origin}${path}`, { headers: { authorization: `Bearer ${key}` } }).then((response) => response.status);
    assert.equal(await ask('/v1/conversations'), 200);
    assert.equal(await ask('/v1/pages'), 403);
    assert.ok(!(await owner.page.content()).includes(key));
    await owner.button('Revoke').click();
    await owner.sheet().getByText('Whatever uses this key is refused').waitFor();
    await owner.accessible('the question before a key is revoked');
    await owner.shot('revoke');
    assert.equal(await ask('/v1/conversations'), 200, 'asked, not done');
    await owner.button('Revoke it', owner.sheet()).click();
    await owner.page.getByText('no longer works').waitFor();
    assert.equal(await ask('/v1/conversations'), 401);
  },
};
