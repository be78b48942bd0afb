/** What is said to a screen reader: which lines, in which order and when; and the page's own sounds. */
import {byId, el} from './dom.js';

/** Lines said in one second; more would lag behind the game for minutes. */
const PER_SECOND = 12;

/** Characters that wait at most: about two minutes of speech. */
const CHARACTERS = 2000;

const DRAWN = /[\u2500-\u259f]+|[-+=|_/\\~*#<>^.:'"`]{3,}/g;

/** A line as it is spoken: without drawings, empty if nothing else is in it. */
export function spoken(text) {
  const words = text.replace(DRAWN, ' ').replace(/\s+/g, ' ').trim();
  return /[\p{L}\p{N}]/u.test(words) ? words : '';
}

/** Lines that wait to be said: urgent ones first, floods shortened to their end and a count. */
export class SpeechQueue {
  #waiting = [];
  #characters = 0;
  #dropped = 0;
  #said = [];

  add(text, urgent = false) {
    const last = this.#waiting.at(-1);
    if (last && last.text === text && last.urgent === urgent) {
      last.times++;
      return;
    }
    this.#waiting.push({text, urgent, times: 1});
    this.#characters += text.length;
    while (this.#characters > CHARACTERS && this.#waiting.length > 1) {
      const polite = this.#waiting.findIndex(line => !line.urgent);
      const [gone] = this.#waiting.splice(Math.max(0, polite), 1);
      this.#characters -= gone.text.length;
      this.#dropped += gone.times;
    }
  }

  take(now) {
    this.#said = this.#said.filter(at => now - at < 1000);
    const out = [];
    while (this.waits && this.#said.length < PER_SECOND) {
      this.#said.push(now);
      if (this.#dropped) {
        out.push({text: `… ${this.#dropped} more lines, Alt+R to review.`, urgent: false});
        this.#dropped = 0;
      } else {
        const first = Math.max(0, this.#waiting.findIndex(line => line.urgent));
        const [{text, urgent, times}] = this.#waiting.splice(first, 1);
        this.#characters -= text.length;
        out.push({text: times > 1 ? `${text}, ${times} times` : text, urgent});
      }
    }
    return out;
  }

  get waits() {
    return this.#waiting.length > 0 || this.#dropped > 0;
  }

  clear() {
    this.#waiting = [];
    this.#characters = this.#dropped = 0;
  }
}

/** Lines a region holds; it is emptied when it was quiet for so many milliseconds. */
const NODES = 60;
const QUIET_MS = 3000;

const TICK_MS = 120;

const TWICE_MS = 1000;

/** Says things to a screen reader, by category: off, polite, interrupt or sound. */
export class Announcer {
  #queue = new SpeechQueue();
  #regions = {polite: byId('say-polite'), urgent: byId('say-assertive')};
  #timer = null;
  #quiet = null;
  #lastKey = {};

  constructor(settings, sounds) {
    this.settings = settings;
    this.sounds = sounds;
  }

  /** Says a line of a category: text, talk, tell, combat, prompt, page. */
  say(text, category = 'page') {
    const words = spoken(text);
    const how = this.settings.get(`say_${category}`);
    if (!words || how === 'off') {
      return;
    }
    if (how === 'sound') {
      this.sounds.beep();
    } else if (this.settings.get('speech')) {
      this.#queue.add(words, how === 'interrupt');
      this.#timer ??= setTimeout(() => this.#tick(), 0);
    }
  }

  /** Says at once what the player asked for. */
  answer(text) {
    if (text) {
      this.#put(text, true);
    }
  }

  #tick() {
    this.#timer = null;
    for (const {text, urgent} of this.#queue.take(performance.now())) {
      this.#put(text, urgent);
    }
    if (this.#queue.waits) {
      this.#timer = setTimeout(() => this.#tick(), TICK_MS);
    }
  }

  #put(text, urgent) {
    const region = this.#regions[urgent ? 'urgent' : 'polite'];
    region.append(el('p', {}, text));
    while (region.childElementCount > NODES) {
      region.firstElementChild.remove();
    }
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#empty(), QUIET_MS);
  }

  #empty() {
    Object.values(this.#regions).forEach(region => region.replaceChildren());
  }

  silence() {
    this.#queue.clear();
    this.#empty();
  }

  /** Alt and a digit: the last line, the one before …; twice copies it. */
  recall(n, lines) {
    const line = lines.at(-n)?.textContent ?? '';
    const now = performance.now();
    if (this.#lastKey.n === n && now - this.#lastKey.at < TWICE_MS) {
      this.#lastKey = {};
      navigator.clipboard?.writeText(line).then(() => this.answer('Copied.'), () => this.answer('Could not copy.'));
      return;
    }
    this.#lastKey = {n, at: now};
    this.answer(line.trim() || 'Blank.');
  }
}

/** The page's own sounds, made here: short tones, no files. */
export class Sounds {
  #context = null;

  constructor(settings) {
    this.settings = settings;
  }

  beep(frequency = 660) {
    if (!this.settings.get('sounds')) {
      return;
    }
    this.#context ??= new AudioContext();
    const {currentTime: now, destination} = this.#context;
    const tone = new OscillatorNode(this.#context, {frequency});
    const volume = new GainNode(this.#context, {gain: this.settings.get('volume') / 400});
    tone.connect(volume).connect(destination);
    volume.gain.exponentialRampToValueAtTime(0.0001, now + 0.25);
    tone.start();
    tone.stop(now + 0.26);
  }
}
