// First run: an empty house, its owner, and the door with its lock.
import assert from 'node:assert/strict';
import { OWNER } from './staff.mjs';

export default {
  async 'without the link from the server nobody can found the house'(world) {
    world.owner = await world.member();
    await world.owner.go('/');
    await world.owner.heading('Set up your house').waitFor();
    await world.owner.page.getByText('Open the setup link').waitFor();
    await world.owner.accessible('setup without its link');
  },

  async 'the owner founds the house; wrong fields are named beside themselves'(world) {
    const { owner, server } = world;
    await owner.page.goto('about:blank');
    await owner.go(`/setup#token=${server.setupToken}`);
    await owner.fill({ Organisation: OWNER.organisation, 'Your name': OWNER.name, 'E-mail': OWNER.email, Password: 'short' });
    await owner.button('Create the house').click();
    await owner.page.getByText('At least 12 letters. Four words').waitFor();
    await owner.accessible('setup with an error');
    await owner.shot('setup');
    await owner.fill({ Password: OWNER.password });
    await owner.button('Create the house').click();
    await owner.heading('Knowledge').waitFor();
    assert.ok(!owner.page.url().includes('token'));
  },

  async 'the cookie is closed to scripts and the browser keeps nothing else'(world) {
    const { owner } = world;
    const [cookie, ...more] = await owner.context.cookies();
    assert.deepEqual([cookie.name, cookie.httpOnly, cookie.sameSite, more.length], ['confidante_session', true, 'Strict', 0]);
    const kept = await owner.page.evaluate(async () => [document.cookie, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length]);
    assert.deepEqual(kept, ['', 0, 0, 0, 0]);
  },

  async 'signing out closes the door; a wrong password is refused in words; the right one opens it'(world) {
    const { owner } = world;
    await owner.button('Sign out').click();
    await owner.heading('Sign in').waitFor();
    await owner.accessible('sign in');
    await owner.signIn(OWNER.email, 'not the right password');
    await owner.page.getByRole('alert').waitFor();
    await owner.shot('sign-in');
    await owner.signIn(OWNER.email, OWNER.password);
    await owner.heading('Knowledge').waitFor();
  },
};
