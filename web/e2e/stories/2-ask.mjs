// Asking: a cited answer, an honest "I do not know", a person who takes over, a file.
import assert from 'node:assert/strict';
import { ANSWERABLE, UNANSWERABLE } from '../support/widget.mjs';

export default {
  async 'the first message typed before the start is sent, and answered with sources that open'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin(ANSWERABLE);
    await guest.frame.locator('.mine').getByText(ANSWERABLE).waitFor();
    await guest.answer().waitFor();
    const text = await guest.answer().locator('.bubble').innerText();
    assert.match(text, /60 days/);
    await guest.answer().locator('.chip').first().click();
    const quote = guest.answer().locator('.quote');
    assert.match(await quote.locator('blockquote').innerText(), /60 days/);
    await guest.shot('answer');
    const saved = quote.locator('a').first();
    assert.equal(await saved.getAttribute('rel'), 'noopener noreferrer nofollow');
    const snapshot = await guest.context.newPage();
    assert.equal((await snapshot.goto(await saved.getAttribute('href'))).status(), 200);
    assert.match(await snapshot.locator('mark').first().innerText(), /60 days/);
    await snapshot.screenshot({ path: new URL('../shots/snapshot.png', import.meta.url).pathname });
  },

  async 'every AI message says so to people and to machines'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin(ANSWERABLE);
    await guest.answer().waitFor();
    const row = guest.answer();
    assert.equal(await row.getAttribute('data-ai'), 'true');
    assert.match(await row.locator('meta[itemprop=digitalSourceType]').getAttribute('content'), /digitalsourcetype\/algorithmicMedia$/);
    assert.equal(await row.locator('abbr').innerText(), 'AI');
    assert.equal(await guest.frame.locator('[role=log]').getAttribute('aria-live'), 'off');
  },

  async 'a screen reader hears the finished answer once and never the pieces'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin();
    await guest.inside().evaluate(() => {
      window.heard = [];
      const node = document.querySelector('[role=status]');
      new MutationObserver(() => window.heard.push(node.textContent)).observe(node, { childList: true, characterData: true, subtree: true });
    });
    await guest.say(ANSWERABLE);
    await guest.answer().waitFor();
    const heard = await guest.inside().evaluate(() => window.heard);
    const answers = heard.filter((text) => text.startsWith('AI assistant: '));
    assert.equal(answers.length, 1, JSON.stringify(heard));
    assert.match(answers[0], /60 days/);
    assert.ok(heard.every((text) => text === '' || text.includes('writing') || text === answers[0]), JSON.stringify(heard));
  },

  async 'no source, no answer: it says so and offers a person, who takes over and silences the AI'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin(UNANSWERABLE);
    await guest.answer('abstained').waitFor();
    await guest.shot('abstained');
    await guest.answer('abstained').getByRole('button', { name: 'Talk to a person' }).click();
    await guest.frame.locator('.bar').getByText('A person has been asked').waitFor();
    const { id } = await world.staff.latest();
    await world.staff.call('POST', `/v1/conversations/${id}/take-over`);
    await guest.frame.locator('.note').getByText(/Marta Lind.*joined/).waitFor();
    await guest.frame.locator('header').getByText(/Marta Lind.*is with you/).waitFor();
    await world.staff.call('POST', `/v1/conversations/${id}/messages`, { client_id: 'a1', text: 'Hi, Marta here. How can I help?', note: false });
    await world.staff.call('POST', `/v1/conversations/${id}/messages`, { client_id: 'a2', text: 'she sounds nice', note: true });
    await guest.frame.locator('.agent').getByText('Marta here').waitFor();
    await guest.say(ANSWERABLE);
    await guest.frame.locator('.mine').getByText(ANSWERABLE).waitFor();
    await guest.page.waitForTimeout(1500);
    assert.equal(await guest.frame.locator('[data-ai-outcome=answered]').count(), 0);
    assert.equal(await guest.frame.getByText('she sounds nice').count(), 0);
    await guest.shot('person');
    await world.staff.call('POST', `/v1/conversations/${id}/give-back`);
    await guest.frame.locator('.note').getByText('The AI assistant answers again').waitFor();
    await guest.say(ANSWERABLE);
    await guest.answer().waitFor();
  },

  async 'hostile words are only words'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin('<img src=x onerror="window.hit=1"> [x](javascript:alert(1)) <script>window.hit=1</script>');
    await guest.frame.locator('.mine').getByText('<img src=x').waitFor();
    assert.equal(await guest.frame.locator('.log img, .log script').count(), 0);
    assert.equal(await guest.inside().evaluate(() => window.hit), undefined);
  },

  async 'files: the rule comes first, wrong ones are refused before upload, right ones arrive'(world) {
    const guest = await world.guest();
    await guest.visit();
    await guest.begin();
    await guest.frame.locator('.composer .bare').click();
    const sheet = (await guest.frame.locator('.sheet').innerText()).replace(/[\u2068\u2069]/g, '');
    assert.match(sheet, /Up to 10 MB/);
    assert.match(sheet, /Place and camera details are removed/);
    const input = guest.frame.locator('input[type=file]');
    await input.setInputFiles({ name: 'virus.exe', mimeType: 'application/x-msdownload', buffer: Buffer.from('MZ') });
    await guest.frame.locator('.error').getByText('not accepted').waitFor();
    assert.ok(!guest.seen.requests.some((url) => url.includes('/visitor/files')));
    await guest.shot('file-refused');
    await guest.frame.locator('.composer .bare').click();
    await input.setInputFiles({ name: 'note\u202egnp.txt', mimeType: 'text/plain', buffer: Buffer.from('hello from a file') });
    const chip = guest.frame.locator('button.file');
    await chip.waitFor();
    assert.equal(await chip.locator('bdi').innerText(), 'notegnp.txt');
    const [download] = await Promise.all([guest.page.waitForEvent('download'), chip.click()]);
    const { readFileSync } = await import('node:fs');
    assert.equal(readFileSync(await download.path(), 'utf8'), 'hello from a file');
    await guest.shot('file-sent');
  },
};
