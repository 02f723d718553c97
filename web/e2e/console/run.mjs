// Tells the console's stories in one house, in order: `node console/run.mjs [pattern over names]`. The first story founds the house.
// `E2E_ENGINE=postgres` tells them on a throw-away PostgreSQL instead of the embedded store.
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch, visitor } from '../support/browser.mjs';
import { BINARY, startServer, stopEngine } from '../support/server.mjs';
import { Guest } from '../support/widget.mjs';
import { within } from '../support/within.mjs';
import { startSlowSite } from './slow-site.mjs';
import { fromDist } from './from-dist.mjs';
import { Staff } from './staff.mjs';

const STORY_MS = 90_000;
const TIDY_MS = 20_000;
/** A house in which so many stories ran out of their time is not well: the rest would only wait. */
const LATE_AT_MOST = 2;
const only = new RegExp(process.argv[2] ?? '');
const folder = fileURLToPath(new URL('.', import.meta.url));

if (!existsSync(BINARY)) {
  console.error(`There is no program at ${BINARY}. Build it first: cargo build -p server`);
  process.exit(2);
}

async function makeWorld() {
  const slow = await startSlowSite();
  const server = await startServer(undefined, { CONFIDANTE_CRAWL_ALLOW_PRIVATE: new URL(slow.origin).host });
  const browser = await launch();
  const guests = [];
  const staff = [];
  return {
    server,
    slow,
    browser,
    /** A member's browser; `seen` is checked after each story. */
    async member(options) {
      const made = new Staff(await visitor(browser, { viewport: { width: 1440, height: 900 }, ...options }), server);
      if (process.env.CONSOLE_FROM_DIST) await fromDist(made.context);
      staff.push(made);
      return made;
    },
    async guest(options) {
      const made = await visitor(browser, options);
      guests.push(made.context);
      return new Guest(made, this);
    },
    /** What no story may leave behind: policy reports, script errors, requests to anybody else. */
    complaints() {
      const found = [];
      for (const one of staff) {
        const foreign = one.seen.requests.filter((url) => !url.startsWith(server.origin) && !url.startsWith('blob:') && !url.startsWith('data:'));
        found.push(...one.seen.violations.splice(0).map((text) => `policy: ${text}`), ...one.seen.errors.splice(0).map((text) => `error: ${text}`), ...foreign.map((url) => `foreign: ${url}`));
        one.seen.requests.length = 0;
      }
      return found;
    },
    async tidy() {
      await Promise.all(guests.splice(0).map((context) => context.close()));
    },
    async end() {
      await browser.close();
      await server.stop();
      slow.stop();
      await stopEngine();
    },
  };
}

const stories = [];
for (const file of readdirSync(folder).filter((name) => /^\d.*\.mjs$/.test(name)).sort()) {
  const { default: told } = await import(`./${file}`);
  for (const [name, run] of Object.entries(told)) {
    // The founding stories run always: the others live in their house.
    if (file.startsWith('1') || only.test(`${file} ${name}`)) stories.push({ name: `${file.replace('.mjs', '')}: ${name}`, run });
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
    const complaints = world.complaints();
    if (complaints.length > 0) throw new Error(complaints.join('\n'));
    passed += 1;
    console.log(`ok    ${name} (${Date.now() - started} ms)`);
  } catch (cause) {
    failed += 1;
    if (cause?.late) late += 1;
    world.complaints();
    if (world.owner) await within(TIDY_MS, 'a last look', world.owner.shot(`failed-${failed}`)).catch(() => undefined);
    console.log(`FAIL  ${name}\n      ${String(cause?.stack ?? cause).split('\n').slice(0, 10).join('\n      ')}`);
  }
  await within(TIDY_MS, 'tidying', world.tidy()).catch((more) => console.log(`      ${more.message}`));
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
