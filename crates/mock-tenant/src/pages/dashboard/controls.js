// Clock, faults, signing keys, the tenant's settings, snapshots and reset.
// @ts-check
import { api, attempt, byId, drift, el, fill, follow, isBusy, keep, patchOf } from "./common.js";

const settings = byId("settings");
/** The tenant's clock minus this browser's, in milliseconds. */
let ahead = 0;
/** @type {number | null} */
let stoppedAt = null;

async function load() {
  const [clock, faults, now, keys] = await Promise.all(["clock", "faults", "settings", "keys"].map((path) => api("GET", path)));
  ahead = clock.now_ms - Date.now();
  stoppedAt = clock.frozen ? clock.now_ms : null;
  byId("freeze").textContent = clock.frozen ? "Let it run" : "Stop the clock";
  byId("drift").textContent = drift(clock) || "real time";
  byId("drift").className = drift(clock) ? "tag late" : "tag note";
  byId("faults").replaceChildren(...faults.map(row));
  byId("keys").replaceChildren(...keys.map(keyRow));
  if (!isBusy(settings)) fill(settings, now);
  tick();
}

function tick() {
  byId("time").textContent = new Date(stoppedAt ?? Date.now() + ahead).toLocaleString([], { dateStyle: "medium", timeStyle: "medium" });
}

/** @param {any} fault @param {number} index */
function row(fault, index) {
  const remove = el("button", { className: "button danger small", type: "button", textContent: "Remove", "aria-label": `Remove fault ${index + 1}` });
  remove.addEventListener("click", () => attempt(() => api("DELETE", `faults/${index}`), "Removed"));
  const what = [fault.drop && "breaks", fault.status, fault.delay_ms > 0 && `after ${fault.delay_ms / 1000} s`].filter(Boolean).join(" ");
  return el("li", {}, el("span", {}, el("code", { textContent: fault.match.path ?? "every endpoint" }), ` ${what}`),
    el("span", { className: "muted end", textContent: fault.times ? `${fault.times} ×` : "until cleared" }), remove);
}

const ROLES = /** @type {Record<string, string>} */ ({ current: "Signs", next: "Signs next", previous: "Has signed" });

/** @param {{ kid: string, role: string }} key */
function keyRow({ kid, role }) {
  const revoke = role === "previous" && el("button", { className: "button danger small", type: "button", textContent: "Revoke", "aria-label": `Revoke ${kid}` });
  if (revoke) revoke.addEventListener("click", () => attempt(() => api("DELETE", `keys/${encodeURIComponent(kid)}`), "Revoked"));
  return el("li", {}, el("span", {}, el("span", { className: role === "current" ? "tag ok" : "tag note", textContent: ROLES[role] ?? role }), el("code", { className: "kid", textContent: kid })), revoke);
}

byId("rotate").addEventListener("click", () => attempt(() => api("POST", "keys/rotate"), "Rotated"));
byId("jumps").addEventListener("click", (/** @type {any} */ event) => {
  const seconds = event.target.dataset?.s;
  if (seconds) void attempt(() => api("POST", "clock", { advance_s: Number(seconds) }), "Moved");
});
byId("freeze").addEventListener("click", () => attempt(() => api("POST", "clock", { freeze: stoppedAt === null }), ""));
byId("real").addEventListener("click", () => attempt(() => api("POST", "clock", { reset: true }), "Real time"));
byId("fault").addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  const what = byId("what").value;
  const times = byId("times").value;
  const path = byId("path").value;
  const status = Number(what);
  const fault = {
    match: path ? { path } : {},
    ...(times ? { times: Number(times) } : {}),
    ...(what === "drop" ? { drop: true } : what === "slow" ? { delay_ms: 5000 } : { status, body: { error: "server_error", error_description: "A fault of the mock tenant" } }),
  };
  void attempt(() => api("POST", "faults", fault), "Added");
});
byId("clear").addEventListener("click", () => attempt(() => api("DELETE", "faults"), "Cleared"));
keep(settings);
settings.addEventListener("submit", async (/** @type {Event} */ event) => {
  event.preventDefault();
  if (await attempt(() => api("PATCH", "settings", patchOf(settings)), "Saved")) settings.dataset.dirty = "false";
});
byId("take").addEventListener("click", () => attempt(async () => {
  const text = JSON.stringify(await api("GET", "snapshot"), null, 1);
  const link = el("a", { href: `data:application/json;charset=utf-8,${encodeURIComponent(text)}`, download: "latchkey-mock-snapshot.json" });
  link.click();
}, "Taken"));
byId("restore").addEventListener("change", (/** @type {any} */ event) => attempt(async () => {
  const [file] = event.target.files;
  event.target.value = "";
  if (file) await api("PUT", "snapshot", JSON.parse(await file.text()));
}, "Restored"));
byId("reset").addEventListener("click", () => {
  if (confirm("Forget everything and start afresh?")) void attempt(() => api("POST", "reset"), "As at the start");
});
setInterval(tick, 1000);
follow(load);
