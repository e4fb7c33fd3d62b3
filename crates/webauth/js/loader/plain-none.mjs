// @ts-check
/** Node always has WebAssembly: modules for it bring nothing in its place. */

export const loadPlain = () => Promise.reject(new Error('this module is for Node, and comes without plain JavaScript'));
