// Authorised agents: registered in the settings, told the business id, shut out again.
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';

export default {
  async 'an agent is registered and shut out'(world) {
    const { owner } = world;
    await owner.go('/settings');
    const card = owner.page.locator('section[aria-labelledby=agents-title]');
    await card.getByText('No agents.').waitFor();
    assert.match(await card.getByLabel('Business id').inputValue(), /^CB_[A-P]{32}$/);
    await owner.button('Register an agent', card).click();
    const key = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }).subarray(-32).toString('base64');
    const sheet = owner.sheet();
    await sheet.getByLabel('Name').fill('Fair Agents');
    await sheet.getByLabel('Agent id').fill('FAIR_AGENTS');
    await sheet.getByLabel('Verify key').fill('too short');
    await owner.button('Register', sheet).click();
    await sheet.getByText('The verify key is the base64 of 32 bytes').waitFor();
    await sheet.getByLabel('Verify key').fill(key);
    await sheet.getByLabel('Status host').fill('https://agents.example');
    await owner.accessible('registering an agent');
    await owner.shot('agent-register');
    await owner.button('Register', sheet).click();
    await card.getByText('FAIR_AGENTS, told at https://agents.example').waitFor();
    await card.scrollIntoViewIfNeeded();
    await owner.accessible('the settings with an agent');
    await owner.shot('agents');
    await owner.page.emulateMedia({ colorScheme: 'dark' });
    await owner.accessible('agents in the dark');
    await owner.shot('agents-dark');
    await owner.page.emulateMedia({ colorScheme: 'light' });
    await owner.page.setViewportSize({ width: 390, height: 844 });
    await card.scrollIntoViewIfNeeded();
    await owner.accessible('agents on a phone');
    await owner.shot('agents-phone');
    await owner.page.setViewportSize({ width: 1440, height: 900 });
    await owner.button('Shut out', card).click();
    await owner.button('Shut it out', owner.sheet()).click();
    await card.getByText('No agents.').waitFor();
  },
};
