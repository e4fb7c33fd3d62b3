// @ts-check
/** What auth0.js has and Latchkey has not: passwords, and what only they need. */

/** Thrown by every method that is left out. */
export class UnsupportedError extends Error {
  /** @param {string} name */
  constructor(name) {
    super(`Latchkey leaves out \`${name}\`: DIFFERENCES.md says what to use instead.`);
    this.name = 'UnsupportedError';
  }
}

/** Names by the object they are missing from. */
const LEFT_OUT = {
  '': 'login signup changePassword signupAndAuthorize renderCaptcha renderSignupCaptcha renderPasswordResetCaptcha customTokenExchange',
  client: 'login loginWithDefaultDirectory loginWithResourceOwner customTokenExchange getChallenge delegation getUserCountry getSSOData',
  'client.dbConnection': 'signup changePassword getSignupChallenge getPasswordResetChallenge',
  popup: 'preload loginWithCredentials signupAndLogin passwordlessVerify',
  redirect: 'loginWithCredentials signupAndLogin',
  _universalLogin: 'login signupAndLogin getSSOData',
};

/**
 * The methods that are missing from one object.
 *
 * @param {keyof typeof LEFT_OUT} place
 * @returns {Record<string, () => never>}
 */
export const leftOut = (place) => Object.fromEntries(LEFT_OUT[place].split(' ').map((name) => [
  name, () => { throw new UnsupportedError(place ? `${place}.${name}` : name); },
]));
