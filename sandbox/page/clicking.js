// Presses a button as a person would, for a page around this one that tells a story.

const EVERY = 100;
const PATIENCE = 30;

const labelled = (label) => [...(document.querySelector("dialog[open]") ?? document).querySelectorAll("button")]
  .filter((button) => button.textContent.trim() === label).at(-1);

/** Press the newest button labelled so, in the window on top or else anywhere; wait three seconds for it at most. */
export async function press(label) {
  for (let times = 0; times < PATIENCE; times += 1) {
    const button = labelled(label);
    if (button) return button.click();
    await new Promise((done) => setTimeout(done, EVERY));
  }
}
