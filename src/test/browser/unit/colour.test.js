// Colours that are readable on every page.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contrast, css, FLOOR, indexed, onPage, readable, rgb } from '../../../main/resources/lychgate/web/line.js';

const PAGES = { dark: [21, 23, 27], light: [250, 248, 243], black: [0, 0, 0] };

describe('colour', () => {
  test('is read as games and browsers write it', () => {
    assert.deepEqual(rgb('#ff8800'), [255, 136, 0]);
    assert.deepEqual(rgb('rgb(21, 23, 27)'), [21, 23, 27]);
    for (const bad of ['', 'red', '#ff', 'url(x)', '#gggggg']) assert.equal(rgb(bad), null, bad);
    assert.equal(css([255, 136, 0]), '#ff8800');
  });

  test('has the contrast that WCAG computes', () => {
    assert.equal(contrast([0, 0, 0], [255, 255, 255]).toFixed(1), '21.0');
    assert.equal(contrast([119, 119, 119], [255, 255, 255]).toFixed(2), '4.48');
  });

  test('of the 256 is readable on every page', () => {
    for (const [name, page] of Object.entries(PAGES)) {
      for (let n = 0; n < 256; n++) {
        assert.ok(contrast(onPage(indexed(n, name === 'light'), page), page) >= FLOOR, `${n} on ${name}`);
      }
    }
  });

  test('of any kind is readable on any other', () => {
    for (let i = 0; i < 4096; i++) {
      const [front, behind] = [i, i * 7919].map((n) => [(n >> 8) * 17 & 255, (n >> 4 & 15) * 17, (n & 15) * 17]);
      assert.ok(contrast(readable(front, behind), behind) >= FLOOR, `${front} on ${behind}`);
    }
  });

  test('that is readable stays as it is', () => {
    assert.deepEqual(readable([255, 136, 0], PAGES.dark), [255, 136, 0]);
  });

  test('of the cube is that of xterm', () => {
    assert.deepEqual(indexed(196), [255, 0, 0]);
    assert.deepEqual(indexed(16), [0, 0, 0]);
    assert.deepEqual(indexed(231), [255, 255, 255]);
    assert.deepEqual(indexed(232), [8, 8, 8]);
    assert.deepEqual(indexed(255), [238, 238, 238]);
  });

  test('white on a light page is its strongest, not its faintest', () => {
    assert.ok(contrast(onPage([255, 255, 255], PAGES.light), PAGES.light) > 15);
  });
});
