// Starts the page and brings its parts together.

import { act, getSeed, getState, listen } from "./api.js";
import { choose, press } from "./clicking.js";
import { buildComposer, drawComposer, send, type } from "./composer.js";
import { byId } from "./dom.js";
import { drawHome } from "./home.js";
import { announce, drawConversation, hush, keepToEnd, redraw } from "./messages.js";
import { drawModal } from "./modal.js";
import { notice, noticeFailures } from "./notice.js";
import { fromAddress, hearWishes, tell } from "./outside.js";
import { closePanel, drawPanel, noteExchange, openThread, toggleTraffic } from "./panel.js";
import { drawPeople, drawSidebar, neighbour } from "./sidebar.js";
import { conversation, isAppTalk, state, takePerson, takeSeed } from "./state.js";
import { startTheme } from "./theme.js";

let stopListening = () => {};
let newest = 0;

async function become(id) {
  newest += 1;
  const mine = newest;
  stopListening();
  const snapshot = await getState(id);
  if (mine !== newest) return; // somebody else was chosen meanwhile
  if (state.me?.id !== id) hush();
  takePerson(id, snapshot);
  if (!state.conversations.has(state.current)) state.current = [...state.conversations.keys()][0];
  stopListening = listen(id, snapshot.since, {
    message: ({ message }) => heard(message),
    removed: ({ channel, ts }) => gone(channel, ts),
    trouble: ({ ts, words }) => { state.troubles.set(ts, words); redraw(); drawPanel(); },
    views: ({ views }) => { state.views = views; drawModal(); },
    read: ({ channel }) => { forget(channel); drawSidebar(open); },
    home: ({ view }) => { state.home = view; drawHome(); },
    traffic: noteExchange,
    reload: () => become(id),
  });
  open(state.current, state.tab);
  drawModal();
}

function open(id, tab = "messages") {
  state.current = id;
  state.tab = isAppTalk(conversation()) ? tab : "messages";
  state.thread = null;
  notice("");
  if (looking()) seen();
  drawSidebar(open);
  drawConversation();
  drawComposer();
  drawHome();
  drawPanel();
  openDrawer(false);
  if (isAppTalk(conversation())) act("look", state.me.id, { tab: state.tab });
}

/** Whether the messages of the current conversation are on a screen that somebody looks at. */
const looking = () => !document.hidden && state.tab === "messages";

function seen() {
  forget(state.current);
  act("read", state.me.id, { channel: state.current });
}

function forget(channel) {
  const where = state.conversations.get(channel);
  if (where) where.unread = 0;
}

function heard(message) {
  const where = state.conversations.get(message.channel);
  if (!where) {
    become(state.me.id);
    return;
  }
  const before = where.messages.get(message.ts);
  where.messages.set(message.ts, message);
  const read = message.channel === state.current && looking();
  if (message.user !== state.me.id && before?.text !== message.text) announce(message, where);
  if (!before && message.user !== state.me.id) {
    if (!read && !message.thread_ts) where.unread += 1;
    tell({ slack: "said", channel: message.channel, user: message.user, text: message.text });
  }
  if (message.channel === state.current) {
    redraw();
    drawPanel();
    if (!before && read) seen();
  }
  drawSidebar(open);
}

function gone(channel, ts) {
  state.conversations.get(channel)?.messages.delete(ts);
  if (channel === state.current) redraw();
}

async function go(wish) {
  if (wish.as && state.people.has(wish.as) && wish.as !== state.me?.id) await become(wish.as);
  const app = [...state.conversations.values()].find(isAppTalk)?.id;
  const channel = wish.channel === "app" || (wish.tab && !wish.channel) ? app : wish.channel;
  if (state.conversations.has(channel)) open(channel, wish.tab);
  if (wish.type) type(wish.type, { focus: wish.focus !== false && wish.send !== true });
  if (wish.type && wish.send === true) await send();
  if (wish.click) await press(wish.click);
  if (wish.choose) await choose(wish.choose);
}

function listenToKeys() {
  addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) escape();
    if (!event.altKey || !step) return;
    event.preventDefault();
    open(neighbour(step));
  });
  byId("person").addEventListener("change", (event) => become(event.target.value));
  byId("inspector-toggle").addEventListener("click", toggleTraffic);
  byId("tab-home").addEventListener("click", () => open(state.current, "home"));
  byId("tab-messages").addEventListener("click", () => open(state.current));
  byId("drawer").addEventListener("click", () => openDrawer(!isDrawerOpen()));
  document.addEventListener("visibilitychange", () => {
    if (looking()) seen();
    drawSidebar(open);
  });
  document.addEventListener("thread", (event) => openThread(event.detail));
}

const isDrawerOpen = () => document.body.classList.contains("drawer-open");

function openDrawer(wanted) {
  document.body.classList.toggle("drawer-open", wanted);
  byId("drawer").setAttribute("aria-expanded", String(wanted));
}

/** Close what lies beside or over the conversation. */
function escape() {
  if (isDrawerOpen()) {
    openDrawer(false);
    byId("drawer").focus();
  } else closePanel();
}

async function start() {
  noticeFailures();
  const wish = fromAddress();
  startTheme(wish.theme);
  takeSeed(await getSeed());
  drawPeople();
  buildComposer();
  listenToKeys();
  keepToEnd();
  const first = [...state.people.values()].find((one) => !one.is_bot && !one.deleted);
  await become(state.people.has(wish.as) ? wish.as : first.id);
  await go(wish);
  hearWishes(go);
  document.body.dataset.ready = "yes";
  tell({ slack: "ready" });
}

start();
