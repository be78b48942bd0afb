import { Record, isSecret } from './record.js';

/** Until a wire is open, and then has answered: if another is left to try, and if none is. */
const OPEN_MS = 4_000;
const LAST_MS = 10_000;
/** Pauses between tries: doubled, and shortened by chance. */
const PAUSE_MS = 500;
const MAX_PAUSE_MS = 15_000;
/** How long a portal that was asked may be silent, after a wake and otherwise. */
const WAKE_MS = 2_000;
const SILENCE_MS = 10_000;
/** How often it is asked while the page is seen, and when after an input. */
const PING_MS = 20_000;
const CONFIRM_MS = 2_000;
/** Outputs are acknowledged after so many, or after a while. */
const ACK_OUTPUTS = 20;
const ACK_MS = 5_000;
/** Until another tab has said what its token is. */
const TABS_MS = 300;
/** Lines are sent without asking only so long after the loss. */
const AUTOMATIC_MS = 5_000;
/** Tries until a WebSocket that has worked counts as blocked, and for how long. */
const SOCKET_TRIES = 3;
const BLOCKED_MS = 600_000;
const BLOCKED = 'lychgate.blocked';
/** Inputs a second, after a burst: the portal takes 80 by default. */
const RATE = 50;
const BURST = 20;
/** Characters of one: 64 KiB would end the session. */
const LONGEST = 16_000;

/** Close codes after which it does not come back by itself. */
const ENDS = {
  1000: 'over', 1002: 'limit', 1007: 'limit', 1008: 'limit', 1009: 'limit', 4001: 'elsewhere', 4003: 'kicked', 4008: 'idle',
};
const TOO_LATE = 4002;
/** It ended without a word. */
export const BROKEN = 1006;

const WORDS = {
  connecting: 'Connecting …',
  open: 'Connected.',
  lost: 'Connection lost. Trying to come back …',
  over: 'The session is over.',
  elsewhere: 'The session goes on in another window.',
  kicked: 'An operator has ended the session.',
  idle: 'The session ended: idle for too long.',
  limit: 'The session ended by a limit.',
};

/** Events; a game's commands of these names reach '*' only. */
const OWN = ['state', 'unsent', 'sending', 'latency'];

/** A session with the game, over one connection after another. */
export class Connection {
  /** 'connecting', 'open', 'lost', or how it ended: 'over', 'elsewhere', 'kicked', 'idle', 'limit'. */
  state = 'connecting';
  /** Whether what is typed now must not be seen. */
  hidden = false;
  /** How it is connected, 'websocket' or 'ajax'; null: it is not. */
  transport = null;

  #wires;
  #storage;
  #record;
  #tabs = globalThis.document && new BroadcastChannel('lychgate');
  #listeners = new Map();
  #timers = new Map();
  #link = null; // the connection, or the try of one
  #tries = 0;
  #worked = false; // a WebSocket did
  #pings = 0;
  #pinged = 0;
  #answers = false; // the portal does
  #unacked = 0;
  #credit = BURST;
  #credited = Date.now();

  /** @param wires by name, the best first: they take {opened, received, closed} and return {send, close, leave} */
  constructor(wires, { storage = null, key = 'lychgate' } = {}) {
    this.#wires = Object.entries(wires);
    this.#storage = storage;
    this.#record = new Record(storage, key);
    this.#watch();
    this.#try();
  }

  /** Listens for commands of that name with (args, kwargs, name), for all others ('*'), or for an event. */
  on(event, listener) {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this;
  }

