// @ts-check
/** Whether the page can use WebAssembly: hardened browsers switch it off, and policies without `'wasm-unsafe-eval'` forbid it. */

/** The smallest module there is: its mark and its version. */
const EMPTY = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0);

/** The result of the attempt. It is kept for this page only, because the next visit may have another policy. @type {boolean | undefined} */
let can;

/** Tries it once, since browsers report each try to the page's policy. WebKit refuses the instance, others the module. */
export function canCompile() {
  try {
    can ??= Boolean(new WebAssembly.Instance(new WebAssembly.Module(EMPTY)));
  } catch {
    can = false;
  }
  return can;
}
