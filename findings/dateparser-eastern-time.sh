#!/usr/bin/env bash
# dateparser 1.5.0 takes "ET" and "PT" for winter time all the year.
#
# One would guess: "ET" is what Americans write so as not to say whether it is
#   summer, so a date in September with "ET" is at -04:00, as "EDT" is; or the
#   letters are refused.
# What happens: ET is fixed at -05:00 and PT at -08:00 on every date. The same
#   library reads the same September hour an hour apart for "ET" and "EDT".
# Why it matters: "10 Sep 2026 2 PM ET" is how a webinar is announced. From
#   March to November the whole audience comes an hour late; a test written in
#   winter passes. Take the zone from a list by its full name, and only the date
#   and the hour from the words.
#
# Seen on 2026-11-30:
#   15 Jan 2026 2 PM ET   -> 19:00 UTC (New York's clocks: 19:00)
#   10 Sep 2026 2 PM ET   -> 19:00 UTC (New York's clocks: 18:00)
#   10 Sep 2026 2 PM EDT  -> 18:00 UTC (New York's clocks: 18:00)
#   10 Sep 2026 2 PM PT   -> 22:00 UTC (Los Angeles's clocks: 21:00)
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install dateparser==1.5.0 tzdata==2026.6

TZ=UTC "$dir/venv/bin/python" - <<'PY'
import sys
from datetime import datetime, timezone
from zoneinfo import ZoneInfo
import dateparser


def utc(moment):
    return moment.astimezone(timezone.utc).strftime("%H:%M")


cases = [
    ("15 Jan 2026 2 PM ET", datetime(2026, 1, 15, 14), "America/New_York", "New York", "19:00", "19:00"),
    ("10 Sep 2026 2 PM ET", datetime(2026, 9, 10, 14), "America/New_York", "New York", "19:00", "18:00"),
    ("10 Sep 2026 2 PM EDT", datetime(2026, 9, 10, 14), "America/New_York", "New York", "18:00", "18:00"),
    ("10 Sep 2026 2 PM PT", datetime(2026, 9, 10, 14), "America/Los_Angeles", "Los Angeles", "22:00", "21:00"),
]
changed = False
for words, wall, zone, place, was_read, was_meant in cases:
    read = utc(dateparser.parse(words, languages=["en"]))
    meant = utc(wall.replace(tzinfo=ZoneInfo(zone)))
    print(f"{words:21} -> {read} UTC ({place}'s clocks: {meant})")
    changed |= (read, meant) != (was_read, was_meant)
if changed:
    sys.exit("Changed: dateparser no longer reads ET and PT as in 1.5.0.")
print("As described: ET and PT are an hour late in summer.")
PY
