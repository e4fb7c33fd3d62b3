// @ts-check
/** The methods of auth0.js that Latchkey leaves out: passwords, and everything that only passwords need. */

/** The error that every left-out method throws. */
export class UnsupportedError extends Error {
  /** @param {string} name */
  constructor(name) {
    super(`Latchkey leaves out \`${name}\`: DIFFERENCES.md says what to use instead.`);
    this.name = 'UnsupportedError';
  }
}

/** The names of the methods, by the object that has them in auth0.js. */
const LEFT_OUT = {
  '': ['login', 'signup', 'changePassword', 'signupAndAuthorize', 'renderCaptcha', 'renderSignupCaptcha', 'renderPasswordResetCaptcha', 'customTokenExchange'],
  client: ['login', 'loginWithDefaultDirectory', 'loginWithResourceOwner', 'customTokenExchange', 'getChallenge', 'delegation', 'getUserCountry', 'getSSOData'],
  'client.dbConnection': ['signup', 'changePassword', 'getSignupChallenge', 'getPasswordResetChallenge'],
  popup: ['preload', 'loginWithCredentials', 'signupAndLogin', 'passwordlessVerify'],
  redirect: ['loginWithCredentials', 'signupAndLogin'],
  _universalLogin: ['login', 'signupAndLogin', 'getSSOData'],
};

/**
 * Methods for one object that throw an `UnsupportedError`.
 *
 * @param {keyof typeof LEFT_OUT} place
 * @returns {Record<string, () => never>}
 */
export const leftOut = (place) => Object.fromEntries(LEFT_OUT[place].map((name) => [
  name, () => { throw new UnsupportedError(place ? `${place}.${name}` : name); },
]));
