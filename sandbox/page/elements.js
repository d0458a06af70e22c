// Block Kit's interactive elements. Inside an input block a choice is only remembered; elsewhere it is told at once.

import { h } from "./dom.js";
import { plainText } from "./mrkdwn.js";
import { filledIn, remember, state } from "./state.js";
import { confirmed } from "./confirm.js";
import { fileInput } from "./file_input.js";
import { suggested } from "./suggested_select.js";

/** The element's node. */
export function element(block, each, at) {
  const drawn = DRAWN[each.type];
  if (!drawn) return h("p", { className: "quiet" }, `An element of the type “${each.type}”, which this page does not draw`);
  const now = {
    value: filledIn(at.place)[block.block_id]?.[each.action_id] ?? initial(each),
    choose: (value) => choose(block, each, at, value),
    keep: (value) => remember(at.place, block.block_id, each.action_id, value),
  };
  const node = drawn(each, at, now, block);
  Object.assign(node.dataset, { block: block.block_id, action: each.action_id });
  return node;
}

function initial(each) {
  if (each.initial_options) return each.initial_options.map((option) => option.value);
  if (each.initial_option) return each.initial_option.value;
  const key = Object.keys(each).find((name) => name.startsWith("initial_"));
  return key ? each[key] : null;
}

async function choose(block, each, at, value) {
  if (at.inInput && !block.dispatch_action) {
    remember(at.place, block.block_id, each.action_id, value);
    return;
  }
  if (each.confirm && !(await confirmed(each.confirm))) return;
  if (value !== null && each.type !== "button" && each.type !== "overflow") remember(at.place, block.block_id, each.action_id, value);
  await at.press(block, each, value);
}

const DRAWN = {
  button,
  overflow,
  static_select: (each, at, now) => select(each, at, now, each),
  external_select: (each, at, now, block) => suggested(each, at, now, block, naming(at, each)),
  users_select: (each, at, now) => select(each, at, now, { options: people() }),
  conversations_select: (each, at, now) => select(each, at, now, { options: channels() }),
  channels_select: (each, at, now) => select(each, at, now, { options: channels() }),
  radio_buttons: (each, at, now) => choices(each, at, now, "radio", each.options),
  checkboxes: (each, at, now) => choices(each, at, now, "checkbox", each.options),
  multi_static_select: (each, at, now) => choices(each, at, now, "checkbox", optionsOf(each)),
  multi_users_select: (each, at, now) => choices(each, at, now, "checkbox", people()),
  multi_channels_select: (each, at, now) => choices(each, at, now, "checkbox", channels()),
  multi_conversations_select: (each, at, now) => choices(each, at, now, "checkbox", channels()),
  datepicker: (each, at, now) => field(each, at, now, { type: "date" }),
  timepicker: (each, at, now) => field(each, at, now, { type: "time" }),
  plain_text_input: textInput,
  email_text_input: (each, at, now) => field(each, at, now, { type: "email" }),
  url_text_input: (each, at, now) => field(each, at, now, { type: "url" }),
  number_input: (each, at, now) => field(each, at, now, { type: "text", inputMode: each.is_decimal_allowed ? "decimal" : "numeric" }),
  datetimepicker: dateTime,
  file_input: (each, at, now) => fileInput(each, at, now, naming(at, each)),
};

const optionsOf = (each) => [...(each.options ?? []), ...(each.option_groups ?? []).flatMap((group) => group.options)];
const made = (text, value) => ({ text: { type: "plain_text", text }, value });
const people = () => [...state.people.values()].filter((one) => !one.is_bot && !one.deleted).map((one) => made(one.real_name, one.id));
const channels = () => [...state.conversations.values()].filter((one) => one.kind !== "im").map((one) => made(`# ${one.name}`, one.id));
const naming = (at, each) => ({ id: at.id ?? null, "aria-describedby": at.described ?? null, "aria-invalid": at.invalid ? "true" : null, "aria-labelledby": at.label ?? null, "aria-label": at.inInput || at.label ? null : each.placeholder?.text ?? each.accessibility_label ?? null });

