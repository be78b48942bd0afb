// The page for everybody: axe-core finds nothing in its main states, and a screen reader hears what it should and no more.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { Scene } from './scene.js';

const require = createRequire(import.meta.url);
const AXE = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
const READER = await readFile(join(dirname(require.resolve('@guidepup/virtual-screen-reader/package.json')), 'lib/esm/index.browser.js'));

describe('the page for everybody', () => {
  const scene = new Scene();

  for (const theme of ['dark', 'light', 'contrast']) {
    test(`has no violation that axe finds, in the ${theme} theme`, async () => {
      const anna = await scene.player({ path: null });
      await anna.context.addInitScript((name) => {
        localStorage.setItem('lychgate.settings', JSON.stringify({ theme: name }));
      }, theme);
      await anna.opens('/play/');
      await anna.sees('guest');
      await assertAccessible(anna, 'before the login');
      await opened(anna, 'Log in', 'Log in', () => assertAccessible(anna, 'the login form'));
      await anna.guest();
      await anna.types('oob char_vitals [] {"hp":72,"maxhp":100,"mp":20,"maxmp":90,"gold":122}');
      await anna.types('oob comm_channel_text [] {"channel":"Public","talker":"Bo","text":"Who is there?"}');
      await anna.types('oob room_info [] {"num":1,"name":"Gate","exits":{"north":2,"up":3,"enter":4}}');
      await anna.types('render |rred |g[green |yy |bb |mm |cc |xgrey |050x|005y |#123456z |[r|rback|n |*inverse|n |uunder|n |^blink|n');
      await anna.types('colour');
      await anna.sees('All of them');
      await anna.page.getByRole('region', { name: 'Talk' }).waitFor();
      await assertAccessible(anna, 'playing');
      await anna.picture(`desktop-${theme}`);
      await opened(anna, 'Settings', 'Settings', () => assertAccessible(anna, 'the settings'));
      await opened(anna, 'Help', 'Help', () => assertAccessible(anna, 'the help'));
      await opened(anna, 'Save log', 'Save the log', () => assertAccessible(anna, 'saving'));
      await anna.page.getByRole('button', { name: 'Panels' }).click();
      await assertAccessible(anna, 'the list of panels');
      await anna.field.fill('o');
      await anna.field.press('Control+r');
      await assertAccessible(anna, 'the search of the history');
      await anna.field.press('Escape');
      await anna.types('lines 200');
      await anna.sees('200 x');
      await anna.page.locator('#log').press('PageUp');
      await anna.page.locator('#newer').waitFor();
      await assertAccessible(anna, 'reading above');
    });
  }

  test('has no violation on a phone', async () => {
    const anna = await scene.player({ viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true });
    await anna.guest();
    await anna.types('oob char_vitals [] {"hp":72,"maxhp":100}');
    await anna.page.getByRole('group', { name: 'Vitals, short' }).waitFor();
    await assertAccessible(anna, 'playing');
    await anna.page.getByRole('button', { name: 'Panels' }).tap();
    await assertAccessible(anna, 'the panels');
    await anna.picture('phone-panels');
  });

  test('is heard as it should be, and no more: a login, talk and a fight', async () => {
    const anna = await scene.player();
    await anna.sees('guest');
    const heard = await listen(anna);
    await anna.types('guest');
    await anna.sees('Exits:');
    await anna.until('the room is heard', async () => (await heard()).some((line) => /Exits: north/.test(line)));
    const bela = await scene.player();
    await bela.guest();
    await bela.types('say Good evening');
    await anna.until('talk is heard', async () => (await heard()).some((line) => /^polite: guest\d+ says, "Good evening"$/.test(line)));
    await anna.types('oob text ["A wolf bites you!"] {"type":"combat"}');
    await anna.types('oob text ["Bo tells you, hello"] {"type":"tell"}');
    await anna.until('the fight is heard', async () => (await heard()).includes('assertive: A wolf bites you!'));
    await anna.until('what is said to me is heard', async () => (await heard()).includes('assertive: Bo tells you, hello'));
    await anna.types('render ╔════════╗');
    await anna.types('echo after the drawing');
    await anna.until('the end is heard', async () => (await heard()).includes('polite: after the drawing'));
    const lines = (await heard()).filter((line) => /^(polite|assertive)/.test(line) && !line.includes('Here: ')); // others are there or not
    const wanted = [/^polite: Welcome, guest\d+\. Type help/, /^polite: The Lychgate$/, /^polite: A roofed gate/, /^polite: Exits: north$/,
      /^polite: guest\d+ arrives\.$/, /^polite: guest\d+ says, "Good evening"$/, /^assertive: A wolf bites you!$/,
      /^assertive: Bo tells you, hello$/, /^polite: after the drawing$/];
    assert.equal(lines.length, wanted.length, lines.join('\n'));
    wanted.forEach((pattern, i) => assert.match(lines[i], pattern));
  });

  test('is silent where the player wants it, and tells the last lines when asked', async () => {
    const anna = await scene.player();
    await anna.guest();
    await opened(anna, 'Settings', 'Settings', () => anna.page.getByLabel('Announce new text').uncheck());
    const heard = await listen(anna);
    await anna.types('echo one');
    await anna.types('echo two');
    await anna.sees(/echo twotwo$/);
    await anna.page.keyboard.press('Alt+1');
    await anna.until('the last line', async () => (await heard()).includes('assertive: two'));
    await anna.page.keyboard.press('Alt+3');
    await anna.until('the third last line', async () => (await heard()).includes('assertive: one'));
    assert.equal((await heard()).filter((line) => line.startsWith('polite')).length, 0);
  });

  test('leaves the scrollback as the first log, which announces nothing, before the announcers', async () => {
    const anna = await scene.player();
    const live = await anna.page.evaluate(() =>
      [...document.querySelectorAll('[aria-live], [role=log], [role=status], [role=alert]')].map((e) => [e.getAttribute('role'), e.ariaLive]));
    assert.deepEqual(live, [['log', 'off'], [null, 'polite'], [null, 'assertive']]);
  });
});

/** axe-core's rules for WCAG 2.2 AA and its best practices. */
async function assertAccessible(player, state) {
  await player.page.evaluate(AXE);
  const found = await player.page.evaluate(async () => (await globalThis.axe.run(document, { resultTypes: ['violations'] })).violations
    .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.any.map((any) => any.message).join(' ')}`).join('\n')}`));
  assert.deepEqual(found, [], state);
}

/** Does something in a dialog, and closes it. */
async function opened(player, button, name, does) {
  await player.page.getByRole('navigation').getByRole('button', { name: button }).click();
  const dialog = player.page.getByRole('dialog', { name });
  await dialog.waitFor();
  await does();
  await player.page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
}

/** Starts a screen reader in the page; what it returns gives what was spoken. */
async function listen(player) {
  await player.page.route('**/play/reader.js', (route) => route.fulfill({ body: READER, contentType: 'text/javascript' }));
  await player.page.evaluate(async () => {
    const { virtual } = await import('/play/reader.js');
    globalThis.virtual = virtual;
    await virtual.start({ container: document.body });
  });
  return () => player.page.evaluate(() => globalThis.virtual.spokenPhraseLog());
}
