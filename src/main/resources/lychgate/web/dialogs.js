/** The dialogs: settings, help, login, saving the log. */
import {byId, el} from './dom.js';
import {RANGES} from './settings.js';

const SPOKEN = [['off', 'not at all'], ['polite', 'in its turn'], ['interrupt', 'at once'], ['sound', 'as a sound']];

/** The dialog's fields: `[group, [name, label, choices or hint]…]`. */
const FIELDS = [
  ['Text',
    ['theme', 'Theme', [['system', 'as the system'], ['dark', 'dark'], ['light', 'light'], ['contrast', 'high contrast']]],
    ['font', 'Font', [['mono', 'monospaced'], ['sans', 'sans serif'], ['serif', 'serif'], ['dyslexic', 'OpenDyslexic, if installed']]],
    ['size', 'Size, in pixels'],
    ['width', 'Width, in characters'],
    ['lines', 'Lines kept'],
    ['floor', 'Make faint colours readable'],
    ['split', 'Show the newest lines while reading above'],
  ],
  ['Input',
    ['echo', 'Show what I send'],
    ['keep', 'Keep the line after it is sent'],
    ['completion', 'Suggest words (→ takes them)'],
    ['spelling', 'Check spelling'],
    ['numpad', 'Walk with the numeric keypad'],
    ['ask', 'Put clicked commands into the line first'],
  ],
  ['Screen reader',
    ['screenreader', 'Ask the game for text without drawings'],
    ['speech', 'Announce new text'],
    ['say_text', 'Text of the game', SPOKEN],
    ['say_talk', 'Talk', SPOKEN],
    ['say_tell', 'Said to me alone', SPOKEN],
    ['say_combat', 'Fights', SPOKEN],
    ['say_prompt', 'Prompts', SPOKEN],
    ['say_page', 'Messages of this page', SPOKEN],
  ],
  ['Sounds and notifications',
    ['sounds', 'Sounds'],
    ['volume', 'Volume'],
    ['captions', 'Sounds of the game in words'],
    ['notify', 'Notifications while the page is hidden'],
  ],
  ['Mine',
    ['keys', 'Keys', 'One a line, such as F5: look'],
    ['aliases', 'Aliases', 'One a line, such as k: kill $1; $* is everything, ; parts commands'],
    ['highlights', 'Highlights', 'One a line: Anna, or /drag(on|ons)/: sound notify hide'],
  ],
];

/** The dialog of settings: a change holds at once. `told(words)` hears what was done. */
export class OptionsDialog {
  #dialog = byId('settings');
  #shows = new Map();

