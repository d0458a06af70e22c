// The guide and the toy product. Slack itself stands in the frame and is steered by messages to it.

const byId = (id) => document.getElementById(id);
const ask = async (path, body) => {
  const given = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(path, given);
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.detail ?? "something went wrong");
  return found;
};
const pause = (seconds) => new Promise((done) => setTimeout(done, 1000 * seconds));
const made = (tag, text, facts = {}) => Object.assign(document.createElement(tag), { textContent: text, ...facts });

const stage = await ask("/stage");
const frame = byId("slack");
let step = 0;
let touched = false;

const wish = (wished) => frame.contentWindow.postMessage(wished, stage.slack);
const nameOf = (id) => stage.people.find((one) => one.id === id);

// The toy product.
for (const one of stage.people.filter((one) => one.account)) byId("who").append(made("option", one.name, { value: one.id }));
byId("who").value = stage.steps[0].as;
for (const button of stage.buttons) {
  byId("buttons").append(made("button", button.label, { type: "button", onclick: () => press(byId("who").value, button.event) }));
}

async function press(who, event) {
  touched = true;
  byId("sent").textContent = "On its way…";
  try {
    const result = await ask("/stage/press", { who, event });
    byId("sent").textContent = sentence(nameOf(who).name, event, result);
  } catch (error) {
    byId("sent").textContent = error.message;
  }
}

function sentence(name, event, result) {
  if (result.outcome !== "recorded") return `${event}: ${result.outcome}. ${result.reason}`;
  const gained = [];
  if (result.points) gained.push(`${result.points} points for ${name}`);
  if (result.pool) gained.push(`${result.pool} for the company's pool`);
  const why = result.awards.filter((award) => award.reason).map((award) => `${award.rule}: ${award.reason}`);
  return `${event} sent. ${gained.join(", ") || "No points this time"}.${why.length ? ` (${why.join("; ")})` : ""}`;
}

// The story.
const items = stage.steps.map((one, place) => {
  const item = document.createElement("li");
  item.append(
    made("b", one.title, { onclick: () => go(place) }),
    made("p", one.text),
    made("button", one.button, { type: "button", onclick: () => act(place) }),
  );
  byId("steps").append(item);
  return item;
});

function go(place) {
  step = place;
  items.forEach((item, at) => item.classList.toggle("now", at === place));
}

async function act(place) {
  touched = true;
  const one = stage.steps[place];
  if (one.as) {
    byId("who").value = nameOf(one.as).account ? one.as : byId("who").value;
    wish({ as: one.as, channel: one.channel, type: one.type ?? "", send: Boolean(one.send) });
    await pause(0.3);
  }
  if (one.press) await press(one.as, one.press);
  if (one.act === "plug") await pull();
  if (one.act === "plan") await difference();
  items[place].classList.add("done");
  if (place + 1 < items.length) go(place + 1);
}

async function pull() {
  let told = await ask("/stage/plug", {});
  while (told.running) {
    show("Pull the plug", told.said);
    await pause(0.3);
    told = await ask("/stage/plug");
  }
  const found = told.result;
  const end = found
    ? [`${found.sent} sent, ${found.replayed} of them known already.`, `${found.lost} lost, ${found.twice} counted twice.`,
       found.balanced ? "The ledger balances." : "The ledger does not balance."]
    : [];
  show("Pull the plug", [...told.said, ...end]);
}

async function difference() {
  const { lines } = await ask("/stage/plan", {});
  show("What would change", lines, true);
}

function show(title, lines, code = false) {
  const list = document.createElement("ul");
  for (const line of lines) {
    const item = document.createElement("li");
    item.append(code ? made("code", line) : line);
    list.append(item);
  }
  list.querySelectorAll("li").forEach((item) => (item.style.cssText = "border:0;padding:0;list-style:disc"));
  byId("outcome").replaceChildren(made("h2", title), list);
  byId("outcome").hidden = false;
}

async function playAll() {
  for (let place = step; place < items.length && byId("auto").checked; place += 1) {
    await act(place);
    await pause(6);
  }
  byId("auto").checked = false;
}
byId("auto").onchange = (event) => event.target.checked && playAll();

go(0);
const first = stage.steps[0];
frame.src = `${stage.slack}/?as=${first.as}&channel=${first.channel}`;
// Whoever only watches sees the first step after a while.
setTimeout(() => touched || act(0), 20_000);
