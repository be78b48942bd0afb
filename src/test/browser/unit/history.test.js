// What was sent, words that were seen, and lines with a password in them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { History, masked, Words } from '../../../main/resources/lychgate/web/entry.js';

describe('history', () => {
  test('goes up from the newest line and down to what was typed', () => {
    const history = new History(['look', 'north']);
    assert.equal(history.up('s'), undefined, 'no line begins so');
    assert.equal(history.up(''), 'north');
    assert.equal(history.up('north'), 'look');
    assert.equal(history.up('look'), undefined);
    assert.equal(history.down('look'), 'north');
    assert.equal(history.down('north'), '');
    assert.equal(history.down(''), undefined);
  });

  test('goes through lines that begin as what was typed', () => {
    const history = new History(['say hello', 'look', 'say bye', 'north']);
    assert.equal(history.up('sa'), 'say bye');
    assert.equal(history.up('say bye'), 'say hello');
    assert.equal(history.up('say hello'), undefined);
    assert.equal(history.down('say hello'), 'say bye');
    assert.equal(history.down('say bye'), 'sa');
  });

  test('keeps what was changed until a line is sent', () => {
    const history = new History(['look', 'north']);
    assert.equal(history.up(''), 'north');
    assert.equal(history.up('north now'), 'look');
    assert.equal(history.down('look'), 'north now', 'the changed line');
    history.add('north now');
    assert.equal(history.up(''), 'north now');
    assert.equal(history.up('north now'), 'north');
  });

  test('keeps what was typed before going up', () => {
    const history = new History(['say hello']);
    assert.equal(history.up('say'), 'say hello');
    assert.equal(history.down('say hello'), 'say');
  });

  test('holds a line that is sent twice in a row once, and no blank one', () => {
    const history = new History();
    ['look', 'look', ' ', 'north', 'look'].forEach((line) => history.add(line));
    assert.deepEqual(history.lines, ['look', 'north', 'look']);
  });

  test('holds no more lines than its limit', () => {
    const history = new History();
    for (let i = 0; i < History.LIMIT + 10; i++) history.add(`line ${i}`);
    assert.equal(history.lines.length, History.LIMIT);
    assert.equal(history.lines[0], 'line 10');
  });

  test('is searched from the newest line, whatever the case', () => {
    const history = new History(['say Hello', 'look', 'say hello', 'say Hello']);
    assert.deepEqual(history.search('hello'), ['say Hello', 'say hello']);
  });
});

describe('words', () => {
  test('complete the last word with the one seen last', () => {
    const words = new Words();
    words.learn('The churchyard and the church.');
    assert.equal(words.rest('go to the chu'), 'rch');
    words.learn('Churchyard');
    assert.equal(words.rest('chu'), 'rchyard');
  });

  test('complete neither one letter nor a whole word nor after a space', () => {
    const words = new Words();
    words.learn('lantern');
    for (const line of ['l', 'lantern', 'lan ', '']) assert.equal(words.rest(line), '', line);
  });

  test('are bounded', () => {
    const words = new Words();
    for (let i = 0; i < 5000; i++) words.learn(`word${i}x`);
    assert.equal(words.rest('word1x'), '');
    assert.equal(words.rest('word4999'), 'x');
  });
});

describe('a line with a password', () => {
  test('is shown without it before the login', () => {
    for (const [line, shown] of [
      ['connect anna secret one', 'connect anna ••••••'],
      ['CREATE Anna hunter22', 'CREATE Anna ••••••'],
      ['connect "Anna Smith" secret', 'connect "Anna Smith" ••••••'],
      ['  co anna x', 'co anna ••••••'],
    ]) assert.equal(masked(line, false), shown, line);
  });

  test('is told from one that asks for it later', () => {
    for (const line of ['connect anna', 'create anna ', 'who', 'guest', 'say connect anna secret']) {
      assert.equal(masked(line, false), null, line);
    }
  });

  test('is a change of the password at any time', () => {
    assert.equal(masked('password old new', true), 'password ••••••');
    assert.equal(masked('@password old = new', true), '@password ••••••');
    assert.equal(masked('password', true), null);
    assert.equal(masked('connect the two wires', true), null, 'in the game these are words');
  });
});
