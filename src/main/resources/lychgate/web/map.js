/** The room and the map around it, out of `room_info`. */
import {byId, el, svg} from './dom.js';

/** Rooms that are remembered; the ones seen longest ago go first. */
const ROOMS = 2000;

const WAYS = {
  north: [0, -1], south: [0, 1], east: [1, 0], west: [-1, 0],
  northeast: [1, -1], northwest: [-1, -1], southeast: [1, 1], southwest: [-1, 1],
};
const SHORT = {
  n: 'north', s: 'south', e: 'east', w: 'west', ne: 'northeast', nw: 'northwest',
  se: 'southeast', sw: 'southwest', u: 'up', d: 'down', i: 'in', o: 'out',
};
const ORDER = [...Object.keys(WAYS), 'up', 'down', 'in', 'out'];
const COMPASS = ['northwest', 'north', 'northeast', 'west', '', 'east', 'southwest', 'south', 'southeast'];

export const short = way => Object.keys(SHORT).find(key => SHORT[key] === way) ?? way;

/** A room as a game describes it: `{num, name, area, exits: [{way, send, to}]}`, by the compass; or null. */
export function readRoom(info) {
  if (!info || typeof info !== 'object') {
    return null;
  }
  const at = (...names) => names.map(name => info[name]).find(value => value != null) ?? null;
  const list = at('exits');
  const pairs = Array.isArray(list)
    ? list.map(exit => (exit?.trim ? [exit] : [exit?.dir ?? exit?.name, exit?.num ?? exit?.to]))
    : Object.entries(typeof list === 'object' && list || {});
  const rank = ({way}) => ORDER.indexOf(way) >>> 0; // words of the game's own come last
  return {
    num: at('num', 'vnum', 'id'),
    name: String(at('name', 'title') ?? ''),
    area: String(at('area', 'zone') ?? ''),
    exits: pairs
      .filter(([way]) => way?.trim)
      .filter(([way]) => way)
      .map(([way, to]) => ({way: SHORT[way.toLowerCase()] ?? way, send: way, to: to?.num ?? to?.id ?? to ?? null}))
      .sort((one, other) => rank(one) - rank(other)),
  };
}

export class Atlas {
  #rooms = new Map();
  here = null;

  enter(room) {
    this.here = room;
    if (room.num !== null) {
      this.#rooms.delete(`${room.num}`);
      this.#rooms.set(`${room.num}`, room);
      if (this.#rooms.size > ROOMS) {
        this.#rooms.delete(this.#rooms.keys().next().value);
      }
    }
  }

  room(num) {
    return this.#rooms.get(`${num}`);
  }

  /**
   * Places on a grid for what is near, one's own at 0, 0: `{rooms: [{x, y, room, name}], ways: [[x, y, x, y]]}`.
   * Where two rooms want a place the nearer has it, and the other's way ends halfway.
   */
  near(radius = 3) {
    const rooms = [];
    const ways = [];
    const taken = new Set();
    const placed = new Map();
    const put = (num, room, x, y) => {
      taken.add(`${x},${y}`);
      rooms.push({x, y, room, name: room?.name});
      if (num !== null) {
        placed.set(`${num}`, `${x},${y}`);
      }
    };
    if (this.here) {
      put(this.here.num, this.here, 0, 0);
    }
    for (const {room, x, y} of rooms) {
      for (const {way, to} of room?.exits ?? []) {
        const [dx, dy] = WAYS[way] ?? [Infinity];
        const place = `${x + dx},${y + dy}`;
        if (Math.max(Math.abs(x + dx), Math.abs(y + dy)) > radius || !WAYS[way]) {
          continue;
        }
        const known = to === null ? undefined : placed.get(`${to}`);
        const elsewhere = known ? known !== place : taken.has(place);
        const far = elsewhere ? 0.5 : 1;
        ways.push([x, y, x + dx * far, y + dy * far]);
        if (!known && !elsewhere) {
          put(to, this.room(to), x + dx, y + dy);
        }
      }
    }
    return {rooms, ways};
  }

