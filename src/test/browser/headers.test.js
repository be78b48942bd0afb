// The page as the server sends it: it loads under its own Content-Security-Policy, which holds.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Scene } from './scene.js';

describe('the page as it is sent', () => {
  const scene = new Scene();

  test('loads at / and /play/ without an error on the console', async () => {
    for (const path of ['/', '/play/', '/play']) {
      const anna = await scene.player({ path });
      assert.match(await anna.page.title(), /Lychgate/);
    }
  });

  test('lets no text become markup, and no inline script or style in', async () => {
    const anna = await scene.player();
    anna.expects(/Content Security Policy|TrustedHTML|Trusted/);
    const [markup, evaluated, styled] = await anna.page.evaluate(async () => {
      // In a task of its own: the browser's debugger, which runs this, may evaluate text.
      await new Promise((resolve) => setTimeout(resolve));
      const caught = (f) => { try { f(); return 'allowed'; } catch (e) { return e.name; } };
      const element = document.createElement('p');
      document.body.append(element);
      element.setAttribute('style', 'color: rgb(1, 2, 3)');
      return [
        caught(() => { element.innerHTML = '<b>bold</b>'; }),
        caught(() => new Function('return 1')()),
        getComputedStyle(element).color,
      ];
    });
    assert.equal(markup, 'TypeError');
    assert.equal(evaluated, 'EvalError');
    assert.notEqual(styled, 'rgb(1, 2, 3)');
  });

  test('may open a WebSocket of its own host and no other', async () => {
    const anna = await scene.player();
    anna.expects(/Content Security Policy/);
    const open = (url) => anna.page.evaluate((to) => new Promise((resolve) => {
      const socket = new WebSocket(to, 'v1.evennia.com');
      socket.onopen = () => { socket.close(); resolve('open'); };
      socket.onerror = () => resolve('refused');
    }), url);
    assert.equal(await open(scene.portal.socketUrl), 'open');
    assert.equal(await open(`ws://localhost:${scene.portal.ports.websocket}/`), 'refused');
  });
});
