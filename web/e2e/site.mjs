// The main story on pages of your own: `node site.mjs FOLDER QUESTIONS`, where QUESTIONS is a file with one question a line.
// Serves the folder on loopback, crawls it through the console, asks in the widget, takes over, exports, erases and verifies,
// and prints what was answered. `E2E_ENGINE=postgres` does it on PostgreSQL. For the eye: it judges no answer.
import { execFileSync } from 'node:child_process';
import { createReadStream, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { OWNER, Staff } from './console/staff.mjs';
import { launch, visitor } from './support/browser.mjs';
import { BINARY, startServer, stopEngine } from './support/server.mjs';
import { Guest } from './support/widget.mjs';
import { unzip } from './support/zip.mjs';

const [folder, questionsFile] = process.argv.slice(2);
if (!folder || !questionsFile) {
  console.error('node site.mjs FOLDER QUESTIONS');
  process.exit(2);
}
const KINDS = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.txt': 'text/plain; charset=utf-8', '.pdf': 'application/pdf' };
const CRAWL_MS = 30 * 60_000;
const questions = readFileSync(questionsFile, 'utf8').split('\n').map((line) => line.trim()).filter(Boolean);

const site = createServer((request, response) => {
  const path = join(folder, normalize(decodeURIComponent(new URL(request.url, 'http://localhost').pathname)));
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found?.isFile()) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': KINDS[extname(path)] ?? 'application/octet-stream' });
  createReadStream(path).pipe(response);
});
await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve));
const host = `127.0.0.1:${site.address().port}`;

const server = await startServer(undefined, { CONFIDANTE_CRAWL_ALLOW_PRIVATE: host, CONFIDANTE_CRAWL_RATE_PER_SECOND: '200' });
const browser = await launch();
const owner = new Staff(await visitor(browser, { viewport: { width: 1440, height: 900 } }), server);
const guest = new Guest(await visitor(browser), { server });
mkdirSync(new URL('./shots/', import.meta.url), { recursive: true });

async function story() {
  await owner.go(`/setup#token=${server.setupToken}`);
  await owner.fill({ Organisation: OWNER.organisation, 'Your name': OWNER.name, 'E-mail': OWNER.email, Password: OWNER.password });
  await owner.button('Create the house').click();
  await owner.heading('Knowledge').waitFor();
  await owner.button('Website').click();
  await owner.field('Address', owner.sheet()).fill(`http://${host}/index.html`);
  await owner.button('Add and crawl', owner.sheet()).click();
  const begun = Date.now();
  const card = owner.page.getByRole('article', { name: host });
  await card.locator('[data-crawl=running]').waitFor();
  await owner.page.waitForTimeout(3000);
  await owner.shot('site-crawl');
  await card.locator('[data-crawl=done]').waitFor({ timeout: CRAWL_MS });
  console.log(`crawled in ${((Date.now() - begun) / 1000).toFixed(1)} s: ${(await card.innerText()).replace(/\s+/g, ' ')}`);

  await guest.visit();
  await guest.begin();
  for (const question of questions) {
    const answers = guest.frame.locator('[data-ai-outcome]');
    const before = await answers.count();
    const asked = Date.now();
    await guest.say(question);
    await answers.nth(before).waitFor({ timeout: 30_000 });
    await guest.page.waitForTimeout(300);
    const said = (await answers.nth(before).innerText()).replace(/\s+/g, ' ');
    console.log(`\n? ${question}\n  [${await answers.nth(before).getAttribute('data-ai-outcome')}, ${Date.now() - asked} ms] ${said}`);
  }
  await guest.shot('site-asked');

  await owner.go('/inbox');
  await owner.openTalk('');
  await owner.button(/take over/i).first().click();
  await owner.turn('you').waitFor();
  await owner.write('Hello, this is Marta. I will look into it.');
  await owner.page.keyboard.press('Control+Enter');
  await guest.frame.locator('p[dir]').getByText('I will look into it').waitFor();
  await owner.shot('site-taken-over');
  console.log('\ntaken over; the visitor sees the reply');

  await guest.menu('Download my data');
  const [zip] = await Promise.all([guest.page.waitForEvent('download'), guest.frame.getByRole('button', { name: 'Download', exact: true }).click()]);
  const entries = unzip(readFileSync(await zip.path()));
  const everything = [...entries.values()].map((entry) => entry.toString('utf8')).join('\n');
  console.log(`export: ${[...entries.keys()].join(', ')}; ${questions.filter((question) => everything.includes(question)).length} of ${questions.length} questions in it`);

  await guest.frame.getByRole('button', { name: 'Back', exact: true }).click();
  await guest.menu('Delete my data');
  await guest.frame.getByRole('button', { name: 'Delete everything' }).click();
  await guest.frame.getByRole('heading', { name: 'Your data has been deleted' }).waitFor({ timeout: 60_000 });
  const [receipt] = await Promise.all([guest.page.waitForEvent('download'), guest.frame.getByRole('button', { name: 'Download receipt' }).click()]);
  console.log(`erased; verify says:\n${execFileSync(BINARY, ['verify', await receipt.path()], { encoding: 'utf8' })}`);
  await guest.shot('site-erased');
}

try {
  await story();
} finally {
  await browser.close();
  await server.stop();
  await stopEngine();
  site.close();
}
