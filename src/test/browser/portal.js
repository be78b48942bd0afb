// Starts the distribution on free ports, with a folder of its own.
import { spawn } from 'node:child_process';
import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PROGRAM = join(process.env.LYCHGATE_DIST ?? join(ROOT, 'target/dist'), 'bin/lychgate');
const START_MS = 60_000;

/** Free ports, no rate of new connections: all tests come from one address. */
const SETTINGS = {
  'portal.interface': '127.0.0.1',
  'telnet.port': 0,
  'telnet.tls.enabled': false,
  'ssh.enabled': false,
  'web.port': 0,
  'web.websocket_port': 0,
  'admin.port': 0,
  'limits.connections_per_address': 0,
  'limits.connections_per_second_per_address': 0,
};

/** One portal. Its ports stay the same when it is started again. */
export class Portal {
  #settings;
  #process = null;
  #home = null;
  #log = '';
  ports = {};

  /** @param settings more or other settings, such as {'web.resume_seconds': 2} */
  constructor(settings = {}) {
    this.#settings = { ...SETTINGS, ...settings };
  }

  /** Where the page is. */
  url(path = '/play/') {
    return `http://127.0.0.1:${this.ports.web}${path}`;
  }

  /** Where WebSockets are. */
  get socketUrl() {
    return `ws://127.0.0.1:${this.ports.web}/ws`;
  }

  /** What it has logged. */
  get log() {
    return this.#log;
  }

  /** Starts it, and waits until it is ready. */
  async start() {
    if (!this.#home) {
      this.#home = await mkdtemp(join(tmpdir(), 'lychgate-browser-'));
      for (const folder of ['etc', 'keys', 'var', 'plugins']) await mkdir(join(this.#home, folder));
    }
    const settings = { ...this.#settings };
    for (const [key, service] of [['web.port', 'web'], ['web.websocket_port', 'websocket'], ['telnet.port', 'telnet']]) {
      if (this.ports[service]) settings[key] = this.ports[service];
    }
    const sets = Object.entries(settings).flatMap(([key, value]) => ['--set', `${key}=${value}`]);
    const child = spawn(PROGRAM, ['run', '--home', this.#home, ...sets], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    child.stderr.on('data', (data) => { this.#log += data; });
    let said = '';
    await new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`not ready: ${said}${this.#log}`)), START_MS);
      child.on('exit', (code) => {
        clearTimeout(late);
        reject(new Error(`ended with ${code}: ${this.#log}`));
      });
      child.stdout.on('data', (data) => {
        said += data;
        if (!said.includes('Lychgate is ready')) return;
        clearTimeout(late);
        for (const [, name, port] of said.matchAll(/^([\w-]+): (\d+)$/gm)) this.ports[name] = Number(port);
        resolve();
      });
    });
  }

  /** Stops it, as an operator would (SIGTERM), or as a crash (SIGKILL). */
  async stop(signal = 'SIGTERM') {
    const child = this.#process;
    this.#process = null;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill(signal);
    await ended;
  }

  /** Stops it and starts it on the same ports, with the same accounts. */
  async restart(signal) {
    await this.stop(signal);
    await this.start();
  }

  /** Stops it and removes its folder. */
  async remove() {
    await this.stop();
    if (this.#home) await rm(this.#home, { recursive: true, force: true });
  }

  /** Runs an operator's command, such as ('sessions'), and returns what it prints. */
  async command(...words) {
    const { stdout } = await promisify(execFile)(PROGRAM, [...words, '--home', this.#home]);
    return stdout;
  }

  /** The value of a counter or gauge of /metrics; 0 where there is none. */
  async meter(name) {
    const answer = await fetch(`http://127.0.0.1:${this.ports.admin}/metrics`);
    const line = (await answer.text()).split('\n').find((each) => each.startsWith(name));
    return line ? Number(line.split(' ').at(-1)) : 0;
  }
}
