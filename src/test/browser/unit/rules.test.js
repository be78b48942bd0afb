// Keys, aliases and highlights as the player writes them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expand, judge, keyName, readAliases, readHighlights, readKeys, walked } from '../../../main/resources/lychgate/web/settings.js';

const pressed = (code, key, ...held) => ({
  code, key, ctrlKey: held.includes('ctrl'), altKey: held.includes('alt'), shiftKey: held.includes('shift'), metaKey: false,
});

describe('keys', () => {
  test('are found whatever the order and the case of their names', () => {
    const keys = readKeys('F5: look\nalt+CTRL+k = kill rat\n# nothing\nbroken');
    assert.equal(keys.get(keyName(pressed('F5', 'F5'))), 'look');
    assert.equal(keys.get(keyName(pressed('KeyK', 'k', 'ctrl', 'alt'))), 'kill rat');
    assert.equal(keys.get(keyName(pressed('KeyK', 'k', 'ctrl'))), undefined);
  });

  test('of the keypad walk, but not with Ctrl', () => {
    assert.equal(walked(pressed('Numpad8', '8')), 'north');
    assert.equal(walked(pressed('Numpad8', '8', 'ctrl')), undefined);
    assert.equal(walked(pressed('Digit8', '8')), undefined);
  });
});

describe('aliases', () => {
  const aliases = readAliases('k: kill $1\ngs: get all from $*; say thanks\nl: look\nhi: say hello');

  test('take their words', () => {
    assert.deepEqual(expand('k rat now', aliases), ['kill rat']);
    assert.deepEqual(expand('gs old chest', aliases), ['get all from old chest', 'say thanks']);
  });

  test('without places get the words at their end', () => {
    assert.deepEqual(expand('l', aliases), ['look']);
    assert.deepEqual(expand('hi Anna', aliases), ['say hello Anna']);
  });

  test('leave every other line as it is, blanks and all', () => {
    assert.deepEqual(expand('  say k; l ', aliases), ['  say k; l ']);
    assert.deepEqual(expand('', aliases), ['']);
  });
});

describe('highlights', () => {
  test('find whole words, or what a regular expression matches', () => {
    const rules = readHighlights('Ann\n/drag(on|ons)/: sound notify\nspam: hide\n/(/');
    assert.equal(rules.length, 3, 'the broken one is left out');
    assert.deepEqual(judge('ann arrives.', rules), { sound: false, notify: false, hide: false });
    assert.equal(judge('Anna arrives.', rules), null);
    assert.deepEqual(judge('Two dragons!', rules), { sound: true, notify: true, hide: false });
    assert.equal(judge('spam', rules).hide, true);
  });
});
