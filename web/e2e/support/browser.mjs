// Chromium as the stories use it: quiet, offline to the world, with every request, violation and error written down.
import { chromium } from 'playwright-core';

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS });
}

/** A fresh visitor. The launcher's shadow root is opened for the test alone; the page itself cannot look in. */
export async function visitor(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'en-GB', acceptDownloads: true, ...options });
  const seen = { requests: [], violations: [], errors: [] };
  await context.exposeBinding('reportViolation', (_source, text) => seen.violations.push(text));
  await context.addInitScript(() => {
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function open(init) {
      return attach.call(this, { ...init, mode: 'open' });
    };
    addEventListener('securitypolicyviolation', (event) => window.reportViolation(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
  });
  context.on('request', (request) => seen.requests.push(request.url()));
  context.on('weberror', (error) => seen.errors.push(String(error.error())));
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  return { context, page, seen, frame: page.frameLocator('confidante-chat iframe') };
}
