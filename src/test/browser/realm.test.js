// The operator's page of several portals: whether NATS is there, and the others; numbers of sessions that JavaScript cannot count.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import net from 'node:net';
import { after, before, describe, test } from 'node:test';
import { skip, startNats } from './nats.js';
import { Portal } from './portal.js';
import { Scene } from './scene.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Sessions of a portal with a number above 3 have numbers above 2^53. */
const DOOR = 1234;
const GAME = 9;

const nats = skip ? null : await startNats();

describe('the operator\'s page of several portals', { skip }, () => {
  const inRealm = { 'nats.servers': `["${nats?.url}"]` };
  const door = new Portal({ ...inRealm, 'nats.portal': DOOR, 'game.link': 'nats' });
  const scene = new Scene({ ...inRealm, 'nats.portal': GAME, 'nats.serve': true, 'telnet.enabled': false });
  before(() => door.start());
  after(async () => {
    await door.remove();
    nats.stop();
  });

  async function opens(portal, context = {}) {
    const operator = await scene.player({ path: null, viewport: { width: 1280, height: 1000 }, ...context });
    await operator.opens(`http://127.0.0.1:${portal.ports.admin}/`);
    await operator.page.getByText('the game is connected').waitFor();
    return operator;
  }

  /** The cells of a row, once the second one says so. */
  async function row(operator, name, state) {
    const line = operator.page.locator('#peers tr', { has: operator.page.getByRole('rowheader', { name, exact: true }) });
    await operator.until(`sees ${name} ${state}`, async () => (await line.locator('td').allTextContents())[0] === state);
    return line.locator('td').allTextContents();
  }

  test('says at a door to which shard it is connected, and how far that is', async () => {
    const operator = await opens(door);
    await operator.page.getByText(`connected to ${nats.url}`, { exact: true }).waitFor();
    await operator.page.getByText(`number ${DOOR}, players go to shard main`).waitFor();
    await operator.until('sees a round trip', async () => /^\d+\.\d\d ms$/.test((await row(operator, 'main', 'connected'))[1]));
    assert.deepEqual((await row(operator, 'main', 'connected')).slice(3), ['0']);
  });

  test('kicks exactly the session that is meant, whatever its number', async () => {
    const operator = await opens(door);
    const { page } = operator;
    const socket = net.connect(door.ports.telnet, '127.0.0.1');
    let seen = '';
    socket.on('error', () => {});
    socket.on('data', (data) => { seen += data.toString('latin1'); });
    const button = page.locator('#rows button');
    await button.waitFor();
    const id = await button.textContent();
    assert.ok(BigInt(id) > BigInt(Number.MAX_SAFE_INTEGER), id);
    assert.equal(BigInt(id) >> 51n, BigInt(DOOR));
    await button.click();
    await page.getByRole('dialog', { name: `Session ${id}` }).waitFor();
    await page.getByLabel('Reason the player is told').fill('Exactly you.');
    await page.getByRole('button', { name: 'Kick', exact: true }).click();
    await operator.until('tells them', () => seen.includes('Exactly you.'));
    await page.getByText(`Session ${id} is kicked.`).waitFor();
  });

  for (const colorScheme of ['dark', 'light']) {
    test(`has no violation that axe finds, ${colorScheme}`, async () => {
      const operator = await opens(scene.portal, { colorScheme });
      const { page } = operator;
      await page.getByText(`number ${GAME}, serves shard main`).waitFor();
      await row(operator, String(DOOR), 'connected');
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Runtime.evaluate', { expression: AXE });
      assert.deepEqual((await page.evaluate(() => globalThis.axe.run())).violations.map((v) => [v.id, v.nodes.map((n) => n.html)]), []);
      await operator.picture(`operator-realm-${colorScheme}`);
    });
  }

  test('says who is gone, and that NATS is', async () => {
    const operator = await opens(scene.portal);
    await row(operator, String(DOOR), 'connected');
    await door.stop();
    assert.deepEqual(await row(operator, String(DOOR), 'not connected'), ['not connected', '–', '0', '–']);
    nats.stop();
    await operator.page.getByText(`not connected to ${nats.url}`).waitFor();
    await operator.picture('operator-realm-gone');
  });

  test('has nothing of it where NATS is not used', async () => {
    const alone = new Portal();
    try {
      await alone.start();
      const { page } = await opens(alone);
      assert.ok(await page.locator('#realm').isHidden());
    } finally {
      await alone.remove();
    }
  });
});
