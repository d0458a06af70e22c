// The modal on top of the stack. The browser's own dialog keeps the focus inside.

import { act } from "./api.js";
import { blocks } from "./blocks.js";
import { byId, fill, h } from "./dom.js";
import { keepFocus } from "./focus.js";
import { lookup } from "./lookup.js";
import { plainText } from "./mrkdwn.js";
import { NO_ANSWER } from "./notice.js";
import { interrupting } from "./outside.js";
import { filledIn, state } from "./state.js";

let shown = "";

/** Show the top modal, or none. What was typed stays where block and action ids stay. */
export function drawModal(errors = {}) {
  const dialog = byId("modal");
  const view = state.views.at(-1);
  if (!view) {
    shown = "";
    if (dialog.open) dialog.close();
    return;
  }
  const same = shown === view.id && dialog.contains(document.activeElement);
  shown = view.id;
  dialog.oncancel = (event) => { event.preventDefault(); close(false); };
  interrupting(() => {
    keepFocus(dialog, () => fill(dialog, form(view, errors)));
    if (!dialog.open) dialog.showModal();
    focus(dialog, errors, same);
  });
}

function focus(dialog, errors, same) {
  const wrong = Object.keys(errors).length ? dialog.querySelector("[aria-invalid]") : null;
  if (!wrong && same && dialog.contains(document.activeElement)) return;
  (wrong ?? dialog.querySelector(".modal-body :is(input, select, textarea, button)") ?? dialog.querySelector("footer button")).focus();
}

function form(view, errors) {
  const at = { place: view.id, surface: "modal", lookup, errors, press: (block, element, value) => press(view, block, element, value) };
  const deep = state.views.length > 1;
  return h("form", { noValidate: true, onsubmit: (event) => { event.preventDefault(); submit(view); } },
    h("header", {}, h("h2", { id: "modal-title" }, plainText(view.title.text)),
      h("button", { type: "button", className: "close", "aria-label": "Close", onclick: () => close(deep) }, "×")),
    h("div", { className: "modal-body" }, blocks(view.blocks, at), errors[""] && h("p", { className: "error", role: "alert" }, errors[""])),
    h("footer", {},
      h("button", { type: "button", className: "button", onclick: () => close(false) }, plainText(view.close?.text ?? (deep ? "Back" : "Cancel"))),
      view.submit && h("button", { type: "submit", className: "button primary" }, plainText(view.submit.text))));
}

async function press(view, block, element, value) {
  const details = { view: view.id, block_id: block.block_id, action_id: element.action_id, value, filled_in: filledIn(view.id) };
  const answer = await act("press", state.me.id, details);
  if (!answer.ok) drawModal({ "": NO_ANSWER });
}

async function submit(view) {
  const button = byId("modal").querySelector("footer .primary");
  button.setAttribute("aria-busy", "true");
  const answer = await act("submit", state.me.id, { view: view.id, filled_in: filledIn(view.id) });
  button.removeAttribute("aria-busy");
  if (!answer.ok) drawModal(answer.errors);
}

const close = (everything) => act("close", state.me.id, { view: state.views.at(-1).id, everything });
