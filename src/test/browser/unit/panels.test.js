// What the panels read out of the games' messages.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Atlas, readRoom, short } from '../../../main/resources/lychgate/web/map.js';
import { channelOf, isDirect } from '../../../main/resources/lychgate/web/panels.js';
import { readVitals } from '../../../main/resources/lychgate/web/panels.js';

describe('a room', () => {
  test('is read as the demo game and Iron Realms send it', () => {
    const room = readRoom({ num: 1, name: 'Gate', area: 'Yard', exits: { s: 3, n: 2, enter: 9, up: 4 } });
    assert.equal(room.name, 'Gate');
    assert.equal(room.area, 'Yard');
    assert.deepEqual(room.exits.map(({ way, send, to }) => [way, send, to]),
      [['north', 'n', 2], ['south', 's', 3], ['up', 'up', 4], ['enter', 'enter', 9]]);
  });

  test('is read as other games send it', () => {
    assert.equal(readRoom({ vnum: 7, name: 'x', zone: 'Aylor', exits: ['north', 'south'] }).area, 'Aylor');
    assert.deepEqual(readRoom({ id: 7, exits: [{ dir: 'n', num: 3 }] }).exits, [{ way: 'north', send: 'n', to: 3 }]);
    assert.deepEqual(readRoom({ num: 7, exits: { north: { num: 3, door: true } } }).exits[0].to, 3);
  });

  test('of nonsense is none, or has no exits', () => {
    for (const bad of [null, undefined, 7, 'room']) assert.equal(readRoom(bad), null);
    for (const exits of [7, 'north', [null, 7, {}], { '': 1 }]) assert.deepEqual(readRoom({ exits }).exits, [], JSON.stringify(exits));
  });
});

describe('the map', () => {
  const room = (num, exits, name = `room ${num}`) => readRoom({ num, name, exits });

  test('places what was seen and what is only known of', () => {
    const atlas = new Atlas();
    atlas.enter(room(2, { south: 1, east: 3, north: 4 }));
    atlas.enter(room(1, { north: 2 }));
    const places = atlas.near().rooms.map(({ x, y, name }) => [x, y, name]);
    assert.deepEqual(places, [[0, 0, 'room 1'], [0, -1, 'room 2'], [0, -2, undefined], [1, -1, undefined]]);
  });

  test('gives a place to one room, and shows that the other way leads elsewhere', () => {
    const atlas = new Atlas();
    atlas.enter(room(2, { east: 3, south: 1 }));
    atlas.enter(room(3, { south: 4, west: 2 }));
    atlas.enter(room(4, { west: 5, north: 3 })); // 5 would lie where 1 is
    atlas.enter(room(1, { north: 2 }));
    const { rooms, ways } = atlas.near();
    assert.equal(new Set(rooms.map(({ x, y }) => `${x},${y}`)).size, rooms.length);
    assert.ok(ways.some((way) => !way.every(Number.isInteger)), 'half a way');
  });

  test('has a written equivalent', () => {
    const atlas = new Atlas();
    assert.deepEqual(atlas.words(), []);
    atlas.enter(room(2, { south: 1 }, 'Yard'));
    atlas.enter(readRoom({ num: 1, name: 'Gate', area: 'Town', exits: { n: 2, e: 9 } }));
    assert.deepEqual(atlas.words(), ['You are at Gate, Town.', 'North: Yard', 'East: not seen yet']);
  });

  test('is bounded, and a loop in the world ends it', () => {
    const atlas = new Atlas();
    for (let i = 0; i < 3000; i++) atlas.enter(room(i, { north: i, east: (i + 1) % 3000 }));
    assert.equal(atlas.room(1), undefined);
    assert.ok(atlas.near(3).rooms.length <= 49);
  });

  test('has short words for its ways', () => {
    assert.equal(short('northeast'), 'ne');
    assert.equal(short('portal'), 'portal');
  });
});

describe('vitals', () => {
  const read = (sent) => readVitals(sent).map(({ label, value, max }) => [label, value, max]);

  test('find their maximum under every name', () => {
    for (const max of ['maxhp', 'max_hp', 'hp_max', 'hpmax', 'MAXHP']) {
      assert.deepEqual(read({ hp: 5, [max]: 10 }), [['Health', 5, 10]], max);
    }
  });

  test('may be numbers in strings, and words', () => {
    assert.deepEqual(read({ hp: '4500', maxhp: '5000', nl: '12', stance: 'wary' }),
      [['Health', 4500, 5000], ['Next level', 12, 100], ['Stance', 'wary', null]]);
  });

  test('leave out what cannot be shown', () => {
    assert.deepEqual(read({ charstats: ['a'], string: 'H:4500/5000 M:3500/4000 E', eq: true, none: null, empty: '' }), []);
  });
});

describe('talk', () => {
  test('is told by its type or its channel', () => {
    assert.equal(channelOf({ type: 'say' }, 'x'), 'say');
    assert.equal(channelOf({ channel: 'Public' }, 'x'), 'Public');
    assert.equal(channelOf({ from_channel: 3 }, '[Public] Anna: hi'), 'Public');
    assert.equal(channelOf({ from_channel: 3 }, 'hi'), 'Channel');
    for (const none of [{}, { type: 'look' }, { type: 7 }, { channel: '' }]) assert.equal(channelOf(none, '[x] y'), null);
  });

  test('to one person is direct', () => {
    assert.ok(isDirect('tell') && isDirect('Whisper'));
    assert.ok(!isDirect('say'));
  });
});
