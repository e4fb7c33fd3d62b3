// The editor for the mail template, with a preview by language, and the settings of the e-mail provider.
// @ts-check
import { api, attempt, byId, el, fill, follow, isBusy, keep, mayLeave, patchOf } from "./common.js";

const form = byId("form");
const provider = byId("provider");
const SAMPLE = {
  from: "{{ application.name }} <login@example.com>",
  subject: "{% if request_language contains 'fr' %}Votre code pour {{ application.name }}{% else %}Your code for {{ application.name }}{% endif %}",
  body: `<!doctype html>
<html><body style="font:16px/1.5 system-ui;padding:32px">
{% if send == 'code' %}
  {% if request_language contains 'fr' %}<p>Voici votre code :</p>{% else %}<p>Here is your code:</p>{% endif %}
  <p style="font-size:32px;font-weight:700;letter-spacing:.15em">{{ code }}</p>
{% else %}
  <p><a href="{{ link }}">Log in to {{ application.name | escape }}</a></p>
{% endif %}
</body></html>`,
};

/** The name of the connection whose template is in the form. */
let edited = "";
/** @type {any[]} */
let connections = [];
/** The saved settings of the provider. @type {any} */
let saved = {};

async function load() {
  const [all, clients, settings] = await Promise.all([api("GET", "connections"), api("GET", "clients"), api("GET", "email-provider")]);
  saved = settings;
  connections = all.filter((/** @type {any} */ connection) => connection.strategy === "email");
  options(byId("connection"), connections.map((connection) => [connection.name, connection.name]));
  options(byId("client"), clients.map((/** @type {any} */ client) => [client.client_id, client.name || client.client_id]));
  if (!isBusy(form)) show();
  if (!isBusy(provider)) {
    fill(provider, settings);
    fit();
  }
  await preview();
}

/** Replaces the options of a select. The chosen one stays chosen if it still exists. @param {HTMLSelectElement} select @param {string[][]} entries */
function options(select, entries) {
  const chosen = select.value;
  select.replaceChildren(...entries.map(([value, text]) => el("option", { value, textContent: text })));
  if (entries.some(([value]) => value === chosen)) select.value = chosen;
}

function show() {
  const connection = connections.find(({ name }) => name === byId("connection").value);
  edited = byId("connection").value;
  fill(form, connection);
  form.dataset.dirty = "false";
}

/** Shows the fields of the chosen provider only. */
function fit() {
  for (const part of provider.querySelectorAll("[data-for]")) part.hidden = part.dataset.for !== byId("name").value;
}

let turns = 0;
async function preview() {
  const turn = ++turns;
  const texts = patchOf(form).options.email;
  const what = byId("send").value;
  const purpose = what === "change_email" ? { operation: what } : { send: what };
  const connection = byId("connection").value;
  const shown = await api("POST", `connections/${encodeURIComponent(connection)}/preview`, {
    ...texts, ...purpose, language: byId("language").value, client_id: byId("client").value,
  });
  if (turn !== turns) return;
  byId("shown-subject").textContent = shown.subject;
  byId("shown-from").textContent = shown.from;
  byId("frame").srcdoc = shown.html;
  const notes = shown.problem ? [["bad", `The template ${shown.problem}. The built-in mail stands in.`]] : shown.warnings.map(explained);
  const isOwn = texts.from || texts.subject || texts.body;
  if (isOwn && saved.name === "outbox") notes.push(["late", "Not in effect: Auth0 sends texts of your own only through a provider of your own. Choose one under Delivery."]);
  else if (isOwn && !texts.from) notes.push(["late", "Not in effect: From is empty."]);
  if (notes.length === 0) notes.push(["ok", texts.body ? "Every language gets its code and its link." : "This is the built-in mail."]);
  byId("notes").replaceChildren(...notes.map((/** @type {string[]} */ [kind, text]) => el("li", { className: kind, textContent: text })));
}

/** @param {{ kind: string, text: string }} warning */
function explained({ kind, text }) {
  switch (kind) {
    case "no_code": return ["late", `No code in the mail: ${text}`];
    case "no_link": return ["late", `No link in the mail: ${text}`];
    case "unknown_filter": return ["late", `There is no filter called ${text}.`];
    default: return ["bad", text];
  }
}

let timer = 0;
function soon() {
  clearTimeout(timer);
  timer = setTimeout(() => void attempt(preview, ""), 150);
}

form.addEventListener("input", soon);
for (const id of ["language", "send", "client"]) byId(id).addEventListener("input", soon);
// The choice of a connection is not an edit of the form.
byId("connection").addEventListener("input", (/** @type {Event} */ event) => event.stopPropagation());
byId("connection").addEventListener("change", () => {
  if (!mayLeave(form)) {
    byId("connection").value = edited;
    return;
  }
  show();
  soon();
});
byId("sample").addEventListener("click", () => {
  fill(form, { options: { email: SAMPLE } });
  form.dataset.dirty = "true";
  soon();
});
form.addEventListener("submit", async (/** @type {Event} */ event) => {
  event.preventDefault();
  const patch = patchOf(form);
  patch.options.email.syntax = "liquid";
  const kept = await attempt(() => api("PATCH", `connections/${encodeURIComponent(byId("connection").value)}`, patch), "Saved");
  if (kept) form.dataset.dirty = "false";
});
provider.addEventListener("input", fit);
keep(form, provider);
provider.addEventListener("submit", async (/** @type {Event} */ event) => {
  event.preventDefault();
  const kept = await attempt(async () => {
    const patch = patchOf(provider);
    const password = byId("pass").value;
    if (password) patch.credentials.smtp_pass = password;
    await api("PATCH", "email-provider", patch);
  }, "Saved");
  if (!kept) return;
  provider.dataset.dirty = "false";
  byId("pass").value = "";
});
byId("test").addEventListener("submit", (/** @type {Event} */ event) => {
  event.preventDefault();
  void attempt(() => api("POST", "email-provider/test", { to: byId("test-to").value }), "Sent");
});
follow(load);
