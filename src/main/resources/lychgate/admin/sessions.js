import {byId, bytes, element, say, time} from './dom.js';
import * as portal from './portal.js';

const COLUMNS = [
  ['id', 'No.'], ['account', 'Account'], ['transport', 'Transport'], ['address', 'Address'], ['client', 'Client'],
  ['latency', 'Round trip'], ['idle', 'Idle'], ['unsent', 'Unsent'],
];
const NUMBERS = new Set(['id', 'latency', 'idle', 'unsent']);
const ROWS = 100;

/** The table of sessions: a page of it at a time, whatever there are. */
export class Sessions {
  #sort = 'id';
  #from = 0;
  #asked = 0;
  #rows = new Map();

  /** @param {(id: string) => void} open shows a session */
  constructor(open) {
    this.open = open;
    for (const [name, title] of COLUMNS) {
      const button = element('button', title, {type: 'button'});
      button.addEventListener('click', () => this.#by(name));
      byId('columns').append(element('th', [button], {scope: 'col', 'data-column': name}));
    }
    byId('find').addEventListener('input', () => this.#go(0));
    byId('before').addEventListener('click', () => this.#go(Math.max(0, this.#from - ROWS)));
    byId('next').addEventListener('click', () => this.#go(this.#from + ROWS));
  }

  #by(name) {
    this.#sort = name;
    this.#go(0);
  }

  #go(from) {
    this.#from = from;
    this.refresh();
  }

  /** Asks for the rows again. */
  async refresh() {
    const number = ++this.#asked;
    const page = await portal.sessions(byId('find').value, this.#sort, this.#from).catch(() => null);
    if (page && number === this.#asked) {
      this.#show(page);
    }
  }

  #show({total, from, rows}) {
    this.#from = from;
    for (const head of byId('columns').children) {
      head.setAttribute('aria-sort', head.dataset.column === this.#sort ? 'ascending' : 'none');
    }
    say(byId('count'), total === 0 ? 'none' : `${from + 1}–${from + rows.length} of ${total.toLocaleString('en')}`);
    byId('before').disabled = from === 0;
    byId('next').disabled = from + rows.length >= total;
    const old = this.#rows;
    this.#rows = new Map();
    const shown = rows.map((row) => {
      const tr = old.get(row.id) ?? this.#row(row.id);
      this.#rows.set(row.id, tr);
      fill(tr, row);
      return tr;
    });
    const body = byId('rows');
    if (shown.length !== body.children.length || shown.some((tr, i) => tr !== body.children[i])) {
      const focused = document.activeElement; // moving an element takes its focus
      body.replaceChildren(...shown);
      if (body.contains(focused)) {
        focused.focus();
      }
    }
  }

  #row(id) {
    const button = element('button', String(id), {type: 'button', 'aria-label': `Session ${id}`});
    button.addEventListener('click', () => this.open(id));
    return element('tr', COLUMNS.map(([name]) => (name === 'id'
      ? element('th', [button], {scope: 'row', class: 'number'})
      : element('td', '', NUMBERS.has(name) ? {class: 'number'} : {}))));
  }
}

function fill(tr, row) {
  const texts = [
    row.account || '–', row.transport, row.address, row.client || '–',
    row.latency_millis === null ? '–' : `${row.latency_millis} ms`,
    row.away_seconds === null ? time(row.idle_seconds) : `away ${time(row.away_seconds)}`,
    bytes(row.unsent),
  ];
  texts.forEach((text, i) => say(tr.children[i + 1], text));
}
