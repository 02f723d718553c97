// A throw-away PostgreSQL cluster for `E2E_ENGINE=postgres`, from the system's packages; gone with the stories.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGES = '/usr/lib/postgresql';
const READY_MS = 30_000;

/** The folder of the newest server that is installed. */
function programs() {
  const versions = existsSync(PACKAGES) ? readdirSync(PACKAGES).sort((a, b) => Number(b) - Number(a)) : [];
  if (versions.length === 0) throw new Error('PostgreSQL is not installed. Debian: apt-get install postgresql');
  return join(PACKAGES, versions[0], 'bin');
}

/** The server refuses to run as root; there it runs as the packages' own user. */
function asOwner(command, args) {
  return process.getuid() === 0 ? ['runuser', ['-u', 'postgres', '--', command, ...args]] : [command, args];
}

export async function startCluster() {
  const bin = programs();
  const folder = mkdtempSync(join(tmpdir(), 'confidante-e2e-postgres-'));
  if (process.getuid() === 0) execFileSync('chown', ['postgres', folder]);
  const run = (program, ...args) => execFileSync(...asOwner(join(bin, program), args), { cwd: folder, stdio: 'pipe' });
  run('initdb', '-D', join(folder, 'cluster'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync');
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'fsync=off', 'shared_buffers=32MB'].flatMap((line) => ['-c', line]);
  const server = spawn(...asOwner(join(bin, 'postgres'), ['-D', join(folder, 'cluster'), ...settings]), { cwd: folder, stdio: 'ignore' });
  const sql = (text) => run('psql', '-h', folder, '-U', 'postgres', '-d', 'postgres', '-qc', text);
  const deadline = Date.now() + READY_MS;
  for (;;) {
    try {
      sql('CREATE ROLE confidante LOGIN NOSUPERUSER NOBYPASSRLS');
      break;
    } catch (cause) {
      if (Date.now() > deadline) throw cause;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  // As in a guarded installation: the program may not make roles, so its administrator made the assistant's.
  sql('CREATE ROLE confidante_answer NOLOGIN');
  sql('GRANT confidante_answer TO confidante');
  let count = 0;
  return {
    /** An empty database and how to reach it. */
    database() {
      const name = `stories_${(count += 1)}`;
      sql(`CREATE DATABASE ${name} OWNER confidante TEMPLATE template0`);
      return `host=${folder} user=confidante dbname=${name}`;
    },
    async stop() {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      run('pg_ctl', '-D', join(folder, 'cluster'), '-m', 'immediate', 'stop');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
