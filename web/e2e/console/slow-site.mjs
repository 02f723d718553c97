// A website that takes its time, so that a crawl can be watched, paused and resumed.
import { createServer } from 'node:http';

const PAGES = 60;
/** The first pages come soon, so that there is a rate to show; the others so slowly that a busy machine still finds some left. */
const SOON = { pages: 12, ms: 120 };
const LATER_MS = 1500;

export function startSlowSite() {
  let asked = 0;
  let hurried = false;
  const held = new Set();
  const page = (n) => `<!doctype html><html lang="en"><head><title>Trail ${n}</title></head><body><main><h1>Trail ${n}</h1>
<p>Trail number ${n} is ${n + 3} kilometres long and climbs ${n * 11} metres. It begins behind hut ${n} and is marked in red.</p>
<p>${Array.from({ length: PAGES }, (_, i) => `<a href="/trail-${i}.html">Trail ${i}</a>`).join(' ')}</p></main></body></html>`;
  const server = createServer((request, response) => {
    const found = /^\/(?:trail-(\d+)\.html)?$/.exec(request.url ?? '');
    if (!found) return response.writeHead(404, { 'content-type': 'text/plain' }).end('Not here.');
    const etag = `"t${found[1] ?? 'home'}"`;
    const answer = () => {
      held.delete(answer);
      clearTimeout(timer);
      if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', etag }).end(page(Number(found[1] ?? PAGES)));
    };
    asked += 1;
    const timer = setTimeout(answer, hurried ? 1 : asked <= SOON.pages ? SOON.ms : LATER_MS);
    held.add(answer);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve({
      origin: `http://127.0.0.1:${server.address().port}`,
      /** The trails and the front page. */
      pages: PAGES + 1,
      /** From now on every page comes at once, those that are waited for included. */
      hurry() {
        hurried = true;
        for (const answer of held) answer();
      },
      stop: () => server.close(),
    }));
  });
}
