// The size gate: what a visitor and what the shop's people load, in bytes after gzip, against fixed limits.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const KB = 1024;
/** A visitor loads one of these, the others stay on the server. */
const LANGUAGE = /\/(en|de|ar)-[^/]+\.js$/;
/** Fetched only by who is asked something before the chat, or opens her choices. */
const CHOICES = /\/consents-[^/]+\.js$/;
/** Fetched only by a visitor who asks why. */
const WHY = /\/why-[^/]+\.js$/;

function assets(folder) {
  const path = join(dist, folder);
  return existsSync(path) ? readdirSync(path).filter((name) => /\.(js|css)$/.test(name)).map((name) => join(folder, name)) : [];
}

/** The files an HTML page loads by itself, before any route is chosen. */
function entryOf(page) {
  const html = readFileSync(join(dist, page), 'utf8');
  const folder = page.split('/')[0];
  return [...html.matchAll(/(?:src|href)="[^"]*?(assets\/[^"]+\.(?:js|css))"/g)].map((match) => join(folder, match[1]));
}

const items = [
  { name: 'widget launcher', files: ['widget/widget.js'], limit: 3 * KB },
  ...['en', 'de', 'ar'].map((language) => ({
    name: `widget panel with its words (${language})`,
    files: ['widget/frame.html', ...assets('widget/assets').filter((file) => !CHOICES.test(file) && !WHY.test(file)).filter((file) => !LANGUAGE.test(file) || file.includes(`/${language}-`))],
    limit: 30 * KB,
  })),
  { name: 'widget questions and choices, when opened', files: assets('widget/assets').filter((file) => CHOICES.test(file)), limit: 6 * KB },
  { name: 'widget why, when asked', files: assets('widget/assets').filter((file) => WHY.test(file)), limit: 3 * KB },
];
if (existsSync(join(dist, 'console/index.html'))) {
  items.push({ name: 'console entry', files: ['console/index.html', ...entryOf('console/index.html')], limit: 110 * KB });
}

let failed = false;
for (const { name, files, limit } of items) {
  const bytes = files.map((file) => readFileSync(join(dist, file)));
  const gzip = bytes.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
  const brotli = bytes.reduce((sum, text) => sum + brotliCompressSync(text).length, 0);
  const over = gzip > limit;
  failed ||= over;
  console.log(`${over ? 'TOO BIG' : 'ok'}  ${name}: ${gzip} B gzip, ${brotli} B brotli, limit ${limit} B`);
}
process.exit(failed ? 1 : 0);
