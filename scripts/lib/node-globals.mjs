// @ts-check
/** The globals of browsers that Jest's simulated browser lacks. Node also has them in a module. */

export { TextDecoder, TextEncoder } from 'node:util';
