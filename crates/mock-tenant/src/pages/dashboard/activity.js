// The log, the newest event first. An opened entry shows the event in the format of Auth0's log.
// @ts-check
import { api, byId, el, follow } from "./common.js";

/** Label and colour of each event type. All other types are failures. @type {Record<string, [string, string]>} */
const TYPES = {
  cls: ["Code sent", "note"], cs: ["Text message sent", "note"], scoa: ["Code accepted", "ok"], s: ["Login", "ok"], ssa: ["Silent login", "ok"],
  seacft: ["Code exchanged", "ok"], sertft: ["Refreshed", "ok"], slo: ["Logout", "note"], depnote: ["Deprecated use", "late"],
  fp: ["Wrong code", "bad"], fcoa: ["Cross-origin login failed", "bad"], f: ["Login failed", "bad"], fsa: ["Silent login failed", "late"],
  feacft: ["Exchange failed", "bad"], fertft: ["Refresh failed", "bad"], ferrt: ["Refresh token reused", "bad"], fepotpft: ["Code exchange failed", "bad"],
  fn: ["Not delivered", "bad"], limit_wc: ["Account blocked", "late"], api_limit: ["Rate limit", "late"],
};
/** @type {any[]} */
let entries = [];
/** The ids of the opened entries. @type {Set<string>} */
const opened = new Set();

async function load() {
  entries = (await api("GET", "logs")).reverse();
  draw();
}

function draw() {
  const words = byId("filter").value.trim().toLowerCase();
  const onlyFailures = byId("failures").checked;
  const shown = entries.filter((entry) => {
    const [title, kind] = TYPES[entry.type] ?? [entry.type, "bad"];
    if (onlyFailures && kind !== "bad" && kind !== "late") return false;
    return !words || `${title} ${JSON.stringify(entry)}`.toLowerCase().includes(words);
  });
  byId("none").hidden = shown.length > 0;
  byId("none").textContent = entries.length > 0 ? "Nothing matches." : "Nothing has happened yet.";
  byId("log").replaceChildren(...shown.slice(0, 200).map(item));
}

/** @param {any} entry */
function item(entry) {
  const [title, kind] = TYPES[entry.type] ?? [entry.type, "bad"];
  const time = new Date(entry.date).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const details = el("details", { className: "card", open: opened.has(entry.log_id) },
    el("summary", {},
      el("time", { dateTime: entry.date, textContent: time }),
      el("span", { className: `tag ${kind}`, textContent: title }),
      el("span", { className: "what", textContent: entry.description === entry.user_name ? entry.user_name : [entry.user_name, entry.description].filter(Boolean).join(" · ") }),
      el("code", { textContent: entry.type })));
  const show = () => {
    if (details.childElementCount === 1) details.append(el("pre", { tabIndex: 0, textContent: JSON.stringify(entry, null, 2) }));
  };
  if (opened.has(entry.log_id)) show();
  details.addEventListener("toggle", () => {
    if (/** @type {HTMLDetailsElement} */ (details).open) {
      opened.add(entry.log_id);
      show();
    } else opened.delete(entry.log_id);
  });
  return el("li", {}, details);
}

byId("filter").addEventListener("input", draw);
byId("failures").addEventListener("input", draw);
follow(load);
