// Block Kit, block by block. `at` says where: { place, surface, lookup, errors, press(block, element, value) }.

import { h } from "./dom.js";
import { element } from "./elements.js";
import { mrkdwn, plainText } from "./mrkdwn.js";
import { richText } from "./rich_text.js";
import { table } from "./tables.js";

/** Nodes for a list of blocks. */
export const blocks = (list, at) => list.map((block) => draw(block, at));

const DRAWN = {
  section,
  header: (block) => h("h3", { className: "block-header" }, plainText(block.text.text)),
  divider: () => h("hr", { className: "block-divider" }),
  context: (block, at) => h("div", { className: "block-context" }, block.elements.map((each) => contextPart(each, at))),
  actions: (block, at) => h("div", { className: "block-actions" }, block.elements.map((each) => element(block, each, at))),
  image: (block) => picture(block, true),
  input,
  rich_text: (block, at) => richText(block, at.lookup),
  table: (block, at) => table(block, at.lookup),
  data_table: (block, at) => table(block, at.lookup),
};

function draw(block, at) {
  const drawn = DRAWN[block.type];
  return drawn ? drawn(block, at) : unknown(block);
}

/** A text object's nodes. */
export const text = (object, at) =>
  object.type === "mrkdwn" ? mrkdwn(object.text, at.lookup, object.verbatim) : plainText(object.text, object.emoji !== false);

const idOf = (block, at) => `${at.place}-${block.block_id}`.replaceAll(/[^\w-]/g, "_");

function section(block, at) {
  const id = `${idOf(block, at)}-text`;
  const fields = block.fields && h("div", { className: "fields" }, block.fields.map((field) => h("div", {}, text(field, at))));
  return h("div", { className: "block-section" },
    h("div", { className: "section-text" }, block.text && h("div", { id }, text(block.text, at)), fields),
    block.accessory && h("div", { className: "accessory" },
      block.accessory.type === "image" ? picture(block.accessory, false) : element(block, block.accessory, { ...at, label: block.text && id })));
}

function contextPart(part, at) {
  return part.type === "image" ? picture(part, false) : h("span", {}, text(part, at));
}

function picture(image, large) {
  const source = image.image_url ?? (image.slack_file?.id ? `files/${image.slack_file.id}` : image.slack_file?.url);
  const drawn = h("img", { src: source, alt: image.alt_text ?? "" });
  drawn.addEventListener("error", () => drawn.replaceWith(h("p", { className: "quiet missing" }, `Picture: ${image.alt_text}`)));
  if (!large) return drawn;
  return h("figure", { className: "block-image" }, image.title && h("figcaption", {}, plainText(image.title.text)), drawn);
}

function input(block, at) {
  const id = idOf(block, at);
  const error = at.errors?.[block.block_id];
  const grouped = ["radio_buttons", "checkboxes", "multi_static_select"].includes(block.element.type);
  const label = [plainText(block.label.text), block.optional && h("span", { className: "quiet" }, " (optional)")];
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || null;
  const control = element(block, block.element, { ...at, id, described, invalid: Boolean(error), inInput: true });
  return h(grouped ? "fieldset" : "div", { className: "block-input", "data-block": block.block_id },
    grouped ? h("legend", {}, label) : h("label", { htmlFor: id }, label),
    control,
    block.hint && h("p", { className: "quiet", id: `${id}-hint` }, plainText(block.hint.text)),
    error && h("p", { className: "error", id: `${id}-error` }, error));
}

function unknown(block) {
  return h("details", { className: "block-unknown" },
    h("summary", {}, `A block of the type “${block.type}”, which this page does not draw`),
    h("pre", {}, JSON.stringify(block, null, 2)));
}
