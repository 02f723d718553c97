// For developing the widget only: a make-believe server with scripted answers. The stories in ../stories never use it.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const dist = fileURLToPath(new URL('../../dist', import.meta.url));
const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html; charset=utf-8' };
const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const SETUP = {
  organisation: { name: 'Northwind Outdoor' },
  look: { accent: '#285cc2', position: 'right', greeting: { en: 'Hi! Ask us about tents, boots and orders.', de: 'Hallo! Fragen Sie uns zu Zelten, Schuhen und Bestellungen.', ar: 'مرحبًا! اسألنا عن الخيام والأحذية والطلبات.' } },
  ai: { enabled: true, answerer: 'built-in' },
  notice_version: '1', locales: ['en', 'de', 'ar'], keep_days: 90,
  files: { max_bytes: 5_000_000, types: ['image/png', 'image/jpeg', 'application/pdf', 'text/plain'] },
  privacy_url: '/privacy/wk_demo',
};
const CITES = [1, 2].map((n) => ({
  n, snapshot_id: `sna_${n}`, passage_id: `pas_${n}`, title: n === 1 ? 'Returns and refunds' : 'Shipping times and costs', url: 'http://shop.example/returns',
  quote: 'You can return any unused item within 60 days of delivery. The refund reaches you within 5 working days after we have the parcel.', fetched_at: Date.now() - 7.2e6, link: `/snapshot/sna_${n}?passage=pas_${n}`,
}));
const ANSWER = 'You can return any **unused** item within 60 days of delivery [1].\n\n- Pack it well\n- Print the label from your account\n\nThe refund reaches you within 5 working days [2].';

