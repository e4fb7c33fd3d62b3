// @ts-check
/**
 * Where ours differs from auth0.js, and why. The test fails on a difference that is not listed, and on a listed one
 * that has gone. `when` looks at the case's name, `where` at the place in the observation.
 */

/** @type {{ name: string, reason: string, when?: RegExp, where: RegExp }[]} */
export const intended = [];
