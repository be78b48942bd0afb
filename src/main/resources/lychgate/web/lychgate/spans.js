// The game's text, which comes as HTML, as values: no string of it ever becomes markup.

/** Addresses that may be opened; everything else is shown as words. */
const SAFE = /^(?:https?:\/\/|mailto:)/i;
const TOKEN = /<([^<>]*)>|[^<]+|</g;
const ATTRIBUTE = /\s([\w-]+)="([^"]*)"/g;
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos|nbsp));/gi;
const NAMED = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", nbsp: '\u00a0' };
const COLOUR = /^(bg)?color-(\d{3})$/;
const EXACT = /(?:^|[;\s])(background-)?color:\s*(#[0-9a-f]{6})\b/gi;
const EFFECTS = ['underline', 'blink', 'italic', 'strike'];

function plain(text) {
  return text.replace(ENTITY, (_, decimal, hex, name) => {
    if (name) return NAMED[name.toLowerCase()];
    const code = decimal ? Number(decimal) : parseInt(hex, 16);
    return code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code);
  });
}

/** What an element adds to the style around it. */
function styled(around, name, attributes) {
  const style = { ...around };
  for (const [, key, value] of attributes.matchAll(ATTRIBUTE)) {
    const words = plain(value);
    if (key === 'class') {
      for (const each of words.split(' ')) {
        const [, back, number] = COLOUR.exec(each) ?? [];
        if (number < 256) style[back ? 'bg' : 'fg'] = Number(number);
        else if (EFFECTS.includes(each)) style.effects = [...new Set(style.effects).add(each)];
      }
    } else if (key === 'style') {
      for (const [, back, colour] of words.matchAll(EXACT)) style[back ? 'bg' : 'fg'] = colour.toLowerCase();
    } else if (name === 'a' && key === 'data-command') {
      style.command = words;
    } else if (name === 'a' && key === 'href' && SAFE.test(words)) {
      style.href = words;
    }
  }
  return style;
}

/**
 * Turns a text of the game into spans, from which a page builds its elements. A line break is "\n".
 *
 * @typedef {{text: string, fg?: number|string, bg?: number|string, effects?: string[], href?: string,
 *   command?: string}} Span colours are numbers up to 255 or "#rrggbb", `command` is what a click sends
 * @param {string} html
 * @returns {Span[]}
 */
export function spans(html) {
  const all = [];
  const open = [];
  let style = {};
  for (const [token, tag] of String(html).matchAll(TOKEN)) {
    if (tag === undefined) {
      all.push({ text: plain(token), ...style });
      continue;
    }
    const [, end, word] = /^(\/?)([a-z]*)/i.exec(tag);
    const name = word.toLowerCase();
    if (name === 'br') {
      all.push({ text: '\n' });
    } else if (end) {
      const last = open.findLastIndex((each) => each.name === name);
      if (last >= 0) style = open.splice(last)[0].style;
    } else if (name === 'span' || name === 'a') {
      open.push({ name, style });
      style = styled(style, name, tag);
    }
  }
  return all;
}
