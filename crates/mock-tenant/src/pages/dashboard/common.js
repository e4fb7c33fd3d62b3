// Functions that all pages of the dashboard use: control API, elements, forms for settings, events.
// @ts-check

/** @param {string} id */
export const byId = (id) => /** @type {any} */ (document.getElementById(id));

/**
 * Calls the control API. Rejects with the tenant's `error_description` if it refuses.
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
  const result = await response.json();
  if (!response.ok) throw new Error(result.error_description ?? response.statusText);
  return result;
}

/**
 * Creates an element. `data-`, `aria-` and `role` are set as attributes, the others as properties. Texts are never parsed as HTML.
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
/** Shows a message for some seconds, an error for longer. @param {string} text @param {boolean} [bad] */
export function say(text, bad = false) {
  const toast = byId("toast");
  toast.textContent = text;
  toast.classList.toggle("is-bad", bad);
  toast.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => { toast.hidden = true; }, bad ? 8000 : 2500);
}

/**
 * Runs an action and shows whether it succeeded. Returns whether it did.
 *
 * @param {() => Promise<unknown>} action
 * @param {string} done the message after success, or ''
 */
export async function attempt(action, done) {
  try {
    await action();
    if (done) say(done);
    return true;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), true);
    return false;
  }
}

/** Calls `load` at once and whenever the tenant reports a change. Shows whether the tenant can be reached. @param {() => Promise<unknown>} load */
export function follow(load) {
  const live = byId("live");
  const show = (/** @type {boolean} */ on) => {
    live.className = on ? "live" : "live is-off";
    live.textContent = on ? "Live" : "Tenant not reachable";
  };
  const changes = new EventSource("/_mock/events");
  changes.addEventListener("change", () => void Promise.all([load(), warnOfClock()]).then(() => show(true), () => show(false)));
  changes.addEventListener("open", () => show(true));
  changes.addEventListener("error", () => show(false));
}

// The navigation scrolls on a phone, so the link of the current page may be out of sight.
document.querySelector("nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

/** @param {any} object @param {string} path such as `options.email.from` */
const at = (object, path) => path.split(".").reduce((value, key) => value?.[key], object);

/** The value with which each field was filled. @type {WeakMap<HTMLElement, any>} */
const filled = new WeakMap();

/** Fills each field with the setting that its `data-field` names. @param {HTMLElement} form @param {any} settings */
export function fill(form, settings) {
  for (const field of fields(form)) {
    const value = at(settings, field.dataset.field ?? "");
    filled.set(field, value);
    field.removeAttribute("aria-invalid");
    if (field.dataset.kind === "checks") check(field, value);
    else if (field.type === "checkbox") field.checked = Boolean(value);
    else if (field.dataset.kind === "json") field.value = value && Object.keys(value).length > 0 ? JSON.stringify(value, null, 2) : "";
    else field.value = Array.isArray(value) ? value.join("\n") : String(value ?? "");
  }
}

/** Ticks the boxes of an optional list. The first box, with an empty value, means that the list is not set. @param {HTMLElement} list @param {string[] | undefined} chosen */
function check(list, chosen) {
  for (const box of list.querySelectorAll("input")) box.checked = chosen === undefined ? box.value === "" : chosen.includes(box.value);
}

/**
 * Returns the fields as a JSON Merge Patch. An empty optional field removes its setting. Focuses a field that is not valid, and
 * throws.
 *
 * @param {HTMLElement} form
 */
export function patchOf(form) {
  /** @type {any} */
  const patch = {};
  for (const field of fields(form)) {
    const keys = (field.dataset.field ?? "").split(".");
    const last = /** @type {string} */ (keys.pop());
    const target = keys.reduce((object, key) => (object[key] ??= {}), patch);
    try {
      target[last] = valueOf(field);
      field.removeAttribute("aria-invalid");
    } catch (error) {
      field.setAttribute("aria-invalid", "true");
      field.focus();
      throw error;
    }
  }
  return patch;
}

/** @param {any} field */
function valueOf(field) {
  if (field.dataset.kind === "checks") return checked(field);
  if (field.type === "checkbox") return field.checked;
  const text = field.value.trim();
  switch (field.dataset.kind) {
    case "lines": return text.split(/[\s,]+/).filter(Boolean);
    case "number": return number(field, text);
    case "json": return json(field, text);
    case "optional": return text === "" ? null : text;
    default: return field.value;
  }
}

/** @param {HTMLElement} list */
function checked(list) {
  const values = [...list.querySelectorAll("input")].filter((box) => box.checked).map((box) => box.value);
  return values.includes("") ? null : values;
}

/** The label of a field. @param {any} field */
const nameOf = (field) => field.labels?.[0]?.textContent ?? field.id;

/** Refuses an empty text: `Number('')` is 0, which means "no limit". @param {any} field @param {string} text */
function number(field, text) {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`“${nameOf(field)}” must be a whole number${text === "" ? ", and is empty" : `, not “${text}”`}.`);
}

