// Coming back: the session survives the connection, over real networks that fail.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { LOST, Scene } from './scene.js';

const PAGE = fileURLToPath(new URL('pages/events', import.meta.url));

const is = (player, state) =>
  player.until(`is ${state}`, async () => (await player.page.evaluate(() => window.game?.state)) === state, 40_000);
const events = (player) => player.page.evaluate(() => window.events.filter(([name]) => name === 'state').map(([, { state, fresh, words }]) => [state, fresh, words]));

/** The numbers that the demo game has echoed, in the order of the scrollback. */
const echoed = async (player) => ((await player.text()).match(/number \d+\./g) ?? []).map((each) => Number(each.match(/\d+/)[0]));
const upTo = (n) => Array.from({ length: n }, (_, i) => i + 1);

/** The numbers of the sessions, as an operator sees them: also of those that wait for their players. */
const sessions = async (scene) => ((await scene.portal.command('sessions')).match(/^ *\d+(?= )/gm) ?? []).map(Number);

/** A session goes on, and none has begun since; others may have waited long enough meanwhile, and ended. */
async function goesOnAlone(scene, own, before) {
  const now = await sessions(scene);
  assert.ok(now.includes(own), `${own} is not among ${now}`);
  assert.deepEqual(now.filter((each) => !before.includes(each)), []);
}

/** Says that there may be a network again, for which a page does not wait out its pause. */
const wakes = (player) => player.page.evaluate(() => window.dispatchEvent(new Event('online')));

