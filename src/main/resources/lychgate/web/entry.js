/** The input line, what was sent before, and words to complete what is typed. */
import {byId, counted, el} from './dom.js';
import {read, write} from './settings.js';

/** What was sent: walked by what is typed so far, edits kept until the next line is sent. */
export class History {
  static LIMIT = 500;

  #lines;
  #edits = new Map();
  #at = null;
  #prefix = '';

  constructor(lines = []) {
    this.#lines = lines.filter(line => typeof line === 'string').slice(-History.LIMIT);
  }

  get lines() {
    return [...this.#lines];
  }

  add(line) {
    if (line.trim() && line !== this.#lines.at(-1)) {
      this.#lines.push(line);
      this.#lines.splice(0, this.#lines.length - History.LIMIT);
    }
    this.leave();
  }

  up(current) {
    return this.#step(current, -1);
  }

  down(current) {
    return this.#step(current, 1);
  }

  #step(current, by) {
    const end = this.#lines.length;
    if (this.#at === null || this.#at === end) {
      if (by > 0) {
        return undefined;
      }
      this.#at = end;
      this.#prefix = current;
      this.#edits.delete(end);
    }
    if (current !== (this.#lines[this.#at] ?? '')) {
      this.#edits.set(this.#at, current);
    }
    for (let i = this.#at + by; i >= 0 && i <= end; i += by) {
      const line = this.#edits.get(i) ?? this.#lines[i] ?? '';
      if (i === end || (this.#lines[i].startsWith(this.#prefix) && line !== current)) {
        this.#at = i;
        return i === end ? (this.#edits.get(end) ?? this.#prefix) : line;
      }
    }
    return undefined;
  }

  leave() {
    this.#edits.clear();
    this.#at = null;
  }

  search(text, most = 8) {
    const wanted = text.toLowerCase();
    const found = this.#lines.filter(line => line.toLowerCase().includes(wanted)).reverse();
    return [...new Set(found)].slice(0, most);
  }
}

const MOST = 2000;

export class Words {
  #seen = new Map();

  learn(text) {
    for (const word of text.match(/[\p{L}\p{N}][\p{L}\p{N}'’-]{3,30}/gu) ?? []) {
      this.#seen.delete(word.toLowerCase());
      this.#seen.set(word.toLowerCase(), word);
    }
    for (const old of this.#seen.keys()) {
      if (this.#seen.size <= MOST) {
        break;
      }
      this.#seen.delete(old);
    }
  }

  rest(line) {
    const begun = /[\p{L}\p{N}'’-]{2,}$/u.exec(line)?.[0].toLowerCase();
    const [, word = ''] = [...this.#seen].findLast(([lower]) => begun && lower !== begun && lower.startsWith(begun)) ?? [];
    return word.slice(begun?.length);
  }
}

// Commands that carry a password: neither history nor storage nor echo may have it.
const LOGIN = /^\s*((?:connect|conn?|co|create|crea?|cr|login)\s+(?:"[^"]*"|\S+))\s+\S/i;
const CHANGE = /^\s*([@+/]?(?:passw(?:or)?d|newpassword|userpassword|identify|auth))\s+\S/i;

/** The line as it may be shown, with dots for the password; null if it holds none. */
export function masked(line, loggedIn) {
  const found = (!loggedIn && LOGIN.exec(line)) || CHANGE.exec(line);
  return found ? `${found[1]} ••••••` : null;
}

const DRAFT = 'lychgate.draft';
const SENT = 'lychgate.history';

/** Lines of a paste that its dialog shows. */
const SHOWN = 12;

/** The input line. Events: `send` (detail: `{lines, secret}`), `found` (detail: a line of the history). */
export class Entry extends EventTarget {
  #form = byId('entry');
  #field = byId('typed');
  #secret = byId('secret');
  #ghost = byId('ghost');
  #rest = '';
  #prompt = byId('prompt');
  #found = byId('found');
  #history;
  #shift = false;
  #chosen = -1; // of the lines found in the history; below 0: it is not searched

  constructor(settings, words, loggedIn) {
    super();
    this.settings = settings;
    this.words = words;
    this.loggedIn = loggedIn;
    this.#history = new History([].concat(read('localStorage', SENT) ?? []));
    this.#field.value = read('sessionStorage', DRAFT) ?? '';
    this.#listen();
    this.#changed();
  }

  #listen() {
    this.#form.addEventListener('submit', event => {
      event.preventDefault();
      this.#send();
    });
    // Enter, whatever keyboard it comes from: phones report no usable key codes
    this.#field.addEventListener('beforeinput', event => {
      if (/^insert(LineBreak|Paragraph)$/.test(event.inputType) && !this.#shift && !event.isComposing) {
        event.preventDefault();
        const taken = this.#chosen >= 0 && this.#found.querySelector('[aria-selected=true]');
        if (taken) {
          this.#close(taken);
        } else {
          this.#send();
        }
      }
    });
    this.#field.addEventListener('input', () => this.#changed());
    this.#field.addEventListener('scroll', () => (this.#ghost.scrollTop = this.#field.scrollTop));
    this.#field.addEventListener('paste', event => this.#pasted(event));
    this.#field.addEventListener('keydown', event => this.#key(event));
    this.#field.addEventListener('keyup', event => (this.#shift = event.shiftKey));
    this.#field.addEventListener('blur', () => this.#close());
    // a button must not take away the keyboard of a phone
    this.#form.addEventListener('pointerdown', event => {
      if (event.target.closest('button')) {
        event.preventDefault();
      }
    });
    this.#found.addEventListener('pointerdown', event => {
      const option = event.target.closest('[role=option]');
      if (option) {
        event.preventDefault();
        this.#close(option);
      }
    });
  }

  get field() {
    return this.#secret.hidden ? this.#field : this.#secret;
  }

  get hidden() {
    return !this.#secret.hidden;
  }

  recent(n) {
    return [...new Set(this.#history.lines.reverse())].filter(l => l.length <= 16).slice(0, n);
  }

  focus() {
    this.field.focus({preventScroll: true});
  }

  put(text) {
    this.#field.value = text;
    this.#field.setSelectionRange(text.length, text.length);
    this.#changed();
    this.focus();
  }

  ask(nodes, text) {
    this.#prompt.replaceChildren(...nodes);
    this.#prompt.hidden = !text.trim();
  }

  hide(hidden) {
    if (hidden === this.hidden) {
      return;
    }
    const focused = document.activeElement === this.field || document.activeElement === document.body;
    this.#secret.value = '';
    this.#secret.hidden = !hidden;
    this.#field.parentElement.hidden = hidden;
    this.#close();
    if (focused) {
      this.focus();
    }
  }

  #send() {
    if (this.hidden) {
      const line = this.#secret.value;
      this.#secret.value = '';
      this.#tell([line], true);
      return;
    }
    const line = this.#field.value;
    const shown = this.#isShown(line);
    if (shown && line.trim()) {
      this.#history.add(line);
      const kept = [].concat(read('localStorage', SENT) ?? []); // other tabs have added theirs
      write('localStorage', SENT, [...kept.filter(one => one !== line), line].slice(-History.LIMIT));
    } else {
      this.#history.leave();
    }
    this.#field.value = shown && this.settings.get('keep') ? line : '';
    this.#field.select();
    this.#changed();
    this.#tell(line.split('\n'), false);
  }

  #isShown(line) {
    return line.split('\n').every(one => masked(one, this.loggedIn()) === null);
  }

  #tell(lines, secret) {
    this.dispatchEvent(new CustomEvent('send', {detail: {lines, secret}}));
  }

  #changed() {
    const line = this.#field.value;
    write('sessionStorage', DRAFT, this.#isShown(line) ? line : '');
    const ends = this.#field.selectionStart === line.length && this.#isShown(`${line}x`);
    this.#rest = ends && this.settings.get('completion') ? this.words.rest(line) : '';
    this.#ghost.replaceChildren(el('span', {}, line), this.#rest); // behind the line, faint
    if (this.#chosen >= 0) {
      this.#search(0);
    }
  }

  /** Searches the history for what is typed; a line of those found is chosen. */
  #search(chosen) {
    const found = this.#history.search(this.#field.value);
    this.#chosen = Math.max(0, Math.min(chosen, found.length - 1));
    this.#found.replaceChildren(...found.map((line, i) =>
      el('div', {role: 'option', id: `found${i}`, 'aria-selected': `${i === this.#chosen}`}, line)));
    this.#found.hidden = !found.length;
    this.#field.setAttribute('aria-activedescendant', found.length ? `found${this.#chosen}` : '');
    this.dispatchEvent(new CustomEvent('found', {detail: found[this.#chosen] ?? 'Nothing like it was sent.'}));
  }

  #close(taken) {
    this.#found.hidden = true;
    this.#chosen = -1;
    this.#field.removeAttribute('aria-activedescendant');
    if (taken) {
      this.put(taken.textContent);
    }
  }

  #key(event) {
    this.#shift = event.shiftKey;
    const walks = this.settings.get('numpad') && event.code.startsWith('Numpad');
    if (walks || event.isComposing || event.altKey || event.metaKey || (event.shiftKey && event.key !== 'Escape')) {
      return;
    }
    const {value, selectionStart, selectionEnd} = this.#field;
    const searching = this.#chosen >= 0;
    const up = event.key === 'ArrowUp';
    if (event.ctrlKey) {
      if (event.key !== 'r') {
        return;
      }
      this.#search(this.#chosen + 1);
    } else if (up || event.key === 'ArrowDown') {
      if (searching) {
        this.#search(this.#chosen + (up ? 1 : -1)); // the newest is at the bottom
      } else if ((up ? value.slice(0, selectionStart) : value.slice(selectionEnd)).includes('\n')) {
        return; // within several lines
      } else {
        this.put(this.#history[up ? 'up' : 'down'](value) ?? value);
      }
    } else if (searching && event.key === 'Escape') {
      this.#close();
    } else if (this.#rest && selectionStart === value.length && (event.key === 'ArrowRight' || event.key === 'End')) {
      this.put(value + this.#rest);
    } else {
      return;
    }
    event.preventDefault();
  }

  /** Asks what is to be done with several lines. */
  #pasted(event) {
    const text = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n').replace(/\n+$/, '');
    if (!text.includes('\n')) {
      return; // what ends with a line end is still one line
    }
    event.preventDefault();
    const lines = text.split('\n');
    byId('paste-count').textContent = `Paste ${counted(lines.length, 'line')}?`;
    byId('paste-lines').textContent = lines.slice(0, SHOWN).join('\n')
      + (lines.length > SHOWN ? `\n… ${lines.length - SHOWN} more` : '');
    byId('paste-form').onsubmit = ({submitter}) => {
      if (submitter.value === 'send') {
        this.#tell(lines, false);
      } else if (submitter.value === 'edit') {
        this.put(this.#field.value + text);
      }
    };
    byId('paste').showModal();
  }
}
