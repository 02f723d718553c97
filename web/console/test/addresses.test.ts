// Every address the console calls is one that the server's document knows.
import { expect, test } from 'vitest';
import document from '../../../openapi.json';
import client from '../src/api/client.ts?raw';

const MOVES = ['take-over', 'give-back', 'close', 'reopen'];
const CRAWL_MOVES = ['crawl', 'pause', 'resume', 'stop'];
const REQUEST_FILES = ['bundle', 'archive'];

function called(): string[] {
  const found = [...client.matchAll(/['`](\/v1\/[^'`]*)['`]/g)].map((match) => match[1] ?? '');
  const plain = found.map((path) => path.replace(/\$\{query\(.*$/, '').replaceAll(/\$\{at\(\w+\)\}/g, '{id}'));
  return plain.flatMap((path) => {
    if (path.includes('${kind}')) return REQUEST_FILES.map((kind) => path.replace('${kind}', kind));
    if (!path.includes('${move}')) return [path];
    return (path.includes('sources') ? CRAWL_MOVES : MOVES).map((move) => path.replace('${move}', move));
  });
}

test('no call goes to an address that does not exist', () => {
  const known = new Set(Object.keys(document.paths));
  const paths = called();
  expect(paths.length).toBeGreaterThan(35);
  expect(paths.filter((path) => !known.has(path))).toEqual([]);
});
