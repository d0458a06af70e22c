// The conversation: messages in order, a line between days, what is new announced.

import { act } from "./api.js";
import { blocks } from "./blocks.js";
import { byId, fill, h } from "./dom.js";
import { withEmoji } from "./emoji.js";
import { keepFocus } from "./focus.js";
import { lookup } from "./lookup.js";
import { mrkdwn } from "./mrkdwn.js";
import { conversation, filledIn, isAppTalk, nameOf, now, person, pings, state } from "./state.js";
import { day, moment, time } from "./times.js";

/** Draw the current conversation afresh. */
export function drawConversation() {
  const current = conversation();
  fill(byId("messages"), rows([...current.messages.values()].filter(isTopLevel)));
  if (!current.messages.size) fill(byId("messages"), h("li", { className: "empty" }, emptyWords(current)));
  toEnd();
}

const isTopLevel = (message) => !message.thread_ts || message.thread_ts === message.ts;

function emptyWords(current) {
  if (isAppTalk(current)) return `This is where ${state.app.name} writes to you, and you to it.`;
  return `Nothing has been said in #${current.name} yet.`;
}

/** List items for messages, with a line before each new day. */
export function rows(messages, options = {}) {
  const items = [];
  let before = null;
  for (const message of messages.sort((a, b) => (a.ts < b.ts ? -1 : 1))) {
    if (!before || dayOf(before) !== dayOf(message)) items.push(divider(message));
    items.push(row(message, before && dayOf(before) === dayOf(message) && follows(before, message), options));
    before = message;
  }
  return items;
}

const dayOf = (message) => day(moment(message.ts), state.me, "num");

function divider(message) {
  const today = day(now(), state.me, "num");
  const words = dayOf(message) === today ? "Today" : day(moment(message.ts), state.me, "divider");
  return h("li", { className: "day", role: "separator" }, h("span", {}, words));
}

function follows(before, message) {
  const close = Number(message.ts) - Number(before.ts) < 300;
  const bare = !message.only_for && !message.blocks?.length;
  return close && bare && before.user === message.user && before.only_for === message.only_for;
}

function row(message, compact, options) {
  const author = person(message.user);
  const classes = ["message", message.only_for && "private", compact && "compact", !message.only_for && pings(message) && "pinged"];
  return h("li", { className: classes.filter(Boolean).join(" "), "data-ts": message.ts },
    h("div", { className: "avatar", "aria-hidden": "true", style: `--hue: ${hue(message.user)}` }, initials(author)),
    h("article", { tabIndex: -1, "aria-label": `${author.real_name}, ${time(moment(message.ts), state.me)}` },
      message.only_for && h("p", { className: "only-you" }, "Only visible to you"),
      h("header", {}, h("strong", {}, author.real_name), author.is_bot && message.app_id && h("span", { className: "badge" }, "App"), stamp(message)),
      body(message),
      message.files?.length ? h("div", { className: "files" }, message.files.map(file)) : null,
      message.reactions?.length ? h("p", { className: "reactions" }, message.reactions.map(reaction)) : null,
      state.troubles.has(message.ts) && h("p", { className: "error", role: "alert" }, state.troubles.get(message.ts)),
      !options.inThread && replies(message)));
}

function stamp(message) {
  const when = moment(message.ts);
  return h("time", { className: "quiet", dateTime: when.toISOString(), title: `${day(when, state.me, "long")}, ${time(when, state.me, true)}` }, time(when, state.me));
}

function body(message) {
  const edited = message.edited && h("span", { className: "quiet" }, " (edited)");
  if (!message.blocks?.length) return message.text ? h("div", { className: "text" }, mrkdwn(message.text, lookup), edited) : null;
  const at = {
    place: message.ts,
    surface: "message",
    lookup,
    press: (block, element, value) => press(message, block, element, value),
  };
  return h("div", { className: "blocks" }, blocks(message.blocks, at), edited);
}

