import {byId, counted, el} from './dom.js';
import {read, write} from './settings.js';

/** What was sent: walked with ↑ and ↓ by what is typed so far, edits kept until the next line is sent. */
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

/** Words that were seen lately, to complete what is typed: pure, without the page. */

/** Words that are remembered. */
const MOST = 2000;

/** Shorter words are typed faster than accepted. */
const SHORTEST = 4;

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
    if (!begun) {
      return '';
    }
    const words = [...this.#seen];
    for (let i = words.length - 1; i >= 0; i--) {
      const [lower, word] = words[i];
      if (lower.length > begun.length && lower.length >= SHORTEST && lower.startsWith(begun)) {
        return word.slice(begun.length);
      }
    }
    return '';
  }
}

/** Commands that carry a password: neither history nor storage nor echo may have it. */

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

/**
 * The input line: history, what is typed kept across reloads, pasting, passwords, completion.
 * Events: `send` (detail: `{lines, secret}`), `changed`.
 */
export class Entry extends EventTarget {
  #form = byId('entry');
  #field = byId('typed');
  #secret = byId('secret');
  #ghost = byId('ghost');
  #prompt = byId('prompt');
  #found = byId('found');
  #history;
  #shift = false;
  #chosen = 0;

  constructor(settings, words, loggedIn) {
    super();
    this.settings = settings;
    this.words = words;
    this.loggedIn = loggedIn;
    this.#history = new History(read('localStorage', SENT) ?? []);
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
        if (!this.#accept()) {
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
    // a button must not take the keyboard of a phone away
    this.#form.addEventListener('pointerdown', event => {
      if (event.target.closest('button')) {
        event.preventDefault();
      }
    });
    this.#found.addEventListener('pointerdown', event => {
      const option = event.target.closest('[role=option]');
      if (option) {
        event.preventDefault();
        this.put(option.textContent);
        this.#close();
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
    if (masked(line, this.loggedIn()) === null) {
      this.#history.add(line);
      this.#keep(line);
    } else {
      this.#history.leave();
    }
    this.#field.value = this.settings.get('keep') && masked(line, this.loggedIn()) === null ? line : '';
    if (this.#field.value) {
      this.#field.select();
    }
    this.#changed();
    this.#tell(line.split('\n'), false);
  }

  #tell(lines, secret) {
    this.dispatchEvent(new CustomEvent('send', {detail: {lines, secret}}));
  }

  #keep(line) {
    const kept = read('localStorage', SENT) ?? []; // other tabs have added theirs
    if (line.trim() && Array.isArray(kept) && kept.at(-1) !== line) {
      write('localStorage', SENT, [...kept, line].slice(-History.LIMIT));
    }
  }

  #changed() {
    const line = this.#field.value;
    write('sessionStorage', DRAFT, masked(line, this.loggedIn()) === null ? line : '');
    this.#suggest();
    if (!this.#found.hidden) {
      this.#search();
    }
    this.dispatchEvent(new Event('changed'));
  }

  // Completion: what would follow stands behind the line, faint; → accepts it.

  #suggest() {
    const line = this.#field.value;
    const atEnd = this.#field.selectionStart === line.length;
    const secret = masked(line + ' x', this.loggedIn()) !== null || masked(line, this.loggedIn()) !== null;
    const rest = this.settings.get('completion') && atEnd && line && !secret ? this.words.rest(line) : '';
    this.#ghost.replaceChildren(el('span', {}, line), rest);
    this.#ghost.dataset.rest = rest;
  }

  #complete() {
    const rest = this.#ghost.dataset.rest;
    if (rest && this.#field.selectionStart === this.#field.value.length) {
      this.put(this.#field.value + rest);
      return true;
    }
    return false;
  }

  // Search of the history: the line is what is looked for.

  #search() {
    const found = this.#history.search(this.#field.value);
    this.#chosen = Math.min(this.#chosen, Math.max(0, found.length - 1));
    this.#found.replaceChildren(...found.map((line, i) =>
      el('div', {role: 'option', id: `found${i}`, 'aria-selected': String(i === this.#chosen)}, line)));
    if (!found.length) {
      this.#found.append(el('div', {role: 'option', 'aria-disabled': 'true', 'aria-selected': 'false'}, 'Nothing like it was sent.'));
    }
    this.#found.hidden = false;
    this.#field.setAttribute('aria-controls', 'found');
    if (found.length) {
      this.#field.setAttribute('aria-activedescendant', `found${this.#chosen}`);
      this.dispatchEvent(new CustomEvent('found', {detail: found[this.#chosen]}));
    } else {
      this.#field.removeAttribute('aria-activedescendant');
    }
  }

  #accept() {
    const chosen = this.#found.hidden ? null : this.#found.querySelector('[aria-selected=true]');
    if (chosen) {
      this.#close();
      this.put(chosen.textContent);
    }
    return Boolean(chosen);
  }

  #close() {
    this.#found.hidden = true;
    this.#chosen = 0;
    this.#field.removeAttribute('aria-activedescendant');
    this.#field.removeAttribute('aria-controls');
  }

  #key(event) {
    this.#shift = event.shiftKey;
    if (event.isComposing || event.altKey || event.metaKey) {
      return;
    }
    const {key, ctrlKey} = event;
    const searching = !this.#found.hidden;
    let done = true;
    if (ctrlKey && key.toLowerCase() === 'r') {
      this.#chosen = searching ? this.#chosen + 1 : 0;
      this.#search();
    } else if (ctrlKey) {
      done = false;
    } else if (searching && (key === 'ArrowUp' || key === 'ArrowDown')) {
      this.#chosen = Math.max(0, this.#chosen + (key === 'ArrowUp' ? -1 : 1));
      this.#search();
    } else if (searching && key === 'Escape') {
      event.stopPropagation();
      this.#close();
    } else if (key === 'ArrowUp' && !event.shiftKey && this.#onEdge(-1)) {
      this.#walk(this.#history.up(this.#field.value));
    } else if (key === 'ArrowDown' && !event.shiftKey && this.#onEdge(1)) {
      this.#walk(this.#history.down(this.#field.value));
    } else if ((key === 'ArrowRight' || key === 'End') && !event.shiftKey) {
      done = this.#complete();
    } else {
      done = false;
    }
    if (done) {
      event.preventDefault();
    }
  }

  #onEdge(way) {
    const {value, selectionStart, selectionEnd} = this.#field;
    return way < 0 ? !value.slice(0, selectionStart).includes('\n') : !value.slice(selectionEnd).includes('\n');
  }

  #walk(line) {
    if (line !== undefined) {
      this.put(line);
    }
  }

  // Pasting: more than one line is asked for first.

  #pasted(event) {
    const text = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n').replace(/\n+$/, '');
    if (!text.includes('\n')) {
      return; // what ends with a line end is still one line
    }
    event.preventDefault();
    this.paste(text);
  }

  paste(text) {
    const lines = text.split('\n');
    const dialog = byId('paste');
    byId('paste-count').textContent = `Paste ${counted(lines.length, 'line')}?`;
    byId('paste-lines').textContent = lines.slice(0, SHOWN).join('\n')
      + (lines.length > SHOWN ? `\n… ${lines.length - SHOWN} more` : '');
    dialog.returnValue = '';
    dialog.addEventListener('close', () => {
      if (dialog.returnValue === 'send') {
        this.#tell(lines, false);
      } else if (dialog.returnValue === 'edit') {
        this.put(this.#field.value + text);
      }
      this.focus();
    }, {once: true});
    dialog.showModal();
  }
}