  constructor(settings, told) {
    this.settings = settings;
    this.told = told;
    settings.addEventListener('change', ({detail}) => this.#shows.get(detail)?.());
  }

  open() {
    if (!this.#shows.size) {
      this.#build();
    }
    this.#shows.forEach(show => show());
    this.#dialog.showModal();
  }

  #build() {
    const button = (text, onclick) => el('button', {type: 'button', onclick}, text);
    const file = el('input', {type: 'file', accept: '.json', hidden: true, onchange: () => this.#import(file)});
    this.#dialog.append(el('h2', {id: 'settings-title'}, 'Settings'),
      el('form', {method: 'dialog'},
        ...FIELDS.map(([title, ...fields]) => el('fieldset', {class: 'pairs'}, el('legend', {}, title),
          ...fields.map(field => this.#field(...field)))),
        el('p', {class: 'actions'}, el('button', {class: 'first'}, 'Done'),
          button('Export', () => {
            save('lychgate-settings.json', 'application/json', JSON.stringify(this.settings.all, null, 2));
            this.#say('Exported.');
          }),
          button('Import', () => file.click()),
          button('Back to the first ones', () => this.settings.reset()), file),
        el('p', {class: 'hint', id: 'settings-said'})));
  }

  #field(name, label, more) {
    const id = `set-${name}`;
    const value = typeof this.settings.get(name);
    const [min, max] = RANGES[name] ?? [];
    const input = Array.isArray(more) ? el('select', {id}, ...more.map(([key, words]) => el('option', {value: key}, words)))
      : more ? el('textarea', {id, rows: 4, spellcheck: 'false', autocapitalize: 'none', 'aria-describedby': `${id}-hint`})
        : el('input', {id, type: value === 'boolean' ? 'checkbox' : 'number', min, max});
    const at = {boolean: 'checked', number: 'valueAsNumber', string: 'value'}[value];
    const show = () => (input[at] = this.settings.get(name));
    this.#shows.set(name, show);
    input.addEventListener('change', () => {
      this.settings.set(name, input[at]);
      show();
      if (name === 'notify' && input.checked) {
        globalThis.Notification?.requestPermission();
      }
    });
    const words = el('label', {for: id}, label);
    return at === 'checked' ? el('p', {class: 'check'}, input, words)
      : el('p', {class: at === 'value' && !input.options ? 'all' : null}, words, input,
        ...(input.options || !more ? [] : [el('span', {class: 'hint', id: `${id}-hint`}, more)]));
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

export function save(name, type, ...parts) {
  const href = URL.createObjectURL(new Blob(parts, {type: `${type};charset=utf-8`}));
  el('a', {href, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
}

const HELP = [
  ['Typing',
    ['Enter', 'sends the line; Shift+Enter begins another'],
    ['↑ ↓', 'lines sent before that begin as this one; what you changed is kept'],
    ['Ctrl+R', 'searches them: type a part, ↑ ↓ choose, Enter takes, Esc leaves'],
    ['→', 'takes the suggested end of a word'],
  ],
  ['Reading',
    ['Page Up/Down', 'scrolls the text; while you read above, it stays where it is'],
    ['Ctrl+End', 'goes to the newest line; Ctrl+Home to the first'],
    ['F6, Alt+R', 'reviews the text line by line with ↑ ↓; Esc goes back'],
    ['Alt+1 … Alt+0', 'reads the last, second last … tenth last line; twice copies it'],
    ['Alt+V', 'reads the vitals'],
    ['Esc', 'silences the screen reader'],
  ],
  ['Page',
    ['F1', 'shows this'],
    ['Tab', 'moves on, and never anything else'],
  ],
];

export function help() {
  const dialog = byId('help');
  dialog.replaceChildren(
    el('h2', {id: 'help-title'}, 'Help'),
    el('p', {}, 'What you can do in the game, the game itself tells: send ', el('kbd', {}, 'help'),
      '. Exits, links and commands in the text can be clicked.'),
    ...HELP.flatMap(([title, ...keys]) => [el('h3', {}, title),
      el('dl', {}, ...keys.flatMap(([key, does]) => [el('dt', {}, el('kbd', {}, key)), el('dd', {}, does)]))]),
    el('p', {class: 'hint'}, 'Keys, aliases, highlights, and what a screen reader is told, are in Settings.'),
    el('form', {method: 'dialog', class: 'actions'}, el('button', {class: 'first'}, 'Close')));
  dialog.showModal();
}

/** The login form, which password managers fill. `send(line)` gets what the game understands. */
export function loginDialog(send) {
  const dialog = byId('login');
  const name = byId('login-name');
  const password = byId('login-password');
  const isNew = byId('login-new');
  isNew.onchange = () => {
    password.autocomplete = isNew.checked ? 'new-password' : 'current-password';
    byId('login-submit').textContent = isNew.checked ? 'Make it' : 'Log in';
  };
  byId('login-form').addEventListener('submit', () => {
    const words = name.value.trim();
    const quoted = /\s/.test(words) ? `"${words}"` : words; // Evennia's way with names of two words
    send(`${isNew.checked ? 'create' : 'connect'} ${quoted} ${password.value}`);
  });
  byId('login-guest').onclick = () => {
    dialog.close();
    send('guest');
  };
  byId('login-cancel').onclick = () => dialog.close();
  dialog.onclose = () => (password.value = '');
  return () => {
    dialog.showModal();
    (name.value ? password : name).focus();
  };
}

/** Asks in which form the log is saved, and saves it: each line's own text, laid out or not. */
export function saveLog(log, palette) {
  const lines = log.all();
  byId('save-form').onsubmit = ({submitter}) => {
    const name = `lychgate-${new Date().toISOString().slice(0, 16).replace(/[T:]/g, '-')}`;
    if (submitter.value === 'text') {
      save(`${name}.txt`, 'text/plain',
        lines.map(line => `${line.classList.contains('echo') ? '> ' : ''}${line.textContent}\n`).join(''));
    } else if (submitter.value === 'html') {
      const {color, backgroundColor} = getComputedStyle(document.documentElement);
      save(`${name}.html`, 'text/html', `<!doctype html><meta charset="utf-8"><title>Lychgate</title><style>
body{background:${backgroundColor};color:${color};font:1rem/1.5 monospace;max-width:100ch;margin:1rem auto}
.line{white-space:pre-wrap;min-height:1.5em}.art{line-height:1}.echo::before{content:"> "}.notice,.italic{font-style:italic}
.underline{text-decoration:underline}.strike{text-decoration:line-through}
${palette}</style>\n`, lines.map(line => line.outerHTML).join('\n'));
    }
  };
  byId('save').showModal();
}
