// The inbox. It reads the outbox when the page is opened and whenever the tenant reports a change.
// @ts-check
"use strict";

(() => {
  /** @typedef {{id: string, to: string, from: string, subject: string, html: string, text: string, code: string,
   *   link: string, connection: string, request_language: string | null, created_at: string, expires_at_ms: number,
   *   send: "code" | "link" | "notice"}} Message */

  const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const mail = byId("mail");
  const filter = /** @type {HTMLInputElement} */ (byId("filter"));
  const link = /** @type {HTMLAnchorElement} */ (byId("link"));
  const row = /** @type {HTMLTemplateElement} */ (byId("row"));
  const phone = matchMedia("(max-width: 780px)");

  /** Newest first. @type {Message[]} */
  let messages = [];
  /** @type {string | null} */
  let openId = null;
  /** The message whose body is on the page, so that its frame is not loaded twice. @type {string | null} */
  let drawnId = null;
  /** The tenant's clock minus this browser's, in milliseconds. */
  let ahead = 0;
  /** The time at which the tenant's clock is stopped. @type {number | null} */
  let stoppedAt = null;
  let first = true;
  let loads = 0;

  const now = () => stoppedAt ?? Date.now() + ahead;
  const shown = () => {
    const searched = filter.value.trim().toLowerCase();
    return messages.filter((m) => [m.to, m.from, m.subject, m.code, m.text].join("\n").toLowerCase().includes(searched));
  };

  async function load() {
    const number = ++loads;
    const [outbox, clock, captchas] = await Promise.all(["/_mock/outbox", "/_mock/clock", "/_mock/captchas"].map((url) => fetch(url).then((r) => r.json())));
    // Responses may arrive out of order. Only those of the latest load are drawn.
    if (number !== loads) return;
    ahead = clock.now_ms - Date.now();
    stoppedAt = clock.frozen ? clock.now_ms : null;
    byId("clock-warning").hidden = !clock.frozen && clock.offset_ms === 0;
    byId("captchas").hidden = captchas.length === 0;
    byId("answers").replaceChildren(...captchas.map((/** @type {{ answer: string }} */ { answer }) => {
      const item = document.createElement("li");
      item.textContent = answer;
      return item;
    }));
    const newest = messages[0]?.id;
    const before = new Set(messages.map((m) => m.id));
    messages = outbox.reverse();
    const fresh = messages.filter((m) => !before.has(m.id));
    const followed = openId === null || openId === newest;
    if (!messages.some((m) => m.id === openId)) openId = null;
    // On a wide screen the newest message is open, unless the reader has chosen another one.
    if (fresh.length > 0 && followed && !phone.matches) openId = fresh[0].id;
    if (fresh.length > 0 && !first) {
      byId("announce").textContent = `New message for ${fresh[0].to}: ${title(fresh[0])}`;
      if (document.hidden) document.title = `(${fresh.length}) Inbox – Latchkey mock tenant`;
    }
    first = false;
    draw();
  }

  function draw() {
    const list = shown();
    byId("clear").hidden = filter.hidden = messages.length === 0;
    const focused = document.activeElement?.getAttribute("data-id");
    byId("list").replaceChildren(...list.map(drawRow));
    if (focused) document.querySelector(`[data-id="${CSS.escape(focused)}"]`)?.dispatchEvent(new Event("refocus"));
    const open = messages.find((m) => m.id === openId);
    mail.toggleAttribute("data-open", Boolean(open) || messages.length === 0);
    byId("message").hidden = !open;
    byId("empty").hidden = Boolean(open);
    byId("empty-title").textContent = messages.length ? "Choose a message" : "Nothing has been sent yet";
    byId("empty-text").textContent = messages.length
      ? "The newest stands on top of the list."
      : "Start a login in your application. The message shows up here by itself.";
    if (open) drawMessage(open);
    else drawnId = null;
    tick();
  }

  /** @param {Message} message */
  function drawRow(message) {
    const item = /** @type {HTMLElement} */ (row.content.cloneNode(true)).firstElementChild;
    const button = /** @type {HTMLButtonElement} */ (item?.querySelector("button"));
    const set = (/** @type {string} */ name, /** @type {string} */ text) => {
      const child = button.querySelector(`.${name}`);
      if (child) child.textContent = text;
    };
    button.dataset.id = message.id;
    button.setAttribute("aria-current", String(message.id === openId));
    set("to", message.to);
    set("when", time(message.created_at));
    set("about", title(message));
    set("digits", { code: message.code, link: "Link", notice: "Notice" }[message.send]);
    button.addEventListener("refocus", () => button.focus());
    button.addEventListener("click", () => {
      openId = message.id;
      draw();
      if (phone.matches) byId("read").focus();
    });
    return /** @type {Element} */ (item);
  }

  /** @param {Message} message */
  function drawMessage(message) {
    if (drawnId === message.id) return;
    drawnId = message.id;
    byId("subject").textContent = title(message);
    byId("to").textContent = message.to;
    byId("from").textContent = message.from;
    byId("when").textContent = new Date(message.created_at).toLocaleString();
    byId("via").textContent = [message.connection, message.request_language].filter(Boolean).join(" · ");
    byId("ticket").hidden = message.send === "notice";
    byId("digits").textContent = message.code;
    byId("copy-text").textContent = "Copy code";
    link.hidden = message.send !== "link";
    link.href = message.link;
    byId("expire").hidden = message.send === "notice";
    view = "mail";
    drawBody(message, false);
  }

  /** How the open message is shown. */
  let view = "mail";

  /** @param {Message} message @param {boolean} withImages */
  function drawBody(message, withImages) {
    const url = `/_mock/outbox/${encodeURIComponent(message.id)}`;
    const isMail = message.to.includes("@");
    for (const button of byId("views").querySelectorAll("[data-view]")) {
      button.setAttribute("aria-pressed", String(button.getAttribute("data-view") === view));
      /** @type {HTMLElement} */ (button).hidden = !isMail;
    }
    // Loading a remote picture would tell its server that the mail was opened.
    const hasImages = /<img[^>]+src\s*=\s*["']?https?:|url\(\s*["']?https?:/i.test(message.html);
    byId("images").hidden = view !== "mail" || !hasImages || withImages;
    if (view === "mail" && isMail) {
      const frame = document.createElement("iframe");
      frame.className = "frame";
      frame.title = "The mail as it would look";
      frame.setAttribute("sandbox", "allow-popups allow-popups-to-escape-sandbox");
      frame.src = `${url}/html${withImages ? "?images=load" : ""}`;
      byId("body").replaceChildren(frame);
      return;
    }
    const text = document.createElement(view === "source" ? "pre" : "p");
    text.className = view === "source" ? "source" : "sms";
    text.tabIndex = 0;
    text.textContent = message.text;
    byId("body").replaceChildren(text);
    if (view === "source") void fetch(`${url}/source`).then((r) => r.text()).then((source) => { text.textContent = source; });
  }

  /** Updates how long each code is still valid. */
  function tick() {
    for (const message of messages) {
      if (message.send === "notice") continue;
      const left = Math.ceil((message.expires_at_ms - now()) / 1000);
      const dead = left <= 0;
      document.querySelector(`[data-id="${CSS.escape(message.id)}"]`)?.classList.toggle("is-dead", dead);
      if (message.id !== openId) continue;
      const life = byId("life");
      life.classList.toggle("is-dead", dead);
      byId("expire").hidden = dead;
      life.textContent = dead ? "Expired" : `Works for ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    }
  }

  async function copy() {
    const message = messages.find((m) => m.id === openId);
    if (!message) return;
    const text = byId("copy-text");
    try {
      await navigator.clipboard.writeText(message.code);
      text.textContent = "Copied";
      byId("announce").textContent = "Code copied";
    } catch {
      // The clipboard is not available. The code is selected instead, so that Ctrl-C copies it.
      getSelection()?.selectAllChildren(byId("digits"));
      text.textContent = "Selected";
    }
    setTimeout(() => (text.textContent = "Copy code"), 1600);
  }

  /** Opens the message that is `offset` places further down the list. @param {number} offset */
  function move(offset) {
    const list = shown();
    const at = list.findIndex((m) => m.id === openId);
    const next = list[Math.min(Math.max(at + offset, 0), list.length - 1)];
    if (!next) return;
    openId = next.id;
    draw();
    /** @type {HTMLElement | null} */ (document.querySelector(`[data-id="${CSS.escape(next.id)}"]`))?.focus();
  }

  const title = (/** @type {Message} */ m) => m.subject || "Text message";
  const time = (/** @type {string} */ at) => new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

  function close() {
    const id = openId;
    openId = null;
    draw();
    if (id) /** @type {HTMLElement | null} */ (document.querySelector(`[data-id="${CSS.escape(id)}"]`))?.focus();
  }

  const opened = () => messages.find((m) => m.id === openId);
  byId("views").addEventListener("click", (event) => {
    const chosen = /** @type {HTMLElement} */ (event.target).getAttribute("data-view");
    const message = opened();
    if (!chosen || !message) return;
    view = chosen;
    drawBody(message, false);
  });
  byId("images").addEventListener("click", () => {
    const message = opened();
    if (message) drawBody(message, true);
  });
  byId("delete").addEventListener("click", () => {
    const message = opened();
    if (message) void fetch(`/_mock/outbox/${encodeURIComponent(message.id)}`, { method: "DELETE" });
  });
  byId("expire").addEventListener("click", () => {
    const message = opened();
    if (!message) return;
    void fetch("/_mock/codes/expire", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ to: message.to }) });
  });
  byId("copy").addEventListener("click", copy);
  byId("back").addEventListener("click", close);
  byId("clear").addEventListener("click", () => fetch("/_mock/outbox", { method: "DELETE" }));
  filter.addEventListener("input", draw);
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) document.title = "Inbox – Latchkey mock tenant";
  });
  document.addEventListener("keydown", (event) => {
    if (event.target === filter || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowDown" || event.key === "j") move(1);
    else if (event.key === "ArrowUp" || event.key === "k") move(-1);
    else if (event.key === "c") copy();
    else if (event.key === "Escape" && phone.matches) close();
    else return;
    event.preventDefault();
  });

  const live = byId("live");
  const changes = new EventSource("/_mock/events");
  changes.addEventListener("change", () => void load().catch(() => offline()));
  changes.addEventListener("open", () => {
    live.className = "live";
    live.textContent = "Live";
  });
  changes.addEventListener("error", () => offline());
  function offline() {
    live.className = "live is-off";
    live.textContent = "Tenant is away";
  }
  setInterval(tick, 1000);
})();
