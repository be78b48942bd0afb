// What outlives a lost connection, and in the tab's storage a reload.

/** Inputs that may not have arrived; older ones are forgotten. */
const UNCERTAIN = 100;
/** Inputs that wait, as in a paste, and how many of them are stored. */
const WAITING = 10_000;
const KEPT = 200;
const SAVE_MS = 200;

/** A line before login that has a password in it. */
const PASSWORD = /^\s*(?:connect|create|co|cr)\s+\S+\s+\S/i;

/** Whether an input must not be kept. */
export const isSecret = ({ name, args, secret }) =>
  secret || name === 'login' || (name === 'text' && PASSWORD.test(args[0]));

/** The numbers of a session, the token to come back to it, and what has not arrived. */
export class Record {
  #storage;
  #key;
  #saving = null;

  constructor(storage, key) {
    this.#storage = storage;
    this.#key = key;
    this.forget();
    /** Lines that the player may still want to send. */
    this.offered = [];
    try {
      Object.assign(this, JSON.parse(storage?.getItem(key) ?? '{}'));
    } catch {
      // Not ours, or the browser allows no storage.
    }
  }

  /** There is no session to come back to. */
  forget() {
    this.token = this.id = null;
    this.epoch = '';
    /** The highest number of an output that was shown, and of an input that was sent. */
    this.shown = this.sent = 0;
    /** When the connection was lost; 0: it is not. */
    this.lostAt = 0;
    /** Inputs that were sent and perhaps not received, and inputs to be sent. */
    this.uncertain = [];
    this.waiting = [];
    this.save();
  }

  /** The portal has said how to come back. */
  takes({ id = null, token = null, epoch = '' }) {
    if (id !== this.id) this.shown = this.sent = 0;
    Object.assign(this, { id, token, epoch });
    this.saveNow();
  }

  /** An input is sent: it gets its number. */
  numbers(input) {
    input.cseq ??= ++this.sent;
    this.uncertain.push(input);
    this.uncertain.splice(0, this.uncertain.length - UNCERTAIN);
    this.save();
  }

  /** Inputs up to that number have. */
  arrived(cseq) {
    this.uncertain = this.uncertain.filter((input) => input.cseq > cseq);
    this.sent = Math.max(this.sent, cseq);
    this.save();
  }

  /** An input waits; false if too many do. */
  waits(input) {
    if (this.waiting.length >= WAITING) return false;
    this.waiting.push(input);
    this.save();
    return true;
  }

  /** Lines are left for the player to decide on. */
  offers(lines) {
    this.offered = [...this.offered, ...lines].slice(0, KEPT);
  }

  save() {
    this.#saving ??= setTimeout(() => this.saveNow(), SAVE_MS);
  }

  saveNow() {
    clearTimeout(this.#saving);
    this.#saving = null;
    const { token, id, epoch, shown, sent, lostAt, offered } = this;
    const kept = (inputs) => inputs.filter((input) => !isSecret(input)).slice(0, KEPT);
    try {
      this.#storage?.setItem(this.#key, JSON.stringify({
        token, id, epoch, shown, sent, lostAt, offered, uncertain: kept(this.uncertain), waiting: kept(this.waiting),
      }));
    } catch {
      // Full, or not allowed.
    }
  }
}
