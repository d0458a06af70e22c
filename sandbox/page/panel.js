// The right column: a thread, or the traffic between this Slack and the app.

import { act, getTraffic } from "./api.js";
import { byId, fill, h } from "./dom.js";
import { keepUnchanged, rows } from "./messages.js";
import { conversation, state } from "./state.js";

let inspecting = false;
const exchanges = new Map(); // by number

export async function toggleTraffic() {
  inspecting = !inspecting;
  state.thread = null;
  byId("exchanges")?.remove();
  // What comes while this is fetched is noted already, and stays.
  if (inspecting) for (const each of await getTraffic()) exchanges.set(each.number, each);
  byId("exchanges")?.remove();
  drawPanel();
}

export function openThread(ts) {
  inspecting = false;
  state.thread = ts;
  drawPanel();
  byId("panel").querySelector("textarea")?.focus();
}

export function noteExchange(exchange) {
  if (!inspecting) return;
  exchanges.set(exchange.number, exchange);
  byId("exchanges")?.prepend(entry(exchange));
}

export function drawPanel() {
  const panel = byId("panel");
  const thread = state.thread && conversation()?.messages.get(state.thread);
  panel.hidden = !(inspecting || thread);
  byId("inspector-toggle").setAttribute("aria-expanded", String(inspecting));
  if (inspecting) drawTraffic(panel);
  else if (thread) drawThread(panel, thread);
}

function drawTraffic(panel) {
  // New ones are put on top as they come: drawn anew, whatever somebody has opened would close.
  if (byId("exchanges")) return;
  const newest = [...exchanges.values()].sort((one, other) => other.number - one.number);
  fill(panel, head("Traffic"), h("p", { className: "quiet note" }, "Each request between this Slack and the app, the newest first."), h("div", { id: "exchanges" }, newest.map(entry)));
}

function drawThread(panel, thread) {
  const said = [...conversation().messages.values()].filter((each) => each.ts === thread.ts || each.thread_ts === thread.ts);
  const fresh = rows(said, { inThread: true });
  if (panel.dataset.thread === thread.ts && byId("thread")) {
    keepUnchanged(byId("thread"), fresh);
    return;
  }
  panel.dataset.thread = thread.ts;
  const line = h("textarea", { rows: 2, "aria-label": "Reply in the thread", placeholder: "Reply", onkeydown: (event) => onKey(event, thread) });
  fill(panel, head("Thread"), h("ol", { id: "thread", className: "messages" }, fresh), h("div", { className: "composer" }, h("div", { className: "line" }, line)));
}

async function onKey(event, thread) {
  const line = event.target;
  const words = line.value.trim();
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !words) return;
  event.preventDefault();
  line.value = "";
  try {
    await act("type", state.me.id, { channel: state.current, text: words, thread_ts: thread.ts });
  } catch (problem) {
    line.value = words;
    throw problem;
  }
}

/** Close the column, if it is open; the focus goes to the message box. */
export function closePanel() {
  if (byId("panel").hidden) return;
  inspecting = false;
  state.thread = null;
  byId("panel").dataset.thread = "";
  drawPanel();
  byId("line").focus();
}

function head(title) {
  return h("header", { className: "bar" }, h("h2", {}, title), h("button", { type: "button", className: "close", "aria-label": `Close: ${title}`, onclick: closePanel }, "×"));
}

function entry(each) {
  const good = each.status >= 200 && each.status < 300 && !each.answer.startsWith('{"ok":false') && !each.answer.startsWith('{"ok": false');
  const toApp = each.direction === "to app";
  return h("details", { className: good ? "exchange" : "exchange bad" },
    h("summary", {},
      h("span", { className: "arrow", title: each.direction, "aria-label": each.direction }, toApp ? "→" : "←"),
      h("span", { className: "exchange-title" }, each.title),
      h("span", { className: "quiet" }, `${each.status || each.answer} · ${each.took} ms`)),
    h("p", { className: "quiet" }, `${each.method} ${each.url} · ${each.at.slice(11, 23)}`),
    part("Headers", Object.entries(each.headers).map(([name, value]) => `${name}: ${value}`).join("\n")),
    part("Sent", pretty(each.body)),
    part("Answer", pretty(each.answer)));
}

const part = (title, words) => (words ? [h("h3", {}, title), h("pre", {}, words)] : null);

function pretty(body) {
  try {
    const form = body.startsWith("payload=") ? new URLSearchParams(body).get("payload") : body;
    if (form.includes("=") && !form.startsWith("{")) return [...new URLSearchParams(form)].map(([name, value]) => `${name}: ${value}`).join("\n");
    return JSON.stringify(JSON.parse(form), null, 2);
  } catch {
    return body;
  }
}
