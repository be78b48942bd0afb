// Connects a page with the game: all that a game's own page needs. See docs/web.md, "For page authors".
import { BROKEN, Connection } from './lychgate/connection.js';

export { spans } from './lychgate/spans.js';

/** The portal holds an input for 20 s while the game is busy, a poll for 25 s. */
const REQUEST_MS = 30_000;
const POLL_MS = 45_000;
/** Polls that failed are tried again. */
const POLLS = 3;
const PAUSE_MS = 500;

/** By a WebSocket. */
const socket = (url) => (on) => {
  let ws;
  try {
    ws = new WebSocket(url, 'v1.evennia.com');
  } catch {
    setTimeout(() => on.closed(BROKEN));
    return { send() {}, close() {}, leave() {} };
  }
  ws.onopen = () => on.opened();
  ws.onmessage = ({ data }) => on.received(data);
  ws.onclose = ({ code, reason }) => on.closed(code, reason);
  return {
    send: (message) => ws.readyState === 1 && ws.send(message),
    close: () => ws.close(1000),
    leave(message) {
      this.send(message);
      ws.close(1000);
    },
  };
};

/** By requests alone, as Evennia's AJAX client. */
const ajax = (url) => (on) => {
  const cuid = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
  const stop = new AbortController();
  let csessid = '';
  let over = false;
  let sending = Promise.resolve();

  const end = (code, reason) => {
    if (over) return;
    over = true;
    stop.abort();
    on.closed(code, reason);
  };
  const post = async (fields, patience = REQUEST_MS) => {
    const late = setTimeout(() => end(BROKEN), patience);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        body: new URLSearchParams({ ...fields, csessid, cuid }),
        cache: 'no-store',
        signal: stop.signal,
      });
      const text = await answer.text();
      if (!answer.ok) throw Object.assign(new Error(text), { status: answer.status });
      return text;
    } finally {
      clearTimeout(late);
    }
  };
  const pause = () => new Promise((then) => setTimeout(then, PAUSE_MS));
  const poll = async () => {
    let failures = 0;
    while (!over) {
      try {
        const text = await post({ mode: 'receive' }, POLL_MS);
        failures = 0;
        const message = text && JSON.parse(text);
        if (over) return;
        if (!message) await pause();
        else if (message[0] === 'connection_close') end(message[2]?.code ?? 1000);
        else if (message[0] !== 'ajax_keepalive') on.received(text);
      } catch (failure) {
        if (over) return;
        if (failure.status || ++failures >= POLLS) end(BROKEN);
        else await pause();
      }
    }
  };
  post({ mode: 'init', browserstr: 'lychgate' }).then(
    (text) => {
      csessid = JSON.parse(text).csessid;
      on.opened();
      poll();
    },
  ).catch((failure) => end(BROKEN, failure.status && failure.message.trim()));
  return {
    // One after the other: requests overtake each other.
    send(message) {
      sending = sending.then(() => over || post({ mode: 'input', data: message })).catch(() => end(BROKEN));
    },
    close() {
      over = true;
      stop.abort();
    },
    leave(message) {
      this.send(message);
      sending.then(() => this.close());
    },
  };
};

/** Null where the browser allows none. */
function tabStorage() {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

/**
 * Connects to the portal that serves this script, and comes back when the connection is lost.
 *
 * @param {{url?: string, ajaxUrl?: string, storage?: Storage|null, key?: string}} [options]
 * @returns {Connection}
 */
export function connect({ url, ajaxUrl, storage = tabStorage(), key } = {}) {
  const near = (path) => new URL(path, import.meta.url).href;
  return new Connection({
    websocket: socket(url ?? near('../ws?&lychgate').replace(/^http/, 'ws')),
    ajax: ajax(ajaxUrl ?? near('../webclientdata')),
  }, { storage, key });
}