async function press(message, block, element, value) {
  state.troubles.delete(message.ts);
  const details = { channel: message.channel, ts: message.ts, block_id: block.block_id, action_id: element.action_id, value, filled_in: filledIn(message.ts) };
  const answer = await act("press", state.me.id, details);
  if (answer.ok) redraw();
}

function file(each) {
  if (!each.mimetype.startsWith("image/")) return h("p", {}, h("a", { href: `files/${each.id}` }, each.title));
  return h("figure", { className: "block-image" }, h("figcaption", {}, each.title), h("img", { src: `files/${each.id}`, alt: each.alt_txt || each.title }));
}

const reaction = (each) => h("span", { className: "reaction" }, `${withEmoji(`:${each.name}:`)} ${each.count}`);

function replies(message) {
  const count = [...(conversation()?.messages.values() ?? [])].filter((each) => each.thread_ts === message.ts && each.ts !== message.ts).length;
  if (message.only_for) return null;
  const label = count ? `${count} ${count === 1 ? "reply" : "replies"}` : "Reply in thread";
  return h("button", { type: "button", className: count ? "thread-link" : "thread-link offer", onclick: () => document.dispatchEvent(new CustomEvent("thread", { detail: message.ts })) }, label);
}

/** A stable hue for an id, in degrees. */
export const hue = (id) => [...id].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 360, 7);

/** One or two letters for a name. */
export const initials = (one) => {
  const words = one.real_name.split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((word) => [...word][0]).join("").toUpperCase();
};

/** Put a new or changed message in its place, or take a removed one away. */
export function redraw() {
  const fresh = rows([...conversation().messages.values()].filter(isTopLevel));
  keepUnchanged(byId("messages"), fresh);
}

/** Replace a list's items, but leave alone those that would look the same: focus and half-typed answers stay. */
export function keepUnchanged(list, fresh) {
  const old = new Map([...list.children].map((item) => [item.dataset.ts, item]));
  const items = fresh.map((item) => {
    const before = old.get(item.dataset.ts);
    return before && item.dataset.ts && sameLook(before, item) ? before : item;
  });
  keepFocus(list, () => place(list, items));
}

function place(list, items) {
  const wanted = new Set(items);
  for (const item of [...list.children]) if (!wanted.has(item)) item.remove();
  items.forEach((item, index) => {
    if (list.children[index] !== item) list.insertBefore(item, list.children[index] ?? null);
  });
}

const sameLook = (before, after) => normal(before) === normal(after);
const normal = (item) => item.outerHTML.replaceAll(/ name="[^"]*"| aria-busy="true"/g, "");

let atEnd = true;

/** Stay at the newest message while pictures load and messages come, unless the reader has scrolled back. */
export function keepToEnd() {
  const scroll = byId("scroll");
  let before = 0;
  scroll.addEventListener("scroll", () => {
    const near = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    atEnd = near || (atEnd && scroll.scrollTop >= before); // growing content moves the end away, but never scrolls up
    before = scroll.scrollTop;
  });
  const stick = () => { if (atEnd) scroll.scrollTop = scroll.scrollHeight; };
  new ResizeObserver(stick).observe(byId("messages"));
  new ResizeObserver(stick).observe(scroll);
}

function toEnd() {
  atEnd = true;
  byId("scroll").scrollTop = byId("scroll").scrollHeight;
}

const REMEMBERED = 20;

/** Say aloud, for whoever listens rather than looks, that somebody wrote, or changed what they had written. */
export function announce(message, where) {
  const log = byId("announcer");
  const asides = [message.only_for && "only visible to you", message.thread_ts && message.thread_ts !== message.ts && "in a thread"];
  const who = [`${person(message.user).real_name} in ${nameOf(where)}`, ...asides.filter(Boolean)].join(", ");
  const words = h("p", {}, mrkdwn(message.text, lookup)).textContent;
  log.append(h("p", {}, `${who}: ${words}`));
  while (log.children.length > REMEMBERED) log.firstElementChild.remove();
}

/** Forget what was said to somebody else. */
export const hush = () => fill(byId("announcer"));
