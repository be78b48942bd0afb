// The text as values: what HtmlRenderer sends, and anything else that could come.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { spans } from '../../../main/resources/lychgate/web/lychgate/spans.js';

const URL = 'target="_blank" rel="noopener noreferrer"';

describe('a text', () => {
  for (const [what, html, expected] of [
    ['words', 'Hello.', [{ text: 'Hello.' }]],
    ['nothing', '', []],
    ['lines', 'one<br>two', [{ text: 'one' }, { text: '\n' }, { text: 'two' }]],
    ['escapes', '&lt;b&gt; &amp;amp; &quot;&#39;&#x1F600;', [{ text: '<b> &amp; "\'😀' }]],
    ['what is no escape', '&x; & &; &#; &#9999999; &#xD800;', [{ text: '&x; & &; &#; \ufffd \ufffd' }]],
    ['a colour', '<span class="color-009">red</span> plain', [{ text: 'red', fg: 9 }, { text: ' plain' }]],
    ['colours and effects', '<span class="bgcolor-004 color-015 blink underline">x</span>',
      [{ text: 'x', bg: 4, fg: 15, effects: ['blink', 'underline'] }]],
    ['exact colours', '<span style="background-color: #001122; color: #ff8000;">x</span>',
      [{ text: 'x', bg: '#001122', fg: '#ff8000' }]],
    ['one exact, one not', '<span class="bgcolor-004" style="color: #FF8000;">x</span>', [{ text: 'x', bg: 4, fg: '#ff8000' }]],
    ['an address', `see <a href="https://elm.example/?a=1&amp;b=2" ${URL}>this</a>.`,
      [{ text: 'see ' }, { text: 'this', href: 'https://elm.example/?a=1&b=2' }, { text: '.' }]],
    ['a command', '<a href="#" class="command" data-command="say &quot;hi&quot;">hi</a>', [{ text: 'hi', command: 'say "hi"' }]],
    ['a coloured label', '<a href="#" class="command" data-command="n"><span class="color-010">north</span></a>',
      [{ text: 'north', command: 'n', fg: 10 }]],
    ['an address in colour', `<span class="color-010">at <a href="http://a.example" ${URL}>a.example</a></span>!`,
      [{ text: 'at ', fg: 10 }, { text: 'a.example', fg: 10, href: 'http://a.example' }, { text: '!' }]],
    ['an unsafe address', '<a href="javascript:alert(1)">x</a>', [{ text: 'x' }]],
    ['an address with blanks before it', '<a href=" javascript:alert(1)">x</a>', [{ text: 'x' }]],
    ['a hidden scheme', '<a href="&#x6A;avascript:alert(1)">x</a>', [{ text: 'x' }]],
    ['mail', '<a href="mailto:a@b.example">x</a>', [{ text: 'x', href: 'mailto:a@b.example' }]],
    ['colours that there are not', '<span class="color-256 color-1 bgcolor-abc">x</span>', [{ text: 'x' }]],
    ['styles that there are not', '<span style="color: red; background: url(x); position: fixed">x</span>', [{ text: 'x' }]],
    ['other elements', '<b onclick="x">bold</b><script>alert(1)</script><img src=x>', [{ text: 'bold' }, { text: 'alert(1)' }]],
    ['ends of nothing', '</span>x</a></b>', [{ text: 'x' }]],
    ['unclosed elements', '<span class="color-001">x', [{ text: 'x', fg: 1 }]],
    ['loose signs', 'a < b > c <', [{ text: 'a ' }, { text: ' c ' }, { text: '<' }]],
  ]) {
    test(`of ${what}`, () => assert.deepEqual(spans(html), expected));
  }

  test('that is no string is shown as one', () => {
    assert.deepEqual([spans(7), spans(null)], [[{ text: '7' }], [{ text: 'null' }]]);
  });

  test('comes out as values of the kinds that are documented, whatever it is', () => {
    const parts = ['<', '>', '</', 'span', 'a', 'br', 'script', ' class="', ' style="', ' href="', ' data-command="', '"', '=', "'",
      'color-', '012', 'bg', 'underline', 'color: #', 'ff8000', ';', '&', 'lt;', '#', 'x', 'javascript:', 'https://', 'data:', ' ',
      '\n', '\0', '\u202e', '\ud800', '😀', '__proto__', 'constructor', 'on', 'text'];
    let seed = 20251206;
    const random = (n) => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return Math.floor((seed / 2 ** 32) * n);
    };
    const colour = (value) => (Number.isInteger(value) && value >= 0 && value < 256) || /^#[0-9a-f]{6}$/.test(value);
    const kinds = {
      text: (value) => typeof value === 'string',
      fg: colour,
      bg: colour,
      effects: (value) => value.every((each) => ['underline', 'blink', 'italic', 'strike'].includes(each)),
      href: (value) => /^(?:https?:\/\/|mailto:)/i.test(value),
      command: (value) => typeof value === 'string',
    };
    for (let i = 0; i < 20_000; i++) {
      const html = Array.from({ length: random(24) }, () => parts[random(parts.length)]).join('');
      for (const span of spans(html)) {
        for (const [key, value] of Object.entries(span)) {
          assert.ok(Object.hasOwn(kinds, key) && kinds[key](value), `${JSON.stringify(html)}: ${key} = ${value}`);
        }
      }
    }
  });

  test('that was escaped as the portal does comes out as it was', () => {
    const signs = ['<', '>', '&', '"', 'a', ' ', '&lt;', 'é', '😀', ';', '#39'];
    for (let i = 0; i < 5_000; i++) {
      const text = Array.from({ length: i % 9 }, (_, n) => signs[(i * 7 + n * n * 13) % signs.length]).join('');
      const html = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
      assert.equal(spans(html).map((span) => span.text).join(''), text);
    }
  });

  for (const [what, part] of [['<', '<'], ['tags', '<a'], ['quotes', '<a x="'], ['blanks', '< '], ['names', 'aaaa'], ['attributes', '<a a="b"'],
    ['entities', '&#'], ['spans', '<span>'], ['ends', '</span>']]) {
    test(`of 64 KiB of ${what} takes no time`, () => {
      const begun = performance.now();
      spans(part.repeat(Math.ceil(65_536 / part.length)));
      assert.ok(performance.now() - begun < 1_000);
    });
  }
});
