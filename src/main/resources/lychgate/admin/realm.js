import {byId, element, list, say} from './dom.js';

const STATES = {up: 'connected', away: 'away', gone: 'not connected'};

/**
 * Shows the connection to NATS and the links to the others: to shards at a portal with players, to portals at one that
 * serves the game. Hidden where NATS is not used.
 *
 * @param {?{connected: boolean, servers: string, portal: number, shard: string, serves: boolean, peers: Object[]}} nats
 */
export function show(nats) {
  byId('realm').hidden = nats === null;
  if (nats === null) {
    return;
  }
  const {connected, servers, portal, shard, serves, peers} = nats;
  list(byId('nats'), [
    ['NATS', `${connected ? 'connected to' : 'not connected to'} ${servers}`],
    ['This portal', `number ${portal}, ${serves ? 'serves shard' : 'players go to shard'} ${shard}`],
  ]);
  byId('realm').dataset.nats = connected ? 'up' : 'away';
  say(byId('peer-kind'), serves ? 'Portal' : 'Shard');
  byId('no-peers').hidden = peers.length > 0;
  say(byId('no-peers'), peers.length ? '' : `No ${serves ? 'portal' : 'game'} has been heard yet.`);
  const body = byId('peers');
  while (body.children.length > peers.length) {
    body.lastChild.remove();
  }
  peers.forEach((peer, i) => fill(body.children[i] ?? body.appendChild(row()), peer));
}

function row() {
  const number = () => element('td', '', {class: 'number'});
  return element('tr', [element('th', '', {scope: 'row'}), element('td'), number(), number(), number()]);
}

function fill(tr, {name, state, round_trip_millis: millis, unacknowledged, held}) {
  tr.dataset.state = state;
  const texts = [
    name, STATES[state] ?? state, millis === null ? '–' : `${millis.toFixed(2)} ms`,
    unacknowledged.toLocaleString('en'), held === null ? '–' : held.toLocaleString('en'),
  ];
  texts.forEach((text, i) => say(tr.children[i], text));
}
