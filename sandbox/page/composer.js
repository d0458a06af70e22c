// The message box: Enter sends, "/" offers the app's commands, "@" the people.

import { act } from "./api.js";
import { byId, fill, h } from "./dom.js";
import { conversation, isAppTalk, nameOf, person, state } from "./state.js";

let offered = [];
let chosen = 0;

export function buildComposer() {
  const line = h("textarea", { id: "line", rows: 1, autocomplete: "off", spellcheck: false, role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "offers", oninput: onInput, onkeydown: onKey, onblur: () => offer([]) });
  fill(byId("composer"), h("form", { className: "composer", onsubmit: (event) => { event.preventDefault(); send(); } },
    h("ul", { id: "offers", className: "offers", role: "listbox", "aria-label": "Suggestions", hidden: true }),
    h("div", { className: "line" }, line, h("button", { type: "submit", className: "button primary", "aria-label": "Send" }, "Send")),
    h("p", { className: "quiet", id: "sending", "aria-live": "polite" })));
}

export function drawComposer() {
  const current = conversation();
  const label = `Message ${isAppTalk(current) ? nameOf(current) : `#${nameOf(current)}`}`;
  byId("line").setAttribute("aria-label", label);
  byId("line").placeholder = label;
}

/** Put words into the box, as if typed, and, unless they are sent at once, stand behind them. */
export function type(words, { focus = true } = {}) {
  const line = byId("line");
  line.value = words;
  if (focus) line.focus();
  line.setSelectionRange(words.length, words.length);
  grow();
}

export async function send() {
  const line = byId("line");
  const words = line.value.trim();
  if (!words) return;
  line.value = "";
  grow();
  offer([]);
  const slow = setTimeout(() => { byId("sending").textContent = words.startsWith("/") ? "Waiting for the app…" : ""; }, 400);
  try {
    await act("type", state.me.id, { channel: state.current, text: words });
    byId("sending").textContent = "";
  } catch (problem) {
    byId("sending").textContent = `That was not sent (${problem.message}).`;
    line.value = words;
  } finally {
    clearTimeout(slow);
  }
}

function grow() {
  const line = byId("line");
  line.style.height = "auto";
  line.style.height = `${Math.min(line.scrollHeight, 200)}px`;
}

function onInput() {
  grow();
  const line = byId("line");
  const before = line.value.slice(0, line.selectionStart);
  const command = /^\/\S*$/.exec(before);
  const mention = /(?:^|\s)@([\w.-]*)$/.exec(before);
  if (command && state.installed) offer(commands(command[0]));
  else if (mention) offer(mentions(mention[1].toLowerCase(), before));
  else offer([]);
}

const commands = (start) => state.commands.filter((each) => each.name.startsWith(start)).map((each) => ({
  words: `${each.name} `, title: each.name, hint: each.usage_hint, about: each.description,
}));

function mentions(start, before) {
  const there = conversation().members.map(person).filter((one) => one.id !== state.me.id);
  return there.filter((one) => one.name.startsWith(start) || one.real_name.toLowerCase().startsWith(start)).map((one) => ({
    words: before.replace(/@[\w.-]*$/, `@${one.name} `), title: one.real_name, hint: "", about: `@${one.name}`,
  }));
}

function offer(offers) {
  offered = offers.slice(0, 8);
  chosen = 0;
  const list = byId("offers");
  list.hidden = !offered.length;
  byId("line").setAttribute("aria-expanded", String(offered.length > 0));
  fill(list, offered.map((each, index) => h("li", { id: `offer-${index}`, role: "option", onmousedown: (event) => { event.preventDefault(); take(index); } },
    h("strong", {}, each.title), h("span", { className: "hint" }, each.hint), h("span", { className: "quiet" }, each.about))));
  mark();
}

function mark() {
  for (const [index, item] of [...byId("offers").children].entries()) item.setAttribute("aria-selected", String(index === chosen));
  const line = byId("line");
  if (offered.length) line.setAttribute("aria-activedescendant", `offer-${chosen}`);
  else line.removeAttribute("aria-activedescendant");
}

function take(index) {
  const line = byId("line");
  const after = line.value.slice(line.selectionStart);
  type(offered[index].words + after.trimStart());
  offer([]);
}

function onKey(event) {
  if (event.isComposing) return;
  if (offered.length && offerKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send();
  }
}

function offerKey(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const exact = event.key === "Enter" && byId("line").value.trim() === offered[chosen].words.trim();
  if (step) {
    chosen = (chosen + step + offered.length) % offered.length;
    mark();
  } else if (event.key === "Escape") offer([]);
  else if (event.key === "Tab" || (event.key === "Enter" && !exact)) take(chosen);
  else return false;
  event.preventDefault();
  return true;
}
