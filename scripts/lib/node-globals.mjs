// @ts-check
/** The globals of browsers that Jest's simulated browser lacks. Node has them in a module, too, so they are imported from there. */

export { TextDecoder, TextEncoder } from 'node:util';
