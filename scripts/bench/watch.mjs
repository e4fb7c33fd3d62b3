// @ts-check
/** The functions that the bench runs inside a measured page. */

/**
 * A moment in a page. `at` is in milliseconds since the navigation began. `began` is the clock's time of that beginning.
 *
 * @typedef {{ what: 'usable' | 'whole', at: number, began: number }} Moment
 */

/** The name of the page's function to which `watch` reports each moment, as JSON. */
export const BINDING = 'benchNoted';

/**
 * Reports two moments. At `usable` an e-mail field exists, is shown, is enabled and takes the focus. At `whole` that field belongs to
 * the whole dialog, which has replaced the painted screen. The function looks once in each frame, before the frame is drawn.
 *
 * The browser gets this function as text, so it uses nothing from outside.
 *
 * @param {{ binding: string, ids?: string }} options `ids` is a pattern for the ids of the whole dialog's elements; without it only
 *   `usable` is reported
 */
export function watch({ binding, ids }) {
  /** @type {(root: Document | ShadowRoot) => HTMLInputElement | undefined} */
  const find = (root) => {
    const field = /** @type {HTMLInputElement | null} */ (root.querySelector('input[type=email], input[name=email]'));
    if (field) return field;
    for (const element of root.querySelectorAll('*')) {
      const inner = element.shadowRoot && find(element.shadowRoot);
      if (inner) return inner;
    }
    return undefined;
  };
  const shown = () => {
    const field = find(document);
    return field && !field.disabled && field.getClientRects().length > 0 ? field : undefined;
  };
  const takesFocus = () => {
    const field = shown();
    field?.focus();
    return Boolean(field?.matches(':focus'));
  };
  const isWhole = () => new RegExp(ids ?? '').test(shown()?.id ?? '');
  const report = (/** @type {string} */ what) =>
    /** @type {any} */ (window)[binding](JSON.stringify({ what, at: performance.now(), began: performance.timeOrigin }));
  let isUsable = false;
  const look = () => {
    if (!isUsable && takesFocus()) {
      isUsable = true;
      report('usable');
    }
    if (isUsable && ids === undefined) return;
    if (isUsable && isWhole()) report('whole');
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** The text in the field that has the focus, also inside shadow roots. This function runs in the page, too. */
export function typed() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLInputElement ? element.value : undefined;
}
