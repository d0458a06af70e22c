// Where the focus is, so that it can be put back after what it was in has been drawn anew.

import { byId } from "./dom.js";

const FOCUSABLE = "button, a[href], input, select, textarea, summary";

/** Draw what is inside `place` anew, by `draw`. The focus stays on the same control, else goes to what took its place. */
export function keepFocus(place, draw) {
  const held = place.contains(document.activeElement) ? document.activeElement : null;
  const trail = held && trailOf(held);
  draw();
  if (held && !held.isConnected) (found(place, trail) ?? byId("line")).focus({ preventScroll: true });
}

function trailOf(held) {
  const control = held.closest("[data-action]");
  return { row: held.closest("[data-ts]")?.dataset.ts, block: control?.dataset.block, action: control?.dataset.action, value: held.value, id: held.id };
}

function found(place, { row, block, action, value, id }) {
  const where = row ? [...place.querySelectorAll("[data-ts]")].find((each) => each.dataset.ts === row) : place;
  if (!where) return null;
  if (id && where.contains(byId(id))) return byId(id);
  const alike = [...where.querySelectorAll("[data-action]")].filter((each) => each.dataset.action === action);
  const control = alike.find((each) => each.dataset.block === block) ?? alike[0];
  return control ? inside(control, value) : where.querySelector("article") ?? where;
}

/** What of a control takes the focus: itself, or the one of its choices that held it. */
function inside(control, value) {
  if (control.matches(FOCUSABLE)) return control;
  const choices = [...control.querySelectorAll(FOCUSABLE)];
  return choices.find((each) => each.value === value) ?? choices[0];
}
