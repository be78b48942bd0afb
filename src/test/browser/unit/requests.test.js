// Playing by requests, with a portal of the test's own: what is asked, in which order, and what failures do.
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, test } from 'node:test';
import { connect } from '../../../main/resources/lychgate/web/lychgate.js';

const PAUSE_MS = 500;
let asked, urls, polls, game, states, answer;

/** Each request waits for the test to answer it; a poll is taken by `polls`. */
function fetches(url, { body, signal }) {
  const form = Object.fromEntries(body);
  urls.add(url);
  asked.push(form);
  return new Promise((resolve, reject) => {
    const done = (text, status = 200) => resolve({ ok: status === 200, status, text: async () => text });
    const poll = { done, fails: () => reject(new TypeError('Failed to fetch')) };
    signal.addEventListener('abort', () => {
      polls = polls.filter((each) => each !== poll);
      reject(new Error('aborted'));
    });
    if (form.mode === 'receive') polls.push(poll);
    else answer(form, done, reject);
  });
}

class Refused {
  constructor() {
    setTimeout(() => this.onclose({ code: 1006, reason: '' }));
  }

  close() {}
}

const until = async (condition) => {
  const end = Date.now() + 10_000;
  while (!condition()) {
    assert.ok(Date.now() < end, `${condition} never came: ${JSON.stringify(asked)}`);
    await new Promise((then) => setTimeout(then, 5));
  }
};
/** Answers the poll that waits. */
async function says(...message) {
  await until(() => polls.length);
  polls.shift().done(message.length ? JSON.stringify(message) : '""');
}
const inputs = () => asked.filter(({ mode }) => mode === 'input').map(({ data }) => JSON.parse(data)).filter(([name]) => name !== 'session');

describe('by requests', () => {
  const kept = { fetch: globalThis.fetch, WebSocket: globalThis.WebSocket };
  before(() => Object.assign(globalThis, { fetch: fetches, WebSocket: Refused }));
  after(() => Object.assign(globalThis, kept));

  afterEach(async () => {
    game.leave();
    await new Promise((then) => setTimeout(then, 20)); // it says so
  });

  beforeEach(() => {
    asked = [];
    urls = new Set();
    polls = [];
    states = [];
    answer = ({ mode }, done) => done(mode === 'init' ? '{"msg":"Elm","csessid":"S"}' : '""');
  });

  async function plays() {
    game = connect({ url: 'ws://elm.example/ws', ajaxUrl: 'http://elm.example/webclientdata', storage: null });
    game.on('state', (detail) => states.push(detail));
    await says('session', [], { id: 'A', token: 'A.1', epoch: 'e', window: 180 });
    await until(() => game.state === 'open');
  }

  test('it begins with init, and every request has the ids in its body', async () => {
    await plays();
    assert.deepEqual([asked[0].mode, asked[0].csessid], ['init', '']);
    assert.match(asked[0].cuid, /^[0-9a-f]{32}$/);
    await until(() => asked.length >= 4);
    for (const form of asked.slice(1)) assert.deepEqual([form.csessid, form.cuid], ['S', asked[0].cuid]);
    assert.deepEqual([...urls], ['http://elm.example/webclientdata']);
    assert.equal(game.transport, 'ajax');
  });

  test('an input is sent when the one before it has been answered', async () => {
    await plays();
    await until(() => asked.some(({ data }) => data?.includes('ping')));
    const waiting = [];
    answer = (form, done) => waiting.push(done);
    game.text('one\ntwo');
    await until(() => waiting.length === 1);
    assert.deepEqual(inputs().map(([, args]) => args), [['one']]);
    waiting[0]('""');
    await until(() => waiting.length === 2);
    assert.deepEqual(inputs().map(([, args]) => args), [['one'], ['two']]);
    waiting[1]('""');
    answer = (form, done) => done('""');
  });

  test('a poll is asked again when it was answered, with something or with nothing', async () => {
    const heard = [];
    await plays();
    game.on('text', ([text]) => heard.push(text));
    await says('text', ['one'], { n: 1 });
    await says('ajax_keepalive', [], {});
    await says();
    await says('text', ['two'], { n: 2 });
    await until(() => heard.length === 2);
    assert.deepEqual(heard, ['one', 'two']);
  });

  test('polls that end at once with nothing are not asked without pause', async () => {
    await plays();
    const before = asked.length;
    const begun = Date.now();
    for (let n = 0; n < 3; n++) await says();
    assert.ok(Date.now() - begun >= PAUSE_MS, `${Date.now() - begun} ms`);
    assert.ok(asked.length - before <= 5);
  });

  test('a poll that failed is asked again, under the same ids', async () => {
    const heard = [];
    await plays();
    game.on('text', ([text]) => heard.push(text));
    await until(() => polls.length);
    polls.shift().fails();
    await says('text', ['one'], { n: 1 });
    await until(() => heard.length === 1);
    assert.equal(asked.filter(({ mode }) => mode === 'init').length, 1);
  });

  test('a session that there is no more is come back to over a new one', async () => {
    await plays();
    await until(() => polls.length);
    polls.shift().done('There is no such session.\n', 410);
    await until(() => asked.filter(({ mode }) => mode === 'init').length === 2);
    await until(() => asked.some(({ data }) => data?.includes('"resume":"A.1"')));
  });

  test('an input that failed ends the connection, and is sent again on the next', async () => {
    await plays();
    await until(() => asked.some(({ data }) => data?.includes('ping')));
    const usual = answer;
    answer = (form, done, reject) => (form.data?.includes('look') ? reject(new TypeError('Failed to fetch')) : usual(form, done));
    game.text('look');
    await until(() => states.at(-1).state === 'lost');
    answer = usual;
    await says('session', [], { id: 'A', token: 'A.2', epoch: 'e', window: 180, resumed: true, gap: 0, cseq: 0, hidden: false });
    await until(() => inputs().length === 2);
    assert.deepEqual(inputs(), [['text', ['look'], { cseq: 1 }], ['text', ['look'], { cseq: 1 }]]);
  });

  for (const [code, state] of [[1000, 'over'], [4001, 'elsewhere'], [4003, 'kicked'], [4008, 'idle']]) {
    test(`connection_close with ${code} ends it (${state})`, async () => {
      await plays();
      await says('connection_close', [], { code });
      await until(() => game.state === state);
    });
  }

  test('leaving is said before the requests end', async () => {
    await plays();
    game.leave();
    await until(() => asked.some(({ data }) => data?.includes('websocket_close')));
    assert.equal(game.state, 'over');
  });

  test('what a portal says that lets nobody in is passed on', async () => {
    answer = (_, done) => done('There is no room just now.\n', 503);
    game = connect({ url: 'ws://elm.example/ws', ajaxUrl: 'http://elm.example/webclientdata', storage: null });
    game.on('state', (detail) => states.push(detail));
    await until(() => states.length);
    assert.deepEqual([states[0].state, states[0].reason], ['lost', 'There is no room just now.']);
  });
});
