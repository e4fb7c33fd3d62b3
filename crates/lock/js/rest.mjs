// @ts-check
/** The rest of the dialog's own wasm, for the one build that it is of. */

import { UNPACKER } from 'latchkey-loader';
import { unpacked } from '../../webauth/js/loader/unpack.mjs';

/** The build puts it here, packed as all modules. */
const REST = '__LATCHKEY_REST__';

/** Tells builds apart. */
export const build = '__LATCHKEY_BUILD__';

export const rest = () => unpacked(UNPACKER, REST);
