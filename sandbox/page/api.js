// The page's one line to its server.

async function ask(path, body) {
  const options = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? `status ${response.status}`);
  return answer;
}

export const getSeed = () => ask("client/seed");
export const getState = (person) => ask(`client/state/${person}`);
export const getTraffic = () => ask("sandbox/traffic");
export const act = (verb, person, details) => ask(`client/${verb}`, { as: person, ...details });

/** Listen as one person; `hear` maps each kind of change to a function. Returns what ends it. */
export function listen(person, since, hear) {
  const source = new EventSource(`client/feed/${person}?since=${encodeURIComponent(since)}`);
  for (const [kind, listener] of Object.entries(hear)) {
    source.addEventListener(kind, (event) => listener(JSON.parse(event.data)));
  }
  return () => source.close();
}
