// A select whose options the app loads while a person types.

import { act } from "./api.js";
import { h } from "./dom.js";
import { state } from "./state.js";

const PAUSE_MS = 200;

/** The element's node: a field to type in, and below it what the app offers. */
export function suggested(each, at, now, block, named) {
  let timer = 0;
  const chosen = each.initial_option?.value === now.value ? each.initial_option : null;
  const offers = h("select", { className: "control", "aria-label": `${each.placeholder?.text ?? "Options"}: found`, onchange: (event) => now.choose(event.target.value || null) });
  const told = h("p", { className: "quiet", role: "status" }, "");
  const show = (options) => offers.replaceChildren(
    h("option", { value: "" }, "Choose an option"),
    ...options.map((one) => h("option", { value: one.value, selected: one.value === now.value }, one.text.text)));
  const load = async (value) => {
    try {
      const answer = await act("suggest", state.me.id, { view: at.place, block_id: block.block_id, action_id: each.action_id, value });
      show(answer.options);
      told.textContent = answer.options.length ? `${answer.options.length} found` : "No results";
    } catch {
      told.textContent = "We had some trouble loading the options.";
    }
  };
  const oninput = (event) => {
    clearTimeout(timer);
    const value = event.target.value;
    if (value.length >= (each.min_query_length ?? 3)) timer = setTimeout(() => load(value), PAUSE_MS);
  };
  show(chosen ? [chosen] : []);
  return h("div", { className: "suggested" },
    h("input", { type: "search", className: "control", placeholder: each.placeholder?.text ?? "", autocomplete: "off", oninput, ...named }), offers, told);
}
