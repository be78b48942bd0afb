import {element} from './dom.js';

const WIDTH = 240;
const HEIGHT = 48;
const SVG = 'http://www.w3.org/2000/svg';

function path(d, name) {
  const made = document.createElementNS(SVG, 'path');
  made.setAttribute('class', name);
  made.setAttribute('d', d);
  return made;
}

/** A figure over time: its name, its newest value, and a line. */
export class Sparkline {
  constructor(name, unit, digits) {
    this.unit = unit;
    this.digits = digits;
    this.value = element('strong', '–');
    this.range = element('span', '', {class: 'soft'});
    this.picture = document.createElementNS(SVG, 'svg');
    this.picture.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    this.picture.setAttribute('preserveAspectRatio', 'none');
    this.picture.setAttribute('aria-hidden', 'true');
    this.item = element('li', [element('h3', name), element('p', [this.value, this.range]), this.picture]);
  }

  /** @param {number[]} values the oldest first */
  show(values, most) {
    if (values.length === 0) {
      return;
    }
    const top = Math.max(...values);
    const say = (n) => n.toLocaleString('en', {maximumFractionDigits: this.digits});
    this.value.textContent = say(values.at(-1)) + this.unit;
    this.range.textContent = `highest ${say(top)}${this.unit}`;
    const step = WIDTH / (most - 1);
    const left = WIDTH - (values.length - 1) * step;
    const at = (n, i) => `${(left + i * step).toFixed(1)},${(HEIGHT - 2 - (n / (top || 1)) * (HEIGHT - 6)).toFixed(1)}`;
    const line = `M${values.map(at).join('L')}`;
    this.picture.replaceChildren(path(`${line}L${WIDTH},${HEIGHT}L${left.toFixed(1)},${HEIGHT}Z`, 'area'), path(line, 'line'));
  }
}