/** Returns the merge patch that turns the field's old object into the one in `text`. @param {any} field @param {string} text */
function json(field, text) {
  let value;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error(`“${nameOf(field)}” must be a JSON object, such as {"scope": "openid"}.`);
  return mergePatch(filled.get(field) ?? {}, value);
}

/** The merge patch from `before` to `after`, in which a removed key is null. @param {any} before @param {any} after @returns {any} */
function mergePatch(before, after) {
  const isObject = (/** @type {any} */ value) => value !== null && typeof value === "object" && !Array.isArray(value);
  if (!isObject(before) || !isObject(after)) return after;
  const removed = Object.keys(before).filter((key) => !(key in after)).map((key) => [key, null]);
  return Object.fromEntries([...removed, ...Object.entries(after).map(([key, value]) => [key, mergePatch(before[key], value)])]);
}

/** @param {HTMLElement} form @returns {any[]} */
const fields = (form) => [...form.querySelectorAll("[data-field]")];

/** Whether the form has edits or the focus. It must not be filled anew then. @param {HTMLElement} form */
export const isBusy = (form) => form.dataset.dirty === "true" || form.contains(document.activeElement);

/** @param {string} at RFC 3339 */
export const moment = (at) => new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });

/** Lets the browser ask before the page is left while one of the forms has unsaved edits. @param {...HTMLElement} forms */
export function keep(...forms) {
  for (const form of forms) form.addEventListener("input", () => { form.dataset.dirty = "true"; });
  addEventListener("beforeunload", (event) => {
    if (forms.some((form) => form.dataset.dirty === "true")) event.preventDefault();
  });
}

/** Whether the form has no unsaved edits, or the user agrees to lose them. @param {HTMLElement} form */
export function mayLeave(form) {
  if (form.dataset.dirty !== "true") return true;
  const leave = confirm("Your changes are not saved. Leave them?");
  if (leave) form.dataset.dirty = "false";
  return leave;
}

/** Creates a button that copies `text`. @param {string} what @param {() => string} text */
export function copier(what, text) {
  const button = el("button", { className: "button plain small", type: "button", textContent: "Copy", "aria-label": `Copy ${what}` });
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text());
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not allowed here";
    }
    setTimeout(() => { button.textContent = "Copy"; }, 1600);
  });
  return button;
}

/** The difference between the tenant's clock and the machine's as text, such as `1 h 5 min ahead`. @param {{ frozen: boolean, offset_ms: number }} clock */
export function drift({ frozen, offset_ms: ms }) {
  if (frozen) return "stopped";
  if (ms === 0) return "";
  const seconds = Math.round(Math.abs(ms) / 1000);
  const sizes = /** @type {[number, string][]} */ ([[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]]);
  let left = seconds;
  const parts = sizes.map(([size, unit]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count > 0 ? `${count} ${unit}` : "";
  });
  return `${parts.filter(Boolean).join(" ")} ${ms > 0 ? "ahead" : "behind"}`;
}

/** Shows a warning if the tenant's clock differs from the machine's, because an application may refuse its tokens then. */
async function warnOfClock() {
  const clock = await api("GET", "clock");
  const difference = drift(clock);
  const shown = document.getElementById("clock-warning");
  if (difference === "" || document.getElementById("drift")) return shown?.remove();
  const text = `The tenant's clock is ${difference}: your application may find its tokens not valid yet, or too old.`;
  if (shown) {
    const span = shown.querySelector("span");
    if (span) span.textContent = text;
    return;
  }
  const back = el("button", { className: "button plain small", type: "button", textContent: "Back to real time" });
  back.addEventListener("click", () => attempt(() => api("POST", "clock", { reset: true }), "Real time"));
  document.querySelector("main")?.prepend(el("p", { id: "clock-warning", className: "warn-line late", role: "status" }, el("span", { textContent: text }), back));
}
