import {byId, element, list, say, time} from './dom.js';
import * as portal from './portal.js';
import * as realm from './realm.js';
import {Sessions} from './sessions.js';
import {Sparkline} from './sparkline.js';

const EVERY = 2000;
const POINTS = 120;
const LOG_LINES = 200;

const TRENDS = [
  ['sessions', new Sparkline('Sessions', '', 0)],
  ['lines', new Sparkline('Lines a second', '', 1)],
  ['wait_millis', new Sparkline('Wait for the game', ' ms', 2)],
  ['refusals', new Sparkline('Refused a second', '', 1)],
];
TRENDS.forEach(([, line]) => byId('trends').append(line.item));

const sessions = new Sessions(open);
let logged = 0;
let shown = 0; // the session that the dialog shows, or is about to

// What is shown.

async function refresh() {
  try {
    if (!document.hidden) {
      await renew();
    }
  } finally {
    setTimeout(refresh, EVERY); // also when something went wrong
  }
}

async function renew() {
  const state = await portal.state(logged).catch(() => null);
  byId('trouble').hidden = state !== null;
  say(byId('trouble'), state ? '' : 'The portal does not answer. Trying again.');
  if (state) {
    show(state);
    await sessions.refresh();
    if (byId('details').open) {
      await detail(shown);
    }
  }
}

function show(state) {
  const link = state.link_up ? 'the game is connected' : `the game is ${state.link}`;
  const drain = state.draining ? `, ${state.draining}` : '';
  document.body.dataset.link = state.link_up ? 'up' : 'away';
  say(byId('summary'), `${state.version}, ${state.sessions.toLocaleString('en')} sessions, ${link}${drain}`);
  TRENDS.forEach(([name, line]) => line.show(state.points.map((point) => point[name]), POINTS));
  const ports = Object.entries(state.services).map(([name, port]) => `${name} ${port}`).join(', ');
  list(byId('link'), [['Game', state.link], ['Up for', time(state.uptime_seconds)], ['Services', ports]]);
  realm.show(state.nats);
  say(byId('bans'), state.bans.length ? state.bans.join(', ') : 'nobody');
  log(state.log);
}

function log(lines) {
  const where = byId('log');
  const scroll = byId('log-scroll');
  const atEnd = scroll.scrollTop + scroll.clientHeight >= scroll.scrollHeight - 8;
  for (const line of lines) {
    logged = line.number;
    const clock = new Date(line.time).toLocaleTimeString('en-GB');
    where.append(element('li', [element('time', clock), element('b', line.level), element('span', line.text)], {'data-level': line.level}));
  }
  while (where.children.length > LOG_LINES) {
    where.firstChild.remove();
  }
  if (atEnd && lines.length) {
    scroll.scrollTop = scroll.scrollHeight;
  }
}

// One session.

async function open(id) {
  shown = id;
  byId('kick-reason').value = '';
  if (await detail(id) && !byId('details').open) {
    byId('details').showModal();
  }
}

/**
 * Fills the dialog with a session, or closes it if the session is over.
 *
 * @returns {Promise<boolean>} whether the dialog shows it; not if another was asked for meanwhile, or no answer came
 */
async function detail(id) {
  const found = await portal.session(id).catch(() => undefined);
  if (id !== shown || found === undefined) {
    return false;
  }
  if (found === null) {
    byId('details').close();
    return false;
  }
  const {row, details} = found;
  byId('details').dataset.address = row.address;
  say(byId('details-title'), `Session ${row.id}`);
  say(byId('details-row'), [row.account || 'not logged in', row.transport, row.address, row.client].filter(Boolean).join(', '));
  items(byId('features'), details.features.map(({name, on, why}) => [on ? 'on' : 'off', name, `${on ? 'on' : 'off'}, ${why}`]));
  way(details.way);
  list(byId('facts'), details.facts.map(({name, value, source}) => [name, `${value} (${source})`]));
  return true;
}

function items(where, all) {
  const text = JSON.stringify(all);
  if (where.dataset.shown !== text) {
    where.dataset.shown = text;
    where.replaceChildren(...all.map(([kind, head, rest]) => element('li', [element('b', head), element('span', ` ${rest}`)], {class: kind})));
  }
}

function way(steps) {
  const millis = (n) => (n === null ? 'not known' : n < 10 ? `${n.toFixed(3)} ms` : `${n.toFixed(1)} ms`);
  const all = steps.map(({name, millis: n}) => ['step', `${name}:`, millis(n)]);
  items(byId('way'), all.length ? all : [['step', 'nothing was typed yet', '']]);
}

// Orders.

/** Asks for a yes; no answer, if the dialog is left without one. */
function ask(text) {
  say(byId('question-text'), text);
  byId('question').showModal();
  return new Promise((done) => {
    byId('question-form').onsubmit = ({submitter}) => done(submitter.value === 'yes');
  });
}

async function order(done, command, ...args) {
  const answer = await portal.order(command, ...args);
  byId('told').textContent = answer.ok ? answer.text.trim() || done : answer.text;
  await sessions.refresh();
  return answer.ok;
}

function onSubmit(id, action) {
  byId(id).addEventListener('submit', (event) => {
    event.preventDefault();
    action();
  });
}

onSubmit('say', async () => {
  const text = byId('say-text').value.trim();
  if (text && await order('Said.', 'say', text)) {
    byId('say-text').value = '';
  }
});

async function ban(address, period, reason) {
  const wide = Number(address.split('/')[1] ?? 128) < 16;
  const question = `Ban ${address}? Its sessions end${wide ? '. This is a large part of the internet' : ''}.`;
  return await ask(question) && order(
    `${address} is banned.`, 'ban', address, ...(period ? ['--for', period] : []), ...(reason ? ['--reason', reason] : []), ...(wide ? ['--yes'] : []));
}

onSubmit('ban', async () => {
  const address = byId('ban-address').value.trim();
  if (address && await ban(address, byId('ban-for').value, '')) {
    byId('ban-address').value = '';
  }
});

onSubmit('drain', async () => {
  const seconds = byId('drain-seconds').value || '0';
  if (await ask('Drain the portal? It takes no newcomers from now on, and then ends. This cannot be taken back.')) {
    await order('Draining.', 'drain', seconds);
  }
});

onSubmit('kick', async () => {
  const id = shown;
  if (await order(`Session ${id} is kicked.`, 'kick', String(id), byId('kick-reason').value) && id === shown) {
    byId('details').close();
  }
});

byId('kick-ban').addEventListener('click', async () => {
  const id = shown;
  if (await ban(byId('details').dataset.address, '7d', byId('kick-reason').value) && id === shown) {
    byId('details').close();
  }
});

byId('close').addEventListener('click', () => byId('details').close());
document.addEventListener('visibilitychange', () => sessions.refresh());

refresh();
