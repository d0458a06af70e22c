// A modal's file input: each file goes up as it is chosen, and the form holds the files' ids.

import { act } from "./api.js";
import { h } from "./dom.js";
import { state } from "./state.js";

/** The element's node. */
export function fileInput(each, at, now, named) {
  const accept = each.filetypes ? each.filetypes.map((kind) => `.${kind}`).join(",") : null;
  const told = h("p", { className: "quiet", role: "status" }, now.value?.length ? count(now.value.length) : "");
  const onchange = async (event) => {
    told.textContent = "Adding…";
    try {
      const ids = [];
      for (const file of event.target.files) ids.push((await act("upload", state.me.id, { name: file.name, content: await encoded(file) })).id);
      now.choose(ids);
      told.textContent = count(ids.length);
    } catch {
      told.textContent = "That file could not be added.";
    }
  };
  return h("div", { className: "file-input" },
    h("input", { type: "file", className: "control", multiple: (each.max_files ?? 10) > 1, accept, onchange, ...named }), told);
}

const count = (files) => (files === 1 ? "1 file added" : `${files} files added`);

const encoded = (file) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.split(",", 2)[1] ?? "");
  reader.onerror = reject;
  reader.readAsDataURL(file);
});
