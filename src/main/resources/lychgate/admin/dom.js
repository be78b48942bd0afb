/**
 * Makes an element. Text is always text: clients choose what much of it says.
 *
 * @param {string} name
 * @param {string | Node[]} [content]
 * @param {Object<string, string>} [attributes]
 */
export function element(name, content = '', attributes = {}) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  if (typeof content === 'string') {
    made.textContent = content;
  } else {
    made.append(...content);
  }
  return made;
}

/** @param {string} id */
export const byId = (id) => document.getElementById(id);

/** Sets a text, if it is another: nothing is announced twice. */
export function say(where, text) {
  if (where.textContent !== text) {
    where.textContent = text;
  }
}

/** Fills a list with names and values, if they are others. */
export function list(where, pairs) {
  const text = JSON.stringify(pairs);
  if (where.dataset.shown !== text) {
    where.dataset.shown = text;
    where.replaceChildren(...pairs.flatMap(([name, value]) => [element('dt', name), element('dd', value)]));
  }
}

/** Seconds in the two largest units. */
export function time(seconds) {
  const units = [['d', 86400], ['h', 3600], ['m', 60], ['s', 1]];
  const at = units.findIndex(([, size]) => seconds >= size);
  if (at < 0) {
    return '0s';
  }
  const [unit, size] = units[at];
  const rest = units[at + 1];
  const first = `${Math.floor(seconds / size)}${unit}`;
  return rest ? `${first} ${Math.floor((seconds % size) / rest[1])}${rest[0]}` : first;
}

/** Bytes with a unit. */
export function bytes(n) {
  return n < 1024 ? `${n} B` : n < 1024 * 1024 ? `${(n / 1024).toFixed(1)} KiB` : `${(n / 1024 / 1024).toFixed(1)} MiB`;
}
