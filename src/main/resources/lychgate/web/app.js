/**
 * The page, put together. What the game sends becomes lines (`line.js`) in the log (`log.js`), words for a
 * screen reader (`announcer.js`) and panels (`panels.js`, `map.js`); what is typed (`entry.js`) goes back
 * through `lychgate.js`, which keeps the connection.
 */
import {connect, spans} from '/play/lychgate.js';
import {Announcer, Sounds} from './announcer.js';
import {ConnectionState, Notices} from './connection.js';
import {help, loginDialog, OptionsDialog, saveLog} from './dialogs.js';
import {byId, el} from './dom.js';
import {Entry, masked, Words} from './entry.js';
import {LineBuilder} from './line.js';
import {Reading} from './log.js';
import {RoomPanels} from './map.js';
import {channelOf, isDirect, Panels, TalkPanel, VitalsPanel} from './panels.js';
import {
  Appearance, expand, judge, keyName, read, readAliases, readHighlights, readKeys, Settings, walked, write,
} from './settings.js';

const COMBAT = ['combat', 'fight', 'attack', 'damage'];

/** What tells that the player is in the game: sent after a login only. */
const INSIDE = ['logged_in', 'room_info', 'char_vitals', 'char_name', 'char_status'];

/** Colours in what is said out-of-band, which is plain text otherwise. */
const ANSI = /\x1b\[[\d;]*m/g;

const RECENT = 4;

/** Longest link that goes over several lines. */
const LONGEST = 4000;

/** What a reload finds again, and how many lines of it. */
const KEPT = 'lychgate.page';
const LINES = 300;

const settings = new Settings();
const sounds = new Sounds(settings);
const builder = new LineBuilder();
const log = byId('log');
const words = new Words();
let loggedIn = false;
let rules = [];
let keys = new Map();
let aliases = new Map();

const entry = new Entry(settings, words, () => loggedIn);
const announcer = new Announcer(settings, sounds);
const appearance = new Appearance(settings, builder, log);
const notices = new Notices(settings, sounds);
const panels = new Panels(settings, () => entry.focus());
const vitals = new VitalsPanel(panels);
const room = new RoomPanels(panels, way => command(way));
const talk = new TalkPanel(panels);
const reading = new Reading(log, announcer, settings, () => entry.focus());
const kept = read('sessionStorage', KEPT) ?? {};
const game = connect();
const state = new ConnectionState(game, {
  say,
  fresh() {
    kept.room = kept.vitals = undefined;
    enter(false);
    entry.hide(false);
    tellClient();
  },
  back(hidden) {
    if (!loggedIn && kept.room) { // after a reload
      enter(true);
      vitals.take(kept.vitals);
      room.enter(kept.room);
      thumbs();
    }
    entry.hide(Boolean(hidden));
    tellClient();
  },
  ended: () => entry.hide(false),
});

// From the game

game.on('text', ([html], kwargs) => {
  for (const line of lines(`${html ?? ''}`)) {
    log.add({html: line, kwargs});
    notices.arrived();
  }
});

game.on('prompt', ([html], kwargs) => {
  const parts = spans(html ?? '');
  const text = parts.map(part => part.text).join('');
  entry.ask([...builder.line(parts, text).childNodes], text);
  entry.hide(kwargs.type === 'password');
  if (entry.hidden) {
    log.add({element: el('div', {class: 'line'}, text)}); // asked once, not with every answer
  }
  announcer.say(text, entry.hidden ? 'page' : 'prompt');
});

for (const name of INSIDE) {
  game.on(name, () => enter(true));
}
game.on('room_info', (args, kwargs) => {
  kept.room = values(args, kwargs);
  room.enter(kept.room);
  thumbs();
});
for (const name of ['char_vitals', 'char_maxstats', 'char_status']) {
  game.on(name, (args, kwargs) => vitals.take(kept.vitals = {...kept.vitals, ...values(args, kwargs)}));
}
for (const name of ['comm_channel_text', 'comm_channel', 'comm_tell', 'channel_text']) {
  game.on(name, (args, kwargs) => {
    const {channel, chan, talker, player, text, msg} = values(args, kwargs);
    const said = `${text ?? msg ?? ''}`.replace(ANSI, '');
    const from = `${talker ?? player ?? ''}`;
    talk.add(`${channel ?? chan ?? 'Talk'}`, [new Text(said.includes(from) ? said : `${from}: ${said}`)]);
  });
}
game.on('client_media_play', (args, kwargs) => {
  const {name, caption} = values(args, kwargs);
  if (settings.get('captions') && (caption || name)) {
    say(`Sound: ${caption ?? name}`);
  }
  sounds.beep(440);
});

/** The lines of a text; a link that goes over several of them keeps them together. */
function lines(html) {
  const all = [];
  let open = '';
  for (const part of html.split(/<br\s*\/?>|\r?\n/)) {
    const line = open + part;
    const links = line.split('<a ').length - line.split('</a>').length;
    open = links > 0 && line.length < LONGEST ? `${line}<br>` : '';
    if (!open) {
      all.push(line);
    }
  }
  return open ? [...all, open] : all;
}

/** An out-of-band command's values, whichever way the game sent them. */
const values = ([first], kwargs) => ({...(typeof first === 'object' ? first : null), ...kwargs});

log.build = item => {
  if (item.element) {
    return item.element;
  }
  const parts = spans(item.html);
  item.text = parts.map(part => part.text).join('');
  const judged = rules.length ? judge(item.text, rules) : null;
  if (judged?.hide) {
    return null;
  }
  const line = builder.line(parts, item.text);
  line.kept = item.html;
  if (judged && !item.old) {
    line.classList.add('hit');
    notices.tell(item.text, judged);
  }
  return line;
};

log.addEventListener('lines', ({detail}) => {
  for (const {entry: item, element} of detail) {
    if (item.text === undefined) {
      continue;
    }
    words.learn(item.text);
    if (item.old) {
      continue;
    }
    const channel = channelOf(item.kwargs, item.text);
    const direct = isDirect(channel);
    if (channel && item.text.trim()) {
      talk.add(channel, [...element.childNodes]);
    }
    if (direct) {
      notices.tell(item.text, {sound: document.hidden, notify: true});
    }
    announcer.say(item.text, direct ? 'tell' : channel ? 'talk'
      : COMBAT.includes(item.kwargs.type) ? 'combat' : 'text');
  }
});

// To the game

/** Sends what stands for a line: aliases expanded, echoed unless it is a secret. */
function command(line, {echo = true, secret = false} = {}) {
  const sent = secret ? [line] : expand(line, aliases);
  for (const one of sent) {
    if (!secret && echo && settings.get('echo') && one.trim()) {
      log.add({element: el('div', {class: 'line echo'}, masked(one, loggedIn) ?? one)});
    }
    if (!game.text(one, {secret})) {
      say('Not sent: there is no connection.', true);
    }
  }
  if (!log.following) {
    log.toEnd();
  }
}

entry.addEventListener('send', ({detail}) => {
  detail.lines.forEach(line => command(line, detail));
  thumbs();
});
entry.addEventListener('found', ({detail}) => announcer.answer(detail));

/** A message of the page itself: in the log, and to the screen reader. */
function say(text, bad = false) {
  log.add({element: el('div', {class: bad ? 'line notice bad' : 'line notice'}, text)});
  announcer.say(text, 'page');
}

// A reload finds the page as it was: the session goes on.
for (const [html, name] of kept.lines ?? []) {
  log.add(name ? {element: el('div', {class: name}, html)} : {html, kwargs: {}, old: true});
}
addEventListener('pagehide', () => {
  kept.lines = log.last(LINES).map(({kept: html, textContent, className}) => (html === undefined ? [textContent, className] : [html]));
  write('sessionStorage', KEPT, kept);
});

function enter(inside) {
  loggedIn = inside;
  byId('do-login').hidden = inside;
}

function tellClient() {
  game.send('client_options', [], {...appearance.size(), screenreader: settings.get('screenreader')});
}
appearance.addEventListener('resized', () => state.open && tellClient());

// The page

const login = loginDialog(line => {
  command(line);
  entry.focus();
});
const options = new OptionsDialog(settings, text => announcer.answer(text));
byId('do-login').onclick = login;
byId('do-settings').onclick = () => options.open();
byId('do-help').onclick = help;
byId('do-log').onclick = () => saveLog(log, builder.palette);
byId('do-leave').onclick = () => game.leave();

function thumbs() {
  const recent = entry.recent(RECENT).map(line =>
    el('button', {type: 'button', class: 'sent', onclick: () => command(line)}, line));
  byId('thumbs').replaceChildren(...room.thumbs(), ...recent);
  byId('thumbs').hidden = !byId('thumbs').childElementCount;
}
thumbs();
byId('thumbs').addEventListener('pointerdown', event => event.preventDefault()); // keeps the keyboard as it is

function settled(name) {
  keys = readKeys(settings.get('keys'));
  aliases = readAliases(settings.get('aliases'));
  rules = readHighlights(settings.get('highlights'));
  log.limit = settings.get('lines');
  byId('typed').spellcheck = settings.get('spelling');
  if (name === 'screenreader' && state.open) {
    tellClient();
  }
}
settled();
settings.addEventListener('change', ({detail}) => settled(detail));

addEventListener('click', event => {
  const link = event.target.closest('a.command');
  if (link) {
    event.preventDefault();
    const [line] = link.dataset.command.split('\n'); // one click, one command
    if (settings.get('ask')) {
      entry.put(line);
    } else {
      command(line, {echo: false});
    }
  } else if (event.target.closest('#log, #tail') && !event.target.closest('a') && getSelection().isCollapsed
    && matchMedia('(pointer: fine)').matches && !reading.reviewing) {
    entry.focus();
  }
});

addEventListener('keydown', event => {
  const {key, code, altKey, ctrlKey, shiftKey, metaKey, target} = event;
  if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) {
    return;
  }
  const digit = altKey && !ctrlKey && !shiftKey && /^Digit(\d)$/.exec(code);
  const typing = target === entry.field;
  const free = [document.body, log].includes(target);
  const own = keys.get(keyName(event))
    ?? (settings.get('numpad') && (free || (typing && !entry.hidden && !target.value)) ? walked(event) : undefined);
  if (key === 'F1') {
    help();
  } else if (key === 'F6' || (altKey && code === 'KeyR')) {
    reading.toggle();
  } else if (digit) {
    announcer.recall(Number(digit[1]) || 10, log.last(30).filter(line => line.textContent.trim()));
  } else if (altKey && code === 'KeyV') {
    announcer.answer(vitals.words() || 'The game has sent no vitals.');
  } else if (typing && /^Page(Up|Down)$/.test(key)) {
    log.scrollBy(0, (key === 'PageUp' ? -0.9 : 0.9) * log.clientHeight);
  } else if (ctrlKey && key === 'End') {
    log.toEnd();
  } else if (ctrlKey && key === 'Home') {
    log.scrollTop = 0;
  } else if (own) {
    command(own);
  } else {
    if (key === 'Escape') {
      announcer.silence();
      reading.leave();
    } else if (key.length === 1 && key !== ' ' && free && !ctrlKey && !altKey && !metaKey) {
      reading.leave();
      entry.focus(); // before the key's own effect: the letter goes there
    }
    return;
  }
  event.preventDefault();
});

if (matchMedia('(pointer: fine)').matches) {
  entry.focus();
}
