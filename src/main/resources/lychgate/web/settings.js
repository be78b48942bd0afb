/** The player's settings, their keys, aliases and highlights, and how the page looks by them. */
import {rgb} from './line.js';

/** What each setting is at first; its type is the type that is accepted. */
const DEFAULTS = {
  font: 'mono', size: 16, width: 100, theme: 'system', floor: true, lines: 5000, split: true,
  echo: true, keep: false, completion: true, spelling: false, numpad: false, ask: false,
  sounds: false, volume: 50, captions: true, notify: false,
  screenreader: false, speech: true,
  say_text: 'polite', say_talk: 'polite', say_tell: 'interrupt', say_combat: 'interrupt',
  say_prompt: 'off', say_page: 'polite',
  keys: '', aliases: '', highlights: '',
  closed: '', column: 320,
};

export const RANGES = {size: [10, 40], width: [40, 300], lines: [500, 20000], volume: [0, 100], column: [200, 720]};

const KEY = 'lychgate.settings';

/** Settings, kept in the browser. Event: `change` (detail: the name). */
export class Settings extends EventTarget {
  #own = {};

  constructor() {
    super();
    const load = () => this.take(read('localStorage', KEY) ?? {});
    load();
    addEventListener('storage', ({key}) => key === KEY && load()); // changed in another tab
  }

  get(name) {
    return this.#own[name] ?? DEFAULTS[name];
  }