function button(each, at, now) {
  const look = `button ${each.style ?? ""}`;
  const label = { "aria-label": each.accessibility_label ?? null };
  if (each.url) {
    return h("a", { className: look, href: /^https?:/i.test(each.url) ? each.url : null, target: "_blank", rel: "noopener noreferrer", onclick: () => now.choose(null), ...label }, plainText(each.text.text));
  }
  const node = h("button", { type: "button", className: look, ...label, onclick: () => busy(node, now.choose(null)) }, plainText(each.text.text));
  return node;
}

async function busy(node, work) {
  node.setAttribute("aria-busy", "true");
  try {
    await work;
  } finally {
    node.removeAttribute("aria-busy");
  }
}

function overflow(each, at, now) {
  const choice = (option) => h("button", { type: "button", onclick: (event) => {
    event.target.closest("details").open = false;
    now.choose(option.value);
  } }, plainText(option.text.text));
  return h("details", { className: "overflow" },
    h("summary", { className: "button", "aria-label": each.accessibility_label ?? "More" }, "⋯"),
    h("div", { className: "menu" }, each.options.map(choice)));
}

function select(each, at, now, source) {
  const option = (one) => h("option", { value: one.value, selected: one.value === now.value }, one.text.text);
  const groups = (source.option_groups ?? []).map((group) => h("optgroup", { label: group.label.text }, group.options.map(option)));
  const empty = h("option", { value: "", disabled: !at.inInput, selected: !now.value }, each.placeholder?.text ?? "Choose an option");
  return h("select", { className: "control", ...naming(at, each), onchange: (event) => now.choose(event.target.value || null) },
    empty, (source.options ?? []).map(option), groups);
}

function choices(each, at, now, type, options) {
  const name = `${at.place}-${each.action_id}-${Math.random()}`;
  const chosen = () => [...box.querySelectorAll("input:checked")].map((input) => input.value);
  const onchange = () => now.choose(type === "radio" ? chosen()[0] : chosen());
  const held = Array.isArray(now.value) ? now.value : [now.value];
  const option = (one) => h("label", { className: "choice" },
    h("input", { type, name, value: one.value, checked: held.includes(one.value), onchange, "aria-describedby": at.described ?? null }),
    h("span", {}, plainText(one.text.text), one.description && h("span", { className: "quiet" }, plainText(one.description.text))));
  const box = h("div", { className: "choices", role: "group", "aria-labelledby": at.label ?? null, "aria-label": at.inInput || at.label ? null : each.accessibility_label ?? "Choices" }, options.map(option));
  return box;
}

function field(each, at, now, kind) {
  const oninput = (event) => now.keep(event.target.value || null);
  const onchange = (event) => now.choose(event.target.value || null);
  return h("input", { className: "control", value: now.value ?? "", placeholder: each.placeholder?.text ?? "", ...kind, ...naming(at, each), oninput, onchange });
}

function textInput(each, at, now) {
  const about = { className: "control", value: now.value ?? "", placeholder: each.placeholder?.text ?? "", maxLength: each.max_length ?? 3000, ...naming(at, each), oninput: (event) => now.keep(event.target.value || null) };
  if (each.multiline) return h("textarea", { rows: 4, ...about });
  return h("input", { type: "text", ...about });
}

function dateTime(each, at, now) {
  const pad = (number) => String(number).padStart(2, "0");
  const date = now.value ? new Date(now.value * 1000) : null;
  const value = date ? `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}` : "";
  const onchange = (event) => now.choose(event.target.value ? Math.floor(new Date(event.target.value).getTime() / 1000) : null);
  return h("input", { className: "control", type: "datetime-local", value, ...naming(at, each), onchange });
}
