// A WebSocket client that is not a browser: ws, against the real portal, in everything that is spoken.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, afterEach, before, describe, test } from 'node:test';
import WebSocket from 'ws';
import { Portal } from './portal.js';

const PATIENCE_MS = 20_000;
const V1 = 'v1.evennia.com';

/** The rows of the table in docs/web.md. */
const ROWS = [
  ['name', [], {}],
  ['name', ['arg'], {}],
  ['name', ['arg', 1], {}],
  ['name', [], { k: 'v' }],
  ['name', ['arg', 1], { k: 'v' }],
];

/** A connection, and what has come over it: strings, and Buffers of binary messages. */
class Client {
  messages = [];
  closed = null;
  #waiting = () => {};

  constructor(url, subprotocol) {
    this.socket = new WebSocket(url, subprotocol);
    this.socket.on('message', (data, binary) => {
      this.messages.push(binary ? data : data.toString());
      this.#waiting();
    });
    this.socket.on('close', (code) => {
      this.closed = code;
      this.#waiting();
    });
  }

  async opens() {
    await once(this.socket, 'open', { signal: AbortSignal.timeout(PATIENCE_MS) });
    return this;
  }

  /** Types a line: in a command of v1, or as bytes. */
  types(line) {
    this.socket.send(this.socket.protocol === V1 ? JSON.stringify(['text', [line], {}]) : Buffer.from(`${line}\r\n`));
  }

  /** What a function finds in that which has come, as soon as it finds something. */
  async until(what, find) {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const found = find();
      if (found) return found;
      const left = end - Date.now();
      if (left <= 0 || this.closed) assert.fail(`${what}: no, but ${this.closed ?? ''} ${this.messages.map(String).join('\n')}`);
      await new Promise((resolve) => {
        const late = setTimeout(resolve, left);
        this.#waiting = () => {
          clearTimeout(late);
          resolve();
        };
      });
    }
  }

  /** The next message that matches. What came before it is dropped. */
  async next(pattern) {
    const is = (message) => pattern.test(message);
    await this.until(pattern, () => this.messages.some(is));
    const at = this.messages.findIndex(is);
    return this.messages.splice(0, at + 1)[at];
  }

  /** The next commands of v1 of that name. */
  async command(name, times = 1) {
    const all = [];
    while (all.length < times) all.push(JSON.parse(await this.next(new RegExp(`^\\["${name}"`))));
    return times === 1 ? all[0] : all;
  }

  /** Comes in as a guest. */
  async guest() {
    await this.next(/create NAME/);
    this.types('guest');
    const welcome = await this.next(/Welcome/);
    await this.next(/Exits/);
    return String(welcome).match(/guest\d+/)[0];
  }

  async closes() {
    if (this.closed === null) await once(this.socket, 'close', { signal: AbortSignal.timeout(PATIENCE_MS) });
    return this.closed;
  }
}

