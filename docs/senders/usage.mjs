// Sends usage to Laurels. Node 18 or newer, nothing else: copy this file.
//
//   LAURELS_URL=https://laurels.example LAURELS_USAGE_SECRET=whsec_… node usage.mjs < events.json
//
// An event: {"account": "northwind", "person": "u-17", "event": "Report Scheduled", "at": "2026-03-20T09:00:00Z",
// "id": "r-4711"}. Sending the same again counts nothing twice, so send again whatever had no answer.

import { createHmac, randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";

/** Send one event, or a list of at most 1,000, and return what became of each. */
export async function send(events, { url, secret, attempts = 5 }) {
  const body = JSON.stringify(events);
  for (let attempt = 1; ; attempt += 1) {
    const answer = await fetch(`${url}/v1/usage`, { method: "POST", headers: signed(body, secret), body });
    if (answer.ok) return answer.json();
    if (answer.status !== 503 || attempt === attempts) throw new Error(`${answer.status}: ${await answer.text()}`);
    await setTimeout(1000 * Number(answer.headers.get("retry-after")));
  }
}

/** Return the headers of Standard Webhooks. Sign each attempt anew: a signature counts for five minutes. */
function signed(body, secret) {
  const id = `msg_${randomUUID()}`;
  const timestamp = Math.floor(Date.now() / 1000);
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return {
    "content-type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": `v1,${signature}`,
  };
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { LAURELS_URL: url, LAURELS_USAGE_SECRET: secret } = process.env;
  console.log(JSON.stringify(await send(JSON.parse(await text(process.stdin)), { url, secret }), null, 2));
}
