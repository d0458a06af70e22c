// Tables: `table` and `data_table`, the first row as its head.

import { h } from "./dom.js";
import { richText } from "./rich_text.js";

export function table(block, lookup) {
  const [head = [], ...rows] = block.rows ?? [];
  const aligned = (index) => block.column_settings?.[index]?.align ?? (isNumber(rows[0]?.[index]) ? "right" : "left");
  const cells = (row, tag) => row.map((each, index) => h(tag, { className: aligned(index), scope: tag === "th" ? "col" : null }, cell(each, lookup)));
  return h("div", { className: "block-table", tabIndex: 0, role: "group", "aria-label": block.caption ?? "Table" },
    h("table", {},
      block.caption && h("caption", {}, block.caption),
      h("thead", {}, h("tr", {}, cells(head, "th"))),
      h("tbody", {}, rows.map((row) => h("tr", {}, cells(row, "td"))))));
}

const isNumber = (each) => each?.type === "raw_number";

function cell(each, lookup) {
  if (each.type === "rich_text") return richText(each, lookup);
  return document.createTextNode(String(each.text ?? each.value ?? ""));
}
