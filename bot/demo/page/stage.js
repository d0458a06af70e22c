// The guide and the toy product. Slack stands in the frame and is steered by messages to it.

const WATCHED_AFTER = 20;
const BETWEEN_STEPS = 7;

const byId = (id) => document.getElementById(id);
const made = (tag, text, facts = {}) => Object.assign(document.createElement(tag), { textContent: text, ...facts });
const pause = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));

async function ask(path, body) {
  const given = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, given);
  const found = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(found.detail ?? "That did not work. Look into the terminal.");
  return found;
}

const stage = await ask("/stage");
const people = new Map(stage.people.map((one) => [one.id, one]));
const END = { title: "Now look around", text: "Become anybody, press anything. Ctrl+C in the terminal forgets it all." };

// Slack.
const frame = byId("slack");
const ready = new Promise((done) => addEventListener("message", ({ data, origin }) => {
  if (origin === stage.slack && data?.slack === "ready") done();
}));
// A window that a step opens in Slack takes the focus; the next press is here.
addEventListener("message", ({ data, origin }) => {
  if (origin === stage.slack && data?.slack === "interrupts") byId("act").focus({ preventScroll: true });
});
frame.src = `${stage.slack}/?as=${stage.steps[0].as}&channel=${stage.steps[0].channel}`;

for (const [name, weight] of [["regular", 400], ["semibold", 600]]) {
  const font = new FontFace("Stage Sans", `url(${stage.slack}/fonts/sans-${name})`, { weight });
  font.load().then((loaded) => document.fonts.add(loaded), () => {});
}

// The toy product.
const users = stage.people.filter((one) => one.account);
byId("who").append(...users.map((one) => made("option", one.name, { value: one.id })));
byId("who").value = stage.steps[0].as;
byId("buttons").append(...stage.buttons.map(({ label, event }) =>
  made("button", label, { type: "button", onclick: () => { untouched = false; use(byId("who").value, event); } })));

/** Send what somebody does in the product; whether it arrived. */
async function use(who, event) {
  byId("sent").textContent = "On its way…";
  try {
    byId("sent").textContent = sentence(people.get(who).name, event, await ask("/stage/press", { who, event }));
    return true;
  } catch (error) {
    byId("sent").textContent = error.message;
    return false;
  }
}

function sentence(name, event, { outcome, points, pool, awards, reason }) {
  if (outcome !== "recorded") return `${event}: ${outcome}. ${reason ?? ""}`;
  const gained = [points && `${points} points for ${name}`, pool && `${pool} for the company's pool`].filter(Boolean);
  const why = awards.filter((award) => award.reason).map((award) => `${award.rule}: ${award.reason}`);
  return `“${event}” was sent. ${gained.join(", ") || "No points this time"}.${why.length ? ` (${why.join("; ")})` : ""}`;
}

// The story.
let place = 0;
let here = null; // the last step that was played in Slack: who one is, and where
let untouched = true;
const places = stage.steps.map((step, at) => {
  const button = made("button", at + 1, { type: "button", title: step.title, onclick: () => { untouched = false; go(at); } });
  button.setAttribute("aria-label", `Step ${at + 1}: ${step.title}`);
  const item = document.createElement("li");
  item.append(button);
  byId("places").append(item);
  return button;
});

function go(at) {
  place = at;
  const step = stage.steps[at] ?? END;
  byId("title").textContent = step.title;
  byId("text").textContent = step.text;
  byId("act").textContent = step.button ?? "";
  byId("presses").hidden = !step.button;
  for (const [index, button] of places.entries()) {
    if (index === at) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  }
}

async function act() {
  const at = place;
  const step = stage.steps[at];
  byId("act").disabled = true;
  try {
    await ready;
    await play(step);
    places[at].classList.add("done");
    go(at + 1);
    draft(stage.steps[at + 1]);
  } catch (error) {
    show(step.title, [error.message]);
  } finally {
    byId("act").disabled = false;
    byId("act").focus({ preventScroll: true });
  }
}

async function play(step) {
  byId("outcome").replaceChildren();
  if (people.get(step.as)?.account) byId("who").value = step.as;
  if (step.as) frame.contentWindow.postMessage(step, stage.slack);
  if (step.press && !(await use(step.as, step.press))) throw new Error(byId("sent").textContent);
  if (step.act === "plug") await pull(step.title);
  if (step.act === "week") show(step.title, (await ask("/stage/week", {})).lines);
  if (step.act === "plan") show("What would change", (await ask("/stage/plan", {})).lines);
  if (step.as) here = step;
}

/** What a step will say in the conversation that is shown stands in the message box already. */
function draft(step) {
  if (step?.type && here && step.as === here.as && step.channel === here.channel) {
    frame.contentWindow.postMessage({ channel: step.channel, type: step.type, focus: false }, stage.slack);
  }
}

async function pull(title) {
  let told = await ask("/stage/plug", {});
  while (told.running) {
    show(title, told.said);
    await pause(0.3);
    told = await ask("/stage/plug");
  }
  show(title, told.said);
}

function show(title, lines) {
  byId("outcome").replaceChildren(made("h3", title), ...lines.map((line) => made("p", line)));
}

// By itself: when it is wished for, and when somebody only watches.
async function playOn() {
  while (byId("auto").checked && stage.steps[place]) {
    await act();
    await pause(BETWEEN_STEPS);
  }
  byId("auto").checked = false;
}

byId("act").onclick = () => { untouched = false; act(); };
byId("skip").onclick = () => { untouched = false; go(place + 1); };
byId("auto").onchange = () => { untouched = false; playOn(); };
addEventListener("blur", () => { if (document.activeElement === frame) untouched = false; });
setTimeout(() => {
  if (!untouched) return;
  byId("auto").checked = true;
  playOn();
}, 1000 * WATCHED_AFTER);
go(0);
document.body.dataset.ready = "yes";
