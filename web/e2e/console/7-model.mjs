// With a model outside the server: its words appear as it writes, a person cuts it off in mid-sentence, and what it received is shown masked.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { startServer } from '../support/server.mjs';
import { crawled, signIn } from '../support/staff.mjs';
import { visitor } from '../support/browser.mjs';
import { ANSWERABLE, Guest } from '../support/widget.mjs';
import { fromDist } from './from-dist.mjs';
import { OWNER, Staff } from './staff.mjs';

const MANY = 80;
const TRUTH = 'You can return anything within 60 days of delivery [1]. '.split(/(?<= )/);

/** A model that says the same true sentence, one word every `wait` milliseconds, until nobody listens. */
function startModel() {
  const model = { wait: 20, words: TRUTH.length, heard: [], left: 0 };
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += piece;
    model.heard.push(body);
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let open = true;
    response.on('close', () => ((open = false), response.writableFinished || (model.left += 1)));
    const say = (content) => response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`);
    for (let i = 0; i < model.words && open; i += 1) {
      say(TRUTH[i % TRUTH.length]);
      await new Promise((resolve) => setTimeout(resolve, model.wait));
    }
    if (!open) return;
    response.end('data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(Object.assign(model, { url: `http://127.0.0.1:${server.address().port}/v1`, stop: () => server.close() }))));
}

export default {
  async 'the words of a model appear live, are shown masked, and end when a person takes over'(world) {
    const model = await startModel();
    const server = await startServer(undefined, {
      CONFIDANTE_MODEL_BASE_URL: model.url, CONFIDANTE_MODEL_NAME: 'scripted', CONFIDANTE_MODEL_RECIPIENT: 'Scripted Models',
      CONFIDANTE_MODEL_COUNTRY: 'NO', CONFIDANTE_MODEL_MECHANISM: 'none needed', CONFIDANTE_MODEL_CONTRACT: 'a test',
    });
    const made = await visitor(world.browser, { viewport: { width: 1440, height: 900 } });
    const shopper = await visitor(world.browser);
    try {
      await crawled(await signIn(server));
      const owner = new Staff(made, server);
      if (process.env.CONSOLE_FROM_DIST) await fromDist(made.context);
      await owner.go('/inbox');
      await owner.signIn(OWNER.email, OWNER.password);
      await owner.heading('Inbox').waitFor();
      const guest = new Guest(shopper, { server });
      await guest.visit();
      await guest.begin(`${ANSWERABLE} I am anna.berg@example.org`);
      await owner.row(/./).getByRole('link').click();
      await owner.said('ai', 'within 60 days').waitFor();
      assert.ok(model.heard.length > 0 && model.heard.every((body) => !body.includes('anna.berg')), 'the address never left');
      const seen = owner.page.locator('section[aria-label="What the AI saw"]');
      await seen.locator('.mask').first().waitFor();
      const swapped = seen.getByLabel('What was masked');
    assert.match(await swapped.locator('.mask').first().innerText(), /EMAIL_1/);
    assert.match(await swapped.locator('dt').first().innerText(), /anna\.berg@example\.org/, 'what she wrote stands beside it');
      assert.match(await seen.innerText(), /Scripted Models/);
      await owner.shot('model-seen');
      await owner.accessible('masks');

      Object.assign(model, { wait: 150, words: MANY });
      await guest.say(`${ANSWERABLE} Tell me more.`);
      await owner.said('draft', '60 days of delivery').waitFor();
      await owner.shot('model-writing');
      await owner.page.keyboard.press('t');
      await owner.turn('you').waitFor();
      await owner.said('draft').waitFor({ state: 'detached' });
      await owner.shot('model-silenced');
      await owner.page.waitForTimeout(1_500);
      assert.equal(await owner.page.locator('[data-kind=ai]').count(), 1, 'the half-written answer is never said');
      assert.equal(model.left, 1, 'the model’s line was cut');
      assert.equal(await guest.frame.getByText('60 days of delivery').count(), 1, 'the visitor keeps the first answer only');
      assert.deepEqual(made.seen.violations, []);
    } finally {
      await made.context.close();
      await shopper.context.close();
      await server.stop();
      model.stop();
    }
  },
};
