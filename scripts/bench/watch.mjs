// @ts-check
/** What the bench runs inside a measured page. */

/**
 * A moment in a page: its milliseconds since the navigation began, and the clock's milliseconds at that beginning.
 *
 * @typedef {{ what: 'usable' | 'whole', at: number, began: number }} Moment
 */

/** The function of the page that `watch` tells of each moment, as JSON. */
export const BINDING = 'benchNoted';

/**
 * Tells of two moments. `usable`: an e-mail field is there, is shown, is enabled, and takes the focus. `whole`: such a field
 * belongs to the whole dialog, which has taken the painted screen's place. Looks once for each frame, before it is drawn.
 *
 * The browser gets this function as text, so it uses nothing from outside of itself.
 *
 * @param {{ binding: string, ids?: string }} how `ids`: the pattern of the ids that only the whole dialog has; without it,
 *   there is nothing to wait for after the field
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
  const tell = (/** @type {string} */ what) =>
    /** @type {any} */ (window)[binding](JSON.stringify({ what, at: performance.now(), began: performance.timeOrigin }));
  let isUsable = false;
  const look = () => {
    if (!isUsable && takesFocus()) {
      isUsable = true;
      tell('usable');
    }
    if (isUsable && ids === undefined) return;
    if (isUsable && isWhole()) tell('whole');
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** What is typed in the field that has the focus, in whatever shadow root it is. Runs in the page, too. */
export function typed() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element instanceof HTMLInputElement ? element.value : undefined;
}
