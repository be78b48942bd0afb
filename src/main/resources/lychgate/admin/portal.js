/** What is asked of the portal. */
let token = '';

async function get(path, parameters = {}) {
  const answer = await fetch(`${path}?${new URLSearchParams(parameters)}`, {signal: AbortSignal.timeout(8000)});
  if (answer.status === 401) {
    location.reload(); // the login is over
  }
  if (answer.status === 404) {
    return null;
  }
  if (!answer.ok) {
    throw new Error(`the portal answers with ${answer.status}`);
  }
  return answer.json();
}

/** The state, with the log's lines behind a number. */
export async function state(since) {
  const found = await get('/page/state', {since});
  token = found?.token ?? token;
  return found;
}

/** A page of the sessions. */
export const sessions = (find, sort, from) => get('/page/sessions', {find, sort, from});

/** One session; null if it is over. */
export const session = (id) => get('/page/session', {id});

/**
 * Gives an order.
 *
 * @returns {Promise<{ok: boolean, text: string}>}
 */
export async function order(command, ...args) {
  try {
    const answer = await fetch('/page/order', {
      method: 'POST',
      headers: {'X-Lychgate-Token': token},
      body: JSON.stringify({command, arguments: args}),
    });
    return answer.ok ? await answer.json() : {ok: false, text: await answer.text()};
  } catch {
    return {ok: false, text: 'The portal does not answer.'};
  }
}
