// Measures what a long streamed answer costs a slow machine: 4× slower processor, some 1,600 words, 2 ms apart.
import { launch, visitor } from '../support/browser.mjs';
import { startMock } from './server.mjs';

const { server, origin } = await startMock(0);
const browser = await launch();
const { page, frame, context } = await visitor(browser);
await page.goto(`${origin}/`);
await page.locator('confidante-chat button').click();
await frame.locator('#first').fill('hello');
await frame.locator('button.first').click();
await frame.locator('[data-ai-outcome]').waitFor();
const inside = page.frames().find((one) => one.url().includes('/widget/frame.html'));
await inside.evaluate(() => {
  window.long = [];
  new PerformanceObserver((list) => window.long.push(...list.getEntries().map((entry) => Math.round(entry.duration)))).observe({ type: 'longtask' });
});
const tools = await context.newCDPSession(page);
await tools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
await tools.send('Performance.enable');
const layout = async () => (await tools.send('Performance.getMetrics')).metrics.find((one) => one.name === 'LayoutDuration').value;
const before = await layout();
await frame.locator('#compose').fill('a long answer please');
await frame.locator('.send').click();
await frame.locator('[data-ai-outcome]').nth(1).waitFor({ timeout: 60_000 });
console.log(`long tasks: ${JSON.stringify(await inside.evaluate(() => window.long))}, layout ${(await layout()) - before} s`);
await browser.close();
server.closeAllConnections();
server.close();
