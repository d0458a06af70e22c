#!/usr/bin/env bash
# Libraries: cloudevents 2.2.0 (Python) and cloudevents 10.0.0 (npm), both the
#   official kits, both speaking CloudEvents 1.0
#
# What one would guess: an event sent over HTTP in binary mode, attributes as
#   ce- headers, is the same event on the other side whichever kit wrote it.
# What happens: the Python kit percent-encodes attributes when it writes and
#   decodes them when it reads, as the HTTP binding says; the JavaScript kit does
#   neither. From Python to JavaScript the subject "Dział A" arrives as
#   "Dzia%C5%82%20A". From JavaScript to Python the plain ASCII id
#   "ola%40firma.example" arrives as "ola@firma.example". The JavaScript kit also
#   rewrites the time on both ways: the offset +09:00 and the microseconds are
#   gone (the moment stays the same to the millisecond).
# Why it matters: source and id together tell whether an event was seen before.
#   One event received once from each side, or once in binary and once in
#   structured mode, is then two, and subject no longer matches the person or
#   team on the roster. Structured mode (everything in one JSON body) keeps id and
#   subject. The day read off the time as written is the day before for whatever
#   happened in Seoul before nine in the morning.
# Seen on 2026-11-30:
#   Python to JavaScript: id="ola%2540firma.example" subject="Dzia%C5%82%20A" time="2026-11-30T00:00:00.123Z"
#   JavaScript to Python: id="ola@firma.example" subject="100% of team" time="2026-11-30T00:00:00.123000+00:00"
#   Python to Python:     id="ola%40firma.example" subject="Dział A" time="2026-11-30T09:00:00.123456+09:00"
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONIOENCODING=utf-8
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet cloudevents==2.2.0
npm install --silent --no-audit --no-fund --prefix "$work" cloudevents@10.0.0 >/dev/null

cat > "$work/kit.py" <<'PY'
import datetime
import json
import sys

from cloudevents.core.bindings.http import HTTPMessage, from_binary, to_binary
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent


def read(headers, body):
    event = from_binary(HTTPMessage(headers=headers, body=body), JSONFormat())
    said = event.get_attributes()
    return json.dumps([said["id"], said["subject"], said["time"].isoformat()])


if sys.argv[1] == "read":
    message = json.load(sys.stdin)
    print(read(message["headers"], message["body"].encode()))
else:
    seoul = datetime.timezone(datetime.timedelta(hours=9))
    event = CloudEvent(
        attributes={
            "id": "ola%40firma.example",
            "source": "/app",
            "type": "app.login",
            "specversion": "1.0",
            "datacontenttype": "application/json",
            "subject": "Dział A",
            "time": datetime.datetime(2026, 11, 30, 9, 0, 0, 123456, tzinfo=seoul),
        },
        data={"seats": 5},
    )
    message = to_binary(event, JSONFormat())
    if sys.argv[1] == "write":
        print(json.dumps({"headers": dict(message.headers), "body": message.body.decode()}))
    else:
        print(read(dict(message.headers), message.body))
PY
cat > "$work/kit.mjs" <<'JS'
import { readFileSync } from "node:fs";
import { CloudEvent, HTTP } from "cloudevents";

if (process.argv[2] === "read") {
  const { headers, body } = JSON.parse(readFileSync(0, "utf8"));
  const event = HTTP.toEvent({ headers, body });
  console.log(JSON.stringify([event.id, event.subject, event.time]));
} else {
  const event = new CloudEvent({
    id: "ola%40firma.example",
    source: "/app",
    type: "app.login",
    subject: "100%25 of team",
    time: "2026-11-30T09:00:00.123456+09:00",
    data: { seats: 5 },
  });
  console.log(JSON.stringify(HTTP.binary(event)));
}
JS
python="$work/venv/bin/python"
"$python" "$work/kit.py" write | node "$work/kit.mjs" read > "$work/to-js"
node "$work/kit.mjs" write | "$python" "$work/kit.py" read > "$work/to-python"
"$python" "$work/kit.py" both > "$work/within-python"

cat > "$work/compare.py" <<'PY'
import json
import sys

seen = []
ways = ("Python to JavaScript: ", "JavaScript to Python: ", "Python to Python:     ")
for way, name in zip(ways, sys.argv[1:]):
    with open(name, encoding="utf-8") as file:
        event_id, subject, time = json.load(file)
    seen.append(f'{way}id="{event_id}" subject="{subject}" time="{time}"')
noted = [
    'Python to JavaScript: id="ola%2540firma.example" subject="Dzia%C5%82%20A" time="2026-11-30T00:00:00.123Z"',
    'JavaScript to Python: id="ola@firma.example" subject="100% of team" time="2026-11-30T00:00:00.123000+00:00"',
    'Python to Python:     id="ola%40firma.example" subject="Dział A" time="2026-11-30T09:00:00.123456+09:00"',
]
print("\n".join(seen))
if seen != noted:
    sys.exit("Changed: the two CloudEvents kits no longer disagree in the way noted.")
print("As noted: the same event has another id and subject on the other kit's side.")
PY
"$python" "$work/compare.py" "$work/to-js" "$work/to-python" "$work/within-python"
