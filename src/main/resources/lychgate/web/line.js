/** Lines of the game's text, and its colours: the palette of 256, and a floor of contrast. */

/** WCAG AA for text. */
export const FLOOR = 4.5;

/** The sixteen named colours, as they look on a dark and on a light page. */
const SIXTEEN = {
  dark: '24272d d8706b 86b45f cfa650 7199dd bd86cc 5eb1b4 d3d0c8 8f8e89 ff938a aedd7d f5d27a 98bcff dfabee 85dadc ffffff',
  light: 'e9e5db a3262a 3b6d1e 845500 1f4f9e 7a3391 0c666c 3a3833 6b6963 bf2529 2c7417 895c00 285ccb 9631b3 00747c 000000',
};
const NAMED = Object.fromEntries(
  Object.entries(SIXTEEN).map(([name, list]) => [name, list.split(' ').map(hex => rgb('#' + hex))]));
const STEPS = [0, 95, 135, 175, 215, 255];

/** `#rrggbb` or `rgb(…)` as three numbers; null if it is neither. */
export function rgb(text) {
  const [, digits] = /^#([0-9a-f]{6})$/i.exec(text) ?? [];
  return digits ? digits.match(/../g).map(two => parseInt(two, 16))
    : /^rgb\(/.test(text) ? text.match(/\d+/g).map(Number) : null;
}

export const css = ([r, g, b]) =>
  '#' + ((1 << 24) | (r << 16) | (g << 8) | b).toString(16).slice(1);

export function indexed(n, light) {
  if (n < 16) {
    return NAMED[light ? 'light' : 'dark'][n];
  }
  if (n > 231) {
    const grey = 8 + (n - 232) * 10;
    return [grey, grey, grey];
  }
  const cube = n - 16;
  return [STEPS[Math.floor(cube / 36)], STEPS[Math.floor(cube / 6) % 6], STEPS[cube % 6]];
}

export function luminance(colour) {
  const [r, g, b] = colour.map(value => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

export function contrast(one, other) {
  const a = luminance(one);
  const b = luminance(other);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const mix = (from, to, share) => from.map((value, i) => Math.round(value + (to[i] - value) * share));

/** The colour, moved towards white or black as far as its contrast demands. */
export function readable(colour, behind, floor = FLOOR) {
  if (contrast(colour, behind) >= floor) {
    return colour;
  }
  const [goal] = [[255, 255, 255], [0, 0, 0]].sort((one, other) => contrast(other, behind) - contrast(one, behind));
  let low = 0;
  let high = 1;
  for (let i = 0; i < 9; i++) {
    const middle = (low + high) / 2;
    if (contrast(mix(colour, goal, middle), behind) >= floor) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return mix(colour, goal, high);
}

/** A foreground on the page itself: greys change places on a light page, where white is the faintest. */
export function onPage(colour, page, floor = FLOOR) {
  const grey = Math.max(...colour) - Math.min(...colour) < 12;
  const light = luminance(page) > 0.4;
  return readable(grey && light && colour[0] > 127 ? colour.map(v => 255 - v) : colour, page, floor);
}

/** A line of drawing: so many box or block characters. Its colours and its spacing are left alone. */
const ART = /(?:[\u2500-\u259f][^\u2500-\u259f]*){3}/;
const BOXES = /^[\s\u2500-\u259f]*$/;

const SAFE = /^(?:https?:\/\/|mailto:)/i;

const EFFECTS = new Set(['underline', 'blink', 'italic', 'strike']);

export const isArt = text => ART.test(text);

/** Builds lines of the game's text: text nodes, spans and links, nothing else. */
export class LineBuilder {
  #page = [0, 0, 0];
  #light = false;
  #sheet = new CSSStyleSheet();

  floor = true;

  constructor() {
    document.adoptedStyleSheets.push(this.#sheet);
  }

  repaint(background, light, root) {
    this.#page = background;
    this.#light = light;
    const rules = [];
    for (let n = 0; n < 256; n++) {
      const name = String(n).padStart(3, '0');
      const colour = indexed(n, light);
      rules.push(`.c${name}{color:${css(this.floor ? onPage(colour, background) : colour)}}`,
        `.b${name}{background-color:${css(colour)}}`);
    }
    this.#sheet.replaceSync(rules.join(''));
    root.querySelectorAll('[data-fg],[data-bg]').forEach(element => this.#paint(element));
  }

  get palette() {
    return [...this.#sheet.cssRules].map(rule => rule.cssText).join('\n');
  }

  line(spans, text) {
    const line = document.createElement('div');
    line.className = isArt(text) ? 'line art' : 'line';
    let link = null;
    for (const span of spans) {
      const {command, href} = span;
      if (span.text !== '\n' && (link?.command !== command || link?.href !== href)) {
        link = command === undefined && href === undefined ? null : {command, href, element: this.#link(command, href)};
        line.append(...(link ? [link.element] : []));
      }
      (link?.element ?? line).append(this.#styled(span));
    }
    return line;
  }

  #link(command, href) {
    if (command === undefined && !SAFE.test(href)) {
      return document.createElement('span');
    }
    const link = document.createElement('a');
    if (command === undefined) {
      Object.assign(link, {href, target: '_blank', rel: 'noopener noreferrer'});
    } else {
      Object.assign(link, {href: '#', className: 'command', title: `Sends: ${command}`});
      link.dataset.command = command;
    }
    return link;
  }

  #styled({text, fg, bg, effects}) {
    if (fg === undefined && bg === undefined && !effects?.length) {
      return document.createTextNode(text);
    }
    const span = document.createElement('span');
    span.textContent = text;
    const classes = (effects ?? []).filter(name => EFFECTS.has(name));
    const drawn = BOXES.test(text) && text.trim();
    if (typeof fg === 'number' && bg === undefined && !drawn) {
      classes.push('c' + String(fg).padStart(3, '0'));
    } else {
      if (fg !== undefined) {
        span.dataset.fg = fg;
      }
      if (bg !== undefined) {
        span.dataset.bg = bg;
      }
      this.#paint(span);
    }
    if (classes.length) {
      span.className = classes.join(' ');
    }
    return span;
  }

  #colour(value) {
    return /^\d+$/.test(value) ? indexed(Number(value), this.#light) : rgb(value);
  }

  #paint(span) {
    const {fg, bg} = span.dataset;
    const behind = bg === undefined ? null : this.#colour(bg);
    const front = fg === undefined ? (behind && indexed(7, this.#light)) : this.#colour(fg);
    const plain = !this.floor || BOXES.test(span.textContent);
    if (behind) {
      span.style.backgroundColor = css(behind);
    }
    if (front) {
      span.style.color = css(plain ? front : behind ? readable(front, behind) : onPage(front, this.#page));
    }
  }
}
