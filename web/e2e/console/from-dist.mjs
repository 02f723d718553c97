// For work on the console: draws it from web/dist instead of the copy inside the program, under the program's own policy.
import { existsSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = fileURLToPath(new URL('../../dist/console/', import.meta.url));
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

export async function fromDist(context) {
  let policy;
  await context.route(/\/console\//, async (route) => {
    const name = new URL(route.request().url()).pathname.replace('/console/', '');
    policy ??= (await route.fetch({ url: new URL('/console/', route.request().url()).href })).headers()['content-security-policy'];
    const found = extname(name) && existsSync(DIST + name) ? name : 'index.html';
    await route.fulfill({ body: readFileSync(DIST + found), contentType: TYPES[extname(found)] ?? 'application/octet-stream', headers: { 'content-security-policy': policy } });
  });
}
