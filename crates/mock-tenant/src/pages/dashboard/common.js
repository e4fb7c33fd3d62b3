// What all pages of the dashboard share: the control API, elements, forms bound to settings, and news of changes.
// @ts-check

/** @param {string} id */
export const byId = (id) => /** @type {any} */ (document.getElementById(id));

/**
 * Asks the control API; refusals become errors with the tenant's own words.
 *
 * @param {string} method
 * @param {string} path below `/_mock/`
 * @param {unknown} [body]
 * @returns {Promise<any>}
 */
export async function api(method, path, body) {
  const response = await fetch(`/_mock/${path}`, {
    method,
    headers: body === undefined ? {} : { "content-type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error_description ?? response.statusText);
  return answer;
}

/**
 * An element. Properties are set as such; `data-`, `aria-` and `role` as attributes; text is never markup.
 *
 * @param {string} tag
 * @param {Record<string, any>} [properties]
 * @param {...(Node | string | null | false)} children
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (/^(data|aria)-|^role$/.test(name)) element.setAttribute(name, value);
    else /** @type {any} */ (element)[name] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== false && child !== undefined));
  return element;
}

let timer = 0;
/** Tells the person how it went. @param {string} text @param {boolean} [bad] */
export function say(text, bad = false) {
  const toast = byId("toast");
  toast.textContent = text;
  toast.classList.toggle("is-bad", bad);
  toast.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { toast.hidden = true; }, bad ? 8000 : 2500);
}

/**
 * Runs a step that the person asked for, and tells how it went.
 *
 * @param {() => Promise<unknown>} step
 * @param {string} done
 */
export async function attempt(step, done) {
  try {
    await step();
    if (done) say(done);
    return true;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), true);
    return false;
  }
}

/** Calls `load` now, and at every change in the tenant. @param {() => Promise<unknown>} load */
export function follow(load) {
  const live = byId("live");
  const show = (/** @type {boolean} */ on) => {
    live.className = on ? "live" : "live is-off";
    live.textContent = on ? "Live" : "Tenant not reachable";
  };
  const changes = new EventSource("/_mock/events");
  changes.addEventListener("change", () => void load().then(() => show(true), () => show(false)));
  changes.addEventListener("open", () => show(true));
  changes.addEventListener("error", () => show(false));
}

// On a phone the navigation scrolls: the page one is on must be in sight.
document.querySelector("nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

/** @param {any} object @param {string} path such as `options.email.from` */
const at = (object, path) => path.split(".").reduce((value, key) => value?.[key], object);

/** Puts settings into the fields that name them in `data-field`. @param {HTMLElement} form @param {any} settings */
export function fill(form, settings) {
  for (const field of fields(form)) {
    const value = at(settings, field.dataset.field ?? "");
    if (field.type === "checkbox") field.checked = Boolean(value);
    else field.value = Array.isArray(value) ? value.join("\n") : String(value ?? "");
  }
}

/** A JSON Merge Patch of the fields; empty optional ones take their setting away. @param {HTMLElement} form */
export function patchOf(form) {
  /** @type {any} */
  const patch = {};
  for (const field of fields(form)) {
    const keys = (field.dataset.field ?? "").split(".");
    const last = /** @type {string} */ (keys.pop());
    const target = keys.reduce((object, key) => (object[key] ??= {}), patch);
    target[last] = valueOf(field);
  }
  return patch;
}

/** @param {any} field */
function valueOf(field) {
  if (field.type === "checkbox") return field.checked;
  const text = field.value.trim();
  switch (field.dataset.kind) {
    case "lines": return text.split(/\s+/).filter(Boolean);
    case "number": return Number(text);
    case "optional": return text === "" ? null : text;
    default: return field.value;
  }
}

/** @param {HTMLElement} form @returns {any[]} */
const fields = (form) => [...form.querySelectorAll("[data-field]")];

/** Whether the person is in the middle of typing: what they see must not be replaced then. @param {HTMLElement} form */
export const isBusy = (form) => form.dataset.dirty === "true" || form.contains(document.activeElement);

/** @param {string} at RFC 3339 */
export const moment = (at) => new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });
