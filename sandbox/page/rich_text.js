// rich_text blocks: sections, lists, quotes and preformatted parts.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { link } from "./mrkdwn.js";

export const richText = (block, lookup) => h("div", { className: "block-rich" }, block.elements.map((part) => drawPart(part, lookup)));

function drawPart(part, lookup) {
  const inside = () => part.elements.map((each) => leaf(each, lookup));
  if (part.type === "rich_text_list") {
    return h(part.style === "ordered" ? "ol" : "ul", {}, part.elements.map((item) => h("li", {}, drawPart(item, lookup))));
  }
  if (part.type === "rich_text_quote") return h("blockquote", {}, inside());
  if (part.type === "rich_text_preformatted") return h("pre", {}, inside());
  return h("p", {}, inside());
}

function leaf(each, lookup) {
  const node = bare(each, lookup);
  const style = each.style ?? {};
  const tags = [["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"]].filter(([name]) => style[name]);
  return tags.reduce((inner, [, tag]) => h(tag, {}, inner), node);
}

function bare(each, lookup) {
  if (each.type === "link") return link(each.url, each.text ?? each.url);
  if (each.type === "emoji") return document.createTextNode(emoji(each.name) ?? `:${each.name}:`);
  if (each.type === "user") return h("span", { className: "mention" }, `@${lookup.person(each.user_id).real_name}`);
  if (each.type === "channel") return h("span", { className: "mention" }, `#${lookup.channelName(each.channel_id) ?? each.channel_id}`);
  if (each.type === "broadcast") return h("span", { className: "mention ping" }, `@${each.range}`);
  return document.createTextNode(each.text ?? "");
}
