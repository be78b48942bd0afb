// The page's own sources: what only newer browsers enforce (Trusted Types), they keep by themselves.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const WEB = fileURLToPath(new URL('../../../main/resources/lychgate/web', import.meta.url));

/** Ways by which a text becomes markup or a script. */
const SINKS = [
  /\.(?:inner|outer)HTML\s*(?:[+?|&]*=)(?!=)/, /insertAdjacentHTML/, /setHTML/, /document\.write/, /createContextualFragment/, /DOMParser/,
  /srcdoc/, /\beval\s*\(/, /\bFunction\s*\(/, /set(?:Timeout|Interval)\(\s*['"`]/, /(?<!#)\bimport\s*\(/, /javascript:/i, /\bwindow\.open\b/,
  /\blocation(?:\.href)?\s*=(?!=)/,
];

/** What a page with a strict policy may not hold, and what would ask another host. */
const INLINE = [/<script(?![^>]*\bsrc=)/i, /<style/i, /\sstyle\s*=/i, /\son[a-z]+\s*=/i, /(?:src|href|action)\s*=\s*["']?\s*(?:https?:)?\/\//i];

async function sources(...endings) {
  const files = await readdir(WEB, { recursive: true });
  const chosen = files.filter((file) => endings.some((ending) => file.endsWith(ending)));
  return Promise.all(chosen.map(async (file) => [file, await readFile(`${WEB}/${file}`, 'utf8')]));
}

const found = (all, patterns) => all.flatMap(([file, text]) =>
  patterns.filter((pattern) => pattern.test(text)).map((pattern) => `${file}: ${pattern}`));

describe('the sources of the page', () => {
  test('turn no text into markup or scripts', async () => {
    const scripts = await sources('.js');
    assert.ok(scripts.length >= 10, `${scripts.length} scripts`);
    assert.deepEqual(found(scripts, SINKS), []);
  });

  test('hold no inline script or style, and nothing of another host', async () => {
    const pages = await sources('.html', '.svg');
    assert.ok(pages.length >= 1);
    const names = (text) => text.replace(/xmlns(?::\w+)?="[^"]*"/g, '');
    assert.deepEqual(found(pages.map(([file, text]) => [file, names(text)]), INLINE), []);
    assert.deepEqual(found(await sources('.css'), [/url\(\s*["']?(?:https?:)?\/\//i, /@import/, /expression\(/]), []);
  });
});