export function startMock(port) {
  const chats = new Map();
  const erasures = new Map();
  const server = createServer((request, response) => void answer(request, response).catch((cause) => { console.error(cause); response.destroy(); }));
  let id = 0;
  const next = (prefix) => `${prefix}_${(id += 1)}`;

  function add(chat, fields) {
    const message = { id: next('msg'), seq: (chat.last += 1), text: '', created_at: Date.now(), ai: fields.kind === 'ai', citations: [], ...fields };
    chat.messages.push(message);
    send(chat, 'message', message, message.seq);
    return message;
  }
  function send(chat, event, body, number) {
    for (const stream of chat.streams) stream.write(`${number ? `id: ${number}\n` : ''}event: ${event}\ndata: ${JSON.stringify(body)}\n\n`);
  }
  const head = (chat) => ({ id: 'con_1', state: 'open', lane: chat.lane, agent: chat.agent, last_seq: chat.last });

  function reply(chat, text) {
    if (chat.lane !== 'ai') return;
    if (/human|person/.test(text)) return void setTimeout(() => { chat.lane = 'human'; chat.agent = { name: 'Marta' }; add(chat, { kind: 'system', system: { code: 'person_joined', name: 'Marta' } }); send(chat, 'conversation', head(chat)); add(chat, { kind: 'agent', text: 'Hi, Marta here. How can I help?', author: 'Marta' }); }, 500);
    if (/unknown|quantum/.test(text)) return void setTimeout(() => add(chat, { kind: 'ai', outcome: 'abstained', text: 'I could not find this in the shop’s pages.' }), 400);
    if (/hang/.test(text)) return;
    const draft_id = next('dra');
    const long = /long/.test(text);
    const words = (long ? Array(60).fill(ANSWER).join(' ') : ANSWER).split(/(?<= )/);
    send(chat, 'draft', { draft_id, text: '' });
    const timer = setInterval(() => {
      const word = words.shift();
      if (word !== undefined) return send(chat, 'delta', { draft_id, append: word });
      clearInterval(timer);
      send(chat, 'draft_end', { draft_id, reason: 'done' });
      return add(chat, { kind: 'ai', outcome: 'answered', text: ANSWER, citations: CITES });
    }, long ? 2 : 30);
  }

  async function answer(request, response) {
    const url = new URL(request.url, 'http://x');
    const { pathname: path } = url;
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces);
    const json = (status, value) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const chat = chats.get((request.headers.authorization ?? '').slice(7));
    if (path === '/' || path.endsWith('.html') && !path.startsWith('/widget/')) return response.writeHead(200, { 'content-type': TYPES['.html'] }).end(page(url.searchParams));
    if (path === '/widget.js' || path.startsWith('/widget/')) return file(path === '/widget.js' ? '/widget/widget.js' : path, response);
    if (path === '/v1/widget/wk_demo') return json(200, SETUP);
    if (path.endsWith('/sessions')) {
      const token = next('vt');
      chats.set(token, { messages: [], last: 0, lane: 'ai', streams: new Set() });
      return json(201, { token, conversation: { ...head(chats.get(token)), messages: [] }, expires_at: Date.now() + 1e9 });
    }
    const erasure = /^\/v1\/erasures\/(\w+)(\/receipt)?$/.exec(path);
    if (erasure) {
      const started = erasures.get(erasure[1]);
      if (!started) return json(404, { error: { code: 'not_found', message: 'Unknown.', request_id: 'r' } });
      if (erasure[2]) return json(200, { receipt: erasure[1], survivors: 0 });
      const done = Math.floor((Date.now() - started) / 600);
      const steps = ['streams', 'key', 'rows', 'copies', 'sweep', 'receipt'].map((name, i) => ({ name, done: i < done ? 12 : 0, total: name === 'rows' ? 12 : 1, state: i < done ? 'done' : i === done ? 'running' : 'waiting' }));
      return json(200, { id: erasure[1], state: done >= 6 ? 'done' : 'running', steps, created_at: started, receipt_url: done >= 6 ? `/v1/erasures/${erasure[1]}/receipt` : null });
    }
    if (!path.startsWith('/v1/visitor/')) return json(404, { error: { code: 'not_found', message: 'Unknown.', request_id: 'r' } });
    if (!chat) return json(401, { error: { code: 'expired', message: 'Expired.', request_id: 'r' } });
    switch (path.slice('/v1/visitor/'.length)) {
      case 'conversation': return json(200, { ...head(chat), messages: chat.messages });
      case 'messages': {
        const { client_id, text } = JSON.parse(body);
        const known = chat.messages.find((message) => message.client_id === client_id);
        if (known) return json(200, known);
        const message = add(chat, { kind: 'visitor', text, client_id });
        reply(chat, text);
        return json(201, message);
      }
      case 'person': chat.lane = 'waiting'; add(chat, { kind: 'system', system: { code: 'person_requested' } }); send(chat, 'conversation', head(chat)); return json(200, head(chat));
      case 'files': return json(201, add(chat, { kind: 'visitor', file: { id: 'fil_1', name: 'tent-pole.jpg', mime: 'image/jpeg', bytes: body.length } }));
      case 'export': return response.writeHead(200, { 'content-type': 'application/zip' }).end(Buffer.alloc(22));
      case 'erasure': { const erasure_id = next('era'); erasures.set(erasure_id, Date.now()); chats.delete(request.headers.authorization.slice(7)); send(chat, 'erased', { erasure_id }); return json(202, { erasure_id }); }
      case 'stream': {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(': hello\n\n');
        const after = Number(url.searchParams.get('after'));
        for (const message of chat.messages) if (message.seq > after) response.write(`id: ${message.seq}\nevent: message\ndata: ${JSON.stringify(message)}\n\n`);
        chat.streams.add(response);
        return request.on('close', () => chat.streams.delete(response));
      }
      default: return json(404, { error: { code: 'not_found', message: 'Unknown.', request_id: 'r' } });
    }
  }
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve({ server, origin: `http://127.0.0.1:${server.address().port}` })));
}

function file(path, response) {
  const full = normalize(join(dist, path));
  if (!full.startsWith(dist) || !existsSync(full)) return response.writeHead(404).end();
  return response.writeHead(200, { 'content-type': TYPES[extname(full)] ?? 'application/octet-stream', ...(full.endsWith('.html') ? { 'content-security-policy': CSP } : {}) }).end(readFileSync(full));
}

function page(query) {
  const lang = query.get('lang') ?? 'en';
  return `<!doctype html><html lang="${lang}" dir="${lang === 'ar' ? 'rtl' : 'ltr'}"><meta name="viewport" content="width=device-width"><title>Shop</title><body><h1>Northwind Outdoor</h1><p>Tents, boots, stoves.</p><input aria-label="Search"><script src="/widget.js" data-key="wk_demo" async></script></body></html>`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) startMock(Number(process.argv[2] ?? 4810)).then(({ origin }) => console.log(origin));
