// AI providers: one is added, cannot be switched on undeclared, is tried, answers, shows what it cost, and is switched off.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { startServer } from '../support/server.mjs';
import { crawled, signIn } from '../support/staff.mjs';
import { visitor } from '../support/browser.mjs';
import { ANSWERABLE, Guest } from '../support/widget.mjs';
import { fromDist } from './from-dist.mjs';
import { OWNER, Staff } from './staff.mjs';

/** A model that says one true sentence and counts its tokens. */
function startModel() {
  const model = { heard: [] };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    model.heard.push(body);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const say = (event) => response.write(`data: ${JSON.stringify(event)}\n\n`);
    say({ choices: [{ index: 0, delta: { content: 'You can return anything within 60 days of delivery [1].' } }] });
    say({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
    say({ choices: [], usage: { prompt_tokens: 1800, completion_tokens: 24 } });
    response.end('data: [DONE]\n\n');
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(Object.assign(model, { host: `127.0.0.1:${server.address().port}`, stop: () => server.close() }))));
}

export default {
  async 'a provider is declared before it is switched on, answers, costs, and is switched off'(world) {
    const model = await startModel();
    const server = await startServer(undefined, { CONFIDANTE_MODEL_ALLOW_PRIVATE: model.host });
    const made = await visitor(world.browser, { viewport: { width: 1440, height: 900 } });
    const shopper = await visitor(world.browser);
    try {
      await crawled(await signIn(server));
      const owner = new Staff(made, server);
      if (process.env.CONSOLE_FROM_DIST) await fromDist(made.context);
      await owner.go('/providers');
      await owner.signIn(OWNER.email, OWNER.password);
      await owner.heading('AI providers').waitFor();
      await owner.page.getByText('No provider is registered').waitFor();
      await owner.button('Add a provider').first().click();
      await owner.sheet().getByLabel('Protocol').selectOption('compatible');
      await owner.fill({ Name: 'House model', Address: `http://${model.host}/v1`, Model: 'scripted-3', Recipient: 'Fjell Compute AS', Country: 'NO', 'Price of a million tokens sent': '15000', 'Price of a million tokens received': '60000' });
      await owner.accessible('adding a provider');
      await owner.shot('provider-add');
      await owner.button('Add', owner.sheet()).click();
      const card = owner.page.getByRole('listitem').filter({ hasText: 'House model' });
      await card.getByText('Cannot be switched on yet').waitFor();
      assert.equal(await owner.button('Switch on', card).isDisabled(), true);
      await owner.button('Change', card).click();
      await owner.sheet().getByLabel('What makes the transfer lawful').selectOption('adequacy_decision');
      await owner.fill({ 'Contract reference': 'DPA 2026-11-3', 'How long the recipient keeps it': 'not at all' });
      await owner.button('Save', owner.sheet()).click();
      await owner.button('Test the connection', card).click();
      await card.getByText(/It answers/).waitFor();
      await owner.button('Switch on', card).click();
      await card.getByText('Switched on').waitFor();
      const guest = new Guest(shopper, { server });
      await guest.visit();
      await guest.begin(`${ANSWERABLE} I am anna.berg@example.org`);
      await guest.frame.getByText('60 days of delivery').first().waitFor();
      assert.ok(model.heard.length === 2 && model.heard.every((body) => !body.includes('anna.berg')), 'the address never left');
      await owner.go('/providers');
      // 1,824 of the question, as the model counts, and the few of the test of the connection, which is broken off with its first word.
      await owner.page.getByText(/1,8[45]\d tokens/).first().waitFor();
      await owner.fill({ 'Tokens a day': '1000' });
      await owner.button('Set the limits').click();
      await owner.page.getByText('A limit is reached').waitFor();
      await owner.accessible('AI providers');
      await owner.page.screenshot({ path: new URL('../shots/console/providers-light.png', import.meta.url).pathname, fullPage: true });
      await owner.page.emulateMedia({ colorScheme: 'dark' });
      await owner.accessible('AI providers in the dark');
      await owner.shot('providers-dark');
      await owner.page.setViewportSize({ width: 390, height: 844 });
      await owner.accessible('AI providers on a phone');
      await owner.shot('providers-phone');
      await owner.page.setViewportSize({ width: 1440, height: 900 });
      await owner.button('Switch off', card).click();
      await card.getByText('Switched off').waitFor();
      await guest.say(`${ANSWERABLE} Once more.`);
      await guest.frame.getByText('Once more').first().waitFor();
      await owner.page.waitForTimeout(1_000);
      assert.equal(model.heard.length, 2, 'switched off is off');
      assert.deepEqual(made.seen.violations, []);
    } finally {
      await made.context.close();
      await shopper.context.close();
      await server.stop();
      model.stop();
    }
  },
};
