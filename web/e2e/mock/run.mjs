// Runs those stories that need no real program against the make-believe server, while the real one is being built.
import { launch, visitor } from '../support/browser.mjs';
import { Guest } from '../support/widget.mjs';
import { startMock } from './server.mjs';

const { server, origin } = await startMock(0);
const browser = await launch();
const open = [];
const world = {
  server: { origin, shop: origin },
  async guest(options) {
    const made = await visitor(browser, options);
    open.push(made);
    return new Guest(made, this);
  },
};
const [file, only = ''] = process.argv.slice(2);
const { default: stories } = await import(`../stories/${file}.mjs`);
for (const [name, run] of Object.entries(stories).filter(([name]) => name.includes(only))) {
  try {
    await run(world);
    console.log('ok   ', name);
  } catch (cause) {
    console.log('FAIL ', name, '\n', String(cause.stack ?? cause).slice(0, 1500));
  }
  console.log('     ', open.flatMap(({ seen }) => [...seen.violations, ...seen.errors]).slice(0, 3));
  await Promise.all(open.splice(0).map(({ context }) => context.close()));
}
await browser.close();
server.closeAllConnections();
server.close();
