// A list of the applications, and a form for the chosen one.
// @ts-check
import { api, attempt, byId, copier, el, fill, follow, isBusy, keep, mayLeave, patchOf } from "./common.js";

const form = byId("form");
const TYPES = /** @type {Record<string, string>} */ ({ regular_web: "Regular web application", spa: "Single-page application", native: "Native", non_interactive: "Machine to machine" });
/** @type {any[]} */
let clients = [];
/** @type {string | undefined} */
let open;

async function load() {
  clients = await api("GET", "clients");
  if (!clients.some((client) => client.client_id === open)) open = clients[0]?.client_id;
  draw();
}

function draw() {
  const focused = document.activeElement?.getAttribute("data-id");
  byId("list").replaceChildren(...clients.map((client) => {
    const choose = el("button", { className: "item", type: "button", "data-id": client.client_id, "aria-current": String(client.client_id === open) },
      el("span", { className: "to", textContent: client.name || client.client_id }),
      el("span", { className: "about", textContent: TYPES[client.app_type] ?? client.app_type }));
    choose.addEventListener("click", () => {
      if (!mayLeave(form)) return;
      open = client.client_id;
      draw();
      show();
    });
    return el("li", {}, choose);
  }));
  if (focused) /** @type {HTMLElement | null} */ (document.querySelector(`[data-id="${CSS.escape(focused)}"]`))?.focus();
  if (!isBusy(form)) show();
}

function show() {
  const client = clients.find((one) => one.client_id === open);
  form.hidden = !client;
  if (!client) return;
  fill(form, client);
  byId("client-id").replaceChildren(el("span", { textContent: client.client_id }), copier("the client ID", () => client.client_id));
  for (const link of byId("sample").querySelectorAll("a")) {
    link.href = `/_mock/clients/${encodeURIComponent(client.client_id)}/sample.zip?kind=${link.dataset.kind}`;
    // A server needs a secret, and a page cannot keep one.
    link.hidden = (link.dataset.kind === "spa") === Boolean(client.client_secret);
  }
  const secret = byId("secret");
  secret.replaceChildren();
  if (!client.client_secret) {
    secret.textContent = "None: a public client";
    return;
  }
  const reveal = el("button", { className: "link", type: "button", textContent: "Show" });
  const shown = el("span", { textContent: "••••••••" });
  reveal.addEventListener("click", () => {
    shown.textContent = client.client_secret;
    reveal.remove();
  });
  secret.append(shown, reveal, copier("the client secret", () => client.client_secret));
}

keep(form);
// The first box means "not set". Ticking it clears the others, and ticking another clears it.
byId("grants").addEventListener("change", (/** @type {any} */ event) => {
  const boxes = /** @type {HTMLInputElement[]} */ ([...byId("grants").querySelectorAll("input")]);
  if (!event.target.checked) return;
  for (const box of boxes) if ((event.target.value === "") !== (box.value === "")) box.checked = false;
});
form.addEventListener("submit", async (/** @type {Event} */ event) => {
  event.preventDefault();
  const saved = await attempt(() => api("PATCH", `clients/${encodeURIComponent(open ?? "")}`, patchOf(form)), "Saved");
  if (saved) form.dataset.dirty = "false";
});
byId("new").addEventListener("click", () => mayLeave(form) && attempt(async () => {
  const made = await api("POST", "clients", { name: "New application", cross_origin_authentication: true });
  open = made.client_id;
  form.dataset.dirty = "false";
  await load();
  show();
  byId("name").select();
}, "Made"));
byId("delete").addEventListener("click", () => {
  const client = clients.find((one) => one.client_id === open);
  if (!client || !confirm(`Delete ${client.name || client.client_id}?`)) return;
  form.dataset.dirty = "false";
  void attempt(async () => {
    await api("DELETE", `clients/${encodeURIComponent(client.client_id)}`);
    await load();
    show();
    byId("new").focus();
  }, "Deleted");
});
follow(load);
