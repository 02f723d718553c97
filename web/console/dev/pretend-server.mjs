// Development only: pretends to be the server, in memory, with invented people, so that screens can be drawn without a binary.
// Serves the built console under its real content policy. `node dev/pretend-server.mjs [port]`; `?empty` accounts are not modelled.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeWorld } from './pretend-world.mjs';

const DIST = fileURLToPath(new URL('../../dist/console/', import.meta.url));
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'none'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html";
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

const streams = new Set();
const tell = (type, body) => streams.forEach((stream) => stream.write(`event: ${type}\ndata: ${JSON.stringify(body)}\n\n`));
const world = makeWorld(tell);

async function readBody(request) {
  let text = '';
  for await (const piece of request) text += piece;
  return text ? JSON.parse(text) : {};
}

function asset(response, path) {
  const name = path.replace('/console/', '');
  const found = extname(name) && existsSync(DIST + name) ? name : 'index.html';
  if (extname(name) && found === 'index.html') return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(found)] ?? 'application/octet-stream', 'content-security-policy': POLICY });
  response.end(readFileSync(DIST + found));
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://pretend');
  if (url.pathname.startsWith('/console')) return asset(response, url.pathname);
  if (url.pathname === '/v1/stream') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('event: hello\ndata: {}\n\n');
    streams.add(response);
    request.on('close', () => streams.delete(response));
    return;
  }
  const body = await readBody(request);
  if (url.pathname === '/pretend/visitor') {
    world.visitorWrites(body.text ?? 'Do you ship to Norway?');
    return response.writeHead(204).end();
  }
  const [status, json] = world.answer(request.method ?? 'GET', url.pathname, body, url.searchParams);
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(json === undefined ? undefined : JSON.stringify(json));
});
server.listen(Number(process.argv[2] ?? 4600), '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}/console/`));
