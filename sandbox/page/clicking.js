// Presses a button, or takes an option, as a person would, for a page around this one that tells a story.

const EVERY = 100;
const PATIENCE = 30;

const newest = (kind, label) => [...(document.querySelector("dialog[open]") ?? document).querySelectorAll(kind)]
  .filter((each) => each.closest("button, select").checkVisibility() && each.textContent.trim() === label).at(-1);

/** The newest one labelled so, in the window on top or else anywhere; waits three seconds for it at most. */
async function wait(kind, label) {
  for (let times = 0; times < PATIENCE; times += 1) {
    const found = newest(kind, label);
    if (found) return found;
    await new Promise((done) => setTimeout(done, EVERY));
  }
  return null;
}

/** Press the newest button labelled so. */
export async function press(label) {
  (await wait("button", label))?.click();
}

/** Take the newest option labelled so. */
export async function choose(label) {
  const option = await wait("option", label);
  if (!option) return;
  option.selected = true;
  option.closest("select").dispatchEvent(new Event("change"));
}
