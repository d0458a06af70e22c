// What the page knows. Others read it, change it by these functions, and hear of changes by `on`.

export const state = {
  people: new Map(),
  workspaces: new Map(),
  channelNames: new Map(),
  app: null,
  commands: [],
  me: null,
  installed: false,
  botUser: null,
  conversations: new Map(),
  current: null,
  tab: "messages",
  thread: null,
  views: [],
  home: null,
  clockAhead: 0,
  filledIn: new Map(),
  troubles: new Map(),
};

const listeners = new Map();

/** Call `listener` whenever something of this kind changes. */
export function on(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, []);
  listeners.get(kind).push(listener);
}

export function changed(kind, detail) {
  for (const listener of listeners.get(kind) ?? []) listener(detail);
}

export function takeSeed(seed) {
  for (const person of seed.people) state.people.set(person.id, person);
  for (const workspace of seed.workspaces) state.workspaces.set(workspace.id, workspace);
  for (const channel of seed.channels) state.channelNames.set(channel.id, channel.name);
  state.app = seed.app;
  state.commands = seed.commands;
}

export function takePerson(person, snapshot) {
  state.me = state.people.get(person);
  state.installed = snapshot.installed;
  state.botUser = snapshot.bot_user;
  state.clockAhead = snapshot.now * 1000 - Date.now();
  state.views = snapshot.views;
  state.home = snapshot.home;
  state.conversations = new Map(snapshot.conversations.map((each) => [each.id, {
    ...each,
    messages: new Map(each.messages.map((message) => [message.ts, message])),
  }]));
}

/** Now, by the server's clock. */
export const now = () => new Date(Date.now() + state.clockAhead);

export const conversation = () => state.conversations.get(state.current);

export function person(id) {
  return state.people.get(id) ?? { id, real_name: id === "USLACKBOT" ? "Slack" : id, name: id, is_bot: true };
}

/** How a conversation is called: "# northwind", or the app's name for the talk with it. */
export function nameOf(each) {
  if (each.kind !== "im") return each.name;
  return person(each.members.find((member) => member !== state.me.id) ?? state.me.id).real_name;
}

export const isAppTalk = (each) => each?.kind === "im" && each.members.includes(state.botUser);

/** What has been filled in, but not sent, in a message or view (`place` is its ts or id). */
export function filledIn(place) {
  if (!state.filledIn.has(place)) state.filledIn.set(place, {});
  return state.filledIn.get(place);
}

export function remember(place, blockId, actionId, value) {
  const filled = filledIn(place);
  filled[blockId] = { ...filled[blockId], [actionId]: value };
}

/** Whether a message pings this person: by name, or because it calls the whole channel. */
export function pings(message) {
  const words = JSON.stringify([message.text, message.blocks ?? []]);
  return words.includes(`<@${state.me.id}>`) || /<!(channel|here|everyone)(\||>)/.test(words);
}
