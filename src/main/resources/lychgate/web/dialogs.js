/** The dialogs: settings, help, login, saving the log. */
import {byId, counted, el} from './dom.js';

const SPOKEN = [['off', 'not at all'], ['polite', 'in its turn'], ['interrupt', 'at once'], ['sound', 'as a sound']];

/** The dialog's fields: `[group, [name, label, kind, choices or hint]…]`. */
const FIELDS = [
  ['Text', [
    ['theme', 'Theme', 'select', [['system', 'as the system'], ['dark', 'dark'], ['light', 'light'], ['contrast', 'high contrast']]],
    ['font', 'Font', 'select', [['mono', 'monospaced'], ['sans', 'sans serif'], ['serif', 'serif'], ['dyslexic', 'OpenDyslexic, if installed']]],
    ['size', 'Size, in pixels', 'number'],
    ['width', 'Width, in characters', 'number'],
    ['lines', 'Lines kept', 'number'],
    ['floor', 'Make faint colours readable', 'checkbox'],
    ['split', 'Show the newest lines while reading above', 'checkbox'],
  ]],
  ['Input', [
    ['echo', 'Show what I send', 'checkbox'],
    ['keep', 'Keep the line after it is sent', 'checkbox'],
    ['completion', 'Suggest words (→ takes them)', 'checkbox'],
    ['spelling', 'Check spelling', 'checkbox'],
    ['numpad', 'Walk with the numeric keypad', 'checkbox'],
    ['ask', 'Put clicked commands into the line first', 'checkbox'],
  ]],
  ['Screen reader', [
    ['screenreader', 'Ask the game for text without drawings', 'checkbox'],
    ['speech', 'Announce new text', 'checkbox'],
    ['say_text', 'Text of the game', 'select', SPOKEN],
    ['say_talk', 'Talk', 'select', SPOKEN],
    ['say_tell', 'Said to me alone', 'select', SPOKEN],
    ['say_combat', 'Fights', 'select', SPOKEN],
    ['say_prompt', 'Prompts', 'select', SPOKEN],
    ['say_page', 'Messages of this page', 'select', SPOKEN],
  ]],
  ['Sounds and notifications', [
    ['sounds', 'Sounds', 'checkbox'],
    ['volume', 'Volume', 'range'],
    ['captions', 'Sounds of the game in words', 'checkbox'],
    ['notify', 'Notifications while the page is hidden', 'checkbox'],
  ]],
  ['Mine', [
    ['keys', 'Keys', 'lines', 'One a line, such as F5: look'],
    ['aliases', 'Aliases', 'lines', 'One a line, such as k: kill $1; $* is everything, ; parts commands'],
    ['highlights', 'Highlights', 'lines', 'One a line: Anna, or /drag(on|ons)/: sound notify hide'],
  ]],
];

/** The dialog of settings: a change holds at once. */
export class OptionsDialog {
  #dialog = byId('settings');
  #fields = new Map();

