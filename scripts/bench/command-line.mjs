// @ts-check
/** The command line of the scripts that measure. */

import { parseArgs } from 'node:util';
import { Failure } from '../lib/run.mjs';

/** @typedef {import('node:util').ParseArgsConfig} Config */

/**
 * The options of the command line. An unknown option is a {@link Failure} that lists the known ones.
 *
 * @template {NonNullable<Config['options']>} T
 * @param {T} options
 */
export function commandLine(options) {
  try {
    return parseArgs({ options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const known = Object.entries(options).map(([name, { type }]) => (type === 'string' ? `--${name} VALUE` : `--${name}`));
    throw new Failure(`${error instanceof Error ? error.message : error}\nThe options are: ${known.join(', ')}.`);
  }
}
