// Runs the browser stories against the real program: `node run.mjs [pattern over file and story names]`.
// `E2E_ENGINE=postgres` tells them on a throw-away PostgreSQL instead of the embedded store.
import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, visitor } from './support/browser.mjs';
import { BINARY, startServer, stopEngine } from './support/server.mjs';
import { crawled, signIn } from './support/staff.mjs';
import { Guest } from './support/widget.mjs';
import { within } from './support/within.mjs';

const STORY_MS = 60_000;
const TIDY_MS = 20_000;
/** A house in which so many stories ran out of their time is not well: the rest would only wait. */
const LATE_AT_MOST = 2;
const only = new RegExp(process.argv[2] ?? '');
const folder = fileURLToPath(new URL('./stories/', import.meta.url));

if (!existsSync(BINARY)) {
  console.error(`There is no program at ${BINARY}. Build it first: cargo build -p server`);
  process.exit(2);
}

/** What every story may use. The staff signs in once, when a story first needs it. */
async function makeWorld() {
  const server = await startServer();
  const browser = await launch();
  const staff = await signIn(server);
  await crawled(staff);
  const open = [];
  /** Origins that a request may go to; a story that opens a website of its own adds it. */
  const ours = [server.origin, server.shop];
  return {
    ours,
    server,
    browser,
    staff,
    async guest(options) {
      const made = await visitor(browser, options);
      open.push(made);
      return new Guest(made, this);
    },
    /** Closes what the story opened. Whatever the story was about: no policy was violated, no script failed, nobody else was asked. */
    async tidy() {
      const trouble = open.flatMap(({ seen }) => [
        ...seen.violations.map((text) => `policy violated: ${text}`),
        ...seen.errors.map((text) => `script error: ${text}`),
        ...seen.requests.filter((url) => !/^(blob|data):/.test(url) && !ours.includes(new URL(url).origin)).map((url) => `foreign request: ${url}`),
      ]);
      await Promise.all(open.splice(0).map(({ context }) => context.close()));
      assert.deepEqual(trouble, []);
    },
    async end() {
      await browser.close();
      await server.stop();
      await stopEngine();
    },
  };
}

const stories = [];
for (const file of readdirSync(folder).filter((name) => name.endsWith('.mjs')).sort()) {
  const { default: told } = await import(`./stories/${file}`);
  for (const [name, run] of Object.entries(told)) {
    if (only.test(`${file} ${name}`)) stories.push({ name: `${file.replace('.mjs', '')}: ${name}`, run });
  }
}

const world = await makeWorld();
let passed = 0;
let failed = 0;
let late = 0;
for (const { name, run } of stories) {
  const started = Date.now();
  try {
    await within(STORY_MS, name, run(world));
    await within(TIDY_MS, `tidying after ${name}`, world.tidy());
    passed += 1;
    console.log(`ok    ${name} (${Date.now() - started} ms)`);
  } catch (cause) {
    failed += 1;
    if (cause?.late) late += 1;
    console.log(`FAIL  ${name}\n      ${String(cause?.stack ?? cause).split('\n').slice(0, 8).join('\n      ')}`);
    await within(TIDY_MS, 'tidying', world.tidy()).catch((more) => console.log(`      ${more.message}`));
  }
  if (late >= LATE_AT_MOST) {
    console.log(`FAIL  ${stories.length - passed - failed} stories were not told: ${late} ran out of their time`);
    failed = stories.length - passed;
    break;
  }
}
if (failed > 0) console.log(world.server.complaints());
await within(TIDY_MS, 'closing the house', world.end()).catch((cause) => console.log(cause.message));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
