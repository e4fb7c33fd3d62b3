// @ts-check
/**
 * The loader of a file whose bindings are plain JavaScript from the start (`nowasm`): there is nothing to load or to wait for. It has
 * the exports of `inline.mjs`.
 */

// There is no wasm that could be refused, so no second program takes its place.
export const plain = undefined;
export const refusal = undefined;

export const ready = () => true;

export async function loaded() {}