  set(name, value) {
    const [least, most] = RANGES[name] ?? [];
    const kept = least === undefined ? value : Math.max(least, Math.min(most, Math.round(value)));
    if (typeof value === typeof DEFAULTS[name] && value === value && kept !== this.get(name)) {
      this.#own[name] = kept;
      write('localStorage', KEY, this.#own);
      this.dispatchEvent(new CustomEvent('change', {detail: name}));
    }
  }

  /** Takes settings from elsewhere; what is unknown or of the wrong type is left out. */
  take(values) {
    Object.keys(DEFAULTS).forEach(name => this.set(name, values[name]));
  }

  get all() {
    return {...DEFAULTS, ...this.#own};
  }

  reset() {
    this.take(DEFAULTS);
  }
}

export function read(storage, key) {
  try {
    return JSON.parse(globalThis[storage].getItem(key)) ?? undefined;
  } catch {
    return undefined;
  }
}

export function write(storage, key, value) {
  try {
    globalThis[storage].setItem(key, JSON.stringify(value));
  } catch {
    // full, or not allowed: the page works without
  }
}

/** Faces by the name of their setting; the first one that the system has. */
const FACES = {
  sans: 'var(--ui)', serif: 'var(--book)', dyslexic: 'OpenDyslexic, var(--ui)',
};

const SETTLE_MS = 400;

const DARK = '(prefers-color-scheme: dark)';

/** How the page looks, by the settings; how large it is, for the game. Event: `resized`. */
export class Appearance extends EventTarget {
  #root = document.documentElement;
  #told = '';

  constructor(settings, builder, log) {
    super();
    this.settings = settings;
    this.builder = builder;
    this.log = log;
    settings.addEventListener('change', ({detail}) => {
      if (['font', 'size', 'width', 'theme', 'floor'].includes(detail)) {
        this.#apply();
      }
    });
    matchMedia(DARK).addEventListener('change', () => this.#apply());
    let settle;
    new ResizeObserver(() => {
      clearTimeout(settle);
      settle = setTimeout(() => this.#measured(), SETTLE_MS);
    }).observe(log);
    ['resize', 'scroll'].forEach(name => visualViewport.addEventListener(name, () => this.#keyboard()));
    this.#apply();
  }

  #apply() {
    const {style, dataset} = this.#root;
    const theme = this.settings.get('theme');
    if (theme === 'system') {
      delete dataset.theme;
    } else {
      dataset.theme = theme;
    }
    style.setProperty('--game', `${this.settings.get('size')}px`);
    style.setProperty('--measure', `${this.settings.get('width')}ch`);
    const face = FACES[this.settings.get('font')];
    style[face ? 'setProperty' : 'removeProperty']('--face', face);
    const {backgroundColor} = getComputedStyle(this.#root);
    const light = theme === 'light' || (theme === 'system' && !matchMedia(DARK).matches);
    this.builder.floor = this.settings.get('floor');
    this.builder.repaint(rgb(backgroundColor), light, document);
    document.querySelector('[name=theme-color]').content = backgroundColor;
    this.#measured();
  }

  /** Where a phone's keyboard covers the page instead of making it smaller, the page shrinks. */
  #keyboard() {
    const {height, offsetTop, scale} = visualViewport;
    if (scale === 1) {
      document.body.style.setProperty('--height', height < innerHeight - 1 ? `${height}px` : '100dvh');
      if (offsetTop) {
        scrollTo(0, 0);
      }
    }
  }

  size() {
    const style = getComputedStyle(this.log);
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = `${style.fontSize} ${style.fontFamily}`;
    const inner = this.log.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    return { // a window that is hardly open is no measure
      screenwidth: Math.max(20, Math.min(this.settings.get('width'), Math.floor(inner / pen.measureText('0').width))),
      screenheight: Math.max(5, Math.floor(this.log.clientHeight / parseFloat(style.lineHeight))),
    };
  }

  #measured() {
    const {screenwidth, screenheight} = this.size();
    const now = `${screenwidth} ${screenheight}`;
    if (now !== this.#told) {
      this.#told = now;
      this.dispatchEvent(new Event('resized'));
    }
  }
}

// Keys and aliases as the player writes them, one a line: `F5: look`, `k: kill $1`.

const NUMPAD = {
  Numpad8: 'north', Numpad2: 'south', Numpad4: 'west', Numpad6: 'east', Numpad7: 'northwest',
  Numpad9: 'northeast', Numpad1: 'southwest', Numpad3: 'southeast', Numpad5: 'look',
  NumpadAdd: 'down', NumpadSubtract: 'up',
};

function rules(text) {
  return text.split('\n').map(line => /^\s*(\S+?)\s*[:=]\s*(.+?)\s*$/.exec(line)).filter(Boolean);
}

export function readKeys(text) {
  return new Map(rules(text).map(([, key, command]) => [order(key), command]));
}

export function readAliases(text) {
  return new Map(rules(text).map(([, word, command]) => [word, command]));
}

function order(key) {
  const parts = key.split('+');
  const last = parts.pop().toLowerCase();
  const with_ = name => parts.some(part => part.toLowerCase() === name);
  return ['ctrl', 'alt', 'shift', 'meta'].filter(with_).concat(last).join('+');
}

export function keyName(event) {
  const name = /^(Digit|Key|Numpad)/.test(event.code)
    ? event.code.replace(/^(Digit|Key)/, '') : event.key;
  return order([event.ctrlKey && 'ctrl', event.altKey && 'alt', event.shiftKey && 'shift',
    event.metaKey && 'meta', name].filter(Boolean).join('+'));
}

export const walked = event => (event.ctrlKey || event.altKey || event.metaKey
  ? undefined : NUMPAD[event.code]);

/** The lines that a line stands for: `$1` to `$9` are its words, `$*` all of them, `;` parts commands. */
export function expand(line, aliases) {
  const [word, ...rest] = line.trim().split(/\s+/);
  const stands = aliases.get(word);
  if (stands === undefined) {
    return [line];
  }
  const used = /\$[1-9*]/.test(stands);
  const filled = stands.replace(/\$([1-9*])/g, (_, n) =>
    (n === '*' ? rest.join(' ') : rest[n - 1] ?? ''));
  return (used || !rest.length ? filled : `${filled} ${rest.join(' ')}`)
    .split(';').map(part => part.trim()).filter(Boolean);
}

/** What the player wants to be shown or told of, one a line: `Anna`, `/drag(on|ons)/: sound notify`. */
export function readHighlights(text) {
  return text.split('\n').map(rule).filter(Boolean);
}

function rule(line) {
  const found = /^\s*(\/.+\/|[^:]+?)\s*(?::\s*(.*))?$/.exec(line);
  if (!found || !found[1].trim()) {
    return null;
  }
  const wanted = (found[2] ?? '').toLowerCase().split(/[\s,]+/);
  const pattern = found[1].startsWith('/')
    ? found[1].slice(1, -1)
    : `(?<![\\p{L}\\p{N}])${found[1].replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`;
  try {
    return {
      pattern: new RegExp(pattern, 'iu'),
      sound: wanted.includes('sound'), notify: wanted.includes('notify'), hide: wanted.includes('hide'),
    };
  } catch {
    return null; // no regular expression
  }
}

/** What is to be done about a line: all rules that match, together; null if none does. */
export function judge(text, rules) {
  const matching = rules.filter(({pattern}) => pattern.test(text));
  return matching.length
    ? Object.fromEntries(['sound', 'notify', 'hide'].map(n => [n, matching.some(m => m[n])]))
    : null;
}
