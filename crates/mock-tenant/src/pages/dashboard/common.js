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
  changes.addEventListener("change", () => void Promise.all([load(), warnOfClock()]).then(() => show(true), () => show(false)));
  changes.addEventListener("open", () => show(true));
  changes.addEventListener("error", () => show(false));
}

// On a phone the navigation scrolls: the page one is on must be in sight.
document.querySelector("nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

/** @param {any} object @param {string} path such as `options.email.from` */
const at = (object, path) => path.split(".").reduce((value, key) => value?.[key], object);

/** What each field was filled with. @type {WeakMap<HTMLElement, any>} */
const filled = new WeakMap();

/** Puts settings into the fields that name them in `data-field`. @param {HTMLElement} form @param {any} settings */
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

/** Boxes of a list that can also be left out: then none is ticked but the first, which stands for that. @param {HTMLElement} list @param {string[] | undefined} chosen */
function check(list, chosen) {
  for (const box of list.querySelectorAll("input")) box.checked = chosen === undefined ? box.value === "" : chosen.includes(box.value);
}

/**
 * A JSON Merge Patch of the fields; empty optional ones take their setting away. Throws for a field that cannot be read, and
 * puts the focus into it.
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

/** What a field is called. @param {any} field */
const nameOf = (field) => field.labels?.[0]?.textContent ?? field.id;

/** Empty is not 0, which would switch a limit off. @param {any} field @param {string} text */
function number(field, text) {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`“${nameOf(field)}” must be a whole number${text === "" ? ", and is empty" : `, not “${text}”`}.`);
}

/** An object in place of the one that was there: in a merge patch, what is gone is null. @param {any} field @param {string} text */
function json(field, text) {
  let value;
  try {
    value = text === "" ? {} : JSON.parse(text);
  } catch {
    value = undefined;
  }
  if (value === null || typeof value !== "object" || Array.isArray(value)) throw new Error(`“${nameOf(field)}” must be a JSON object, such as {"scope": "openid"}.`);
  return replaced(filled.get(field) ?? {}, value);
}

/** @param {any} before @param {any} after @returns {any} */
function replaced(before, after) {
  const isObject = (/** @type {any} */ value) => value !== null && typeof value === "object" && !Array.isArray(value);
  if (!isObject(before) || !isObject(after)) return after;
  const gone = Object.keys(before).filter((key) => !(key in after)).map((key) => [key, null]);
  return Object.fromEntries([...gone, ...Object.entries(after).map(([key, value]) => [key, replaced(before[key], value)])]);
}

/** @param {HTMLElement} form @returns {any[]} */
const fields = (form) => [...form.querySelectorAll("[data-field]")];

/** Whether the person is in the middle of typing: what they see must not be replaced then. @param {HTMLElement} form */
export const isBusy = (form) => form.dataset.dirty === "true" || form.contains(document.activeElement);

/** @param {string} at RFC 3339 */
export const moment = (at) => new Date(at).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });

/** Forms whose edits are not saved yet are asked about before the page goes. @param {...HTMLElement} forms */
export function keep(...forms) {
  for (const form of forms) form.addEventListener("input", () => { form.dataset.dirty = "true"; });
  addEventListener("beforeunload", (event) => {
    if (forms.some((form) => form.dataset.dirty === "true")) event.preventDefault();
  });
}

/** Whether what was edited in `form` may go: it is saved, or the person says so. @param {HTMLElement} form */
export function mayLeave(form) {
  if (form.dataset.dirty !== "true") return true;
  const leave = confirm("Your changes are not saved. Leave them?");
  if (leave) form.dataset.dirty = "false";
  return leave;
}

/** A button that copies `text`. @param {string} what @param {() => string} text */
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

/** How far the clock is from the machine's, in words. @param {{ frozen: boolean, offset_ms: number }} clock */
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

/** Says on every page that the tenant's clock is not the machine's: tokens are then from the future, or the past. */
async function warnOfClock() {
  const clock = await api("GET", "clock");
  const words = drift(clock);
  const known = document.getElementById("clock-warning");
  if (words === "" || document.getElementById("drift")) return known?.remove();
  const text = `The tenant's clock is ${words}: your application may find its tokens not valid yet, or too old.`;
  if (known) {
    const told = known.querySelector("span");
    if (told) told.textContent = text;
    return;
  }
  const back = el("button", { className: "button plain small", type: "button", textContent: "Back to real time" });
  back.addEventListener("click", () => attempt(() => api("POST", "clock", { reset: true }), "Real time"));
  document.querySelector("main")?.prepend(el("p", { id: "clock-warning", className: "warn-line late", role: "status" }, el("span", { textContent: text }), back));
}
