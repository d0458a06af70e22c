#!/usr/bin/env bash
# A London summer event written by vobject 0.9.9 is read an hour late by
# icalendar 7.3.2.
#
# One would guess: an event at 09:00 in ZoneInfo("Europe/London") is written
#   with TZID=Europe/London, or at least is read at the same moment by every
#   reader, since the file carries its own description of the zone.
# What happens: vobject names a zoneinfo zone after its winter abbreviation, so
#   London becomes TZID=GMT, New York EST, Denver MST. The description inside
#   the file is right and has summer time, but icalendar knows zones called GMT,
#   EST and MST of its own, without summer time, and takes those. vobject reads
#   its own file back rightly, so a round trip in a test shows nothing.
#   Warsaw (CET) is right by luck, for there is a zone CET with summer time.
# Why it matters: two careful libraries, a valid file between them, and everybody
#   is an hour late from March to October. Write single events in UTC, and never
#   let a library choose the name of the zone.
#
# Seen on 2026-11-30, events at 09:00 on 2026-07-10:
#   zone              TZID written  meant  vobject  icalendar
#   Europe/London     GMT           08:00  08:00    09:00
#   America/New_York  EST           13:00  13:00    14:00
#   America/Denver    MST           15:00  15:00    16:00
#   Europe/Warsaw     CET           07:00  07:00    07:00
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install vobject==0.9.9 icalendar==7.3.2 tzdata==2026.6

"$dir/venv/bin/python" - <<'PY'
import sys
from datetime import datetime, timezone
from zoneinfo import ZoneInfo
import icalendar
import vobject


def utc(moment):
    return moment.astimezone(timezone.utc).strftime("%H:%M")


expected = [
    ("Europe/London", "GMT", "08:00", "08:00", "09:00"),
    ("America/New_York", "EST", "13:00", "13:00", "14:00"),
    ("America/Denver", "MST", "15:00", "15:00", "16:00"),
    ("Europe/Warsaw", "CET", "07:00", "07:00", "07:00"),
]
seen = []
for zone, *_ in expected:
    start = datetime(2026, 7, 10, 9, tzinfo=ZoneInfo(zone))
    calendar = vobject.iCalendar()
    event = calendar.add("vevent")
    event.add("uid").value = "webinar@example.com"
    event.add("summary").value = "Webinar"
    event.add("dtstart").value = start
    text = calendar.serialize()
    assert "BEGIN:VTIMEZONE" in text
    named = next(line for line in text.splitlines() if line.startswith("DTSTART;"))
    seen.append((
        zone, named.split("TZID=")[1].split(":")[0], utc(start),
        utc(vobject.readOne(text).vevent.dtstart.value),
        utc(icalendar.Calendar.from_ical(text).events[0].start),
    ))
row = "{:17} {:13} {:6} {:8} {}"
print(row.format("zone", "TZID written", "meant", "vobject", "icalendar"))
for line in seen:
    print(row.format(*line))
if seen != expected:
    sys.exit("Changed: vobject or icalendar no longer treat these zones as in 0.9.9 and 7.3.2.")
print("As described: three of the four are an hour late in icalendar.")
PY
