// Development only: an invented organisation whose state lives in memory and changes when the console asks for it.
const MINUTE = 60_000;
const now = () => Date.now();
const ME = { id: 'mem_1', name: 'Jonas Weber', email: 'jonas@northwind.example', role: 'owner' };
const ORG = { id: 'org_1', name: 'Northwind', widget_key: 'wk_demo' };

const PEOPLE = [
  ['Ana Duarte', 'ana@duarte.example', 'human', 'I also want you to delete my account', 0, 'en'],
  ['Tom Becker', null, 'ai', 'Can I return the shoes if I wore them once outside?', 2, 'en'],
  ['Yuki Mori', 'yuki@mori.example', 'waiting', 'Is this compatible with the v2 dock?', 14, 'en'],
  ['Leïla Haddad', null, 'ai', 'هل يمكنني تغيير عنوان الشحن؟', 38, 'ar'],
  [null, null, 'ai', 'Thanks, that fixed it!', 62, 'en'],
  ['Priya Nair', 'priya@nair.example', 'ai', 'My card was charged twice on order #4790', 130, 'de'],
];

function passage(n, title, heading, text, score, kept = true) {
  return { n, snapshot_id: `snp_${n}`, passage_id: `pas_${n}`, title, url: 'https://shop.northwind.example/returns', heading, text, score, kept, fetched_at: now() - 120 * MINUTE };
}

const WHY = {
  outcome: 'answered', took_ms: 184, question: 'Can I return the shoes if I wore them?', queries: ['return shoes wore', 'returns worn'],
  passages: [
    passage(1, 'Returns', 'How long you have', 'You can send anything back within 30 days of delivery. Shoes may have been tried on indoors. We pay the return label inside the EU.', 11.4),
    passage(2, 'Refunds', 'When the money comes', 'Refunds arrive within 5 working days after the parcel has reached our warehouse, on the same card you paid with.', 8.9),
    passage(3, 'Warranty', 'Two years', 'Every pair has two years of warranty against faults.', 3.1, false),
  ],
  sentences: [{ text: 'You can send anything back within 30 days of delivery.', passage_n: 1, score: 0.93 }, { text: 'Refunds arrive within 5 working days after the parcel has reached our warehouse, on the same card you paid with.', passage_n: 2, score: 0.81 }],
  checks: [{ name: 'every_sentence_has_a_passage', ok: true }, { name: 'language_fits', ok: true }], answerer: 'built-in', disclosures: [],
};
const cite = (n, title, quote) => ({ n, snapshot_id: `snp_${n}`, passage_id: `pas_${n}`, title, url: null, quote, fetched_at: now(), link: `/snapshot/snp_${n}` });

