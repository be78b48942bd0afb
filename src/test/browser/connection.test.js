// lychgate.js against the real portal, with the page of docs/web.md as the game's own (web.page).
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { LOST, Scene } from './scene.js';

const PAGE = fileURLToPath(new URL('pages/plain', import.meta.url));
const WEB = new URL('../../main/resources/lychgate/web/', import.meta.url);

test('lychgate.js is small', async () => {
  const files = ['lychgate.js', 'lychgate/connection.js', 'lychgate/record.js', 'lychgate/spans.js'];
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(new URL(file, WEB)), { level: 9 }).length));
  const all = sizes.reduce((a, b) => a + b);
  assert.ok(all <= 9 * 1024, `${all} bytes compressed: ${sizes}`);
});

describe('a page of the game\'s own', () => {
  const scene = new Scene({ 'web.page': `"${PAGE}"` });

  test('plays', async () => {
    const anna = await scene.player({ path: '/' });
    await anna.guest();
    await anna.types('echo <b>bold</b> &amp; "é😀"');
    await anna.sees('<b>bold</b> &amp; "é😀"');
    assert.equal(await anna.log.locator('b').count(), 0);
  });

  test('hears what another one says', async () => {
    const [anna, bert] = await Promise.all([scene.player(), scene.player()]);
    await Promise.all([anna.guest(), bert.guest()]);
    await anna.types('shout <script>alert(1)</script>');
    await bert.sees('shouts: <script>alert(1)</script>');
  });

  test('masks a password', async () => {
    const anna = await scene.player();
    await anna.account('Masked', 'open sesame');
    await anna.page.locator('input[type=text]').waitFor();
  });

  test('plays by requests where WebSockets are blocked', async () => {
    const gate = await scene.gate();
    gate.blocksSockets = true;
    const anna = await scene.player({ path: gate.url() });
    anna.expects(LOST);
    await anna.guest();
    for (let n = 0; n < 20; n++) await anna.types(`echo number ${n}.`);
    await anna.sees('number 19.');
    assert.deepEqual((await anna.text()).match(/number \d+\./g), Array.from({ length: 20 }, (_, n) => `number ${n}.`));
    const [bert] = await Promise.all([scene.player()]);
    await bert.guest();
    await bert.types('shout from a WebSocket');
    await anna.sees('shouts: from a WebSocket');
    await anna.types('quit');
    await anna.until('is told', async () => (await anna.page.textContent('#state')) === 'The session is over.');
  });
});
