/** The column of panels, and two of them: vitals out of `char_vitals`, and talk by its channel. */
import {byId, el} from './dom.js';

const NARROWEST = 200;
const WIDEST = 720;

const narrow = () => matchMedia('(max-width: 47.99rem)').matches;

/** Each panel appears with the first data for it, can be closed and opened again; the layout is kept. */
export class Panels {
  #all = new Map();
  #side = byId('side');
  #edge = byId('edge');
  #button = byId('do-panels');
  #menu = el('div', {class: 'panel menu', role: 'group', 'aria-label': 'Panels shown', hidden: true});

  constructor(settings, back) {
    this.settings = settings;
    this.back = back;
    this.#side.append(
      el('button', {type: 'button', id: 'shut', onclick: () => this.open(false)}, 'Back to the game'), this.#menu);
    this.#button.addEventListener('click', () => {
      this.#menu.hidden = !narrow() && !this.#menu.hidden;
      this.#arrange();
      if (narrow()) {
        this.open(document.body.dataset.panels !== 'open');
      } else {
        this.#menu.querySelector('input:not([hidden])')?.focus();
      }
    });
    this.#side.addEventListener('keydown', ({key}) => {
      if (key === 'Escape' && narrow()) {
        this.open(false);
      }
    });
    this.#resizable();
    this.#arrange();
  }

  #closed() {
    return new Set(this.settings.get('closed').split(' '));
  }

  add(name, title, ...content) {
    const id = `panel-${name}`;
    const element = el('section', {class: `panel ${name}`, 'aria-labelledby': id, hidden: true},
      el('div', {class: 'top'}, el('h2', {id}, title),
        el('button', {type: 'button', 'aria-label': `Close ${title}`, onclick: () => this.show(name, false)}, 'Close')),
      ...content);
    this.#all.set(name, {title, element, filled: false});
    this.#side.append(element);
  }

  fill(name) {
    const panel = this.#all.get(name);
    if (!panel.filled) {
      panel.filled = true;
      this.#arrange();
    }
  }

  visible(name) {
    return !document.hidden && this.#all.get(name).element.offsetParent !== null;
  }

  show(name, shown) {
    const closed = this.#closed();
    closed[shown ? 'delete' : 'add'](name);
    this.settings.set('closed', [...closed].join(' '));
    this.#arrange();
    if (!shown) {
      (document.body.dataset.panels ? byId('shut') : this.#button).focus();
    }
  }

  /** Opens or shuts the panels where they lie over the text. */
  open(open) {
    document.body.dataset.panels = open ? 'open' : '';
    this.#button.setAttribute('aria-expanded', open);
    if (open) {
      byId('shut').focus();
    } else {
      this.back();
    }
  }

  #arrange() {
    const closed = this.#closed();
    let some = !this.#menu.hidden;
    this.#menu.replaceChildren(el('h2', {}, 'Panels'), ...[...this.#all].map(([name, {title, element, filled}]) => {
      const id = `shows-${name}`;
      const box = el('input', {type: 'checkbox', id, onchange: () => {
        this.show(name, box.checked);
        byId(id).focus();
      }});
      box.checked = !closed.has(name);
      element.hidden = !filled || !box.checked;
      some ||= !element.hidden;
      return el('p', {class: 'check'}, box,
        el('label', {for: id}, title, filled ? '' : el('span', {class: 'hint'}, ' (nothing came for it yet)')));
    }));
    this.#button.setAttribute('aria-expanded', narrow() ? document.body.dataset.panels === 'open' : !this.#menu.hidden);
    this.#side.hidden = this.#edge.hidden = !some;
    this.#resize(this.settings.get('column'));
  }

  #resize(width) {
    const column = Math.round(Math.max(NARROWEST, Math.min(width, WIDEST, innerWidth * 0.6)));
    document.documentElement.style.setProperty('--column', `${column}px`);
    Object.assign(this.#edge, {ariaValueMin: NARROWEST, ariaValueMax: WIDEST, ariaValueNow: column});
    return column;
  }

  #resizable() {
    this.#edge.addEventListener('pointerdown', event => {
      event.preventDefault();
      this.#edge.setPointerCapture(event.pointerId);
      let width;
      this.#edge.onpointermove = ({clientX}) => (width = this.#resize(innerWidth - clientX));
      this.#edge.onlostpointercapture = () => {
        this.#edge.onpointermove = null;
        this.settings.set('column', width);
      };
    });
    this.#edge.addEventListener('keydown', event => {
      const by = {ArrowLeft: 20, ArrowRight: -20}[event.key];
      if (by) {
        event.preventDefault();
        this.settings.set('column', this.#resize(this.settings.get('column') + by));
      }
    });
  }
}

const NAMES = {
  hp: 'Health', mp: 'Mana', sp: 'Spirit', ep: 'Endurance', wp: 'Willpower', mv: 'Movement', moves: 'Movement',
  gp: 'Guild points', xp: 'Experience', nl: 'Next level',
};

/** Vitals at most, and the longest word among them. */
const VITALS = 12;
const LONGEST = 20;

