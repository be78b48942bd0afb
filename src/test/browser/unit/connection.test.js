// The connection, with wires of the test's own and a clock that the test turns.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { Connection } from '../../../main/resources/lychgate/web/lychgate/connection.js';

class Storage {
  kept = new Map();
  getItem(key) { return this.kept.get(key) ?? null; }
  setItem(key, value) { this.kept.set(key, String(value)); }
  removeItem(key) { this.kept.delete(key); }
}

/** A wire that does as the test says. */
class Wires {
  made = [];
  open = (on) => {
    const wire = {
      on,
      sent: [],
      pings: 0,
      closed: false,
      left: null,
      send: (text) => {
        const message = JSON.parse(text);
        if (message[2].ping) wire.pings = message[2].ping;
        else wire.sent.push(message);
      },
      close: () => { wire.closed = true; },
      leave: (text) => { wire.left = JSON.parse(text); },
    };
    this.made.push(wire);
    return wire;
  };
  get last() { return this.made.at(-1); }
}

const NEW = { id: 'A', token: 'A.1', epoch: 'e', window: 180 };
let sockets, requests, storage, game, states;

function connects(kept = new Storage()) {
  sockets = new Wires();
  requests = new Wires();
  storage = kept;
  states = [];
  game = new Connection({ websocket: sockets.open, ajax: requests.open }, { storage: kept });
  game.on('state', (detail) => states.push(detail));
  return game;
}

const says = (wire, ...message) => wire.on.received(JSON.stringify(message));
const told = (wire, kwargs) => says(wire, 'session', [], kwargs);

/** A session has begun. */
function plays(kept) {
  connects(kept);
  sockets.last.on.opened();
  told(sockets.last, NEW);
  sockets.last.sent.length = 0;
}

/** The connection is lost, and the next one answers. */
function comesBack(answer, { away = 0 } = {}) {
  sockets.last.on.closed(1006, '');
  mock.timers.tick(0);
  mock.timers.tick(away);
  if (away) { // the tries meanwhile fail
    while (sockets.last.closed) mock.timers.tick(100);
  }
  sockets.last.on.opened();
  const claim = sockets.last.sent.shift();
  told(sockets.last, answer);
  return claim;
}

const lines = (wire) => wire.sent.filter(([name]) => name === 'text').map(([, [line], { cseq }]) => [line, cseq]);

