// Websites that exist for one story: a page, its policy and its style, on an origin of its own.
import { createServer } from 'node:http';

const strict = (world) => `default-src 'none'; style-src 'self'; script-src ${world.server.origin}; frame-src ${world.server.origin}; require-trusted-types-for 'script'; trusted-types 'none'`;

/** Another website of the shop, with one page under a policy and a style sheet of its own; the owner registers it first, unless told not to. */
export async function host(world, { policy = strict(world), style = '', body = '', lang = 'en', dir = 'ltr', register = true }) {
  const key = new URL(world.server.privacy).pathname.split('/').at(-1);
  const html = `<!doctype html><html lang="${lang}" dir="${dir}"><meta name="viewport" content="width=device-width"><title>Host</title><link rel="stylesheet" href="/host.css"><body><h1>Host</h1>${body}<script src="${world.server.origin}/widget.js" data-key="${key}" async></script></body></html>`;
  const server = createServer((request, response) => {
    const css = request.url === '/host.css';
    response.writeHead(200, { 'content-type': css ? 'text/css' : 'text/html', 'content-security-policy': policy }).end(css ? style : html);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  if (register) {
    const { widget_key: _key, ai, ...settings } = await world.staff.call('GET', '/v1/settings');
    await world.staff.call('PUT', '/v1/settings', { ...settings, ai: { enabled: ai.enabled }, domains: [...settings.domains, origin] });
  }
  world.ours.push(origin);
  return { origin, close: () => (server.closeAllConnections(), server.close()) };
}

/** A fresh visitor on that website. */
export async function on(world, { origin }, options) {
  const guest = await world.guest(options);
  await guest.page.goto(origin);
  await guest.launcher().waitFor();
  return guest;
}

