// The shop's people, as far as a widget story needs them: the first owner, signed in, over the same API as the console.

const OWNER = { organisation: 'Fjell & Fern', name: 'Marta Lind', email: 'marta@fjell.example', password: 'correct horse battery staple' };

export async function signIn(server) {
  const setup = await fetch(`${server.origin}/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-confidante': '1' },
    body: JSON.stringify({ setup_token: server.setupToken, ...OWNER }),
  });
  if (!setup.ok) throw new Error(`setup: ${setup.status} ${await setup.text()}`);
  const cookie = setup.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ');
  const call = async (method, path, body) => {
    const response = await fetch(`${server.origin}${path}`, {
      method,
      headers: { cookie, 'x-confidante': '1', ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  /** The newest conversation that any visitor has begun. */
  const latest = async () => (await call('GET', '/v1/conversations?state=open')).items[0];
  return { call, latest, name: OWNER.name };
}

/** Resolves when the shop's pages are read: the built-in answerer has something to quote. */
export async function crawled(staff, patience = 90_000) {
  const until = Date.now() + patience;
  for (;;) {
    const { items } = await staff.call('GET', '/v1/sources');
    const state = items[0]?.crawl?.state;
    if (items[0]?.pages > 10 && (state === 'done' || !state)) return items[0];
    if (Date.now() > until) throw new Error(`the shop was not crawled: ${JSON.stringify(items)}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