  constructor(settings, told) {
    this.settings = settings;
    this.told = told;
    settings.addEventListener('change', ({detail}) => this.#show(detail));
  }

  open() {
    if (!this.#fields.size) {
      this.#build();
    }
    this.#fields.forEach((_, name) => this.#show(name));
    this.#dialog.showModal();
  }

  #build() {
    const file = el('input', {type: 'file', accept: 'application/json', class: 'unseen', tabindex: '-1', 'aria-hidden': 'true'});
    file.addEventListener('change', () => this.#import(file));
    this.#dialog.append(el('h2', {id: 'settings-title'}, 'Settings'),
      el('form', {method: 'dialog'},
        ...FIELDS.map(([title, fields]) => el('fieldset', {}, el('legend', {}, title),
          el('div', {class: fields[0][2] === 'lines' ? '' : 'pairs'}, ...fields.map(field => this.#field(...field))))),
        el('p', {class: 'actions'},
          el('button', {class: 'first'}, 'Done'),
          el('button', {type: 'button', onclick: () => this.#export()}, 'Export'),
          el('button', {type: 'button', onclick: () => file.click()}, 'Import'),
          el('button', {type: 'button', onclick: () => this.settings.reset()}, 'Back to the first ones'), file),
        el('p', {class: 'hint', id: 'settings-said', role: 'status'})));
  }

  #field(name, label, kind, more) {
    const id = `set-${name}`;
    const [min, max] = RANGES[name] ?? [];
    const input = kind === 'select' ? el('select', {id}, ...more.map(([value, words]) => el('option', {value}, words)))
      : kind === 'lines' ? el('textarea', {id, rows: 4, spellcheck: 'false', autocapitalize: 'none', 'aria-describedby': `${id}-hint`})
        : el('input', {id, type: kind, min, max});
    input.addEventListener('change', () => this.#changed(name, kind, input));
    this.#fields.set(name, {kind, input});
    const words = el('label', {for: id}, label);
    if (kind === 'checkbox') {
      return el('p', {class: 'check'}, input, words);
    }
    return el('p', {}, words, input,
      ...(kind === 'lines' ? [el('span', {class: 'hint', id: `${id}-hint`}, more)] : []));
  }

  #changed(name, kind, input) {
    this.settings.set(name, kind === 'checkbox' ? input.checked : name in RANGES ? input.valueAsNumber : input.value);
    this.#show(name);
    if (name === 'notify' && input.checked && globalThis.Notification?.permission === 'default') {
      Notification.requestPermission();
    }
  }

  #show(name) {
    const field = this.#fields.get(name);
    if (field) {
      field.input[field.kind === 'checkbox' ? 'checked' : 'value'] = this.settings.get(name);
    }
  }

  #export() {
    save('lychgate-settings.json', 'application/json', JSON.stringify(this.settings.all, null, 2));
    this.#say('Exported.');
  }

  async #import(file) {
    try {
      this.settings.take(JSON.parse(await file.files[0].text()));
      this.#say('Imported.');
    } catch {
      this.#say('That file holds no settings.');
    }
    file.value = '';
  }

  #say(words) {
    byId('settings-said').textContent = words;
    this.told(words);
  }
}

/** Has the browser save a file. */
export function save(name, type, ...parts) {
  const href = URL.createObjectURL(new Blob(parts, {type: `${type};charset=utf-8`}));
  el('a', {href, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

const HELP = [
  ['Typing', [
    ['Enter', 'sends the line; Shift+Enter begins another'],
    ['↑ ↓', 'lines sent before that begin as this one; what you changed is kept'],
    ['Ctrl+R', 'searches them: type a part, ↑ ↓ choose, Enter takes, Esc leaves'],
    ['→', 'takes the suggested end of a word'],
    ['any letter', 'goes to the input line, wherever you are'],
  ]],
  ['Reading', [
    ['Page Up/Down', 'scrolls the text; while you read above, it stays where it is'],
    ['Ctrl+End', 'goes to the newest line; Ctrl+Home to the first'],
    ['F6, Alt+R', 'reviews the text line by line with ↑ ↓; Esc goes back'],
    ['Alt+1 … Alt+0', 'reads the last, second last … tenth last line; twice copies it'],
    ['Alt+V', 'reads the vitals'],
    ['Esc', 'silences the screen reader'],
  ]],
  ['Page', [
    ['F1', 'shows this'],
    ['Tab', 'moves on: text, input, panels. It is never taken for anything else'],
  ]],
];

/** Shows the keys. */
export function help(settings) {
  const dialog = byId('help');
  const own = settings.get('keys').trim();
  dialog.replaceChildren(
    el('h2', {id: 'help-title'}, 'Help'),
    el('p', {}, 'This page plays the game; what you can do in the game, the game itself tells: send ', el('kbd', {}, 'help'),
      '. Exits, links and commands in the text can be clicked.'),
    ...HELP.flatMap(([title, keys]) => [el('h3', {}, title),
      el('dl', {}, ...keys.flatMap(([key, does]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, does)]))]),
    ...(own ? [el('h3', {}, 'Your keys'), el('pre', {tabindex: '0', 'aria-label': 'Your keys'}, own)] : []),
    el('p', {class: 'hint'}, 'Keys and aliases, highlights, what a screen reader is told and how the text looks are in Settings.'),
    el('form', {method: 'dialog', class: 'actions'}, el('button', {class: 'first'}, 'Close')));
  dialog.showModal();
}

/** The login form, which password managers fill. `send(line)` gets what the game understands. */
export function loginDialog(send) {
  const dialog = byId('login');
  const name = byId('login-name');
  const password = byId('login-password');
  const isNew = byId('login-new');
  isNew.addEventListener('change', () => {
    password.autocomplete = isNew.checked ? 'new-password' : 'current-password';
    byId('login-submit').textContent = isNew.checked ? 'Make it' : 'Log in';
  });
  byId('login-form').addEventListener('submit', () => {
    const words = name.value.trim();
    const quoted = /\s/.test(words) ? `"${words}"` : words; // Evennia's way with names of two words
    send(`${isNew.checked ? 'create' : 'connect'} ${quoted} ${password.value}`);
    password.value = '';
  });
  byId('login-guest').addEventListener('click', () => {
    dialog.close();
    send('guest');
  });
  dialog.querySelector('[data-close]').addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => (password.value = ''));
  return () => {
    dialog.showModal();
    (name.value ? password : name).focus();
  };
}

const escaped = text => text.replace(/[&<>"]/g, c => ({'&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;'})[c]);

function html(node) {
  if (node.nodeType === Node.TEXT_NODE) {
    return escaped(node.data);
  }
  const inside = [...node.childNodes].map(html).join('');
  const {color, backgroundColor} = node.style;
  const style = [color && `color:${color}`, backgroundColor && `background-color:${backgroundColor}`].filter(Boolean).join(';');
  const name = node.localName === 'a' && !node.dataset.command ? 'a' : node.localName === 'div' ? 'div' : 'span';
  const attributes = [['class', node.className], ['style', style], ['href', name === 'a' && node.href]]
    .filter(([, value]) => value).map(([key, value]) => ` ${key}="${escaped(value)}"`).join('');
  return `<${name}${attributes}>${inside}</${name}>`;
}

/** Asks in which form the log is saved, and saves it: from each line's own text, laid out or not. */
export function saveLog(log, palette) {
  const dialog = byId('save');
  const lines = log.all();
  byId('save-count').textContent = `${counted(lines.length, 'line')}, as they are in this page.`;
  dialog.returnValue = '';
  dialog.addEventListener('close', () => {
    const name = `lychgate-${new Date().toISOString().slice(0, 16).replace(/[T:]/g, '-')}`;
    const shown = line => (line.classList.contains('echo') ? '> ' : '') + line.textContent;
    if (dialog.returnValue === 'text') {
      save(`${name}.txt`, 'text/plain', lines.map(line => shown(line) + '\n').join(''));
    } else if (dialog.returnValue === 'html') {
      const {color, backgroundColor} = getComputedStyle(document.documentElement);
      save(`${name}.html`, 'text/html', `<!doctype html><meta charset="utf-8"><title>Lychgate</title><style>
body{background:${backgroundColor};color:${color};font:1rem/1.5 monospace;max-width:100ch;margin:1rem auto}
.line{white-space:pre-wrap;min-height:1.5em}.art{line-height:1;white-space:pre}.echo{opacity:.75}.echo::before{content:"> "}
.notice,.italic{font-style:italic}.underline{text-decoration:underline}.strike{text-decoration:line-through}
${palette}</style>\n`, lines.map(line => html(line) + '\n').join(''));
    }
  }, {once: true});
  dialog.showModal();
}