  /** Sends a command; while the connection is lost it waits. False: it can't, as no secret may. */
  send(name, args = [], kwargs = {}, { secret = false } = {}) {
    const input = { name, args, kwargs };
    if (secret || isSecret(input) || (name === 'text' && this.hidden)) input.secret = true;
    const open = this.state === 'open';
    if (!open && (input.secret || !['connecting', 'lost'].includes(this.state))) return false;
    if (JSON.stringify(input).length > LONGEST || !this.#record.waits(input)) return false;
    if (open) this.#flush();
    return true;
  }

  /** Sends what was typed, a command for each line. */
  text(typed, options) {
    return typed.replace(/\r?\n$/, '').split(/\r\n|\r|\n/).map((line) => this.send('text', [line], {}, options)).every(Boolean);
  }

  /** How many inputs wait to be sent. */
  get waiting() {
    return this.#record.waiting.length;
  }

  /** Drops what waits: the way out of a paste. */
  discard() {
    this.#record.waiting = [];
    this.#record.save();
    this.#emit('sending', { waiting: 0 });
  }

  /** Ends the session for good. */
  leave() {
    const link = this.#link;
    this.#link = null;
    if (link?.answered) link.wire.leave(JSON.stringify(['websocket_close', [], {}]));
    else link?.wire.close();
    this.#end('over', { left: true });
  }

  /** Tries at once; begins anew after the end; takes the session back from another tab. */
  reconnect() {
    const { state } = this;
    if (state === 'open') return;
    this.#drop();
    this.#tries = 0;
    if (state !== 'lost') this.#set('connecting');
    if (state === 'elsewhere' && this.#tabs) {
      this.#tabs.postMessage({ asks: this.#record.id });
      this.#after('retry', TABS_MS, () => this.#try());
    } else this.#try();
  }

  // Connecting.

  #try() {
    const wires = [...this.#wires];
    if (this.#isBlocked()) wires.reverse();
    else if (this.#worked && this.#tries < SOCKET_TRIES) wires.splice(1);
    this.#tries++;
    this.#dial(wires);
  }

  #isBlocked() {
    return Date.now() - this.#storage?.getItem(BLOCKED) < BLOCKED_MS;
  }

  #dial([[name, open], ...others]) {
    const { token, epoch, shown, sent } = this.#record;
    const claim = token ? { resume: token, ack: shown, epoch, cseq: sent } : { resume: true };
    // What comes before the answer to a token is of no session that the player knows.
    const link = { name, answered: false, held: token ? [] : null };
    const current = (does) => (...args) => link === this.#link && does(...args);
    const fails = current((code, reason) => {
      const next = !link.answered && !ENDS[code] && code !== TOO_LATE && others.length;
      if (!next) return this.#lost(code, reason);
      this.#drop();
      this.#dial(others);
    });
    const patience = others.length ? OPEN_MS : LAST_MS;
    this.#link = link;
    this.#after('answer', patience, () => fails(BROKEN));
    link.wire = open({
      opened: current(() => {
        this.#after('answer', patience, () => fails(BROKEN));
        this.#tell(claim);
      }),
      received: current((text) => this.#received(link, text)),
      closed: fails,
    });
  }

  #tell(kwargs) {
    this.#link.wire.send(JSON.stringify(['session', [], kwargs]));
  }

  #opened(link, detail) {
    const record = this.#record;
    const soon = !record.lostAt || Date.now() - record.lostAt <= AUTOMATIC_MS;
    const first = detail.fresh && !link.expired && this.state === 'connecting';
    record.lostAt = 0;
    this.#clear('answer');
    link.answered = true;
    this.transport = link.name;
    this.#tries = 0;
    if (link.name === this.#wires[0][0]) this.#worked = true;
    else if (!this.#isBlocked()) this.#storage?.setItem(BLOCKED, Date.now());
    this.state = 'open';
    this.#sendAgain(detail.fresh && !first, first || soon); // before whatever a listener sends
    this.#set('open', detail);
    if (record.offered.length) this.#offer();
    this.#probe();
    this.#pingLater();
  }

  /** Sends what did not arrive; offers lines that have become old, or were for another session. */
  #sendAgain(anew, automatic) {
    const record = this.#record;
    const isLine = (input) => input.name === 'text';
    const inputs = [...record.uncertain.filter((input) => !input.secret), ...record.waiting];
    record.uncertain = [];
    record.waiting = [];
    if (anew || !automatic) record.offers(inputs.filter(isLine).map((input) => input.args[0]));
    if (!anew) record.waiting = automatic ? inputs : inputs.filter((input) => !isLine(input));
    record.save();
    this.#flush();
  }

  #offer() {
    const record = this.#record;
    const take = () => {
      const lines = record.offered;
      record.offered = [];
      record.save();
      return lines;
    };
    this.#emit('unsent', {
      lines: [...record.offered],
      send: () => take().forEach((line) => this.send('text', [line])),
      discard: take,
    });
  }

  #lost(code, reason = '') {
    const waited = this.state !== 'open';
    this.#drop();
    if (ENDS[code]) return this.#end(ENDS[code], { code, reason });
    if (code === TOO_LATE) this.#record.token = null;
    this.#record.lostAt ||= Date.now();
    this.#record.save();
    const most = Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** (this.#tries - 1));
    const pause = waited ? Math.random() * most : 0;
    this.#after('retry', pause, () => this.#try());
    this.#set('lost', { code, reason, retryAt: Date.now() + pause });
  }

  #end(state, detail) {
    this.#drop();
    if (state !== 'elsewhere') this.#record.forget();
    this.#record.saveNow();
    this.#set(state, detail);
  }

  #drop() {
    const link = this.#link;
    this.#link = this.transport = null;
    this.#timers.forEach((_, name) => this.#clear(name));
    link?.wire.close();
  }

  // From the portal.

  #received(link, text) {
    let name, args, kwargs;
    try {
      [name, args = [], kwargs = {}] = JSON.parse(text);
    } catch {
      return;
    }
    this.#clear('silence');
    if (name === 'session') this.#told(link, kwargs);
    else if (link.held) link.held.push([name, args, kwargs]);
    else {
      if (!link.answered) this.#begun(link);
      this.#show(name, args, kwargs);
    }
  }

  #told(link, kwargs) {
    const record = this.#record;
    if (kwargs.pong) {
      this.#answers = true;
      record.arrived(kwargs.cseq ?? 0);
      if (kwargs.pong === this.#pings) this.#emit('latency', Date.now() - this.#pinged);
    } else if (kwargs.expired) {
      link.expired = true;
    } else if (kwargs.resumed) {
      link.held = null;
      record.takes(kwargs);
      record.arrived(kwargs.cseq ?? 0);
      this.hidden = kwargs.hidden === true;
      const { gap = 0 } = kwargs;
      const words = gap ? `Back. ${gap} ${gap === 1 ? 'line' : 'lines'} missed.` : 'Back.';
      this.#opened(link, { fresh: false, gap, words });
    } else {
      record.takes(kwargs);
      if (!link.answered) this.#begun(link);
    }
  }

  /** It is a new session. */
  #begun(link) {
    const held = link.held ?? [];
    link.held = null;
    this.hidden = false;
    this.#opened(link, { fresh: true, gap: 0 });
    held.forEach((each) => this.#show(...each));
  }

  #show(name, args, { n, ...kwargs }) {
    const record = this.#record;
    if (record.id === null && n !== undefined) kwargs.n = n;
    else if (n <= record.shown) return;
    if (name === 'prompt') this.hidden = kwargs.type === 'password';
    const own = !OWN.includes(name) && this.#listeners.has(name);
    this.#emit(own ? name : '*', args, kwargs, name);
    if (record.id === null || n === undefined) return;
    record.shown = n;
    if (++this.#unacked >= ACK_OUTPUTS) this.#acknowledge();
    else if (!this.#timers.has('ack')) this.#after('ack', ACK_MS, () => this.#acknowledge());
  }

  #acknowledge() {
    this.#unacked = 0;
    this.#clear('ack');
    this.#record.saveNow(); // a reload must not ask for what was let go of
    if (this.#link?.answered) this.#tell({ ack: this.#record.shown });
  }

  // To the portal.

  #flush(paced = false) {
    if (this.#timers.has('flush')) return;
    const { waiting } = this.#record;
    const now = Date.now();
    this.#credit = Math.min(BURST, this.#credit + ((now - this.#credited) * RATE) / 1000);
    this.#credited = now;
    while (this.#credit >= 1 && waiting.length) {
      this.#credit--;
      this.#transmit(waiting.shift());
    }
    if (waiting.length) this.#after('flush', 1000 / RATE, () => this.#flush(true));
    if (paced || waiting.length) this.#emit('sending', { waiting: waiting.length });
  }

  #transmit(input) {
    const kwargs = { ...input.kwargs };
    if (input.name === 'text' && this.hidden) input.secret = true;
    if (this.#record.id !== null) {
      this.#record.numbers(input);
      kwargs.cseq = input.cseq;
      if (!this.#timers.has('confirm')) this.#after('confirm', CONFIRM_MS, () => this.#probe());
    }
    this.#link.wire.send(JSON.stringify([input.name, input.args, kwargs]));
  }

  // Whether it is there.

  /** Asks the portal for an answer; without any word from it the connection is lost. */
  #probe(patience = SILENCE_MS) {
    const link = this.#link;
    if (!link?.answered) return;
    this.#pinged = Date.now();
    this.#tell({ ping: ++this.#pings });
    if (!this.#answers || (this.#timers.has('silence') && patience !== WAKE_MS)) return;
    // Twice: what came during a sleep is read in between.
    this.#after('silence', patience / 2, () => this.#after('silence', patience / 2, () => link === this.#link && this.#lost(BROKEN)));
  }

  #pingLater() {
    this.#after('ping', PING_MS, () => {
      if (!globalThis.document?.hidden) this.#probe();
      this.#pingLater();
    });
  }

  #watch() {
    const wakes = () => {
      if (this.state === 'open') this.#probe(WAKE_MS);
      else if (this.state === 'lost') this.reconnect();
    };
    if (this.#tabs) {
      this.#tabs.onmessage = ({ data: { asks, id, ...token } }) => {
        const record = this.#record;
        if (asks === record.id && this.state === 'open') {
          this.#tabs.postMessage({ id: record.id, token: record.token, epoch: record.epoch });
        } else if (id === record.id && this.state === 'connecting') Object.assign(record, token);
      };
    }
    const on = (event, does) => globalThis.addEventListener?.(event, does);
    globalThis.document?.addEventListener('visibilitychange', () => {
      this.#record.saveNow();
      if (!document.hidden) wakes();
    });
    on('online', wakes);
    on('offline', wakes);
    on('pageshow', ({ persisted }) => {
      if (!persisted) return;
      if (this.state === 'open') this.#record.lostAt = 0;
      wakes();
    });
    // Not the end: the page may come back, or another in its place.
    on('pagehide', () => {
      if (this.state === 'open') this.#record.lostAt = Date.now();
      this.#record.saveNow();
    });
  }

  // Events and timers.

  #set(state, detail = {}) {
    this.state = state;
    const { hidden, transport } = this;
    this.#emit('state', { state, words: WORDS[state], hidden, transport, ...detail });
  }

  #emit(event, ...detail) {
    for (const listener of this.#listeners.get(event) ?? []) {
      try {
        listener(...detail);
      } catch (failure) {
        reportError(failure); // the page's own, who must not be in the way of numbers
      }
    }
  }

  #after(name, pause, does) {
    this.#clear(name);
    this.#timers.set(name, setTimeout(() => {
      this.#timers.delete(name);
      does();
    }, pause));
  }

  #clear(name) {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}
