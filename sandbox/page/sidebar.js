// The left column: workspace, who you are, channels, the app.

import { byId, fill, h } from "./dom.js";
import { hue, initials } from "./messages.js";
import { conversation, isAppTalk, nameOf, person, state } from "./state.js";

export function drawPeople() {
  const groups = [...state.workspaces.values()].map((workspace) => {
    const own = [...state.people.values()].filter((one) => one.team === workspace.id && !one.is_bot && !one.deleted);
    return own.length ? h("optgroup", { label: workspace.name }, own.map((one) => h("option", { value: one.id }, one.real_name))) : null;
  });
  fill(byId("person"), groups);
}

export function drawSidebar(open) {
  const workspace = state.workspaces.get(state.me.team);
  byId("person").value = state.me.id;
  byId("workspace-name").textContent = workspace.name;
  byId("workspace-mark").textContent = workspace.name[0];
  byId("workspace-mark").style.setProperty("--hue", hue(workspace.id));
  const all = [...state.conversations.values()];
  fill(byId("conversations"),
    group("Channels", all.filter((each) => each.kind !== "im"), open),
    group("Apps", all.filter(isAppTalk), open));
  drawBar();
  document.title = `${nameOf(conversation())} · ${workspace.name}`;
}

function group(title, conversations, open) {
  if (!conversations.length) return null;
  return h("section", {}, h("h2", {}, title), h("ul", {}, conversations.map((each) => h("li", {}, entry(each, open)))));
}

function entry(each, open) {
  const current = each.id === state.current;
  const unread = each.unread > 0;
  const mark = each.kind === "im" ? avatar(each) : h("span", { className: "hash", "aria-hidden": "true" }, each.kind === "group" ? "◦" : "#");
  return h("button", { type: "button", className: unread ? "entry unread" : "entry", "aria-current": current ? "page" : null, "data-channel": each.id, onclick: () => open(each.id) },
    mark, h("span", { className: "entry-name" }, nameOf(each)),
    each.shared_with.length ? h("span", { className: "shared", title: "Shared with another workspace" }, "shared") : null,
    unread ? h("span", { className: "count" }, String(each.unread), h("span", { className: "unseen" }, " unread")) : null);
}

const avatar = (each) => h("span", { className: "avatar tiny", "aria-hidden": "true", style: `--hue: ${hue(state.botUser)}` }, initials({ real_name: nameOf(each) }));

function drawBar() {
  const current = conversation();
  const app = isAppTalk(current);
  byId("title").textContent = app ? nameOf(current) : `# ${nameOf(current)}`;
  const teams = [...new Set(current.members.map((id) => person(id).team))].map((id) => state.workspaces.get(id)?.name).filter(Boolean);
  const count = `${current.members.length} ${current.members.length === 1 ? "member" : "members"}`;
  byId("subtitle").textContent = app ? "App" : teams.length > 1 ? `${count} from ${teams.join(" and ")}` : count;
  byId("tabs").hidden = !(app && state.app.has_home);
}

/** Walk to the neighbouring conversation: +1 down, -1 up. */
export function neighbour(step) {
  const ids = [...document.querySelectorAll("#conversations .entry")].map((entry) => entry.dataset.channel);
  return ids[(ids.indexOf(state.current) + step + ids.length) % ids.length];
}
