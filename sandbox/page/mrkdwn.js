// Slack's mrkdwn, drawn as it is in Slack: what is not escaped is markup, what is escaped never is.

import { h } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { day, time } from "./times.js";

const ATOM = /<([^<>\n]+)>|`([^`\n]+)`|:([a-z0-9_+-]+(?:::skin-tone-\d)?):|(https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"])/g;
const STYLES = { "*": "strong", "_": "em", "~": "s" };
const STYLED = /(?<![\p{L}\p{N}*_~])([*_~])(?=\S)((?:(?!\1).)*?\S)\1(?![\p{L}\p{N}*_~])/u;

/** Text as it was before escaping. */
export const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Nodes for mrkdwn text; `verbatim`: an address that stands in it is no link. `lookup` has person(id), channelName(id) and me. */
export function mrkdwn(text, lookup, verbatim = false) {
  return text.split(/```/).flatMap((part, index) =>
    index % 2 ? [h("pre", {}, unescape(part.replace(/^\n/, "")))] : paragraphs(part, lookup, verbatim));
}

/** Nodes for plain_text: emoji and line breaks, no markup. */
export const plainText = (text, useEmoji = true) => broken(unescape(useEmoji ? withEmoji(text) : text));

function paragraphs(text, lookup, verbatim) {
  const nodes = [];
  let quoted = [];
  let spoken = [];
  const flush = () => {
    if (quoted.length) nodes.push(h("blockquote", {}, inline(quoted.join("\n"), lookup, verbatim)));
    if (spoken.length) nodes.push(h("span", {}, inline(spoken.join("\n"), lookup, verbatim)));
    quoted = [];
    spoken = [];
  };
  for (const line of text.split("\n")) {
    const quote = /^(&gt;|>)\s?/.exec(line);
    if (quote ? spoken.length : quoted.length) flush();
    if (quote) quoted.push(line.slice(quote[0].length));
    else spoken.push(line);
  }
  flush();
  return nodes;
}

function inline(text, lookup, verbatim) {
  const atoms = [];
  const marked = text.replace(ATOM, (all, angled, code, name, url) => {
    if (url && verbatim) return all;
    const node = angled ? angle(angled, lookup) : code ? h("code", {}, unescape(code)) : name ? emojiNode(name, all) : link(url, url);
    atoms.push(node);
    return String.fromCodePoint(0xf0000 + atoms.length - 1);
  });
  return styled(marked, atoms);
}

function styled(text, atoms) {
  const match = STYLED.exec(text);
  if (!match) return withAtoms(text, atoms);
  const [all, mark, inner] = match;
  const rest = text.slice(match.index + all.length);
  return [...withAtoms(text.slice(0, match.index), atoms), h(STYLES[mark], {}, styled(inner, atoms)), ...styled(rest, atoms)];
}

function withAtoms(text, atoms) {
  return text.split(/([\u{f0000}-\u{fffff}])/u).flatMap((part, index) =>
    index % 2 ? [atoms[part.codePointAt(0) - 0xf0000]] : broken(unescape(part)));
}

function broken(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line])).filter((part) => part !== "");
}

const emojiNode = (name, all) => (emoji(name) ? h("span", { className: "emoji", title: all }, emoji(name)) : document.createTextNode(all));

function angle(inside, lookup) {
  const [target, label] = inside.split(/\|(.*)/s);
  if (target.startsWith("@")) return person(target.slice(1), lookup);
  if (target.startsWith("#")) return h("span", { className: "mention" }, `#${label || lookup.channelName(target.slice(1)) || target.slice(1)}`);
  if (target.startsWith("!date^")) return date(target, label, lookup);
  if (target.startsWith("!subteam")) return h("span", { className: "mention" }, label || "@group");
  if (target.startsWith("!")) return h("span", { className: "mention ping" }, `@${label || target.slice(1)}`);
  return link(target, label || target);
}

function person(id, lookup) {
  const mine = id === lookup.me.id;
  return h("span", { className: mine ? "mention ping" : "mention" }, `@${lookup.person(id).real_name}`);
}

export function link(target, label) {
  const address = unescape(target);
  if (!/^(https?:|mailto:)/i.test(address)) return document.createTextNode(unescape(label));
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, unescape(label));
}

function date(target, fallback, lookup) {
  const [, seconds, format, url] = target.split("^");
  const when = new Date(Number(seconds) * 1000);
  if (Number.isNaN(when.getTime())) return document.createTextNode(unescape(fallback ?? ""));
  const words = format.replace(/\{(\w+)\}/g, (all, token) => dateToken(token, when, lookup.me) ?? all);
  return url ? link(url, words) : h("time", { dateTime: when.toISOString(), title: unescape(fallback ?? "") }, words);
}

function dateToken(token, when, me) {
  if (token.startsWith("time")) return time(when, me, token === "time_secs");
  const style = { date_num: "num", date_short: "short", date_short_pretty: "short", date_long: "long", date_long_pretty: "long" };
  if (token.startsWith("date")) return day(when, me, style[token] ?? "medium");
  return null;
}
