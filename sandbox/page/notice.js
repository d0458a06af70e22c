// A word from the page itself, for when something that was pressed or chosen came to nothing.

import { byId } from "./dom.js";

export const NO_ANSWER = "The app did not respond. Try again.";

export function notice(words) {
  byId("notice").hidden = !words;
  byId("notice").textContent = words;
}

/** What nobody has caught: the server is away, or has refused. */
export function noticeFailures() {
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    notice(`That came to nothing (${event.reason?.message ?? event.reason}). Try again.`);
  });
}
