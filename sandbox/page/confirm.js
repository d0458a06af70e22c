// The small question before a press that says `confirm`.

import { byId, fill, h } from "./dom.js";
import { mrkdwn, plainText } from "./mrkdwn.js";
import { lookup } from "./lookup.js";

/** Whether the person said yes. */
export function confirmed(question) {
  const dialog = byId("confirm");
  const body = question.text.type === "mrkdwn" ? mrkdwn(question.text.text, lookup) : plainText(question.text.text);
  fill(dialog, h("form", { method: "dialog" },
    h("header", {}, h("h2", { id: "confirm-title" }, plainText(question.title.text))),
    h("div", { className: "modal-body" }, h("p", {}, body)),
    h("footer", {},
      h("button", { className: "button", value: "no" }, plainText(question.deny.text)),
      h("button", { className: `button ${question.style ?? "primary"}`, value: "yes" }, plainText(question.confirm.text)))));
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
