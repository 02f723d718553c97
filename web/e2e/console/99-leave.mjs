// The audit log, the backups, and leaving. Told last: afterwards there is no house any more.
import assert from 'node:assert/strict';

/** The same screen on a phone, in the dark. */
async function small(owner, name) {
  await owner.page.setViewportSize({ width: 390, height: 844 });
  await owner.page.emulateMedia({ colorScheme: 'dark' });
  await owner.accessible(`${name} on a phone in the dark`);
  await owner.shot(`${name}-small`);
  await owner.page.emulateMedia({ colorScheme: 'light' });
  await owner.page.setViewportSize({ width: 1440, height: 900 });
}

export default {
  async 'the audit log shows who looked at what, and its chain is walked'(world) {
    const { owner } = world;
    await owner.go('/inbox');
    await owner.heading('Inbox').waitFor();
    await owner.go('/audit');
    await owner.heading('Audit log').waitFor();
    await owner.page.getByRole('cell', { name: 'Inbox list' }).first().waitFor();
    await owner.button('Verify now').click();
    await owner.page.getByText(/^Sound: nothing was changed/).waitFor();
    await owner.page.getByLabel('Action').selectOption('inbox.list');
    await owner.page.getByRole('cell', { name: 'Audit read' }).first().waitFor({ state: 'detached' });
    await owner.accessible('the audit log');
    await owner.shot('audit');
    await small(owner, 'audit');
    const [file] = await Promise.all([owner.page.waitForEvent('download'), owner.button('Export', owner.page.getByRole('region', { name: 'The chain' })).click()]);
    assert.equal(file.suggestedFilename(), 'audit.jsonl');
    await owner.page.getByRole('heading', { name: 'Backups' }).waitFor();
  },

  async 'an owner takes everything along, and ends the organisation'(world) {
    const { owner } = world;
    await owner.go('/settings/leave');
    await owner.heading('Leave').waitFor();
    await owner.button('Export everything').click();
    const fetch = owner.page.getByRole('link', { name: 'Fetch' }).first();
    await fetch.waitFor({ timeout: 30_000 });
    await owner.accessible('leaving');
    await owner.shot('leave');
    await small(owner, 'leave');
    const [zip] = await Promise.all([owner.page.waitForEvent('download'), fetch.click()]);
    assert.equal(zip.suggestedFilename(), 'organisation.zip');
    await owner.button('End the organisation…').click();
    const sheet = owner.sheet();
    const name = await sheet.locator('label strong').innerText();
    assert.equal(await owner.button('End it for good', sheet).isDisabled(), true);
    await sheet.getByRole('textbox').fill(name);
    await owner.accessible('the last question');
    await owner.shot('leave-sheet');
    await owner.button('End it for good', sheet).click();
    await owner.heading('The organisation has ended here').waitFor({ timeout: 60_000 });
    await owner.accessible('the end');
    await owner.shot('left');
    const [certificate] = await Promise.all([owner.page.waitForEvent('download'), owner.button('Save the certificate').click()]);
    assert.match(certificate.suggestedFilename(), /^certificate-dep_/);
    await owner.page.goto(`${world.server.origin}/console/inbox`);
    await owner.heading(/Set up|Sign in|Welcome/).waitFor();
  },
};