  words() {
    if (!this.here) {
      return [];
    }
    const {name, area, exits} = this.here;
    return [`You are at ${name || 'a place without a name'}${area && `, ${area}`}.`,
      ...exits.map(({way, to}) =>
        `${way[0].toUpperCase()}${way.slice(1)}: ${this.room(to)?.name || 'not seen yet'}`),
      ...(exits.length ? [] : ['There is no exit.'])];
  }
}

/** Distance of two rooms on the map, and the size of one. */
const STEP = 36;
const ROOM = 18;

/** The panels. `go(way)` walks. */
export class RoomPanels {
  #atlas = new Atlas();
  #name = el('p', {class: 'room-name'});
  #area = el('p', {class: 'room-area'});
  #compass = el('div', {class: 'compass', role: 'group', 'aria-label': 'Exits'});
  #ways = el('div', {class: 'ways', role: 'group', 'aria-label': 'Other exits'});
  #chart = svg('svg', {role: 'img'});
  #list = el('ul');

  constructor(panels, go) {
    this.panels = panels;
    this.go = go;
    panels.add('room', 'Room', this.#name, this.#area, this.#compass, this.#ways);
    panels.add('map', 'Map', this.#chart, el('details', {}, el('summary', {}, 'The map in words'), this.#list));
  }

  enter(info) {
    const room = readRoom(info);
    if (!room) {
      return;
    }
    this.#atlas.enter(room);
    this.#name.textContent = room.name;
    this.#area.textContent = room.area;
    const held = document.activeElement?.dataset?.way;
    const points = room.exits.filter(({way}) => WAYS[way]);
    const others = room.exits.filter(({way}) => !WAYS[way]);
    this.#compass.replaceChildren(...COMPASS.map(way => {
      const exit = points.find(e => e.way === way);
      return exit ? this.#button(exit) : el('span', {class: way && 'gap'});
    }));
    this.#compass.hidden = !points.length;
    this.#ways.replaceChildren(...others.map(exit => this.#button(exit)));
    this.#ways.hidden = !others.length;
    if (held) { // walking on with the keyboard
      const find = way => byId('side').querySelector(`[data-way${way}]`);
      (find(`="${CSS.escape(held)}"`) ?? find(''))?.focus();
    }
    this.#draw();
    this.panels.fill('room');
    this.panels.fill('map');
  }

  #button({way, send, to}) {
    const beyond = this.#atlas.room(to)?.name;
    return el('button', {
      type: 'button', 'data-way': way, title: beyond, onclick: () => this.go(send), 'aria-label': beyond && `${way}, to ${beyond}`,
    }, way);
  }

  thumbs() {
    return (this.#atlas.here?.exits ?? []).map(({way, send}) =>
      el('button', {type: 'button', 'aria-label': way, onclick: () => this.go(send)}, short(way).toUpperCase()));
  }

  #draw() {
    const {rooms, ways} = this.#atlas.near();
    const [xs, ys] = ['x', 'y'].map(at => rooms.map(room => room[at]));
    const [left, top] = [Math.min(-2, ...xs) - 0.7, Math.min(-1, ...ys) - 0.7];
    const words = this.#atlas.words();
    this.#chart.setAttribute('viewBox', [left, top, Math.max(2, ...xs) + 0.7 - left, Math.max(1, ...ys) + 0.9 - top]
      .map(n => n * STEP).join(' '));
    this.#chart.setAttribute('aria-label', `Map. ${words.join(' ')}`);
    this.#chart.replaceChildren(
      ...ways.map(way => {
        const [x1, y1, x2, y2] = way.map(n => n * STEP);
        return svg('line', {x1, y1, x2, y2});
      }),
      ...rooms.map(({x, y, room, name}, i) => svg('g', {}, svg('title', {}, name || 'Not seen yet'),
        svg('rect', {
          x: x * STEP - ROOM / 2, y: y * STEP - ROOM / 2, width: ROOM, height: ROOM, rx: 3,
          class: i ? room ? '' : 'guess' : 'here',
        }),
        svg('text', {x: x * STEP, y: y * STEP + ROOM / 2 + 9},
          room?.exits.map(({way}) => ({up: '↑', down: '↓'})[way] ?? '').join('') ?? ''))));
    this.#list.replaceChildren(...words.map(line => el('li', {}, line)));
  }
}
