// What the tests of a file share: one portal, one browser, and players who come and go.
import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { after, afterEach, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { Gate } from './gate.js';
import { Portal } from './portal.js';

const SHOTS = fileURLToPath(new URL('../../../target/browser/', import.meta.url));
const PATIENCE_MS = 15_000;
const TYPED = 'textarea:visible, input:not([type]):visible, input[type=text]:visible, input[type=password]:visible';

/** Chromium says this by itself when a connection cannot be made. */
export const LOST = /WebSocket connection to|net::ERR_|Failed to load resource/;

/**
 * A portal and a browser for the tests of a file. To be made within `describe`:
 *
 *     describe('the page', () => {
 *       const scene = new Scene();
 *       test('greets', async () => {
 *         const anna = await scene.player();
 *         await anna.guest();
 *         await anna.sees('The Lychgate');
 *       });
 *     });
 */
export class Scene {
  /** The portal. */
  portal;
  /** The browser, of playwright-core. */
  browser;
  #players = [];
  #gates = [];

  /** @param settings of the portal, besides those of {@link Portal} */
  constructor(settings = {}) {
    this.portal = new Portal(settings);
    before(async () => {
      await mkdir(SHOTS, { recursive: true });
      const launched = chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
      await Promise.all([this.portal.start(), launched]);
      this.browser = await launched;
    });
    afterEach(async () => {
      const players = this.#players.splice(0);
      await Promise.all(players.map((each) => each.context.close()));
      this.#gates.splice(0).forEach((each) => each.close());
      for (const each of players) each.noErrors();
    });
    after(async () => {
      await this.browser?.close();
      await this.portal.remove();
    });
  }

  /**
   * Opens a page in a window of its own, as a new player.
   *
   * @param path where the page is; null: none is opened yet
   * @param context of the window, as for playwright's newContext: viewport, colorScheme, …
   */
  async player({ path = '/play/', ...context } = {}) {
    const opened = await this.browser.newContext(context);
    opened.setDefaultTimeout(PATIENCE_MS);
    const player = new Player(this, opened, await opened.newPage());
    this.#players.push(player);
    if (path) await player.opens(path);
    return player;
  }

  /** A network of its own between a player and the portal: give its `url()` to {@link player} as the path. */
  async gate() {
    const gate = await new Gate(() => this.portal.ports.web).opens();
    this.#gates.push(gate);
    return gate;
  }

  /** Another tab of a player's window, which may be a duplicate of the first: same sessionStorage. */
  async tab(player, path) {
    const other = new Player(this, player.context, await player.context.newPage());
    this.#players.push(other);
    if (path) await other.opens(path);
    return other;
  }
}

/** One player with one page. */
class Player {
  #scene;
  #errors = [];
  #expected = [];

  constructor(scene, context, page) {
    this.#scene = scene;
    this.context = context;
    /** The page, of playwright-core. */
    this.page = page;
    page.on('console', (message) => {
      const looksForIcon = message.location().url.endsWith('/favicon.ico'); // by itself, where a page names none
      if (['error', 'warning'].includes(message.type()) && !looksForIcon) this.#errors.push(message.text());
    });
    page.on('pageerror', (error) => this.#errors.push(String(error.stack ?? error)));
  }

  /** Opens a path of the portal, or an address. */
  async opens(path) {
    await this.page.goto(path.startsWith('http') ? path : this.#scene.portal.url(path));
  }

  /** Errors on the console that this test brings about on purpose. */
  expects(...patterns) {
    this.#expected.push(...patterns);
  }

  /** The browser's console must hold no errors and no warnings; checked after each test. */
  noErrors() {
    const errors = this.#errors.filter((each) => !this.#expected.some((pattern) => pattern.test(each)));
    assert.deepEqual(errors, [], 'on the browser\'s console');
  }

  /** The field that is typed into. */
  get field() {
    return this.page.locator(TYPED).first();
  }

  /** The scrollback. */
  get log() {
    return this.page.getByRole('log').first();
  }

  /** Types a line and sends it. */
  async types(line) {
    await this.field.fill(line);
    await this.field.press('Enter');
  }

  /** Waits until the scrollback holds a text, or matches a pattern. */
  async sees(text) {
    await this.until(`sees ${text}`, async () => {
      const log = await this.text();
      return typeof text === 'string' ? log.includes(text) : text.test(log);
    });
  }

  /** What the scrollback holds. */
  async text() {
    return (await this.log.textContent()) ?? '';
  }

  /** How often the scrollback holds a text. */
  async count(text) {
    return (await this.text()).split(text).length - 1;
  }

  /** Waits for a condition. */
  async until(what, condition, patience = PATIENCE_MS) {
    const end = Date.now() + patience;
    for (;;) {
      if (await condition()) return;
      if (Date.now() > end) {
        const log = await this.text().catch(() => '(no scrollback)');
        throw new assert.AssertionError({ message: `${what}: not so after ${patience} ms; the scrollback: ${log}` });
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** Comes into the demo game as a guest. */
  async guest() {
    await this.sees('guest');
    await this.types('guest');
    await this.sees('Exits:');
  }

  /** Creates an account in the demo game, and so comes in. */
  async account(name, password) {
    await this.sees('guest');
    await this.types(`create ${name}`);
    await this.page.locator('input[type=password]:visible').waitFor();
    await this.types(password);
    await this.types(password); // the same again
    await this.sees('Exits:');
  }

  /** Takes a picture for target/browser. */
  async picture(name, options = {}) {
    await this.page.screenshot({ path: `${SHOTS}${name}.png`, ...options });
  }
}
