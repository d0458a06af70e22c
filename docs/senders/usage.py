"""Sends usage to Laurels. Only the standard library: copy this file.

    LAURELS_URL=https://laurels.example LAURELS_USAGE_SECRET=whsec_… python usage.py < events.json

An event: {"account": "northwind", "person": "u-17", "event": "Report Scheduled", "at": "2026-03-20T09:00:00Z",
"id": "r-4711"}. Sending the same again counts nothing twice, so send again whatever had no answer.
"""

import base64
import hashlib
import hmac
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid


def send(events, *, url, secret, attempts=5):
    """Send one event, or a list of at most 1,000, and return what became of each."""
    body = json.dumps(events).encode()
    while True:
        attempts -= 1
        request = urllib.request.Request(url + "/v1/usage", body, signed(body, secret))
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            if error.code != 503 or not attempts:
                raise RuntimeError(f"{error.code}: {error.read().decode()}") from error
            time.sleep(int(error.headers["Retry-After"]))


def signed(body, secret):
    """Return the headers of Standard Webhooks. Sign each attempt anew: a signature counts for five minutes."""
    message_id, timestamp = f"msg_{uuid.uuid4()}", str(int(time.time()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": "v1," + base64.b64encode(digest).decode(),
    }


if __name__ == "__main__":
    answer = send(json.load(sys.stdin), url=os.environ["LAURELS_URL"], secret=os.environ["LAURELS_USAGE_SECRET"])
    print(json.dumps(answer, indent=2))
