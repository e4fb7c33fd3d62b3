// A list of the connections, and a form for the chosen one.
// @ts-check
import { api, attempt, byId, el, fill, follow, isBusy, keep, mayLeave, patchOf } from "./common.js";

const form = byId("form");
const STRATEGIES = /** @type {Record<string, string>} */ ({ email: "E-mail", sms: "Text message", auth0: "Database: known, not served" });
/** @type {any[]} */
let connections = [];
/** @type {any[]} */
let clients = [];
/** @type {string | undefined} */
let open;

async function load() {
  [connections, clients] = await Promise.all([api("GET", "connections"), api("GET", "clients")]);
  if (!connections.some(({ name }) => name === open)) open = connections[0]?.name;
  draw();
}

function draw() {
  const focused = document.activeElement?.getAttribute("data-id");
  byId("list").replaceChildren(...connections.map(({ name, strategy }) => {
    const choose = el("button", { className: "item", type: "button", "data-id": name, "aria-current": String(name === open) },
      el("span", { className: "to", textContent: name }),
      el("span", { className: "about", textContent: STRATEGIES[strategy] ?? strategy }));
    choose.addEventListener("click", () => {
      if (!mayLeave(form)) return;
      open = name;
      draw();
      show();
    });
    return el("li", {}, choose);
  }));
  if (focused) /** @type {HTMLElement | null} */ (document.querySelector(`[data-id="${CSS.escape(focused)}"]`))?.focus();
  if (!isBusy(form)) show();
}

function show() {
  const connection = connections.find(({ name }) => name === open);
  form.hidden = !connection;
  if (!connection) return;
  byId("title").textContent = connection.name;
  const box = (/** @type {string} */ value, /** @type {string} */ text) => el("label", { className: "check slim" }, el("input", { type: "checkbox", value }), el("span", { textContent: text }));
  byId("clients").replaceChildren(el("legend", { textContent: "Enabled applications" }), box("", "All of them"),
    ...clients.map((client) => box(client.client_id, client.name || client.client_id)));
  byId("sms").hidden = connection.strategy !== "sms";
  byId("words").hidden = connection.strategy !== "email";
  fill(form, connection);
}

keep(form);
// The first box means "all". Ticking it clears the others, and ticking another clears it.
byId("clients").addEventListener("change", (/** @type {any} */ event) => {
  if (!event.target.checked) return;
  for (const box of byId("clients").querySelectorAll("input")) if ((event.target.value === "") !== (box.value === "")) box.checked = false;
});
form.addEventListener("submit", async (/** @type {Event} */ event) => {
  event.preventDefault();
  const saved = await attempt(() => api("PATCH", `connections/${encodeURIComponent(open ?? "")}`, patchOf(form)), "Saved");
  if (saved) form.dataset.dirty = "false";
});
byId("add").addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  if (!mayLeave(form)) return;
  void attempt(async () => {
    const { name } = await api("POST", "connections", { name: byId("new-name").value, strategy: byId("new-strategy").value });
    open = name;
    byId("add").reset();
    await load();
    show();
  }, "Added");
});
byId("delete").addEventListener("click", () => {
  if (!open || !confirm(`Delete ${open}, and its people?`)) return;
  form.dataset.dirty = "false";
  void attempt(async () => {
    await api("DELETE", `connections/${encodeURIComponent(open ?? "")}`);
    await load();
    show();
  }, "Deleted");
});
follow(load);
