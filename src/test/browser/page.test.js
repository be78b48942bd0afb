// The page as a player meets it: coming in, walking, talking, reading, typing; on a desk and on a phone.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { LOST, Scene } from './scene.js';

const WEB = fileURLToPath(new URL('../../main/resources/lychgate/web', import.meta.url));
const PHONE = { viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const LETTERS = ['<b>bold</b>', '<img src=x onerror=alert(1)>', '&lt;i&gt;', '"><svg onload=alert(1)>', 'a\u00a0b', '|rred|n',
  'javascript:alert(1)', '\u202eright', '👩‍👩‍👧 世界', '</div></main>', '%3Cb%3E', '{{x}}'];

test('the page is small', async () => {
  const files = (await readdir(WEB, { recursive: true, withFileTypes: true })).filter((file) => file.isFile());
  let all = 0;
  for (const file of files) all += gzipSync(await readFile(`${file.parentPath ?? file.path}/${file.name}`), { level: 9 }).length;
  assert.ok(all <= 45 * 1024, `${all} bytes compressed`);
});

describe('the page', () => {
  const scene = new Scene();

  test('lets a guest in, shows two rooms, and walks by a button', async () => {
    const anna = await scene.player();
    await anna.guest();
    const room = anna.page.getByRole('region', { name: 'Room' });
    await room.getByText('The Lychgate').waitFor();
    await room.getByRole('button', { name: 'north' }).click();
    await room.getByText('The Churchyard').waitFor();
    await anna.sees('Headstones lean');
    assert.ok(await room.getByRole('button', { name: 'south, to The Lychgate' }).isVisible());
    const map = anna.page.getByRole('region', { name: 'Map' });
    await map.getByText('The map in words').click();
    assert.match(await map.getByRole('list').textContent(), /South: The Lychgate/);
  });

  test('has one visible text field before the login, and a form behind a button', async () => {
    const anna = await scene.player();
    await anna.sees('guest');
    const fields = anna.page.locator('input:visible, textarea:visible, [contenteditable]:visible');
    assert.equal(await fields.count(), 1);
    await anna.page.getByRole('button', { name: 'Log in' }).click();
    assert.equal(await anna.page.getByLabel('Name', { exact: true }).getAttribute('autocomplete'), 'username');
    await anna.page.getByLabel('Name', { exact: true }).fill('Former');
    await anna.page.getByLabel('Password', { exact: true }).fill('hunter two');
    await anna.page.getByLabel('I am new here').check();
    await anna.page.getByRole('button', { name: 'Make it' }).click();
    await anna.sees('The Lychgate');
    assert.ok(await anna.page.getByRole('button', { name: 'Log in' }).isHidden());
    await assertForgotten(anna, 'hunter two');
  });

  test('shows two players what the other says, as text whatever it is', async () => {
    const [anna, bela] = await Promise.all([scene.player(), scene.player()]);
    await anna.guest();
    await bela.guest();
    for (const [i, letters] of LETTERS.entries()) await anna.types(`say ${i} ${letters}`);
    await bela.sees(`${LETTERS.length - 1} ${LETTERS.at(-1)}`);
    const text = await bela.text();
    for (const [i, letters] of LETTERS.entries()) {
      assert.ok(text.includes(`${i} ${letters.replaceAll('\u202e', '')}`), letters);
    }
    assert.deepEqual(await elements(bela), ['DIV', 'SPAN']);
  });

  test('keeps a password out of history, storage and text', async () => {
    const anna = await scene.player();
    await anna.account('Keeper', 'correct horse');
    await anna.types('look');
    await anna.types('password');
    await anna.sees('current password');
    assert.equal(await anna.field.getAttribute('type'), 'password');
    await anna.field.pressSequentially('correct');
    await anna.picture('password');
    for (const typed of ['wrong horse', 'newer horse', 'newer horse']) {
      await anna.field.fill(typed);
      await anna.field.press('Enter');
      await anna.until('it is taken', async () => (await anna.field.inputValue()) === '');
    }
    await anna.page.locator('#typed').waitFor();
    for (const secret of ['correct horse', 'wrong horse', 'newer horse']) await assertForgotten(anna, secret);
  });

  test('masks a password that is typed in one line with the name', async () => {
    const anna = await scene.player();
    await anna.sees('guest');
    await anna.types('create Onliner correct horse');
    await anna.sees('The Lychgate');
    assert.match(await anna.text(), /create Onliner ••••••/);
    await assertForgotten(anna, 'correct horse');
  });

  test('is played with the keyboard alone', async () => {
    const anna = await scene.player();
    const { keyboard } = anna.page;
    await anna.sees('guest');
    await keyboard.type('guest');
    await keyboard.press('Enter');
    await anna.sees('Exits:');
    await anna.page.getByRole('button', { name: 'north' }).first().waitFor();
    for (let i = 0; i < 20 && await focused(anna) !== 'north'; i++) await keyboard.press('Tab');
    assert.equal(await focused(anna), 'north', 'Tab reaches the exit');
    await keyboard.press('Enter');
    await anna.sees('Headstones lean');
    await anna.until('focus stays on the exits', async () => /north|south/.test(await focused(anna)));
    await keyboard.press('F1');
    await anna.page.getByRole('dialog', { name: 'Help' }).waitFor();
    await keyboard.press('Escape');
    await anna.page.getByRole('dialog', { name: 'Help' }).waitFor({ state: 'hidden' });
    await anna.page.locator('#log').focus();
    await keyboard.type('look');
    assert.equal(await anna.page.locator('#typed').inputValue(), 'look', 'letters go to the input');
    await keyboard.press('F6');
    await keyboard.press('ArrowUp');
    assert.equal(await anna.page.evaluate(() => document.activeElement.classList.contains('line')), true);
    await keyboard.press('Escape');
    assert.equal(await anna.page.evaluate(() => document.activeElement.id), 'typed');
  });

  test('fits a phone, with the exits under the thumb', async () => {
    const anna = await scene.player(PHONE);
    await anna.guest();
    const thumbs = anna.page.getByRole('group', { name: 'Exits and last commands' });
    await thumbs.getByRole('button', { name: 'north' }).tap();
    await anna.sees('Headstones lean');
    await thumbs.getByRole('button', { name: 'east' }).waitFor();
    const { wide, size, bottom } = await anna.page.evaluate(() => ({
      wide: document.documentElement.scrollWidth,
      size: parseFloat(getComputedStyle(document.getElementById('typed')).fontSize),
      bottom: document.getElementById('entry').getBoundingClientRect().bottom,
    }));
    assert.ok(wide <= 375, `${wide} px wide`);
    assert.ok(size >= 16, `${size} px`);
    assert.ok(bottom <= 667, `input ends at ${bottom}`);
    await anna.field.tap();
    await anna.field.fill('look');
    await anna.page.getByRole('button', { name: 'Send' }).tap();
    assert.equal(await anna.page.evaluate(() => document.activeElement.id), 'typed', 'the keyboard stays');
    await anna.picture('phone');
    await anna.page.getByRole('button', { name: 'Panels' }).tap();
    await anna.page.getByRole('region', { name: 'Room' }).waitFor();
    await anna.page.getByRole('button', { name: 'Back to the game' }).tap();
    await anna.page.getByRole('region', { name: 'Room' }).waitFor({ state: 'hidden' });
  });

  test('keeps the typed line and the history over a reload', async () => {
    const anna = await scene.player();
    await anna.guest();
    await anna.types('say one');
    await anna.field.fill('say half a thou');
    await anna.page.reload();
    await anna.sees('Back.');
    assert.equal(await anna.field.inputValue(), 'say half a thou');
    await anna.field.fill('say');
    await anna.field.press('ArrowUp');
    assert.equal(await anna.field.inputValue(), 'say one');
    await anna.field.press('ArrowDown');
    assert.equal(await anna.field.inputValue(), 'say');
    await anna.field.fill('one');
    await anna.field.press('Control+r');
    await anna.page.getByRole('option', { name: 'say one' }).waitFor();
    await anna.field.press('Enter');
    assert.equal(await anna.field.inputValue(), 'say one');
  });

  test('is in the same session after a reload, with text, room and vitals as they were', async () => {
    const anna = await scene.player();
    await anna.guest();
    await anna.types('north');
    await anna.sees('Headstones lean');
    await anna.page.reload();
    await anna.sees('Back.');
    await anna.sees('Headstones lean');
    await anna.page.getByRole('region', { name: 'Room' }).getByText('The Churchyard').waitFor();
    assert.ok(await anna.page.getByRole('button', { name: 'Log in' }).isHidden());
    await anna.types('say still here');
    await anna.sees('You say, "still here"');
    assert.equal(await anna.count('Headstones lean'), 1);
  });

  test('says in words that the connection is lost and that it is back, and keeps what is typed', async () => {
    const gate = await scene.gate();
    const anna = await scene.player({ path: gate.url() });
    anna.expects(LOST);
    await anna.guest();
    await anna.field.fill('say half a thou');
    gate.shuts();
    await anna.sees('Connection lost');
    await anna.until('the head says it too', async () => /Connection lost/.test(await anna.page.locator('#state').textContent()));
    await anna.picture('lost');
    gate.again();
    await anna.sees('Back.');
    assert.equal(await anna.field.inputValue(), 'say half a thou');
    await anna.field.press('Enter');
    await anna.sees('You say, "half a thou"');
    await anna.until('the head says it too', async () => /^Connected/.test(await anna.page.locator('#state').textContent()));
  });

  test('goes on in the window that was opened last, and says so in the first', async () => {
    const anna = await scene.player();
    await anna.guest();
    const kept = await anna.page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent('pagehide'));
      return { ...sessionStorage };
    });
    const second = await scene.tab(anna);
    await second.page.addInitScript((all) => Object.entries(all).forEach(([key, value]) => sessionStorage.setItem(key, value)), kept);
    await second.opens('/play/');
    await second.sees('Back.');
    await anna.sees('goes on in another window');
    await anna.page.getByRole('button', { name: 'Continue here' }).click();
    await anna.sees('Back.');
    await second.sees('goes on in another window');
  });

  test('ends when the player leaves, and begins anew by a button', async () => {
    const anna = await scene.player();
    await anna.guest();
    await anna.page.getByRole('button', { name: 'Leave' }).click();
    await anna.sees('The session is over.');
    await anna.types('look');
    await anna.sees('Not sent');
    await anna.page.getByRole('button', { name: 'Come back' }).click();
    await anna.page.getByRole('button', { name: 'Log in' }).waitFor();
    await anna.types('guest');
    await anna.until('the second login', async () => (await anna.count('Welcome, guest')) === 2);
  });

  test('asks before it sends many lines', async () => {
    const anna = await scene.player();
    await anna.guest();
    const paste = (text) => anna.page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData('text/plain', pasted);
      document.getElementById('typed').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    }, text);
    await paste('echo first\necho second\necho third\n');
    const dialog = anna.page.getByRole('dialog', { name: 'Paste 3 lines?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await paste('echo first\necho second\necho third\n');
    await dialog.getByRole('button', { name: 'Send line by line' }).click();
    await anna.sees(/second[^]*third/);
    assert.equal(await anna.count('echo first'), 1, 'what was cancelled was not sent');
  });

  test('takes no answer for that of a question asked before', async () => {
    const anna = await scene.player();
    await anna.guest();
    await anna.page.evaluate(() => {
      const asked = () => {
        const data = new DataTransfer();
        data.setData('text/plain', 'echo first\necho second');
        document.getElementById('typed').dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, cancelable: true }));
      };
      const answer = (value) => document.querySelector(`#paste button[value=${value}]`).click();
      asked();
      answer('no');
      asked(); // before the browser has told that the dialog was closed
      answer('send');
    });
    await anna.sees(/first[^]*second/);
    assert.equal(await anna.count('echo first'), 1);
    await anna.until('the field has the keyboard', () => anna.field.evaluate((field) => field === document.activeElement));
  });

  test('suggests words that were seen; → takes them', async () => {
    const anna = await scene.player();
    await anna.guest();
    await anna.field.pressSequentially('say lante');
    await anna.field.press('ArrowRight');
    assert.equal(await anna.field.inputValue(), 'say lantern');
  });

  test('stays where one reads, and counts what comes', async () => {
    const anna = await scene.player();
    await anna.guest();
    await anna.types('lines 300');
    await anna.sees('300 x');
    await anna.field.press('PageUp');
    await anna.field.press('PageUp');
    const button = anna.page.locator('#newer');
    await button.waitFor();
    const top = await anna.page.evaluate(() => document.getElementById('log').scrollTop);
    await anna.page.evaluate(() => document.activeElement.blur());
    const bela = await scene.player();
    await bela.guest();
    await bela.types('shout ahoy');
    await anna.sees('ahoy');
    await anna.until('the new lines are counted', async () => /\d+ new lines?/.test(await button.textContent()));
    assert.equal(await anna.page.evaluate(() => document.getElementById('log').scrollTop), top);
    await button.click();
    await button.waitFor({ state: 'hidden' });
  });

  test('closes panels, and keeps the layout', async () => {
    const anna = await scene.player();
    await anna.guest();
    await anna.page.getByRole('button', { name: 'Close Map' }).click();
    await anna.page.reload();
    await anna.page.getByRole('region', { name: 'Room' }).waitFor();
    assert.ok(await anna.page.getByRole('region', { name: 'Map' }).isHidden());
    await anna.page.getByRole('button', { name: 'Panels' }).click();
    await anna.page.getByRole('checkbox', { name: 'Map' }).check();
    await anna.page.getByRole('region', { name: 'Map' }).waitFor();
  });

  test('routes talk to its channel, with a mark until it is seen', async () => {
    const anna = await scene.player();
    await anna.guest();
    await anna.types('oob comm_channel_text [] {"channel":"Public","talker":"Bo","text":"Who is there?"}');
    const talk = anna.page.getByRole('region', { name: 'Talk' });
    await talk.getByText('Bo: Who is there?').waitFor();
    await talk.getByRole('button', { name: 'Public' }).click();
    await anna.types('oob comm_channel_text [] {"channel":"Newbie","talker":"Cy","text":"<b>me</b>"}');
    await talk.getByRole('button', { name: 'Newbie, 1 unread' }).click();
    await talk.getByText('Cy: <b>me</b>').waitFor();
    await talk.getByRole('button', { name: 'Newbie', exact: true }).waitFor();
    await anna.types('say good evening');
    await talk.getByRole('button', { name: 'say, 1 unread' }).click();
    await talk.getByText('You say, "good evening"').waitFor();
  });

  test('shows vitals as meters with their words', async () => {
    const anna = await scene.player();
    await anna.guest();
    await anna.types('oob char_vitals [] {"hp":80,"maxhp":100}');
    const meter = anna.page.getByRole('meter', { name: 'Health' }).first();
    await meter.waitFor();
    assert.equal(await meter.getAttribute('aria-valuetext'), '80 of 100');
  });

  test('sends a clicked command, and opens only addresses that are safe', async () => {
    const anna = await scene.player();
    await anna.guest();
    await anna.types('sendlink who who is here');
    await anna.log.getByRole('link', { name: 'who is here' }).click();
    await anna.sees('over websocket');
    await anna.types('link javascript:alert(1) bad');
    await anna.types('link https://example.org/ good');
    await anna.log.getByRole('link', { name: 'good' }).waitFor();
    assert.deepEqual(await anna.log.locator('a[href]').evaluateAll((all) => all.map((a) => a.getAttribute('href'))), ['#', 'https://example.org/']);
  });

  test('saves the whole log, laid out or not', async () => {
    const anna = await scene.player();
    await anna.guest();
    await anna.types('lines 2000');
    await anna.sees('2000 x');
    for (const [button, name] of [['As text', /\.txt$/], ['As HTML, in colour', /\.html$/]]) {
      await anna.page.getByRole('button', { name: 'Save log' }).click();
      const [download] = await Promise.all([anna.page.waitForEvent('download'), anna.page.getByRole('button', { name: button }).click()]);
      assert.match(download.suggestedFilename(), name);
      const saved = await readFile(await download.path(), 'utf8');
      assert.equal(saved.match(/^(?:<div class="line">)?\d+ x/gm).length, 2000);
    }
  });

  test('exports settings, and takes them in again', async () => {
    const anna = await scene.player();
    await anna.page.getByRole('button', { name: 'Settings' }).click();
    await anna.page.getByLabel('Theme').selectOption('contrast');
    await anna.page.getByLabel('Aliases').fill('hi: say hello');
    await anna.page.getByLabel('Aliases').blur();
    const [download] = await Promise.all([anna.page.waitForEvent('download'), anna.page.getByRole('button', { name: 'Export' }).click()]);
    const saved = await readFile(await download.path(), 'utf8');
    await anna.page.getByRole('button', { name: 'Back to the first ones' }).click();
    assert.equal(await anna.page.evaluate(() => document.documentElement.dataset.theme), undefined);
    await anna.page.locator('input[type=file]').setInputFiles({ name: 's.json', mimeType: 'application/json', buffer: Buffer.from(saved) });
    await anna.page.getByText('Imported.').first().waitFor();
    assert.equal(await anna.page.evaluate(() => document.documentElement.dataset.theme), 'contrast');
    await anna.page.locator('input[type=file]').setInputFiles({ name: 's.json', mimeType: 'application/json', buffer: Buffer.from('[') });
    await anna.page.getByText('That file holds no settings.').first().waitFor();
    await anna.page.getByRole('button', { name: 'Done' }).click();
    await anna.guest();
    await anna.types('hi there');
    await anna.sees('You say, "hello there"');
  });

  test('marks what the player looks for, leaves out what they do not want, and has keys of their own', async () => {
    const anna = await scene.player();
    await anna.guest();
    await anna.page.getByRole('button', { name: 'Settings' }).click();
    await anna.page.getByLabel('Highlights').fill('yew: sound\n/^noise \\d+$/: hide');
    await anna.page.getByLabel('Keys').fill('F4: echo by a key');
    await anna.page.getByLabel('Walk with the numeric keypad').check();
    await anna.page.getByRole('button', { name: 'Done' }).click();
    await anna.types('echo noise 7');
    await anna.page.keyboard.press('F4');
    await anna.sees(/by a key$/);
    await anna.field.press('Numpad8');
    await anna.sees('A yew older');
    assert.match(await anna.log.locator('.hit').textContent(), /yew/);
    assert.equal(await anna.count('noise 7'), 1, 'what was typed; not what the game said');
    assert.equal(await anna.field.inputValue(), '');
  });

  test('tells the game its size, and the wish for plain text', async () => {
    const anna = await scene.player();
    await anna.guest();
    await anna.types('options');
    await anna.sees(/width: \d+/);
    await anna.page.getByRole('button', { name: 'Settings' }).click();
    await anna.page.getByLabel('Ask the game for text without drawings').check();
    await anna.page.getByRole('button', { name: 'Done' }).click();
    await anna.types('options');
    await anna.sees(/screenreader: true/i);
  });
});

/** The names of all elements in the scrollback's lines. */
function elements(player) {
  return player.log.evaluate((log) => [...new Set([...log.querySelectorAll('*')].map((e) => e.tagName))].sort());
}

/** The words on what has the focus. */
function focused(player) {
  return player.page.evaluate(() => document.activeElement.textContent.trim() || document.activeElement.id);
}

/** A secret stands nowhere: neither in the page, nor in what the browser keeps, nor in the history. */
async function assertForgotten(player, secret) {
  await new Promise((resolve) => setTimeout(resolve, 300)); // what is kept is written with a delay
  const kept = await player.page.evaluate(() => [
    document.documentElement.textContent, JSON.stringify(localStorage), JSON.stringify(sessionStorage),
    ...[...document.querySelectorAll('input, textarea')].map((field) => field.value)]);
  for (const text of kept) assert.ok(!text.includes(secret), `${secret} in ${text.slice(0, 2000)}`);
  for (let i = 0; i < 8; i++) {
    await player.field.press('ArrowUp');
    assert.ok(!(await player.field.inputValue()).includes(secret));
  }
}
