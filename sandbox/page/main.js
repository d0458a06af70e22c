// Starts the page and brings its parts together.

import { act, getSeed, getState, listen } from "./api.js";
import { press } from "./clicking.js";
import { buildComposer, drawComposer, send, type } from "./composer.js";
import { byId } from "./dom.js";
import { drawHome } from "./home.js";
import { announce, drawConversation, keepToEnd, redraw } from "./messages.js";
import { drawModal } from "./modal.js";
import { fromAddress, hearWishes, tell } from "./outside.js";
import { drawPanel, noteExchange, openThread, toggleTraffic } from "./panel.js";
import { drawPeople, drawSidebar, neighbour } from "./sidebar.js";
import { conversation, isAppTalk, state, takePerson, takeSeed } from "./state.js";
import { startTheme } from "./theme.js";

let stopListening = () => {};

async function become(id) {
  stopListening();
  const snapshot = await getState(id);
  takePerson(id, snapshot);
  if (!state.conversations.has(state.current)) state.current = [...state.conversations.keys()][0];
  stopListening = listen(id, snapshot.since, {
    message: ({ message }) => heard(message),
    removed: ({ channel, ts }) => gone(channel, ts),
    trouble: ({ ts, words }) => { state.troubles.set(ts, words); redraw(); drawPanel(); },
    views: ({ views }) => { state.views = views; drawModal(); },
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
  seen();
  drawSidebar(open);
  drawConversation();
  drawComposer();
  drawHome();
  drawPanel();
  document.body.classList.remove("drawer-open");
  if (isAppTalk(conversation())) act("look", state.me.id, { tab: state.tab });
}

function seen() {
  conversation().unread = 0;
  act("read", state.me.id, { channel: state.current });
}

function heard(message) {
  const where = state.conversations.get(message.channel);
  if (!where) {
    become(state.me.id);
    return;
  }
  const isNew = !where.messages.has(message.ts);
  where.messages.set(message.ts, message);
  if (isNew && message.user !== state.me.id) {
    announce(message, where);
    if (message.channel !== state.current || document.hidden) where.unread += 1;
    tell({ slack: "said", channel: message.channel, user: message.user, text: message.text });
  }
  if (message.channel === state.current) {
    redraw();
    drawPanel();
    if (isNew && !document.hidden) seen();
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
  if (wish.type) type(wish.type, { focus: wish.send !== true });
  if (wish.type && wish.send === true) await send();
  if (wish.click) await press(wish.click);
}

function listenToKeys() {
  addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!event.altKey || !step) return;
    event.preventDefault();
    open(neighbour(step));
  });
  byId("person").addEventListener("change", (event) => become(event.target.value));
  byId("inspector-toggle").addEventListener("click", toggleTraffic);
  byId("tab-home").addEventListener("click", () => open(state.current, "home"));
  byId("tab-messages").addEventListener("click", () => open(state.current));
  byId("drawer").addEventListener("click", () => byId("drawer").setAttribute("aria-expanded", String(document.body.classList.toggle("drawer-open"))));
  document.addEventListener("thread", (event) => openThread(event.detail));
}

async function start() {
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
