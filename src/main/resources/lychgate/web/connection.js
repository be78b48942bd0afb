import {byId, counted, el} from './dom.js';

/** Waiting lines of which the player is told, with a way to stop them. */
const MANY = 20;

const BACK = {elsewhere: 'Continue here', over: 'Come back'};

/** The connection in words: in the head of the page and in the log, and what can be done about it. */
export class ConnectionState {
  open = false;

  #state = 'connecting';
  #retry = null;
  #shows = '';

  constructor(game, on) {
    this.game = game;
    this.on = on;
    game.on('state', detail => this.#changed(detail));
    game.on('unsent', ({lines, send, discard}) => this.#offer('unsent',
      `${counted(lines.length, 'line')} not sent: ${lines.slice(0, 3).join(' · ')}${lines.length > 3 ? ' …' : ''}`,
      ['Send', send], ['Discard', discard]));
    game.on('sending', ({waiting}) => {
      if (waiting > MANY || (waiting && this.#shows === 'sending')) {
        this.#offer('sending', `Sending, ${counted(waiting, 'line')} left.`, ['Stop', () => game.discard()]);
      } else if (this.#shows === 'sending') {
        this.#offer('');
      }
    });
    game.on('latency', ms => {
      byId('latency').textContent = `· ${ms} ms`;
      byId('latency').hidden = false;
    });
  }

  #changed({state, words, fresh, hidden, reason, retryAt}) {
    const was = this.#state;
    this.#state = state;
    this.open = state === 'open';
    document.documentElement.dataset.state = ['open', 'connecting'].includes(state) ? state : 'lost';
    byId('state-words').textContent = this.open ? 'Connected' : words.replace(/\..*|[ …]+$/, '');
    byId('latency').hidden = true;
    byId('do-leave').disabled = !this.open;
    clearInterval(this.#retry);
    if (this.open) {
      this.#offer('');
      if (!fresh) {
        this.on.say(words);
        this.on.back(hidden);
      } else {
        if (was !== 'connecting') {
          this.on.say('Connected again, to a new session: it was too late for the old one.');
        }
        this.on.fresh();
      }
    } else if (state === 'lost') {
      if (was !== 'lost') {
        this.on.say(words, true);
      }
      this.#wait(retryAt);
    } else if (state !== 'connecting') {
      this.on.say(reason ? `${words} (${reason})` : words, state !== 'over');
      this.#offer('ended', words, [BACK[state] ?? 'Connect again', () => this.game.reconnect()]);
      this.on.ended();
    }
  }

  #wait(retryAt) {
    const tell = () => {
      const seconds = Math.ceil((retryAt - Date.now()) / 1000);
      byId('state-words').textContent = `Connection lost. ${seconds > 0 ? `Trying again in ${seconds} s` : 'Trying to come back'}`;
      if (seconds > 1 && this.#shows !== 'lost') {
        this.#offer('lost', 'The connection is lost. What you type waits.', ['Try now', () => this.game.reconnect()]);
      }
    };
    this.#retry = setInterval(tell, 500);
    tell();
  }

  #offer(what, words = '', ...buttons) {
    this.#shows = what;
    byId('notice').hidden = !what;
    byId('notice-words').textContent = words;
    byId('notice-actions').replaceChildren(...buttons.map(([text, does]) =>
      el('button', {type: 'button', onclick: () => {
        this.#offer('');
        does();
      }}, text)));
  }
}

/** What tells that something came while the page is hidden: the title's count, notifications, sounds. */
export class Notices {
  #title = document.title;
  #unseen = 0;

  constructor(settings, sounds) {
    this.settings = settings;
    this.sounds = sounds;
    document.addEventListener('visibilitychange', () => {
      this.#unseen = 0;
      document.title = this.#title;
    });
  }

  arrived() {
    if (document.hidden) {
      document.title = `(${++this.#unseen}) ${this.#title}`;
    }
  }

  tell(text, {sound, notify}) {
    if (sound) {
      this.sounds.beep();
    }
    if (notify && document.hidden && this.settings.get('notify') && globalThis.Notification?.permission === 'granted') {
      new Notification(this.#title, {body: text.slice(0, 200), tag: 'lychgate'}).onclick = () => focus();
    }
  }
}
