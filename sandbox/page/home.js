// The app's Home tab.

import { act } from "./api.js";
import { blocks } from "./blocks.js";
import { byId, fill, h } from "./dom.js";
import { keepFocus } from "./focus.js";
import { lookup } from "./lookup.js";
import { NO_ANSWER, notice } from "./notice.js";
import { conversation, filledIn, isAppTalk, state } from "./state.js";

export function drawHome() {
  const here = isAppTalk(conversation()) && state.tab === "home";
  byId("home").hidden = !here;
  byId("talk").hidden = here;
  for (const name of ["home", "messages"]) byId(`tab-${name}`).setAttribute("aria-selected", String(state.tab === name));
  if (!here) return;
  const view = state.home;
  if (!view) {
    fill(byId("home"), h("p", { className: "empty" }, `${state.app.name} has not published anything here yet.`));
    return;
  }
  const at = { place: view.id, surface: "home", lookup, press: (block, element, value) => press(view, block, element, value) };
  keepFocus(byId("home"), () => fill(byId("home"), h("div", { className: "blocks" }, blocks(view.blocks, at))));
}

async function press(view, block, element, value) {
  notice("");
  const details = { view: view.id, block_id: block.block_id, action_id: element.action_id, value, filled_in: filledIn(view.id) };
  const answer = await act("press", state.me.id, details);
  if (!answer.ok) notice(NO_ANSWER);
}
