// The operator's page: what is there is shown, also what clients choose to say; its orders are carried out; axe finds nothing.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import net from 'node:net';
import { describe, test } from 'node:test';
import { LOST, Scene } from './scene.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const EVIL = '<img src=x onerror=alert(1)>';
const PATIENCE_MS = 20_000;

/** A telnet client that calls itself something, and logs in as a guest. */
async function client(port, name) {
  const socket = net.connect(port, '127.0.0.1');
  let seen = '';
  socket.on('error', () => {});
  const welcome = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no welcome: ${seen}`)), PATIENCE_MS);
    socket.on('data', (data) => {
      seen += data.toString('latin1');
      if (data.includes(Buffer.from([255, 253, 24]))) socket.write(Buffer.from([255, 251, 24]));
      if (data.includes(Buffer.from([255, 250, 24, 1]))) {
        socket.write(Buffer.concat([Buffer.from([255, 250, 24, 0]), Buffer.from(name), Buffer.from([255, 240])]));
      }
      if (seen.includes('Welcome')) {
        clearTimeout(late);
        resolve();
      }
    });
  });
  socket.write('guest\r\n');
  await welcome;
  return { socket, seen: () => seen };
}

describe('the operator\'s page', () => {
  const scene = new Scene();
  const guest = (name) => client(scene.portal.ports.telnet, name);

  /** The page in a window of its own, with what it shows of the portal if it is to be waited for. */
  async function opens({ shown = true, ...context } = {}) {
    const operator = await scene.player({ path: null, viewport: { width: 1280, height: 1000 }, ...context });
    if (shown) await arrives(operator);
    return operator;
  }

  async function arrives(operator) {
    await operator.opens(`http://127.0.0.1:${scene.portal.ports.admin}/`);
    await operator.page.getByText('the game is connected').waitFor();
  }

  test('shows sessions, and what a client says of itself as text', async () => {
    await guest(EVIL);
    const operator = await opens();
    const { page } = operator;
    await page.getByRole('cell', { name: 'guest1' }).waitFor();
    await operator.until('sees its name', async () => (await page.textContent('#rows')).toLowerCase().includes('onerror'));
    assert.equal(await page.locator('#rows img').count(), 0);
  });

  test('says what was negotiated, and why not', async () => {
    const { page } = await opens();
    await page.getByRole('button', { name: 'Session 1', exact: true }).click();
    await page.getByRole('dialog', { name: 'Session 1' }).waitFor();
    await page.getByText('TTYPE', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('finds one of many by account', async () => {
    const operator = await opens();
    const { page } = operator;
    await guest('OTHER');
    await page.getByRole('cell', { name: 'guest2' }).waitFor();
    await page.getByLabel('Find').fill('guest2');
    await operator.until('sees one', async () => await page.locator('#rows tr').count() === 1);
    await page.getByLabel('Find').fill('');
  });

  test('says and kicks', async () => {
    const operator = await opens();
    const { page } = operator;
    const anna = await guest('THIRD');
    await page.getByLabel('Say to everybody').fill('Tea is ready.');
    await page.keyboard.press('Enter');
    await operator.until('tells them', () => anna.seen().includes('Tea is ready.'));
    await page.getByRole('button', { name: 'Session 3', exact: true }).click();
    await page.getByLabel('Reason the player is told').fill('Off you go.');
    await page.getByRole('button', { name: 'Kick', exact: true }).click();
    await operator.until('tells them', () => anna.seen().includes('Off you go.'));
  });

  test('bans only after a question', async () => {
    const operator = await opens();
    const { page } = operator;
    await page.getByLabel('Ban an address or network').fill('192.0.2.0/24');
    await page.getByRole('button', { name: 'Ban', exact: true }).click();
    await page.getByRole('button', { name: 'No', exact: true }).click();
    assert.equal(await page.textContent('#bans'), 'nobody');
    await page.getByRole('button', { name: 'Ban', exact: true }).click();
    await page.getByRole('button', { name: 'Yes', exact: true }).click();
    await operator.until('sees the ban', async () => (await page.textContent('#bans')) === '192.0.2.0/24');
  });

  test('shows and kicks the session that was asked for last, however late the answers come', async () => {
    const { page } = await opens();
    const late = [];
    await page.route('**/page/session?id=1', (route) => late.push(route));
    await page.getByRole('button', { name: 'Session 1', exact: true }).click();
    await page.getByRole('button', { name: 'Session 2', exact: true }).click();
    await page.getByRole('dialog', { name: 'Session 2' }).waitFor();
    await page.evaluate(() => {
      globalThis.titles = [];
      const title = document.getElementById('details-title');
      new MutationObserver(() => globalThis.titles.push(title.textContent)).observe(title, { childList: true });
    });
    const answered = page.waitForEvent('requestfinished', (request) => request.url().endsWith('session?id=1'));
    await Promise.all(late.map((route) => route.continue()));
    await answered;
    await page.waitForResponse('**/page/session?id=2'); // the next look
    assert.deepEqual(await page.evaluate(() => globalThis.titles), []);
  });

  test('takes a session for over when the portal says so, and not when it does not answer', async () => {
    const operator = await opens();
    const { page } = operator;
    const anna = await guest('LEAVES');
    operator.expects(LOST);
    await page.getByRole('button', { name: 'Session 4', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Session 4' });
    await dialog.waitFor();
    await page.route('**/page/session?id=4', (route) => route.abort(), { times: 1 });
    await page.waitForEvent('requestfailed');
    await page.route('**/page/session?id=4', (route) => route.fulfill({ status: 500 }), { times: 1 });
    await page.waitForResponse((answer) => answer.status() === 500);
    await page.waitForResponse('**/page/session?id=4');
    assert.ok(await dialog.isVisible());
    anna.socket.destroy();
    await dialog.waitFor({ state: 'hidden' });
  });

  test('goes on after an answer that it does not understand', async () => {
    const operator = await opens({ shown: false });
    operator.expects(/TypeError/);
    await operator.page.route('**/page/state?*', (route) => route.fulfill({ json: {} }), { times: 1 });
    await arrives(operator);
  });

  for (const colorScheme of ['dark', 'light']) {
    test(`has no violation that axe finds, ${colorScheme}`, async () => {
      const operator = await opens({ colorScheme });
      const { page } = operator;
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Runtime.evaluate', { expression: AXE });
      const run = async () => (await page.evaluate(() => globalThis.axe.run())).violations.map((v) => [v.id, v.nodes.map((n) => n.html)]);
      assert.deepEqual(await run(), []);
      await page.getByRole('button', { name: 'Session 1', exact: true }).click();
      await page.getByRole('dialog', { name: 'Session 1' }).waitFor();
      assert.deepEqual(await run(), []);
      await operator.picture(`operator-${colorScheme}`);
      await page.keyboard.press('Escape');
    });
  }
});
