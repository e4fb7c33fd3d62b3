// @ts-check
/** The arguments of `new Auth0LockPasswordless`, and the options that one `show` may change. */

/**
 * Throws Lock's own message for an argument that cannot be used.
 *
 * @param {unknown} clientID
 * @param {unknown} domain
 * @param {unknown} options
 */
export function checkArguments(clientID, domain, options) {
  if (typeof clientID !== 'string') throw new Error('A `clientID` string must be provided as first argument.');
  if (typeof domain !== 'string') throw new Error('A `domain` string must be provided as second argument.');
  const isObject = typeof options === 'object' && options !== null && !Array.isArray(options);
  if (options !== undefined && !isObject) throw new Error('When provided, the third argument must be an `options` object.');
}

/**
 * Merges the options of one `show` over those of the dialog. As in Lock, `auth.params` is replaced as a whole,
 * and options that one `show` cannot change are ignored.
 *
 * @param {any} options
 * @param {any} show
 */
export function merged(options, show) {
  const over = (/** @type {any} */ base, /** @type {any} */ changes, /** @type {string[]} */ names) =>
    Object.assign({}, base, ...names.filter((name) => changes?.[name] !== undefined).map((name) => ({ [name]: changes[name] })));
  return {
    ...over(options, show, ['allowAutocomplete', 'allowedConnections', 'flashMessage', 'language', 'languageDictionary', 'rememberLastLogin']),
    auth: over(options?.auth, show?.auth, ['params']),
    theme: over(options?.theme, show?.theme, Object.keys(show?.theme ?? {})),
  };
}
