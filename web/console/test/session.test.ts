// Who is signed in, and what becomes of the page when it is somebody else.
import { expect, test, vi } from 'vitest';
import type { Me } from '../src/api/types.ts';
import { Load } from '../src/lib/load.svelte.ts';
import { session } from '../src/lib/session.svelte.ts';

const me = (id: string): Me => ({ member: { id, name: id, email: `${id}@n.example`, role: 'agent' }, organisation: { id: 'org_1', name: 'N', widget_key: 'wk' } });

test('the same member comes back to the same page; for another one it is loaded anew', () => {
  const replace = vi.spyOn(location, 'replace').mockReturnValue(undefined);
  session.enter(me('mem_1'));
  expect(session.returned).toBe(false);
  session.end();
  session.enter(me('mem_1'));
  expect([session.state, session.returned, replace.mock.calls.length]).toEqual(['in', true, 0]);
  session.end();
  session.enter(me('mem_2'));
  expect([session.state, session.me, replace.mock.calls]).toEqual(['out', undefined, [['/console/inbox']]]);
});

test('what a deed has answered is not undone by a question asked before it', async () => {
  const load = new Load<string>();
  let land: (value: string) => void = () => undefined;
  const asked = load.ask(() => new Promise((resolve) => (land = resolve)));
  load.take('new');
  land('old');
  await asked;
  expect(load.value).toBe('new');
});
