// Starts the real program on free loopback ports with folders of its own, and stops exactly that program.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCluster } from './postgres.mjs';

export const BINARY = process.env.E2E_BINARY ?? fileURLToPath(new URL('../../../target/debug/confidante', import.meta.url));
const READY_MS = 60_000;

/** One cluster for all servers of a run, where the stories are told on PostgreSQL. */
const cluster = process.env.E2E_ENGINE === 'postgres' ? await startCluster() : undefined;

/** Call it when the last story was told. */
export async function stopEngine() {
  await cluster?.stop();
}

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Runs the program until it says where it is. `again` uses folders and ports of an earlier run. */
export async function startServer(again, settings = {}) {
  const folder = again?.folder ?? mkdtempSync(join(tmpdir(), 'confidante-e2e-'));
  const database = again?.database ?? cluster?.database();
  const [port, shopPort] = again?.ports ?? [await freePort(), await freePort()];
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('CONFIDANTE_'));
  const env = {
    ...Object.fromEntries(inherited),
    CONFIDANTE_SERVER_LISTEN: `127.0.0.1:${port}`,
    CONFIDANTE_SERVER_LOG_LEVEL: 'warn',
    CONFIDANTE_STORAGE_FOLDER: join(folder, 'data'),
    CONFIDANTE_STORAGE_KEYS_FOLDER: join(folder, 'keys'),
    CONFIDANTE_KEYS_FILE: join(folder, 'keys', 'master.key'),
    CONFIDANTE_DEMO_LISTEN: `127.0.0.1:${shopPort}`,
    CONFIDANTE_LIMITS_SESSIONS: '10000',
    CONFIDANTE_LIMITS_MESSAGES: '1000',
    CONFIDANTE_LIMITS_PROGRESS: '10000',
    CONFIDANTE_LIMITS_SIGN_IN: '1000',
    ...(database && { CONFIDANTE_STORAGE_ENGINE: 'postgres', CONFIDANTE_POSTGRES_URL: database }),
    ...settings,
  };
  const child = spawn(BINARY, ['serve', '--demo'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let complained = '';
  child.stderr.on('data', (piece) => (complained = (complained + piece).slice(-20_000)));
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the program did not become ready\n${said}${complained}`)), READY_MS);
    child.once('exit', (code) => reject(new Error(`the program ended with ${code}\n${complained}`)));
    child.stdout.on('data', (piece) => {
      said += piece;
      if (!/^Privacy notice .*\n/m.test(said)) return;
      clearTimeout(timer);
      resolve();
    });
  });
  const link = (name) => new RegExp(`^${name}\\s+(\\S+)`, 'm').exec(said)?.[1];
  const setup = link('Set up console');
  return {
    origin: `http://127.0.0.1:${port}`,
    shop: new URL(link('Demo shop')).origin,
    privacy: link('Privacy notice'),
    setupToken: setup && new URL(setup).hash.slice('#token='.length),
    folder,
    database,
    ports: [port, shopPort],
    complaints: () => complained,
    kill: () => new Promise((resolve) => (child.once('exit', resolve), child.kill('SIGKILL'))),
    async stop({ keep = false } = {}) {
      if (child.exitCode === null) await new Promise((resolve) => (child.once('exit', resolve), child.kill('SIGTERM')));
      if (!keep) rmSync(folder, { recursive: true, force: true });
    },
  };
}
