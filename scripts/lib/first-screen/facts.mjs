// @ts-check
/** The facts on which a first screen may depend, each with the options that produce it, and random mixtures of them. */

/** @typedef {Record<string, string>} Facts */
/** The input of the native program. @typedef {{ options: any, state?: string, rightToLeft?: boolean }} Wanted */

const SOCIAL = ['⟪connection⟫', '⟪pictured⟫'];
const LOOK = { displayName: '⟪name⟫' };
/** A connection that has a letter as its badge, and one that has an image. */
const BUTTONS = { '⟪connection⟫': LOOK, '⟪pictured⟫': { ...LOOK, icon: '⟪icon⟫' } };
const message = (/** @type {string} */ type) => ({ options: { flashMessage: { type, text: 'x' } } });

/**
 * Every fact on which a first screen may depend, under the painter's names. For each value of a fact: the options that produce it.
 *
 * @type {Record<string, Record<string, Wanted>>}
 */
export const FACTS = {
  place: { over: { options: {} }, fixed: { options: { closable: false } }, inline: { options: { container: 'x' } } },
  channels: {
    email: { options: { allowedConnections: ['email'] } }, phone: { options: { allowedConnections: ['sms'] } },
    'email+phone': { options: { allowedConnections: ['email', 'sms'] } }, 'phone+email': { options: { allowedConnections: ['sms', 'email'] } },
    none: { options: { allowedConnections: [] } },
  },
  social: { no: { options: {} }, yes: { options: { theme: { authButtons: BUTTONS } } } },
  terms: { text: { options: {} }, box: { options: { mustAcceptTerms: true } }, none: { options: { showTerms: false } } },
  logo: { mark: { options: {} }, image: { options: { theme: { logo: '⟪logo⟫' } } }, none: { options: { theme: { logo: '' } } } },
  title: { shown: { options: {} }, hidden: { options: { theme: { hideMainScreenTitle: true } } } },
  button: { words: { options: {} }, arrow: { options: { theme: { labeledSubmitButton: false } } } },
  autofocus: { yes: { options: { autofocus: true } }, no: { options: { autofocus: false } } },
  autocomplete: { on: { options: {} }, off: { options: { allowAutocomplete: false } } },
  avatar: { no: { options: {} }, yes: { options: { avatar: true } } },
  email: { none: { options: {} }, given: { options: { prefill: { email: '⟪email⟫' } } } },
  number: { none: { options: {} }, given: { options: { prefill: { phoneNumber: '⟪phone⟫' } } } },
  sends: { code: { options: {} }, link: { options: { passwordlessMethod: 'link' } } },
  scheme: { auto: { options: {} }, dark: { options: { theme: { scheme: 'dark' } } }, light: { options: { theme: { scheme: 'light' } } } },
  direction: { ltr: { options: {} }, rtl: { options: {}, rightToLeft: true } },
  note: { none: { options: {} }, error: message('error'), ok: message('success'), info: message('info') },
  state: { idle: { options: {} }, sending: { options: {}, state: 'sending' }, leaving: { options: {}, state: 'leaving' }, waiting: { options: {}, state: 'waiting' } },
};
export const NAMES = Object.keys(FACTS);

/** Makes a function that returns random mixtures of facts. Each build gets the same mixtures. */
export function random() {
  let seed = 1;
  const below = (/** @type {number} */ limit) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return Math.floor((seed / 0x80000000) * limit);
  };
  return () => possible(Object.fromEntries(NAMES.map((name) => {
    const values = Object.keys(FACTS[name]);
    return [name, values[below(values.length)]];
  })));
}

/**
 * Changes facts so that they can occur together. A screen without a field has social buttons, and only social buttons leave the
 * page.
 *
 * @param {Facts} facts
 * @returns {Facts}
 */
export function possible(facts) {
  const social = facts.channels === 'none' ? 'yes' : facts.social;
  let { state } = facts;
  if (state === 'sending' && facts.channels === 'none') state = 'leaving';
  if (state === 'leaving' && social === 'no') state = 'idle';
  return { ...facts, social, state };
}

/** The input of the native program for these facts. @param {Facts} facts @returns {Wanted} */
export function wanted(facts) {
  /** @type {any} */
  const all = { state: 'idle', rightToLeft: false, options: { theme: {}, prefill: {} } };
  for (const [name, value] of Object.entries(facts)) {
    const { options, ...more } = FACTS[name][value];
    const { theme, prefill, allowedConnections, ...others } = options;
    Object.assign(all, more);
    Object.assign(all.options, others);
    Object.assign(all.options.theme, theme);
    Object.assign(all.options.prefill, prefill);
    if (allowedConnections) all.options.allowedConnections = [...facts.social === 'yes' ? SOCIAL : [], ...allowedConnections];
  }
  return all;
}
