// A NATS server on a free port of this machine.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const PROGRAM = [...(process.env.PATH ?? '').split(':'), '/usr/sbin'].map((folder) => join(folder, 'nats-server')).find(existsSync);
const START_MS = 30_000;

/** Why tests with a NATS server are skipped; false if there is one, or must be. */
export const skip = PROGRAM || process.env.REQUIRED === 'yes' ? false : 'nats-server is not installed';

/** Starts it. */
export async function startNats() {
  const child = spawn(PROGRAM ?? 'nats-server', ['-a', '127.0.0.1', '-p', '-1'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  const port = await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no NATS server: ${said}`)), START_MS);
    const failed = (why) => {
      clearTimeout(late);
      reject(new Error(`nats-server: ${why}: ${said}`));
    };
    child.on('error', failed);
    child.on('exit', failed);
    child.stderr.on('data', (data) => {
      said += data;
      const listens = said.match(/client connections on 127\.0\.0\.1:(\d+)/);
      if (listens) {
        clearTimeout(late);
        resolve(Number(listens[1]));
      }
    });
  });
  return { url: `nats://127.0.0.1:${port}`, stop: () => child.kill('SIGKILL') };
}
