// @ts-check
/** What browsers have as globals and Node has in a module too: Jest's simulated browser does not pass its globals on. */

export { TextDecoder, TextEncoder } from 'node:util';