describe('the connection', () => {
  beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_000_000 }));
  afterEach(() => mock.timers.reset());

  test('asks for a session that it can come back to', () => {
    connects();
    assert.equal(game.state, 'connecting');
    sockets.last.on.opened();
    assert.deepEqual(sockets.last.sent, [['session', [], { resume: true }]]);
    told(sockets.last, NEW);
    assert.equal(game.state, 'open');
    assert.equal(game.transport, 'websocket');
    assert.deepEqual(states.map(({ state, fresh }) => [state, fresh]), [['open', true]]);
  });

  test('sends what was said before it was open, numbered', () => {
    connects();
    game.text('guest');
    game.send('client_options', [], { width: 80 });
    sockets.last.on.opened();
    told(sockets.last, NEW);
    assert.deepEqual(sockets.last.sent.slice(1), [
      ['text', ['guest'], { cseq: 1 }],
      ['client_options', [], { width: 80, cseq: 2 }],
    ]);
  });

  test('needs no answer where a game begins without one, and takes it when it comes', () => {
    const heard = [];
    connects();
    game.on('text', ([text]) => heard.push(text));
    sockets.last.on.opened();
    says(sockets.last, 'text', ['banner'], {});
    assert.equal(game.state, 'open');
    told(sockets.last, NEW);
    game.text('guest');
    assert.deepEqual(heard, ['banner']);
    assert.deepEqual(lines(sockets.last), [['guest', 1]]);
    assert.equal(comesBack({ ...NEW, resumed: true, gap: 0, cseq: 1 })[2].resume, 'A.1');
    assert.equal(states.filter(({ fresh }) => fresh).length, 1);
  });

  test('passes commands on by name, the others to *, without their numbers', () => {
    const heard = [];
    plays();
    game.on('text', (args, kwargs) => heard.push(['text', args, kwargs]));
    game.on('*', (args, kwargs, name) => heard.push(['*', name, args, kwargs]));
    says(sockets.last, 'text', ['Hello.'], { n: 1, type: 'say' });
    says(sockets.last, 'room_info', [], { num: 7, n: 2 });
    says(sockets.last, 'state', ['a game may call its commands so'], { n: 3 });
    assert.deepEqual(heard, [
      ['text', ['Hello.'], { type: 'say' }],
      ['*', 'room_info', [], { num: 7 }],
      ['*', 'state', ['a game may call its commands so'], {}],
    ]);
  });

  test('a listener that fails stops nobody', () => {
    const heard = [];
    plays();
    const failures = [];
    globalThis.reportError = (failure) => failures.push(failure.message);
    game.on('text', () => { throw new Error('on purpose'); });
    game.on('text', ([text]) => heard.push(text));
    says(sockets.last, 'text', ['one'], { n: 1 });
    says(sockets.last, 'text', ['one'], { n: 1 });
    assert.deepEqual(heard, ['one']);
    assert.deepEqual(failures, ['on purpose']);
  });

  // Coming back.

  test('comes back at once with its token, and shows each output once', () => {
    const heard = [];
    plays();
    game.on('text', ([text]) => heard.push(text));
    says(sockets.last, 'text', ['one'], { n: 1 });
    game.text('look');
    const claim = comesBack({ ...NEW, token: 'A.2', resumed: true, gap: 0, cseq: 1, hidden: false });
    assert.deepEqual(claim, ['session', [], { resume: 'A.1', ack: 1, epoch: 'e', cseq: 1 }]);
    says(sockets.last, 'text', ['one'], { n: 1 });
    says(sockets.last, 'text', ['two'], { n: 2 });
    assert.deepEqual(heard, ['one', 'two']);
    assert.deepEqual(lines(sockets.last), []);
    assert.deepEqual(states.slice(1).map(({ state, words }) => [state, words]),
      [['lost', 'Connection lost. Trying to come back …'], ['open', 'Back.']]);
    assert.equal(comesBack({ ...NEW, resumed: true, gap: 12, cseq: 1 })[2].resume, 'A.2');
    assert.equal(states.at(-1).words, 'Back. 12 lines missed.');
  });

  test('what comes before the answer to its token is not for the player', () => {
    const heard = [];
    plays();
    game.on('text', ([text]) => heard.push(text));
    sockets.last.on.closed(1006, '');
    mock.timers.tick(0);
    sockets.last.on.opened();
    says(sockets.last, 'text', ['another session\'s banner'], {});
    told(sockets.last, { ...NEW, resumed: true, gap: 0, cseq: 0 });
    says(sockets.last, 'text', ['missed'], { n: 1 });
    assert.deepEqual(heard, ['missed']);
  });

  test('too late: a new session begins, with all that it has said', () => {
    const heard = [];
    plays();
    game.on('text', ([text]) => heard.push(text));
    says(sockets.last, 'text', ['old'], { n: 1 });
    sockets.last.on.closed(1006, '');
    mock.timers.tick(0);
    sockets.last.on.opened();
    says(sockets.last, 'text', ['banner'], {});
    told(sockets.last, { expired: true });
    told(sockets.last, { id: 'B', token: 'B.1', epoch: 'f', window: 180 });
    says(sockets.last, 'text', ['welcome'], { n: 1 });
    assert.deepEqual(heard, ['old', 'banner', 'welcome']);
    assert.equal(states.at(-1).fresh, true);
    game.text('guest');
    assert.deepEqual(lines(sockets.last), [['guest', 1]]);
  });

  test('sends again what did not arrive, under the same number, and what was typed meanwhile', () => {
    plays();
    game.text('one');
    game.text('two');
    sockets.last.on.closed(1006, '');
    assert.equal(game.text('three'), true);
    mock.timers.tick(0);
    sockets.last.on.opened();
    told(sockets.last, { ...NEW, resumed: true, gap: 0, cseq: 1 });
    assert.deepEqual(lines(sockets.last), [['two', 2], ['three', 3]]);
  });

  test('after more than five seconds lines are offered, not sent', () => {
    const offers = [];
    plays();
    game.on('unsent', (offer) => offers.push(offer));
    game.text('one');
    sockets.last.on.closed(1006, '');
    game.text('flee');
    game.send('client_options', [], { width: 40 });
    mock.timers.tick(0);
    sockets.last.on.closed(1006, '');
    requests.last?.on.closed(1006, '');
    mock.timers.tick(5_001);
    sockets.last.on.opened();
    told(sockets.last, { ...NEW, resumed: true, gap: 0, cseq: 0 });
    assert.deepEqual(sockets.last.sent.slice(1), [['client_options', [], { width: 40, cseq: 2 }]]);
    assert.deepEqual(offers.at(-1).lines, ['one', 'flee']);
    offers.at(-1).send();
    assert.deepEqual(lines(sockets.last), [['one', 3], ['flee', 4]]);
  });

  test('a new session is told nothing that was for the old one', () => {
    const offers = [];
    plays();
    game.on('unsent', (offer) => offers.push(offer));
    game.text('say hello');
    game.send('monitor', ['name']);
    sockets.last.on.closed(1006, '');
    mock.timers.tick(0);
    sockets.last.on.opened();
    told(sockets.last, { expired: true });
    told(sockets.last, { ...NEW, id: 'B', token: 'B.1' });
    assert.deepEqual(sockets.last.sent.slice(1), []);
    assert.deepEqual(offers.map(({ lines: all }) => all), [['say hello']]);
    offers[0].discard();
    comesBack({ ...NEW, id: 'B', resumed: true, gap: 0, cseq: 0 });
    assert.equal(offers.length, 1);
  });

  test('what a listener says when it is back comes after what did not arrive', () => {
    plays();
    game.on('state', ({ state }) => state === 'open' && game.send('client_options', [], {}));
    game.text('one');
    comesBack({ ...NEW, resumed: true, gap: 0, cseq: 0 });
    assert.deepEqual(sockets.last.sent.map(([name, , { cseq }]) => [name, cseq]), [['text', 1], ['client_options', 2]]);
  });

  test('passwords are neither kept nor sent again, and not accepted while it is lost', () => {
    plays();
    says(sockets.last, 'prompt', ['Password:'], { type: 'password', n: 1 });
    assert.equal(game.hidden, true);
    game.text('sesame');
    game.text('look');
    says(sockets.last, 'prompt', ['&gt;'], { n: 2 });
    assert.equal(game.hidden, false);
    game.text('connect anna sesame');
    game.send('login', ['anna', 'sesame']);
    game.send('text', ['sesame'], {}, { secret: true });
    sockets.last.on.closed(1006, '');
    assert.equal(game.text('create anna sesame'), false);
    mock.timers.tick(1_000);
    assert.ok(![...storage.kept.values()].join().includes('sesame'), [...storage.kept.values()].join());
    sockets.last.on.opened();
    told(sockets.last, { ...NEW, resumed: true, gap: 0, cseq: 0, hidden: true });
    assert.deepEqual(lines(sockets.last), []);
    assert.equal(game.hidden, true);
  });

  test('a reload comes back to the session, its lines and its numbers', () => {
    plays();
    says(sockets.last, 'text', ['one'], { n: 1 });
    game.text('look');
    mock.timers.tick(200);
    connects(storage);
    sockets.last.on.opened();
    assert.deepEqual(sockets.last.sent, [['session', [], { resume: 'A.1', ack: 1, epoch: 'e', cseq: 1 }]]);
    told(sockets.last, { ...NEW, resumed: true, gap: 0, cseq: 0 });
    assert.deepEqual(lines(sockets.last), [['look', 1]]);
  });

  test('storage of somebody else\'s making is no obstacle', () => {
    for (const kept of ['', '{', '7', '[]', 'null', '{"token":7}']) {
      const other = new Storage();
      other.setItem('lychgate', kept);
      connects(other);
      sockets.last.on.opened();
      assert.equal(sockets.last.sent.length, 1, kept);
      game.leave();
    }
  });

  test('where a portal keeps no sessions, it begins anew each time', () => {
    plays();
    comesBack({ window: 0 });
    assert.equal(states.at(-1).fresh, true);
    game.send('foo', [], { n: 3 });
    assert.deepEqual(sockets.last.sent, [['foo', [], { n: 3 }]]);
    assert.deepEqual(comesBack({ window: 0 }), ['session', [], { resume: true }]);
  });

  // Acknowledging.

  test('acknowledges twenty outputs at once, and fewer after a while', () => {
    plays();
    for (let n = 1; n <= 20; n++) says(sockets.last, 'text', [`${n}`], { n });
    assert.deepEqual(sockets.last.sent, [['session', [], { ack: 20 }]]);
    says(sockets.last, 'text', ['21'], { n: 21 });
    mock.timers.tick(4_999);
    assert.equal(sockets.last.sent.length, 1);
    mock.timers.tick(1);
    assert.deepEqual(sockets.last.sent.at(-1), ['session', [], { ack: 21 }]);
  });

  test('asks two seconds after an input whether it has arrived', () => {
    plays();
    game.text('look');
    mock.timers.tick(2_000);
    assert.equal(sockets.last.pings, 2);
    told(sockets.last, { pong: 2, cseq: 1 });
    sockets.last.on.closed(1006, '');
    mock.timers.tick(0);
    sockets.last.on.opened();
    told(sockets.last, { expired: true });
    told(sockets.last, { ...NEW, id: 'B' });
    assert.equal(game.waiting, 0);
  });

  // Being lost.

  test('a connection that does not answer is given up', () => {
    plays();
    told(sockets.last, { pong: 1, cseq: 0 });
    mock.timers.tick(20_000);
    assert.equal(sockets.last.pings, 2);
    mock.timers.tick(5_000);
    assert.equal(game.state, 'open');
    mock.timers.tick(5_000);
    assert.equal(states.at(-1).state, 'lost');
    assert.equal(sockets.made[0].closed, true);
  });

  test('a portal that never answers may be silent', () => {
    plays();
    for (let seconds = 0; seconds < 100; seconds++) mock.timers.tick(1_000);
    assert.equal(game.state, 'open');
    assert.ok(sockets.last.pings >= 5);
  });

  test('says how long the portal takes to answer', () => {
    const latencies = [];
    plays();
    game.on('latency', (latency) => latencies.push(latency));
    mock.timers.tick(35);
    told(sockets.last, { pong: 1, cseq: 0 });
    assert.deepEqual(latencies, [35]);
  });

  test('a connection from which anything comes is not given up', () => {
    plays();
    told(sockets.last, { pong: 1, cseq: 0 });
    for (let n = 1; n < 20; n++) {
      mock.timers.tick(9_000);
      says(sockets.last, 'text', ['tick'], { n });
    }
    assert.equal(game.state, 'open');
  });

  test('tries at once, then after longer and longer pauses, which chance shortens', () => {
    mock.method(Math, 'random', () => 1);
    plays();
    sockets.last.on.closed(1006, '');
    const pauses = [];
    for (let tries = 0; tries < 8; tries++) {
      const before = sockets.made.length;
      let pause = 0;
      while (sockets.made.length === before) {
        mock.timers.tick(pause === 0 ? 0 : 500);
        if (sockets.made.length === before) pause += 500;
      }
      pauses.push(pause);
      sockets.last.on.closed(1006, '');
      if (requests.made.length && !requests.last.closed) requests.last.on.closed(1006, '');
    }
    mock.restoreAll();
    assert.deepEqual(pauses.slice(0, 7), [0, 500, 1_000, 2_000, 4_000, 8_000, 15_000]);
  });

  test('what an older connection still brings is ignored', () => {
    const heard = [];
    plays();
    game.on('text', ([text]) => heard.push(text));
    const [old] = sockets.made;
    comesBack({ ...NEW, resumed: true, gap: 0, cseq: 0 });
    says(old, 'text', ['late'], { n: 1 });
    old.on.closed(4001, '');
    assert.deepEqual(heard, []);
    assert.equal(game.state, 'open');
  });

  for (const [code, state] of [[1000, 'over'], [1008, 'limit'], [1009, 'limit'], [4001, 'elsewhere'], [4003, 'kicked'], [4008, 'idle']]) {
    test(`after ${code} it does not come back by itself (${state})`, () => {
      plays();
      sockets.last.on.closed(code, '');
      mock.timers.tick(600_000);
      assert.equal(game.state, state);
      assert.equal(sockets.made.length + requests.made.length, 1);
      assert.equal(game.text('look'), false);
      game.reconnect();
      assert.equal(sockets.made.length, 2);
    });
  }

  for (const code of [1001, 1005, 1006, 1011, 1012, 4002]) {
    test(`after ${code} it comes back`, () => {
      plays();
      sockets.last.on.closed(code, '');
      mock.timers.tick(0);
      assert.equal(sockets.made.length, 2);
      sockets.last.on.opened();
      assert.equal(sockets.last.sent[0][2].resume, code === 4002 ? true : 'A.1');
    });
  }

  test('leaving says so, and forgets the session', () => {
    plays();
    game.leave();
    assert.deepEqual(sockets.last.left, ['websocket_close', [], {}]);
    assert.equal(game.state, 'over');
    connects(storage);
    sockets.last.on.opened();
    assert.deepEqual(sockets.last.sent, [['session', [], { resume: true }]]);
  });

  // Where WebSockets are blocked.

  test('takes AJAX where a WebSocket is refused, and begins with it for a while', () => {
    connects();
    sockets.last.on.closed(1006, '');
    requests.last.on.opened();
    told(requests.last, NEW);
    assert.equal(game.transport, 'ajax');
    requests.last.on.closed(1006, '');
    mock.timers.tick(0);
    assert.equal(requests.made.length, 2);
    assert.equal(sockets.made.length, 1);
    requests.last.on.closed(1006, '');
    assert.equal(sockets.made.length, 2);
    mock.timers.tick(600_000);
  });

  test('takes AJAX where a WebSocket opens not, or only seems to', () => {
    connects();
    mock.timers.tick(4_000);
    assert.equal(sockets.last.closed, true);
    assert.equal(requests.made.length, 1);
    game.leave();
    connects();
    sockets.last.on.opened();
    mock.timers.tick(4_000);
    assert.equal(requests.made.length, 1);
  });

  test('a WebSocket that has worked is tried three times before AJAX is', () => {
    mock.method(Math, 'random', () => 1);
    plays();
    sockets.last.on.closed(1006, '');
    for (let tries = 0; tries < 3; tries++) {
      mock.timers.tick(4_000);
      assert.equal(requests.made.length, 0);
      sockets.last.on.closed(1006, '');
    }
    mock.timers.tick(4_000);
    sockets.last.on.closed(1006, '');
    mock.restoreAll();
    assert.equal(requests.made.length, 1);
    requests.last.on.opened();
    assert.deepEqual(requests.last.sent, [['session', [], { resume: 'A.1', ack: 0, epoch: 'e', cseq: 0 }]]);
  });

  // Pastes.

  test('a paste is sent in order, no faster than the portal takes it', () => {
    const counts = [];
    plays();
    game.on('sending', ({ waiting }) => counts.push(waiting));
    game.text(`${Array.from({ length: 200 }, (_, i) => `line ${i}`).join('\r\n')}\n`);
    const sent = [lines(sockets.last).length];
    for (let second = 1; second <= 5; second++) {
      for (let n = 0; n < 50; n++) mock.timers.tick(20);
      says(sockets.last, 'text', ['.'], { n: second });
      sent.push(lines(sockets.last).length);
    }
    assert.ok(sent[0] <= 20, `${sent}`);
    for (let i = 1; i < sent.length; i++) assert.ok(sent[i] - sent[i - 1] <= 55, `${sent}`);
    assert.deepEqual(lines(sockets.last), Array.from({ length: 200 }, (_, i) => [`line ${i}`, i + 1]));
    assert.equal(counts.at(-1), 0);
  });

  test('a paste can be stopped', () => {
    plays();
    game.text('x\n'.repeat(100));
    const { waiting } = game;
    assert.ok(waiting >= 80);
    game.discard();
    mock.timers.tick(5_000);
    assert.equal(lines(sockets.last).length, 100 - waiting);
  });

  test('what would be too long for a message is not sent', () => {
    plays();
    assert.equal(game.text('x'.repeat(16_000)), false);
    assert.equal(game.text('x'.repeat(15_000)), true);
    assert.deepEqual(lines(sockets.last), [['x'.repeat(15_000), 1]]);
  });

  test('an empty line is a line, a line end at the end is none', () => {
    plays();
    game.text('');
    game.text('a\n\nb\n');
    assert.deepEqual(lines(sockets.last).map(([line]) => line), ['', 'a', '', 'b']);
  });

  test('what no portal would say is passed over', () => {
    plays();
    for (const text of ['', '{', '7', 'null', '{}', '[]', '["text"]', '["session",[],{}]', '["text",[],{"n":"x"}]']) {
      sockets.last.on.received(text);
    }
    assert.equal(game.state, 'open');
  });
});
