// @ts-check
/** The dialog in a frame, as wide as a phone or as the page, and the list of its events. */

/** @typedef {import('./playground-options.mjs').Options} Options */

/** The domain of the simulated tenant, where no mock tenant runs. No host can have this name (RFC 6761). */
const PLAYED = { domain: 'https://tenant.invalid', clientID: 'played' };

/** The code that the simulated tenant accepts. */
const CODE = '123456';

/** How many events the list shows. */
const MOST = 8;

/** @param {HTMLElement} place */
export function buildFrame(place) {
  const stage = /** @type {HTMLElement} */ (place.querySelector('.stage'));
  const said = /** @type {HTMLElement} */ (place.querySelector('.said'));
  const events = /** @type {HTMLElement} */ (place.querySelector('ol'));
  const tenant = findTenant();
  /** @type {HTMLIFrameElement | undefined} */
  let frame;
  for (const radio of place.querySelectorAll('input[name=width]')) {
    radio.addEventListener('change', () => { stage.dataset.width = /** @type {HTMLInputElement} */ (radio).value; });
  }

  /** @param {string} text */
  const say = (text) => { said.textContent = text; };

  /** @param {string} name @param {any} payload @param {boolean} isPlayed */
  function tell(name, payload, isPlayed) {
    const detail = name === 'authenticated' ? payload.idTokenPayload?.email ?? '' : payload === undefined ? '' : JSON.stringify(payload.kind ?? payload);
    events.append(Object.assign(document.createElement('li'), { textContent: `${name} ${detail}` }));
    while (events.children.length > MOST) events.firstElementChild?.remove();
    if (name === 'authenticated') say(`Logged in as ${payload.idTokenPayload?.email ?? payload.idTokenPayload?.name}.`);
    if (!isPlayed) return;
    if (/^code (re)?sent$/.test(name)) say(`The tenant in this page sent nothing. The code is ${CODE}.`);
    // With the simulated tenant there is no page to go to, so the page stays, as if the browser had come back.
    if (name === 'federated login' || (name === 'step changed' && payload.step === 'signed in')) end('Here the browser leaves for the tenant, and comes back logged in.');
  }

  /** The dialog takes the focus when it opens. This gives the focus back to a person who is typing in the form, until they leave the form by the Tab key or by the pointer. @param {HTMLIFrameElement} made */
  function keepFocus(made) {
    const typing = document.activeElement;
    if (!(typing instanceof HTMLElement) || typing === document.body || typing === made) return;
    const held = new AbortController();
    const { signal } = held;
    typing.addEventListener('keydown', ({ key }) => { if (key === 'Tab') held.abort(); }, { signal });
    stage.addEventListener('pointerenter', () => held.abort(), { signal });
    typing.addEventListener('blur', () => setTimeout(() => {
      if (document.activeElement === made && !signal.aborted) typing.focus({ preventScroll: true });
      else held.abort();
    }), { signal });
  }

  /** @param {string} text */
  function end(text) {
    frame?.remove();
    frame = undefined;
    say(text);
  }

  return {
    /** Makes a new dialog. @param {Options} options */
    async show(options) {
      const { domain, clientID, isPlayed } = await tenant;
      frame?.remove();
      const next = document.createElement('iframe');
      next.title = 'A page with the dialog';
      const auth = isPlayed ? { redirectUrl: location.href, responseType: 'code' } : { redirect: false, redirectUrl: `${location.origin}/`, responseType: 'token id_token' };
      const given = { domain, clientID, isPlayed, code: CODE, options: { ...options, auth }, tell: (/** @type {string} */ name, /** @type {any} */ payload) => tell(name, payload, isPlayed) };
      Object.assign(next, { playground: given });
      next.srcdoc = page();
      frame = next;
      keepFocus(next);
      stage.append(next);
      events.replaceChildren();
      say(isPlayed ? 'Give any address. Nothing is sent.' : `Give any address. The mail is in the inbox: ${domain}/_mock/inbox`);
    },
  };
}

/** The mock tenant that `npm start` runs beside this site, or else the simulated one. */
async function findTenant() {
  try {
    const { domain } = await (await fetch('tenant.json')).json();
    if (!domain) throw new Error('No tenant is beside this site.');
    await fetch(`${domain}/.well-known/openid-configuration`);
    return { domain, clientID: 'latchkey-spa', isPlayed: false };
  } catch {
    return { ...PLAYED, isPlayed: true };
  }
}

/** The page in the frame. */
const page = () => `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>A page</title><link rel="stylesheet" href="assets/playground-frame.css"><script src="latchkey/lock.min.js"></script></head>
<body><p>Your page</p><button id="login" type="button">Log in</button><script src="assets/playground-frame.js"></script></body></html>`;