export function makeWorld(tell) {
  let count = 100;
  const summaries = PEOPLE.map(([name, email, lane, preview, ago, locale], i) => ({
    id: `con_${i}`, person: { id: `per_${i}abc${i}`, name, email }, state: 'open', lane, assignee: lane === 'human' ? { id: ME.id, name: ME.name } : null,
    preview, preview_kind: 'visitor', last_seq: 6, last_activity_at: now() - ago * MINUTE, waiting_since: lane === 'waiting' ? now() - ago * MINUTE : null,
    created_at: now() - 300 * MINUTE, locale, page_host: 'shop.northwind.example',
  }));
  for (let i = 0; i < 60; i += 1) summaries.push({ ...summaries[4], id: `con_x${i}`, person: { id: `per_x${1000 + i * 37}`, name: null, email: null }, preview: `Question number ${i} about sizes`, last_activity_at: now() - (200 + i * 9) * MINUTE });
  const logs = new Map(summaries.map((summary) => {
    const at = summary.last_activity_at - 12 * MINUTE;
    const say = (seq, kind, text, more = {}) => ({ id: `msg_${summary.id}_${seq}`, seq, kind, text, created_at: at + seq * MINUTE, ai: kind === 'ai', citations: [], ...more });
    const log = [
      say(1, 'visitor', 'Hi, my parcel to Rua Augusta 12 never came. Card ends 4242. My mail is ana@duarte.pt'),
      say(2, 'ai', 'Parcels wait at the pick-up point for **7 days** [1]. If nobody collects it, it comes back to us and you are refunded within 5 working days [2].', { outcome: 'answered', citations: [cite(1, 'Shipping', 'Parcels wait 7 days'), cite(2, 'Refunds', 'within 5 working days')] }),
      say(3, 'visitor', 'Can a person look at this?'),
      say(4, 'system', '', { system: { code: 'person_requested' } }),
      ...(summary.lane === 'human' ? [say(5, 'system', '', { system: { code: 'person_joined', name: ME.name } }), say(6, 'agent', 'Hello! I am looking at your parcel now.', { author: ME.name }), say(7, 'note', 'Keep the invoice until 2033 (tax law), erase the rest.', { author: ME.name })] : []),
      say(9, 'visitor', summary.preview),
    ];
    return [summary.id, log];
  }));
  const crawl = { id: 'crl_1', source_id: 'src_1', state: 'running', found: 590, added: 41, changed: 12, same: 347, skipped: 9, errors: 3, done: 412, rate_per_s: 3.1, eta_seconds: 57, started_at: now(), now_url: 'https://shop.northwind.example/help/returns', skipped_reasons: [{ reason: 'robots_txt', count: 6 }, { reason: 'noindex', count: 3 }], error_samples: [{ url: 'https://shop.northwind.example/old', reason: 'timed_out' }] };
  const sources = [{ id: 'src_1', url: 'https://shop.northwind.example/', kind: 'website', pages: 412, created_at: now(), last_crawled_at: now() - 120 * MINUTE, crawl }];
  const pages = ['Returns', 'Shipping', 'Refunds', 'Sizes', 'Warranty', 'Contact'].map((title, i) => ({ id: `pag_${i}`, url: i < 5 ? `https://shop.northwind.example/${title.toLowerCase()}` : null, title, kind: i < 5 ? 'web' : 'manual', state: i === 3 ? 'excluded' : 'active', passages: i + 1, fetched_at: now() - 90 * MINUTE }));
  let settings = { organisation_name: 'Northwind', look: { accent: '#285cc2', position: 'end', greeting: { en: 'Hello! Ask us anything.', de: 'Hallo! Fragen Sie gern.', ar: 'مرحبا! اسألنا ما تشاء.' } }, domains: ['https://shop.northwind.example'], keep_days: 90, ai: { enabled: true, answerer: 'built-in' }, widget_key: 'wk_demo' };
  const erasures = new Map();
  const keys = [];
  const invitations = [];
  const find = (id) => summaries.find((summary) => summary.id === id);
  const add = (summary, kind, text, more = {}) => {
    const seq = (count += 1);
    const message = { id: `msg_${seq}`, seq, kind, text, created_at: now(), ai: kind === 'ai', citations: [], ...more };
    logs.get(summary.id)?.push(message);
    Object.assign(summary, { last_seq: seq, last_activity_at: now(), ...(kind === 'system' ? {} : { preview: text, preview_kind: kind }) });
    tell('message', { conversation_id: summary.id, message });
    tell('conversation', summary);
    return message;
  };
  const moves = {
    'take-over': (s) => Object.assign(s, { lane: 'human', assignee: { id: ME.id, name: ME.name }, waiting_since: null }) && add(s, 'system', '', { system: { code: 'person_joined', name: ME.name } }),
    'give-back': (s) => Object.assign(s, { lane: 'ai' }) && add(s, 'system', '', { system: { code: 'ai_returned' } }),
    close: (s) => (s.state = 'closed') && add(s, 'system', '', { system: { code: 'closed', name: ME.name } }),
    reopen: (s) => (s.state = 'open') && add(s, 'system', '', { system: { code: 'reopened' } }),
  };
  const counts = () => {
    const open = summaries.filter((s) => s.state === 'open');
    return { open: open.length, waiting: open.filter((s) => s.lane === 'waiting').length, mine: open.filter((s) => s.assignee?.id === ME.id).length, unassigned: open.filter((s) => !s.assignee).length, closed: summaries.length - open.length };
  };
  const list = (query) => summaries.filter((s) => s.state === (query.get('state') ?? 'open') && (!query.get('lane') || s.lane === query.get('lane')) && (query.get('assignee') !== 'me' || s.assignee?.id === ME.id) && (query.get('assignee') !== 'none' || !s.assignee) && (!query.get('q') || s.preview.includes(query.get('q'))));
  const erase = () => {
    const erasure = { id: `era_${(count += 1)}`, state: 'running', created_at: now(), steps: ['destroy_key', 'messages', 'files', 'search_index', 'second_check'].map((name) => ({ name, state: 'waiting', done: 0, total: 4 })) };
    erasures.set(erasure.id, erasure);
    erasure.steps.forEach((step, i) => setTimeout(() => {
      Object.assign(step, { state: 'done', done: 4 });
      if (i === 4) Object.assign(erasure, { state: 'done', finished_at: now(), receipt_url: 'x' });
    }, 500 * (i + 1)));
    return [202, { erasure_id: erasure.id }];
  };
  const person = (id) => {
    const summary = summaries.find((s) => s.person.id === id) ?? summaries[0];
    return { ...summary.person, locale: summary.locale, created_at: now() - 9 * 86_400_000, last_seen_at: now(), keep_until: now() + 82 * 86_400_000, conversations: [{ id: summary.id, state: 'open', created_at: now(), last_activity_at: now() }], holds: [{ what: 'messages', count: 7, until: now() + 82 * 86_400_000 }, { what: 'answer_traces', count: 1, until: now() + 82 * 86_400_000 }, { what: 'files', count: 0, until: now() + 82 * 86_400_000 }] };
  };

  const routes = [
    ['GET', /^\/v1\/me$/, () => [200, { member: ME, organisation: ORG }]],
    ['GET', /^\/v1\/setup$/, () => [200, { needed: false }]],
    ['GET', /^\/v1\/conversations$/, (_m, _b, q) => [200, { items: list(q), counts: counts() }]],
    ['GET', /^\/v1\/conversations\/(\w+)$/, ([, id]) => [200, { summary: find(id), messages: logs.get(id) }]],
    ['POST', /^\/v1\/conversations\/(\w+)\/messages$/, ([, id], b) => (b.text.includes('fail') ? [429, { error: { code: 'too_many_requests', message: 'Too many messages.', request_id: 'req_7f3a' } }] : [201, add(find(id), b.note ? 'note' : 'agent', b.text, { author: ME.name, client_id: b.client_id })])],
    ['POST', /^\/v1\/conversations\/(\w+)\/assign$/, ([, id], b) => [200, Object.assign(find(id), { assignee: b.member_id ? { id: b.member_id, name: b.member_id === ME.id ? ME.name : 'Marta Lind' } : null })]],
    ['POST', /^\/v1\/conversations\/(\w+)\/([\w-]+)$/, ([, id, move]) => (moves[move](find(id)), [200, find(id)])],
    ['GET', /^\/v1\/messages\/\w+\/why$/, () => [200, WHY]],
    ['GET', /^\/v1\/messages\/\w+\/seen$/, () => [200, { wrote: '…to Rua Augusta 12 never came. Card ends 4242. My mail is ana@duarte.pt', model_received: '…to [ADDRESS_1] never came. Card ends [CARD_1]. My mail is [EMAIL_1]', recipient: null, bytes_left_server: 0, placeholders: [['ADDRESS_1', 'address'], ['CARD_1', 'card'], ['EMAIL_1', 'email']].map(([placeholder, category]) => ({ placeholder: `[${placeholder}]`, category })) }]],
    ['GET', /^\/v1\/people$/, () => [200, { items: summaries.slice(0, 8).map((s) => person(s.person.id)) }]],
    ['GET', /^\/v1\/people\/(\w+)$/, ([, id]) => [200, person(id)]],
    ['PATCH', /^\/v1\/people\/(\w+)$/, ([, id], b) => [200, Object.assign(summaries.find((s) => s.person.id === id).person, b)]],
    ['POST', /^\/v1\/people\/\w+\/erasure$/, erase],
    ['GET', /^\/v1\/erasures$/, () => [200, { items: [...erasures.values()] }]],
    ['GET', /^\/v1\/erasures\/(\w+)$/, ([, id]) => [200, erasures.get(id)]],
    ['GET', /^\/v1\/sources$/, () => [200, { items: sources }]],
    ['POST', /^\/v1\/sources\/\w+\/(\w+)$/, ([, move]) => (Object.assign(crawl, { state: { crawl: 'running', pause: 'paused', resume: 'running', stop: 'stopped' }[move] }), [200, { ...sources[0], crawl: { ...crawl } }])],
    ['GET', /^\/v1\/pages$/, (_m, _b, q) => [200, { items: pages.filter((page) => page.title.toLowerCase().includes((q.get('q') ?? '').toLowerCase())) }]],
    ['GET', /^\/v1\/pages\/(\w+)$/, ([, id]) => [200, { ...(pages.find((page) => page.id === id) ?? pages[5]), content: 'Everything we say.', passages: WHY.passages.map((p) => ({ id: p.passage_id, heading: p.heading, text: p.text })), snapshots: [{ id: 'snp_1', hash: '9f2c77ab01de5b4c', fetched_at: now() - 120 * MINUTE }] }]],
    ['PUT', /^\/v1\/pages\/(\w+)$/, ([, id], b) => [200, Object.assign(pages.find((page) => page.id === id), b)]],
    ['POST', /^\/v1\/pages$/, (_m, b) => (pages.push({ id: `pag_${pages.length}`, title: b.title, kind: 'manual', state: 'active', passages: 1, fetched_at: now() }), [201, pages.at(-1)])],
    ['POST', /^\/v1\/playground$/, (_m, b) => [200, { text: 'You can send anything back within 30 days of delivery [1].', outcome: 'answered', citations: [cite(1, 'Returns', 'You can send anything back within 30 days of delivery.')], why: { ...WHY, question: b.question } }]],
    ['GET', /^\/v1\/team$/, () => [200, { members: [{ ...ME, disabled: false, created_at: now() }, { id: 'mem_2', name: 'Marta Lind', email: 'marta@northwind.example', role: 'agent', disabled: false, created_at: now() }], invitations }]],
    ['POST', /^\/v1\/team\/invitations$/, (_m, b) => (invitations.push({ id: 'inv_1', role: b.role, created_at: now(), expires_at: now() + 7 * 86_400_000 }), [201, { id: 'inv_1', link: '/console/invite#token=it_9a8b7c6d5e4f', expires_at: now() }])],
    ['GET', /^\/v1\/settings$/, () => [200, settings]],
    ['PUT', /^\/v1\/settings$/, (_m, b) => [200, (settings = { ...settings, ...b, ai: { ...settings.ai, ...b.ai } })]],
    ['GET', /^\/v1\/settings\/snippet$/, () => [200, { html: '<script src="https://chat.northwind.example/widget.js" data-key="wk_demo" async></script>', sightings: [{ host: 'shop.northwind.example', first_seen_at: now(), last_seen_at: now() - 3 * MINUTE }] }]],
    ['GET', /^\/v1\/api-keys$/, () => [200, { items: keys }]],
    ['POST', /^\/v1\/api-keys$/, (_m, b) => (keys.push({ id: 'key_1', ...b, created_at: now() }), [201, { id: 'key_1', ...b, key: 'ck_2hd8shd7shd8hs7d' }])],
  ];
  return {
    answer(method, path, body, query) {
      for (const [verb, pattern, run] of routes) {
        const match = verb === method ? pattern.exec(path) : null;
        if (match) return run(match, body, query);
      }
      return method === 'GET' ? [404, { error: { code: 'not_found', message: 'This does not exist.', request_id: 'req_1' } }] : [204, undefined];
    },
    visitorWrites(text) {
      const summary = summaries[1];
      add(summary, 'visitor', text);
      if (summary.lane !== 'ai') return;
      const words = 'We ship to Norway in three to five working days, and the price is shown before you pay.'.split(' ');
      words.forEach((word, i) => setTimeout(() => summary.lane === 'ai' && tell('delta', { conversation_id: summary.id, draft_id: 'd1', append: `${word} ` }), 90 * i));
      setTimeout(() => {
        tell('draft_end', { conversation_id: summary.id, draft_id: 'd1', reason: 'done' });
        if (summary.lane === 'ai') add(summary, 'ai', `${words.join(' ')} [1]`, { outcome: 'answered', citations: [cite(1, 'Shipping', 'three to five working days')] });
      }, 90 * words.length);
    },
  };
}