/** What is shown of a game's values: `[{key, label, value, max}]`, max null where none is known. */
export function readVitals(sent) {
  const all = new Map(Object.entries(sent).map(([key, value]) => [key.toLowerCase(), value]));
  const whole = key => key.replace(/^max_?|_?max$/, '');
  const most = new Map([...all].filter(([key]) => all.has(whole(key)) && whole(key) !== key).map(([key, max]) => [whole(key), max]));
  return [...all]
    .filter(([key, value]) => (whole(key) === key || !all.has(whole(key)))
      && (typeof value === 'number' || (value && typeof value === 'string' && value.length <= LONGEST)))
    .map(([key, value]) => {
      const max = Number(most.get(key) ?? (key === 'nl' ? 100 : 0)); // a percentage
      return {
        key,
        label: NAMES[key] ?? key[0].toUpperCase() + key.slice(1).replaceAll('_', ' '),
        value: isFinite(value) ? Number(value) : value,
        max: isFinite(value) && max > 0 ? max : null,
      };
    })
    .slice(0, VITALS);
}

const said = ({value, max}) => (max === null ? `${value}` : `${value} of ${max}`);

/** Meters with their words: in the panel, and in a strip for phones. */
export class VitalsPanel {
  #list = el('div');
  #strip = byId('strip');
  #sent = {};

  constructor(panels) {
    this.panels = panels;
    panels.add('vitals', 'Vitals', this.#list);
  }

  take(values) {
    Object.assign(this.#sent, values);
    const vitals = readVitals(this.#sent);
    if (vitals.length) {
      this.#show(this.#list, vitals);
      this.#show(this.#strip, vitals.filter(({max}) => max !== null));
      this.#strip.hidden = false;
      this.panels.fill('vitals');
    }
  }

  words() {
    return readVitals(this.#sent).map(vital => `${vital.label} ${said(vital)}`).join(', ');
  }

  #show(parent, vitals) {
    const shape = vitals.map(({key, max}) => key + (max === null)).join();
    if (parent.dataset.shape !== shape) { // else the elements stay: somebody may be reading them
      parent.dataset.shape = shape;
      parent.replaceChildren(...vitals.map(({label, max}) => el('div', {class: 'gauge'}, el('span', {}, label), el('b'),
        ...(max === null ? [] : [el('meter', {min: 0, 'aria-label': label})]))));
    }
    vitals.forEach((vital, i) => {
      const {value, max} = vital;
      const [, text, meter] = parent.children[i].children;
      text.textContent = said(vital).replace('of', '/');
      if (meter) {
        Object.assign(meter, {max, low: max / 4, high: max / 2, optimum: max, value, ariaValueText: said(vital)});
      }
    });
  }
}

/** Messages that are kept, and channels that have a tab of their own. */
const MESSAGES = 500;
const CHANNELS = 20;

const TALK = 'say pose emote whisper tell page shout yell ooc gossip chat talk channel'.split(' ');
const DIRECT = ['tell', 'page', 'whisper'];

/** The channel of a text; null if it is no talk. */
export function channelOf({type, channel, from_channel: from}, text) {
  const name = [channel, from && (/^\[([^\]]{1,30})\]/.exec(text)?.[1] ?? 'Channel'), type]
    .find(word => word && typeof word === 'string');
  return name && (name !== type || TALK.includes(type.toLowerCase())) ? name : null;
}

export const isDirect = channel => DIRECT.includes(channel?.toLowerCase());

/** What people say, by channel, with marks for what was not seen yet. */
export class TalkPanel {
  #tabs = el('div', {class: 'channels', role: 'group', 'aria-label': 'Channels'});
  #list = el('ol', {class: 'said', tabindex: 0, 'aria-label': 'What was said'});
  #unread = new Map([['All', 0]]);
  #chosen = 'All';
  #drawing = false;

  constructor(panels) {
    this.panels = panels;
    panels.add('talk', 'Talk', this.#tabs, this.#list);
  }

  /** Adds a message: nodes, which are copied. */
  add(channel, nodes) {
    const name = this.#unread.has(channel) || this.#unread.size < CHANNELS ? channel : 'All';
    const item = el('li', {'data-channel': name}, el('time', {}, new Date().toTimeString().slice(0, 5)),
      ...nodes.map(node => node.cloneNode(true)));
    this.#list.append(item);
    if (this.#list.childElementCount > MESSAGES) {
      this.#list.firstElementChild.remove();
    }
    this.#unread.set(name, (this.#unread.get(name) ?? 0) + 1);
    this.panels.fill('talk');
    if (!this.#drawing) {
      this.#drawing = true;
      setTimeout(() => this.#draw(), 50); // once for all that come together
    }
  }

  #draw() {
    this.#drawing = false;
    const all = this.#chosen === 'All';
    for (const item of this.#list.children) {
      item.hidden = !all && item.dataset.channel !== this.#chosen;
    }
    if (this.panels.visible('talk')) {
      [...this.#unread.keys()].filter(name => all || name === this.#chosen).forEach(name => this.#unread.set(name, 0));
    }
    const focused = this.#tabs.contains(document.activeElement) && document.activeElement.dataset.channel;
    this.#tabs.replaceChildren(...[...this.#unread].map(([name, unread]) => el('button', {
      type: 'button', 'data-channel': name, 'aria-pressed': `${name === this.#chosen}`, class: unread ? 'unread' : null,
      'aria-label': unread ? `${name}, ${unread} unread` : null,
      onclick: () => {
        this.#chosen = name;
        this.#draw();
      },
    }, unread ? `${name} ${unread}` : name)));
    [...this.#tabs.children].find(tab => tab.dataset.channel === focused)?.focus();
    this.#list.scrollTop = this.#list.scrollHeight;
  }
}
