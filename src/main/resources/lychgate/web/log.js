import {byId, counted, el} from './dom.js';

/** Lines in a chunk: chunks behind the tail are laid out only while they are looked at. */
const CHUNK = 100;

/** Chunks that are always laid out: whoever reads the page as text finds 300 lines. */
const TAIL = 4;

/** Milliseconds of a frame in which lines are built. */
const BUDGET = 8;

/** How often lines are built while the page is hidden and has no frames. */
const HIDDEN_MS = 250;

/** Nearer to the end than this many pixels, one reads along. */
const NEAR = 32;

/**
 * The game's text: `<game-log>`. Entries are queued and become lines within a frame's budget, in
 * chunks; the oldest go when there are too many. It scrolls along until the player scrolls up.
 *
 * `build(entry)` makes the elements of an entry. Events: `lines` (detail: entry, elements) when they
 * are in the page, `following` when the player stops or resumes reading along.
 */
export class GameLog extends HTMLElement {
  limit = 5000;

  build = entry => entry;

  #queue = [];
  #head = 0;
  #lines = 0;
  #dropped = 0;
  #scheduled = false;
  #following = true;
  #top = 0;
  #newer = 0;

  connectedCallback() {
    this.addEventListener('scroll', () => this.#scrolled(), {passive: true});
    new ResizeObserver(() => this.#following && this.toEnd()).observe(this);
  }

  get newer() {
    return this.#newer;
  }

  get following() {
    return this.#following;
  }

  get idle() {
    return this.#head >= this.#queue.length;
  }

  add(entry) {
    this.#queue.push(entry);
    if (this.#queue.length - this.#head > this.limit) {
      this.#queue[this.#head++] = undefined;
      this.#dropped++;
    }
    this.#schedule();
  }

  #schedule() {
    if (!this.#scheduled) {
      this.#scheduled = true;
      const work = () => {
        this.#scheduled = false;
        this.#flush();
      };
      if (document.hidden) {
        setTimeout(work, HIDDEN_MS);
      } else {
        requestAnimationFrame(work);
      }
    }
  }

  #flush() {
    const until = performance.now() + BUDGET;
    const built = [];
    if (this.#dropped) {
      this.#place(el('div', {class: 'line notice'}, `${counted(this.#dropped, 'line')} left out: too much at once.`));
      this.#dropped = 0;
    }
    while (!this.idle && performance.now() < until) {
      const entry = this.#queue[this.#head];
      this.#queue[this.#head++] = undefined;
      const element = this.build(entry);
      if (element) {
        this.#place(element);
        built.push({entry, element});
      }
    }
    if (this.idle) {
      this.#queue = [];
      this.#head = 0;
    } else {
      this.#schedule();
    }
    if (built.length) {
      this.#trim();
      this.#newer += this.#following ? 0 : built.length;
      this.dispatchEvent(new CustomEvent('lines', {detail: built}));
    }
    if (this.#following) {
      this.toEnd();
    }
  }

  #place(element) {
    let chunk = this.lastElementChild;
    if (!chunk || chunk.lines >= CHUNK) {
      chunk = Object.assign(el('div', {class: 'chunk'}), {lines: 0});
      this.append(chunk);
      this.children[this.childElementCount - TAIL - 1]?.classList.add('old');
    }
    chunk.lines++;
    this.#lines++;
    let parent = chunk;
    const drawing = chunk.lastElementChild?.classList.contains('drawing');
    if (element.classList.contains('art') || (drawing && /[\u2500-\u259f]/.test(element.textContent))) {
      element.classList.add('art'); // one box for the whole drawing, which scrolls as one
      parent = drawing ? chunk.lastElementChild : el('div', {class: 'drawing'});
      chunk.append(parent);
    }
    parent.append(element);
  }

  #trim() {
    const most = this.#following ? this.limit : this.limit * 2;
    const byHand = !this.#following && !CSS.supports('overflow-anchor', 'auto');
    while (this.#lines - this.firstElementChild.lines >= most) {
      const height = byHand ? this.firstElementChild.offsetHeight : 0;
      this.#lines -= this.firstElementChild.lines;
      this.firstElementChild.remove();
      if (byHand) {
        this.scrollTop -= height;
      }
    }
  }

  #scrolled() {
    const top = this.scrollTop;
    const away = this.scrollHeight - top - this.clientHeight;
    if (away < NEAR) {
      this.#follow(true);
    } else if (top < this.#top - 1) {
      this.#follow(false);
    }
    this.#top = top;
  }

  #follow(along) {
    if (along !== this.#following) {
      this.#following = along;
      this.#newer = 0;
      this.dispatchEvent(new Event('following'));
    }
  }

  pause() {
    this.#follow(false);
  }

  toEnd() {
    this.scrollTop = this.scrollHeight;
    this.#top = this.scrollTop;
    this.#follow(true);
  }

  last(n) {
    const lines = [];
    for (let chunk = this.lastElementChild; chunk && lines.length < n; chunk = chunk.previousElementSibling) {
      lines.unshift(...chunk.getElementsByClassName('line'));
    }
    return lines.slice(-n);
  }

  all() {
    return [...this.getElementsByClassName('line')];
  }
}

customElements.define('game-log', GameLog);

const SHOWN = 5;

/** Reading above the newest line: the button, the tail below, and review line by line. */
export class Reading {
  reviewing = false; // the arrows walk through the lines

  #newer = byId('newer');
  #tail = byId('tail');

  constructor(log, announcer, settings, back) {
    this.log = log;
    this.announcer = announcer;
    this.settings = settings;
    this.back = back;
    log.addEventListener('lines', () => this.#show());
    log.addEventListener('following', () => this.#show());
    log.addEventListener('keydown', event => this.#key(event));
    this.#newer.addEventListener('click', () => {
      log.toEnd();
      back();
    });
  }

  #show() {
    const {newer, following} = this.log;
    this.#newer.hidden = following;
    this.#newer.textContent = newer ? `${counted(newer, 'new line')} ↓` : 'To the newest line ↓';
    this.#tail.hidden = following || !newer || !this.settings.get('split');
    if (!this.#tail.hidden) {
      this.#tail.replaceChildren(...this.log.last(SHOWN).map(line => line.cloneNode(true)));
    }
  }

  toggle() {
    if (this.reviewing) {
      this.leave();
      this.back();
      return;
    }
    this.reviewing = true;
    this.log.pause();
    this.#to(this.log.last(1)[0]);
    if (!this.log.contains(document.activeElement)) {
      this.log.focus();
    }
  }

  leave() {
    if (this.reviewing) {
      this.reviewing = false;
      this.log.toEnd();
    }
  }

  #key(event) {
    if (!this.reviewing || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.announcer.silence();
      this.toggle();
      return;
    }
    const all = this.log.all();
    const at = all.indexOf(document.activeElement);
    const to = {ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: Infinity, PageUp: at - 10, PageDown: at + 10}[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.#to(all[Math.max(0, Math.min(all.length - 1, to))]);
    }
  }

  #to(line) {
    if (line) {
      line.tabIndex = -1;
      line.focus();
    }
  }
}
