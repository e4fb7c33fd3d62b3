// A table of the users, and a dialog to change, block or delete one.
// @ts-check
import { api, attempt, byId, el, fill, follow, keep, mayLeave, moment, patchOf } from "./common.js";

async function load() {
  const [people, blocks] = await Promise.all([api("GET", "users"), api("GET", "user-blocks")]);
  byId("none").hidden = people.length > 0;
  byId("people").hidden = people.length === 0;
  byId("people").querySelector("tbody").replaceChildren(...people.reverse().map(row));
  byId("blocks").hidden = blocks.length === 0;
  byId("block-list").replaceChildren(...blocks.map(block));
}

/** @param {any} person */
function row(person) {
  const { user_id: id, blocked } = person;
  const toggle = el("button", { className: "button plain small", type: "button", textContent: blocked ? "Let in again" : "Block", "aria-label": `${blocked ? "Let in again" : "Block"} ${person.name}` });
  toggle.addEventListener("click", () => attempt(() => api("PATCH", `users/${encodeURIComponent(id)}`, { blocked: !blocked }), blocked ? "May log in again" : "Blocked"));
  const remove = el("button", { className: "button danger small", type: "button", textContent: "Delete", "aria-label": `Delete ${person.name}` });
  remove.addEventListener("click", () => {
    if (confirm(`Delete ${person.name}, with their sessions and tokens?`)) void attempt(() => api("DELETE", `users/${encodeURIComponent(id)}`), "Deleted");
  });
  const change = el("button", { className: "button plain small", type: "button", textContent: "Edit", "aria-label": `Edit ${person.name}` });
  change.addEventListener("click", () => open(person));
  return el("tr", {},
    el("th", { scope: "row" }, el("b", { textContent: person.name }), blocked && el("span", { className: "tag late", textContent: "Blocked" }), el("span", { className: "id", textContent: id })),
    el("td", { "data-label": "Connection", textContent: person.identities[0].connection }),
    el("td", { "data-label": "Logins", textContent: String(person.logins_count) }),
    el("td", { "data-label": "Last login", textContent: person.last_login ? moment(person.last_login) : "Never" }),
    el("td", { className: "do" }, change, toggle, remove));
}

/** @param {any} blocked */
function block(blocked) {
  const lift = el("button", { className: "button plain small", type: "button", textContent: "Lift the block" });
  lift.addEventListener("click", () => attempt(() => api("DELETE", `user-blocks?identifier=${encodeURIComponent(blocked.identifier)}`), "Lifted"));
  return el("li", {}, el("span", {}, el("b", { textContent: blocked.identifier }), el("span", { className: "muted", textContent: ` ${blocked.failures} failures, the last ${moment(blocked.last_failure)}` })), lift);
}

const dialog = byId("edit");
const form = byId("person");
/** The user in the dialog. @type {any} */
let edited;

/** @param {any} person */
function open(person) {
  edited = person;
  fill(form, person);
  form.dataset.dirty = "false";
  byId("edit-title").textContent = person.name;
  byId("edit-email-part").hidden = byId("edit-hint").hidden = person.email === undefined;
  dialog.showModal();
}

keep(form);
form.addEventListener("submit", async (/** @type {Event} */ event) => {
  event.preventDefault();
  const saved = await attempt(async () => {
    const patch = patchOf(form);
    // The tenant replaces claims as a whole, so removed claims are left out and not null.
    patch.claims = Object.fromEntries(Object.entries(patch.claims).filter(([, value]) => value !== null));
    if (edited.email === undefined) delete patch.email;
    await api("PATCH", `users/${encodeURIComponent(edited.user_id)}`, patch);
  }, "Saved");
  if (!saved) return;
  form.dataset.dirty = "false";
  dialog.close();
});
byId("cancel").addEventListener("click", () => { if (mayLeave(form)) dialog.close(); });
dialog.addEventListener("cancel", (/** @type {Event} */ event) => { if (!mayLeave(form)) event.preventDefault(); });

const add = byId("add");
add.addEventListener("submit", async (/** @type {Event} */ event) => {
  event.preventDefault();
  const address = byId("address").value.trim();
  const name = byId("person-name").value.trim();
  const made = await attempt(() => api("POST", "users", { [address.startsWith("+") ? "phone_number" : "email"]: address, ...(name ? { name } : {}) }), "Added");
  if (!made) return;
  add.reset();
  byId("address").focus();
});
follow(load);
