// What a screen reader is told, and in which order.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SpeechQueue, spoken } from '../../../main/resources/lychgate/web/announcer.js';

const texts = (said) => said.map(({ text }) => text);

describe('speech', () => {
  test('has words and no drawings', () => {
    assert.equal(spoken('  Anna   says, "Hi" '), 'Anna says, "Hi"');
    assert.equal(spoken('╔════ Shop ════╗'), 'Shop');
    assert.equal(spoken('+-----+ | ---- *** '), '');
    assert.equal(spoken('│ HP │ 10 │'), 'HP 10');
    assert.equal(spoken(''), '');
  });

  test('keeps the order, urgent lines first', () => {
    const queue = new SpeechQueue();
    queue.add('one');
    queue.add('two');
    queue.add('a wolf bites you', true);
    assert.deepEqual(queue.take(0), [
      { text: 'a wolf bites you', urgent: true }, { text: 'one', urgent: false }, { text: 'two', urgent: false }]);
    assert.deepEqual(queue.take(1), []);
  });

  test('says a line that comes again and again once, with its count', () => {
    const queue = new SpeechQueue();
    for (let i = 0; i < 40; i++) queue.add('The bell rings.');
    assert.deepEqual(texts(queue.take(0)), ['The bell rings., 40 times']);
  });

  test('is no more than twelve lines a second', () => {
    const queue = new SpeechQueue();
    for (let i = 0; i < 30; i++) queue.add(`line ${i}`);
    assert.equal(queue.take(0).length, 12);
    assert.equal(queue.take(500).length, 0);
    assert.equal(queue.take(1001).length, 12);
    assert.equal(queue.waits, true);
    assert.equal(queue.take(2002).length, 6);
    assert.equal(queue.waits, false);
  });

  test('of a flood is its end, with the count of what was left out; urgent lines stay', () => {
    const queue = new SpeechQueue();
    queue.add('A wolf bites you!', true);
    for (let i = 1; i <= 500; i++) queue.add(`a line of the flood, number ${i}`);
    const said = texts([0, 1001, 2002, 3003, 4004, 5005, 6006].flatMap((now) => queue.take(now)));
    assert.match(said[0], /^… 4\d\d more lines, Alt\+R to review\.$/);
    assert.ok(said.includes('A wolf bites you!'));
    assert.equal(said.at(-1), 'a line of the flood, number 500');
    assert.ok(said.join('').length < 2300, 'bounded');
  });

  test('that is silenced says no more', () => {
    const queue = new SpeechQueue();
    queue.add('one');
    queue.clear();
    assert.deepEqual(queue.take(0), []);
  });
});
