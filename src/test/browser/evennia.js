// A game of a real Evennia, in a folder of its own, which the portal starts. `.ci/run` installs Evennia.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CACHE = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
const BIN = join(CACHE, 'lychgate/evennia-5.0.1/bin');
const PYTHON = join(BIN, 'python3');
const PATIENCE_MS = 180_000;

/** Whether there is an Evennia; with `run --required` there must be. */
export const INSTALLED = process.env.REQUIRED === 'yes' || existsSync(PYTHON);

export const OWNER = 'owner';
export const PASSWORD = 'owners-secret';

const MAKES_OWNER = `
import os, sys
sys.path.insert(0, os.getcwd())
os.environ['DJANGO_SETTINGS_MODULE'] = 'server.conf.settings'
import django, evennia
django.setup()
evennia._init()
from evennia.accounts.models import AccountDB
AccountDB.objects.create_superuser(sys.argv[1], 'owner@example.org', sys.argv[2])
`;

/** A page of the game's own that says how the game sees who asks. */
const WHOAMI = `
from django.http import JsonResponse

def whoami(request):
    asked = request.META
    return JsonResponse({
        'origin': request.origin_ip,
        'forwarded': asked.get('HTTP_X_FORWARDED_FOR'),
        'proto': asked.get('HTTP_X_FORWARDED_PROTO'),
    })

urlpatterns = [path('whoami', whoami)] + urlpatterns
`;

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url) {
  return fetch(url).then((answer) => answer.ok, () => false);
}

export class EvenniaGame {
  /** For the portal. */
  settings;
  #folder;
  #game;
  #ports;

  constructor(folder, [amp, web, site, sockets]) {
    this.#folder = folder;
    this.#game = join(folder, 'game');
    this.#ports = { amp, web, site, sockets };
    this.settings = {
      'game.link': 'amp',
      'amp.port': amp,
      'web.port': web,
      'web.websocket_port': sockets,
      'portal.trusted_proxies': '["127.0.0.1"]',
      'evennia.game_dir': this.#game,
      'evennia.python': PYTHON,
      'evennia.website': `127.0.0.1:${site}`,
    };
  }

  /** A game that is not made yet, with a folder and ports of its own. */
  static async planned() {
    const ports = await Promise.all([freePort(), freePort(), freePort(), freePort()]);
    return new EvenniaGame(await mkdtemp(join(tmpdir(), 'lychgate-evennia-')), ports);
  }

  /** Makes the game; takes some seconds. */
  async create() {
    await run(join(BIN, 'evennia'), ['--init', 'game'], { cwd: this.#folder, env: this.#environment() });
    const { amp, web, site, sockets } = this.#ports;
    await appendFile(
      join(this.#game, 'server/conf/settings.py'),
      `\nAMP_PORT = ${amp}\nWEBSERVER_PORTS = [(${web}, ${site})]\nWEBSOCKET_CLIENT_PORT = ${sockets}\n`,
    );
    await appendFile(join(this.#game, 'web/website/urls.py'), WHOAMI);
    await this.launcher('migrate');
    await run(PYTHON, ['-c', MAKES_OWNER, OWNER, PASSWORD], { cwd: this.#game });
  }

  /** Has the portal start the game, and waits until its site answers. */
  async start(portal) {
    await this.launcher('start');
    const end = Date.now() + PATIENCE_MS;
    const ready = `http://127.0.0.1:${portal.ports.admin}/readyz`; // not while a new game restarts itself
    while (!(await answers(ready)) || !(await answers(portal.url('/')))) {
      if (Date.now() > end) throw new Error(`the game does not start: ${portal.log}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }

  /** Stops the game's Server; the portal and the players stay. */
  async stop() {
    await this.launcher('sstop');
  }

  /** Runs Evennia's launcher. */
  async launcher(...words) {
    const { stdout } = await run(join(BIN, 'evennia'), words, { cwd: this.#game, env: this.#environment(), timeout: PATIENCE_MS });
    return stdout;
  }

  /** Ends what runs of it, after the portal, and removes the folder. */
  async remove(portal) {
    await portal?.stop();
    const pid = Number(await readFile(join(this.#game, 'server/server.pid'), 'utf8').catch(() => 0));
    if (pid > 1) process.kill(pid, 'SIGKILL');
    await rm(this.#folder, { recursive: true, force: true });
  }

  #environment() {
    return { ...process.env, PATH: `${BIN}:${process.env.PATH}` };
  }
}
