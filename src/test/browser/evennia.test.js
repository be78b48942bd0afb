// Evennia behind the portal: its website, and its own web client, which is played in a real browser.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, test } from 'node:test';
import { EvenniaGame, INSTALLED, OWNER, PASSWORD } from './evennia.js';
import { Scene } from './scene.js';

/** What Evennia's page loads from other hosts, by its file name; the test has no other host. */
const LIBRARIES = {
  'jquery-3.2.1.min.js': 'jquery/dist/jquery.min.js',
  'favico-0.3.10.min.js': 'favico.js/favico-0.3.10.min.js',
  'goldenlayout.min.js': 'golden-layout/dist/goldenlayout.min.js',
  'goldenlayout-base.css': 'golden-layout/src/css/goldenlayout-base.css',
  'goldenlayout-dark-theme.css': 'golden-layout/src/css/goldenlayout-dark-theme.css',
};

/** Its styles and menus are not installed: an empty file has not the checksum that the page names. */
const CHECKSUM = /integrity/;

async function fromElsewhere(route) {
  const name = new URL(route.request().url()).pathname.split('/').at(-1);
  const file = LIBRARIES[name];
  const headers = {
    'access-control-allow-origin': '*',
    'content-type': name.endsWith('.css') ? 'text/css' : 'text/javascript',
  };
  const body = file ? await readFile(new URL(`node_modules/${file}`, import.meta.url)) : '';
  await route.fulfill({ headers, body });
}

const game = await EvenniaGame.planned();
if (!INSTALLED) await game.remove();

describe('Evennia behind the portal', { skip: !INSTALLED && 'Evennia is not installed', timeout: 600_000 }, () => {
  before(() => game.create(), { timeout: 240_000 });
  const scene = new Scene(game.settings);
  before(() => game.start(scene.portal), { timeout: 240_000 });
  after(() => game.remove(scene.portal));

  /** A browser's window for Evennia's pages. */
  async function visitor() {
    const player = await scene.player({ path: null });
    player.expects(CHECKSUM, /bootstrap|popper|jQuery.Deferred/);
    await player.context.route((url) => url.hostname !== '127.0.0.1', fromElsewhere);
    return player;
  }

  async function logsInOnTheSite(player) {
    await player.opens('/auth/login/');
    await player.page.fill('input[name=username]', OWNER);
    await player.page.fill('input[name=password]', PASSWORD);
    await player.page.press('input[name=password]', 'Enter');
    await player.page.waitForURL(scene.portal.url('/'));
  }

  async function opensItsClient(player) {
    await player.opens('/webclient/');
    await player.page.locator('textarea').first().waitFor();
  }

  async function reads(player, words) {
    await player.page.locator('.content').filter({ hasText: words }).first().waitFor();
  }

  async function sends(player, line) {
    await player.page.locator('textarea').first().fill(line);
    await player.page.locator('textarea').first().press('Enter');
  }

  async function ask(path, headers = {}) {
    return fetch(scene.portal.url(path), { headers, redirect: 'manual' });
  }

  test('its pages, files and errors come through', async () => {
    for (const [path, status, words] of [
      ['/', 200, 'Evennia'],
      ['/static/webclient/js/evennia.js', 200, 'WebsocketConnection'],
      ['/webclient/', 200, 'csessid'],
      ['/admin/', 302, ''],
      ['/no/such/page', 404, 'Page not found'],
    ]) {
      const answer = await ask(path);
      assert.equal(answer.status, status, path);
      assert.match(await answer.text(), new RegExp(words), path);
      assert.equal(answer.headers.get('content-security-policy'), null, path);
      assert.equal(answer.headers.get('server'), null, path);
    }
    const ours = await ask('/play/');
    assert.match(await ours.text(), /Lychgate/);
  });

  test('it sees the address of each client, whatever that says of itself', async () => {
    const own = await (await ask('/whoami', { 'x-real-ip': '192.0.2.6', x_forwarded_for: '192.0.2.5' })).json();
    assert.deepEqual(own, { origin: '127.0.0.1', forwarded: '127.0.0.1', proto: 'http' });
    const proxied = await (
      await ask('/whoami', { 'x-forwarded-for': '203.0.113.9, 192.0.2.7', 'x-forwarded-proto': 'https' })
    ).json();
    assert.deepEqual(proxied, { origin: '192.0.2.7', forwarded: '192.0.2.7', proto: 'https' });
  });

  test('who logs in on the site is logged in in its web client, over a WebSocket', async () => {
    const owner = await visitor();
    await logsInOnTheSite(owner);
    await owner.opens('/admin/');
    assert.match(await owner.page.textContent('body'), /Evennia admin/);
    await opensItsClient(owner);
    await reads(owner, 'You become');
    await sends(owner, 'say over a WebSocket');
    await reads(owner, 'You say, "over a WebSocket"');
    assert.match(await scene.portal.command('sessions'), /websocket/);
    assert.doesNotMatch(scene.portal.log, /[a-z0-9]{32}/, 'a key of a session is in the log');
    await owner.picture('evennia-webclient');
  });

  test('where WebSockets are blocked it plays by AJAX, logged in too', async () => {
    const owner = await visitor();
    owner.expects(/WebSocket connection to/);
    await owner.page.addInitScript(() => {
      const Real = WebSocket;
      window.WebSocket = function blocked() {
        return new Real('ws://127.0.0.1:9/');
      };
      window.WebSocket.CLOSED = Real.CLOSED;
    });
    await logsInOnTheSite(owner);
    await opensItsClient(owner);
    await reads(owner, 'You become');
    await sends(owner, 'say by AJAX');
    await reads(owner, 'You say, "by AJAX"');
    assert.match(await scene.portal.command('sessions'), /ajax/);
  });

  test('who logs in in the web client is logged in on the site', async () => {
    const owner = await visitor();
    await opensItsClient(owner);
    await reads(owner, 'connect <username>');
    await sends(owner, `connect ${OWNER} ${PASSWORD}`);
    await reads(owner, 'You become');
    await owner.until('the site knows', async () => {
      const other = await owner.context.newPage();
      await other.goto(scene.portal.url('/'));
      const page = await other.textContent('body');
      await other.close();
      return /Logged in as owner|Log Out|owner/i.test(page) && !/Log In/.test(page);
    });
  });

  test('a stranger gets the login screen', async () => {
    const stranger = await visitor();
    await opensItsClient(stranger);
    await reads(stranger, 'connect <username>');
  });

  test('while the game is away its pages are, and come back by themselves', async () => {
    await game.stop();
    const reader = await visitor();
    reader.expects(/503/);
    await reader.opens('/');
    assert.match(await reader.page.textContent('h1'), /Back in a moment/);
    const json = await ask('/api/', { accept: 'application/json' });
    assert.equal(json.status, 503);
    assert.equal(json.headers.get('retry-after'), '5');
    assert.match(await json.text(), /"error"/);
    await reader.picture('evennia-away');
    await game.launcher('start');
    await reader.page.locator('text=Powered by').waitFor({ timeout: 60_000 });
  });
});
