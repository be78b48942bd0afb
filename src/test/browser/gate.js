// The network between browsers and the portal, as bad as a test wants it.
import { createServer, connect } from 'node:net';

/** A port that passes everything on to the portal's, until it is told otherwise. */
export class Gate {
  /** Whether WebSockets are refused, as some proxies do. */
  blocksSockets = false;
  #target;
  #server;
  #pairs = new Set();
  #way = 'open';

  /** @param target a function: the port to pass on to */
  constructor(target) {
    this.#target = target;
  }

  async opens() {
    this.#server = createServer((client) => this.#accepts(client));
    await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  url(path = '/play/') {
    return `http://127.0.0.1:${this.#server.address().port}${path}`;
  }

  #accepts(client) {
    if (this.#way === 'shut') {
      client.destroy();
      return;
    }
    const portal = connect(this.#target(), '127.0.0.1');
    const pair = { client, portal };
    this.#pairs.add(pair);
    const ends = () => {
      client.destroy();
      portal.destroy();
      this.#pairs.delete(pair);
    };
    const passes = (from, to) => {
      from.on('data', (data) => {
        if (from === client && this.blocksSockets && /^Upgrade: websocket/im.test(data.toString('latin1'))) ends();
        else to.write(data);
      });
      from.on('error', ends);
      from.on('close', ends);
    };
    passes(client, portal);
    passes(portal, client);
    if (this.#way === 'silent') this.#silences(pair);
  }

  #silences({ client, portal }) {
    client.pause();
    portal.pause();
  }

  /** Cuts all connections, and refuses new ones until it is open again. */
  shuts() {
    this.#way = 'shut';
    this.cuts();
  }

  /** Cuts all connections; new ones are passed on. */
  cuts() {
    for (const { client, portal } of [...this.#pairs]) {
      client.resetAndDestroy();
      portal.destroy();
    }
  }

  /** Nothing passes any more, and nobody is told, as in a tunnel. */
  silent() {
    this.#way = 'silent';
    this.#pairs.forEach((pair) => this.#silences(pair));
  }

  /** Everything passes; connections that were silent are gone, as after a change of networks. */
  again() {
    this.#way = 'open';
    this.cuts();
  }

  close() {
    this.shuts();
    this.#server.close();
  }
}
