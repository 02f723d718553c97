// Writes a .br and a .gz beside every text file of the built assets, so that the server only has to pick one.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const TEXT = /\.(js|css|html|svg|json|txt|webmanifest|map)$/;

export function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

const all = filesUnder(join(dist, process.argv[2] ?? ''));
for (const path of all) if (/\.(br|gz)$/.test(path)) rmSync(path);
for (const path of all.filter((file) => TEXT.test(file))) {
  const text = readFileSync(path);
  const hint = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  writeFileSync(`${path}.br`, brotliCompressSync(text, { params: hint }));
  writeFileSync(`${path}.gz`, gzipSync(text, { level: 9 }));
}
