// @ts-check
/** The program is plain JavaScript in the same file: there is nothing to wait for. */

// Nothing has to take the place of the wasm.
export const plain = undefined;
export const refusal = undefined;

export const ready = () => true;

export async function loaded() {}
