// The operator's page: what is there is shown, also what clients choose to say; its orders are carried out; axe finds nothing.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import net from 'node:net';
import { after, before, describe, test } from 'node:test';
import { chromium } from 'playwright-core';
import { Portal } from './portal.js';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const EVIL = '<img src=x onerror=alert(1)>';

/** A telnet client that calls itself something, and logs in as a guest. */
async function client(port, name) {
  const socket = net.connect(port, '127.0.0.1');
  let seen = '';
  socket.on('error', () => {});
  socket.on('data', (data) => {
    seen += data.toString('latin1');
    if (data.includes(Buffer.from([255, 253, 24]))) socket.write(Buffer.from([255, 251, 24]));
    if (data.includes(Buffer.from([255, 250, 24, 1]))) {
      socket.write(Buffer.concat([Buffer.from([255, 250, 24, 0]), Buffer.from(name), Buffer.from([255, 240])]));
    }
  });
  socket.write('guest\r\n');
  await until(() => seen.includes('Welcome'));
  return { socket, seen: () => seen };
}

async function until(condition) {
  for (const end = Date.now() + 20_000; !(await condition());) {
    assert.ok(Date.now() < end, `waited for ${condition}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

describe('the operator\'s page', () => {
  const portal = new Portal();
  let browser;
  let page;
  const errors = [];

  before(async () => {
    await portal.start();
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox'] });
    page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  });
  after(async () => {
    await browser?.close();
    await portal.stop();
  });

  test('shows sessions, and what a client says of itself as text', async () => {
    await client(portal.ports.telnet, EVIL);
    await page.goto(`http://127.0.0.1:${portal.ports.admin}/`);
    await page.getByRole('cell', { name: 'guest1' }).waitFor();
    await until(async () => (await page.textContent('#rows')).toLowerCase().includes('onerror'));
    assert.equal(await page.locator('#rows img').count(), 0);
    await page.getByText('the game is connected').waitFor();
  });

  test('says what was negotiated, and why not', async () => {
    await page.getByRole('button', { name: 'Session 1', exact: true }).click();
    await page.getByRole('dialog', { name: 'Session 1' }).waitFor();
    await page.getByText('TTYPE', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('finds one of many by account', async () => {
    await client(portal.ports.telnet, 'OTHER');
    await page.getByRole('cell', { name: 'guest2' }).waitFor();
    await page.getByLabel('Find').fill('guest2');
    await until(async () => await page.locator('#rows tr').count() === 1);
    await page.getByLabel('Find').fill('');
  });

  test('says and kicks', async () => {
    const anna = await client(portal.ports.telnet, 'THIRD');
    await page.getByLabel('Say to everybody').fill('Tea is ready.');
    await page.keyboard.press('Enter');
    await until(() => anna.seen().includes('Tea is ready.'));
    await page.getByRole('button', { name: 'Session 3', exact: true }).click();
    await page.getByLabel('Reason the player is told').fill('Off you go.');
    await page.getByRole('button', { name: 'Kick', exact: true }).click();
    await until(() => anna.seen().includes('Off you go.'));
  });

  test('bans only after a question', async () => {
    await page.getByLabel('Ban an address or network').fill('192.0.2.0/24');
    await page.getByRole('button', { name: 'Ban', exact: true }).click();
    await page.getByRole('button', { name: 'No', exact: true }).click();
    assert.equal(await page.textContent('#bans'), 'nobody');
    await page.getByRole('button', { name: 'Ban', exact: true }).click();
    await page.getByRole('button', { name: 'Yes', exact: true }).click();
    await until(async () => (await page.textContent('#bans')) === '192.0.2.0/24');
  });

  for (const colorScheme of ['dark', 'light']) {
    test(`has no violation that axe finds, ${colorScheme}`, async () => {
      await page.emulateMedia({ colorScheme });
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('Runtime.evaluate', { expression: AXE });
      const run = async () => (await page.evaluate(() => globalThis.axe.run())).violations.map((v) => [v.id, v.nodes.map((n) => n.html)]);
      assert.deepEqual(await run(), []);
      await page.getByRole('button', { name: 'Session 1', exact: true }).click();
      await page.getByRole('dialog', { name: 'Session 1' }).waitFor();
      assert.deepEqual(await run(), []);
      await page.screenshot({ path: `../../../target/browser/operator-${colorScheme}.png` });
      await page.keyboard.press('Escape');
    });
  }

  test('reports no error', () => assert.deepEqual(errors, []));
});