describe('a session that can be resumed', () => {
  const scene = new Scene({ 'web.page': `"${PAGE}"` });

  async function enters() {
    const gate = await scene.gate();
    const player = await scene.player({ path: gate.url() });
    player.expects(LOST);
    await player.guest();
    return [player, gate, Math.max(...await sessions(scene))];
  }

  test('is the same when the connection was lost for a moment, and shows what was missed once', async () => {
    const [anna, gate, own] = await enters();
    const bert = await scene.player();
    await bert.guest();
    const before = await sessions(scene);
    gate.shuts();
    await is(anna, 'lost');
    for (let n = 1; n <= 30; n++) await bert.types(`shout missed ${n}.`);
    await bert.sees('missed 30.');
    gate.again();
    await is(anna, 'open');
    await anna.sees('missed 30.');
    assert.deepEqual((await anna.text()).match(/missed \d+\./g), upTo(30).map((n) => `missed ${n}.`));
    await goesOnAlone(scene, own, before);
    const states = await events(anna);
    assert.deepEqual(states.at(-1), ['open', false, 'Back.']);
  });

  test('takes what was typed while it was lost', async () => {
    const [anna, gate] = await enters();
    gate.shuts();
    await is(anna, 'lost');
    await anna.page.evaluate(() => window.game.text('echo number 1.\necho number 2.'));
    gate.again();
    await wakes(anna); // soon enough for lines to be sent without asking
    await anna.sees('number 2.');
    assert.deepEqual(await echoed(anna), [1, 2]);
  });

  test('offers what was typed when it was lost for long', async () => {
    const [anna, gate] = await enters();
    gate.shuts();
    await is(anna, 'lost');
    await anna.types('echo number 1.');
    await anna.page.waitForTimeout(5_100);
    gate.again();
    await is(anna, 'open');
    await anna.page.waitForFunction(() => window.unsent);
    assert.deepEqual(await anna.page.evaluate(() => window.unsent.lines), ['echo number 1.']);
    assert.deepEqual(await echoed(anna), []);
    await anna.page.evaluate(() => window.unsent.send());
    await anna.sees('number 1.');
  });

  test('survives a reload, with lines that were not sent', async () => {
    const [anna, gate, own] = await enters();
    const before = await sessions(scene);
    gate.shuts();
    await is(anna, 'lost');
    await anna.page.evaluate(() => window.game.text('echo number 1.'));
    gate.again();
    await anna.page.reload();
    await is(anna, 'open');
    await anna.sees('number 1.');
    assert.deepEqual(await events(anna), [['open', false, 'Back.']]);
    await goesOnAlone(scene, own, before);
    assert.deepEqual(await echoed(anna), [1]);
  });

  test('loses and doubles nothing in 100 returns', async () => {
    const [anna, gate] = await enters();
    const returns = () => anna.page.evaluate(() => window.events.filter(([name, { state, fresh }]) => name === 'state' && state === 'open' && !fresh).length);
    let n = 0;
    for (let i = 1; i <= 100; i++) {
      const typed = upTo(3).map(() => `echo number ${++n}.`);
      // Cut at once, or while it is on its way, or when it is done.
      await anna.page.evaluate((lines) => lines.forEach((line) => window.game.text(line)), typed);
      if (i % 3) await anna.page.waitForTimeout((i * 7) % 20);
      gate.cuts();
      await anna.until(`is back ${i} times`, async () => (await returns()) >= i && (await anna.page.evaluate(() => window.game.state)) === 'open');
    }
    await anna.sees(`number ${n}.`);
    assert.deepEqual(await echoed(anna), upTo(n));
    assert.equal((await events(anna)).filter(([, fresh]) => fresh).length, 1);
  });

  test('notices within two seconds of a wake that the network is gone', async () => {
    const [anna, gate] = await enters();
    gate.silent();
    await anna.page.evaluate(() => {
      const begun = Date.now();
      window.game.on('state', ({ state }) => { if (state === 'lost') window.noticed ??= Date.now() - begun; });
    });
    await wakes(anna);
    await is(anna, 'lost');
    const noticed = await anna.page.evaluate(() => window.noticed);
    assert.ok(noticed < 8_000, `${noticed} ms`); // without a wake it takes 10 s
    gate.again();
    await wakes(anna);
    await is(anna, 'open');
    assert.deepEqual((await events(anna)).at(-1), ['open', false, 'Back.']);
  });

  test('stays where the network has only seemed to be gone', async () => {
    const [anna] = await enters();
    await wakes(anna);
    await anna.page.waitForFunction(() => Number.isInteger(window.latency));
    await anna.page.waitForTimeout(2_500);
    assert.deepEqual((await events(anna)).map(([state]) => state), ['open']);
  });

  test('goes on in a duplicate of its tab, and stays there', async () => {
    const [anna, , own] = await enters();
    const before = await sessions(scene);
    const [twin] = await Promise.all([
      anna.context.waitForEvent('page'),
      anna.page.evaluate(() => void window.open(location.href)), // a duplicate: it has a copy of sessionStorage
    ]);
    await is(anna, 'elsewhere');
    await twin.waitForFunction(() => window.game?.state === 'open');
    await twin.evaluate(() => window.game.text('echo number 1.'));
    await twin.waitForFunction(() => document.querySelector('[role=log]').textContent.includes('number 1.'));
    await wakes(anna);
    await anna.page.waitForTimeout(1_000);
    assert.equal(await anna.page.evaluate(() => window.game.state), 'elsewhere');
    assert.equal(await twin.evaluate(() => window.game.state), 'open');
    await goesOnAlone(scene, own, before);
  });

  test('is taken back from a duplicate by hand', async () => {
    const [anna] = await enters();
    const [twin] = await Promise.all([
      anna.context.waitForEvent('page'),
      anna.page.evaluate(() => void window.open(location.href)),
    ]);
    await is(anna, 'elsewhere');
    await twin.waitForFunction(() => window.game?.state === 'open');
    for (let n = 1; n <= 25; n++) await twin.evaluate((i) => window.game.text(`echo number ${i}.`), n);
    await twin.waitForFunction(() => document.querySelector('[role=log]').textContent.includes('number 25.'));
    await anna.page.evaluate(() => window.game.reconnect());
    await is(anna, 'open');
    await twin.waitForFunction(() => window.game.state === 'elsewhere');
    await anna.types('echo number 26.');
    await anna.sees('number 26.');
    const [state, fresh, words] = (await events(anna)).at(-1);
    assert.deepEqual([state, fresh], ['open', false]);
    assert.match(words, /^Back\./);
  });

  test('is another one in another tab', async () => {
    const [anna] = await enters();
    const other = await scene.tab(anna, '/');
    await other.guest();
    assert.equal(await anna.page.evaluate(() => window.game.state), 'open');
  });

  test('goes on by requests when WebSockets become blocked', { timeout: 60_000 }, async () => {
    const [anna, gate] = await enters();
    gate.blocksSockets = true;
    gate.cuts();
    await anna.until('is back', async () => (await anna.page.evaluate(() => window.game.transport)) === 'ajax', 40_000);
    assert.deepEqual((await events(anna)).filter(([, fresh]) => fresh).length, 1);
    await anna.types('echo number 1.');
    await anna.sees('number 1.');
    gate.cuts();
    await anna.types('echo number 2.');
    await anna.sees('number 2.');
    gate.blocksSockets = false;
    await anna.page.evaluate(() => sessionStorage.removeItem('lychgate.blocked'));
    await anna.page.reload();
    await anna.until('is back', async () => (await anna.page.evaluate(() => window.game?.transport)) === 'websocket', 40_000);
    await anna.types('echo number 3.');
    await anna.sees('number 3.');
    assert.deepEqual(await events(anna), [['open', false, 'Back.']]);
  });

  test('ends with quit, for good', async () => {
    const [anna] = await enters();
    await anna.types('quit');
    await is(anna, 'over');
    await anna.page.reload();
    await anna.sees('guest');
    assert.deepEqual((await events(anna)).map(([state, fresh]) => [state, fresh]), [['open', true]]);
  });

  test('ends with leaving', async () => {
    const [anna, , own] = await enters();
    await anna.page.evaluate(() => window.game.leave());
    await is(anna, 'over');
    await anna.until('is gone', async () => !(await sessions(scene)).includes(own));
  });

  test('ends with a kick, and does not come back by itself', async () => {
    const [anna, , own] = await enters();
    await scene.portal.command('kick', String(own));
    await is(anna, 'kicked');
    await anna.page.waitForTimeout(1_000);
    assert.equal(await anna.page.evaluate(() => window.game.state), 'kicked');
    await anna.page.evaluate(() => window.game.reconnect());
    await is(anna, 'open');
    assert.equal((await events(anna)).at(-1)[1], true);
  });

  test('gives way to a new one when the portal is started again', { timeout: 90_000 }, async () => {
    const [anna] = await enters();
    await anna.page.evaluate(() => window.game.text('echo number 1.'));
    await anna.sees('number 1.');
    await anna.page.waitForTimeout(2_500); // it has arrived
    await scene.portal.stop();
    await is(anna, 'lost');
    await anna.types('echo number 2.');
    await scene.portal.start();
    await is(anna, 'open');
    assert.equal((await events(anna)).at(-1)[1], true);
    await anna.page.waitForFunction(() => window.unsent);
    assert.deepEqual(await anna.page.evaluate(() => window.unsent.lines), ['echo number 2.']);
  });
});

describe('a session that waits for two seconds', () => {
  const scene = new Scene({ 'web.page': `"${PAGE}"`, 'web.resume_seconds': 2 });

  test('is over after that, and a new one begins', async () => {
    const gate = await scene.gate();
    const anna = await scene.player({ path: gate.url() });
    anna.expects(LOST);
    await anna.guest();
    gate.shuts();
    await is(anna, 'lost');
    await anna.until('is over', async () => (await sessions(scene)).length === 0);
    gate.again();
    await is(anna, 'open');
    assert.equal((await events(anna)).at(-1)[1], true);
    await anna.guest();
  });
});

describe('where no session waits', () => {
  const scene = new Scene({ 'web.page': `"${PAGE}"`, 'web.resume_seconds': 0 });

  test('a page begins anew each time', async () => {
    const gate = await scene.gate();
    const anna = await scene.player({ path: gate.url() });
    anna.expects(LOST);
    await anna.guest();
    gate.cuts();
    await anna.until('has begun anew', async () => (await events(anna)).filter(([, fresh]) => fresh).length === 2);
    await anna.types('guest');
    await anna.sees('Exits:');
  });
});