describe('ws', () => {
  const portal = new Portal();
  const clients = [];
  before(() => portal.start());
  afterEach(() => clients.splice(0).forEach((each) => each.socket.terminate()));
  after(() => portal.remove());

  async function connects(subprotocol = V1) {
    const client = new Client(portal.socketUrl, subprotocol);
    clients.push(client);
    await client.opens();
    assert.equal(client.socket.protocol, subprotocol);
    return client;
  }

  /** A client of v1 that may come back, or does. */
  async function resumes(kwargs) {
    const client = await connects();
    client.socket.send(JSON.stringify(['session', [], kwargs]));
    const [, , told] = await client.command('session');
    return [client, told];
  }

  test('offers compression, and plays without', async () => {
    const anna = await connects();
    await anna.guest();
    assert.equal(anna.socket.extensions, '');
    anna.types('echo <b>grüße</b> 漢字 😀');
    assert.deepEqual(await anna.command('text'), ['text', ['&lt;b&gt;grüße&lt;/b&gt; 漢字 😀'], {}]);
  });

  test('is sent commands of v1 with and without arguments', async () => {
    const anna = await connects();
    await anna.guest();
    for (const [name, args, kwargs] of ROWS) anna.types(`oob ${name} ${JSON.stringify(args)} ${JSON.stringify(kwargs)}`);
    assert.deepEqual(await anna.command('name', ROWS.length), ROWS);
  });

  test('sends commands of v1 with and without arguments', async () => {
    const anna = await connects();
    await anna.guest();
    for (const row of ROWS) anna.socket.send(JSON.stringify(row));
    anna.types('received');
    const [, [html]] = await anna.command('text');
    assert.deepEqual(html.replaceAll('&quot;', '"').split('<br>').map((each) => JSON.parse(each)), ROWS);
  });

  test('plays and sends GMCP in json.mudstandards.org', async () => {
    const anna = await connects('json.mudstandards.org');
    await anna.guest();
    assert.match(await anna.next(/Room\.Info/), /^\{"proto":"gmcp","id":"Room\.Info","data":"\{\\"num\\":1,/);
    assert.equal(await anna.next(/prompt/), '{"proto":"prompt","id":"","data":"> "}');
    anna.socket.send('{"proto":"gmcp","id":"My.Name","data":"{\\"k\\":\\"v\\"}"}');
    anna.socket.send('{"proto":"terminal","id":"size","data":{"cols":81,"rows":24}}');
    anna.socket.send('{"proto":"text","data":"received"}');
    assert.deepEqual(await anna.next(/my_name/), Buffer.from('["my_name",[],{"k":"v"}]\r\n'));
    anna.types('options');
    assert.match(String(await anna.next(/width/)), /^width: 81 \(.*\)\r\nheight: 24 \(/);
    anna.types('quit');
    assert.equal(await anna.next(/Goodbye/), '{"proto":"gmcp","id":"Core.Goodbye","data":"\\"The lantern swings behind you. Farewell!\\""}');
    assert.equal(await anna.closes(), 1000);
  });

  test('plays and sends GMCP in gmcp.mudstandards.org', async () => {
    const anna = await connects('gmcp.mudstandards.org');
    await anna.guest();
    assert.match(await anna.next(/Room\.Info/), /^Room\.Info \{"num":1,/);
    assert.deepEqual(await anna.next(/> /), Buffer.from('> '));
    anna.socket.send('Core.Ping');
    assert.equal(await anna.next(/Ping/), 'Core.Ping');
    anna.socket.send('My.Name {"k":"v"}');
    anna.types('received');
    assert.deepEqual(await anna.next(/my_name/), Buffer.from('["my_name",[],{"k":"v"}]\r\n'));
    anna.types('oob my_name ["arg",1]');
    assert.equal(await anna.next(/My\.Name/), 'My.Name ["arg",1]');
  });

  test('plays in terminal.mudstandards.org, and is sent binary messages alone', async () => {
    const anna = await connects('terminal.mudstandards.org');
    await anna.next(/create NAME/);
    anna.types('guest');
    anna.types('oob my_name');
    anna.types('echo grüße 漢字');
    await anna.until('an echo', () => anna.messages.some((each) => String(each) === 'grüße 漢字\r\n'));
    assert.deepEqual(anna.messages.filter((each) => !Buffer.isBuffer(each)), []);
  });

  for (const name of ['binary', 'telnet.mudstandards.org']) {
    test(`speaks telnet in binary messages alone over ${name}`, async () => {
      const anna = await connects(name);
      const [DO, WILL] = ['\xff\xfd', '\xff\xfb'];
      const all = () => Buffer.concat(anna.messages).toString('latin1');
      const opening = await anna.until('TTYPE, NAWS, GMCP', () => {
        const [asked] = all().match(/^(\xff[\xfb\xfd].)*/s);
        return [`${DO}\x18`, `${DO}\x1f`, `${WILL}\xc9`].every((each) => asked.includes(each)) && asked;
      });
      assert.doesNotMatch(opening, /\xff\xfb[VW]/, 'MCCP is not offered');
      const refusals = opening.replaceAll(/\xff([\xfb\xfd])(.)/gs, (_, verb, option) => `\xff${verb === '\xfd' ? '\xfc' : '\xfe'}${option}`);
      for (const byte of refusals) anna.socket.send(Buffer.from(byte, 'latin1'));
      await anna.until('the screen', () => all().includes('create NAME'));
      anna.types('guest');
      anna.types('echo grüße 漢字');
      await anna.until('an echo', () => Buffer.concat(anna.messages).includes('grüße 漢字\r\n'));
      anna.types('quit');
      assert.equal(await anna.closes(), 1000);
      assert.deepEqual(anna.messages.filter((each) => !Buffer.isBuffer(each)), []);
    });
  }

  test('has its pings answered, with what they hold', async () => {
    const anna = await connects();
    for (const words of ['', 'are you there?', 'x'.repeat(125)]) {
      anna.socket.ping(words);
      const [answer] = await once(anna.socket, 'pong', { signal: AbortSignal.timeout(PATIENCE_MS) });
      assert.equal(answer.toString(), words);
    }
  });

  test('may send a message in fragments, even within a character, and ping between them', async () => {
    const anna = await connects();
    await anna.guest();
    const bytes = Buffer.from(JSON.stringify(['text', ['echo grüße 漢字 😀'], {}]));
    for (const byte of bytes.subarray(0, -1)) anna.socket.send(Buffer.of(byte), { binary: false, fin: false });
    anna.socket.ping('between');
    const [answer] = await once(anna.socket, 'pong', { signal: AbortSignal.timeout(PATIENCE_MS) });
    assert.equal(answer.toString(), 'between');
    assert.deepEqual(anna.messages.filter((each) => each.includes('😀')), []);
    anna.socket.send(bytes.subarray(-1), { binary: false, fin: true });
    assert.deepEqual(await anna.command('text'), ['text', ['grüße 漢字 😀'], {}]);
  });

  test('is closed with 1000 when its player quits', async () => {
    const anna = await connects();
    await anna.guest();
    anna.types('quit');
    await anna.next(/Farewell/);
    assert.equal(await anna.closes(), 1000);
  });

  test('is closed with 1000 when it leaves', async () => {
    const anna = await connects();
    await anna.guest();
    anna.socket.send('["websocket_close",[],{}]');
    assert.equal(await anna.closes(), 1000);
  });

  test('has its own close code answered', async () => {
    const anna = await connects();
    anna.socket.close(3001, 'bye');
    assert.equal(await anna.closes(), 3001);
  });

  test('is closed with 4003 when it is kicked', async () => {
    const anna = await connects();
    const name = await anna.guest();
    const sessions = await portal.command('sessions');
    const [, id] = sessions.match(new RegExp(`^(\\d+) +${name} `, 'm'));
    await portal.command('kick', id);
    assert.equal(await anna.closes(), 4003);
  });

  test('is closed with 1009 after a message of more than 64 KiB', async () => {
    const anna = await connects();
    anna.socket.send('x'.repeat(64 * 1024 + 1));
    assert.equal(await anna.closes(), 1009);
  });

  test('is closed with 1007 after text that is not UTF-8', async () => {
    const anna = await connects();
    anna.socket.send(Buffer.of(0xc3, 0x28), { binary: false });
    assert.equal(await anna.closes(), 1007);
  });

  test('comes back with its token to all that it has not acknowledged', async () => {
    const bert = await connects();
    await bert.guest();
    const [anna, { token, epoch, window }] = await resumes({ resume: true });
    assert.equal(window, 180);
    anna.socket.send(JSON.stringify(['text', ['guest'], { cseq: 1 }]));
    const [, , { n: shown }] = await anna.command('room_info');
    const prompt = await anna.next(new RegExp(`"n":${shown + 1}\\}`));
    anna.socket.terminate();
    bert.types('shout Where is she?');
    await bert.next(/Where is she\?/);
    const [again, told] = await resumes({ resume: token, ack: shown, epoch, cseq: 1 });
    assert.equal(told.resumed, true);
    assert.deepEqual([told.gap, told.cseq, told.hidden], [0, 1, false]);
    assert.notEqual(told.token, token);
    assert.equal(await again.next(/./), prompt);
    const [, [shout], { n }] = await again.command('text');
    assert.match(shout, /shouts: Where is she\?/);
    assert.equal(n, shown + 2);
    again.socket.send(JSON.stringify(['text', ['echo sent again'], { cseq: 1 }]));
    again.socket.send(JSON.stringify(['text', ['echo new'], { cseq: 2 }]));
    const [, echoed] = await again.command('text');
    assert.deepEqual(echoed, ['new']);
  });

  test('is closed with 4001 when the session goes on over another connection', async () => {
    const [anna, { token, epoch }] = await resumes({ resume: true });
    await anna.next(/create NAME/);
    const [, told] = await resumes({ resume: token, ack: 0, epoch, cseq: 0 });
    assert.equal(told.resumed, true);
    assert.equal(await anna.closes(), 4001);
  });

  test('is told that its token is worth nothing, and plays anew', async () => {
    const [anna, told] = await resumes({ resume: `${'0'.repeat(32)}.unknown`, ack: 5, epoch: 'x', cseq: 3 });
    assert.deepEqual(told, { expired: true });
    const [, , { token }] = await anna.command('session');
    assert.ok(token);
    assert.match(await anna.next(/create NAME/), /"n":1\}\]$/);
  });
});
