#!/usr/bin/env bash
# x-wr-timezone 2.0.1 turns a weekly course's second part into the next day.
#
# One would guess: a calendar's X-WR-TIMEZONE line says in which zone to show
#   it, so adding the line changes no moment; if the library converts the start
#   from UTC to that zone, the weekday in the rule moves along with it.
# What happens: the start goes from Friday 00:30 UTC to Thursday 20:30 in New
#   York, but BYDAY=FR stays. The second part is then Friday 20:30 in New York,
#   twenty-four hours after the first, and every later part is six days early.
#   recurring-ical-events 3.8.2 converts so by itself when it meets the line.
# Why it matters: an American evening or an Asian morning is on another day in
#   UTC, which is where exporters that write UTC put the rule. Nothing is
#   missing, so the count of parts looks right. Leave the line out of what you
#   write, and list the dates one by one rather than by a rule.
#
# Seen on 2026-11-30:
#   without the line: Fri 11 Sep 00:30, Fri 18 Sep 00:30, Fri 25 Sep 00:30, Fri 02 Oct 00:30 (UTC)
#   with the line:    Fri 11 Sep 00:30, Sat 12 Sep 00:30, Sat 19 Sep 00:30, Sat 26 Sep 00:30 (UTC)
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install \
  x-wr-timezone==2.0.1 recurring-ical-events==3.8.2 icalendar==7.3.2 tzdata==2026.6

"$dir/venv/bin/python" - <<'PY'
import sys
from datetime import timezone
import icalendar
import recurring_ical_events
import x_wr_timezone

HEAD = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//course//EN"]
EVENT = [
    "BEGIN:VEVENT", "UID:course@example.com", "DTSTAMP:20260901T000000Z",
    "DTSTART:20260911T003000Z", "DTEND:20260911T013000Z",
    "RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20261003T000000Z",
    "SUMMARY:Course", "END:VEVENT", "END:VCALENDAR", "",
]


def parts(extra):
    calendar = icalendar.Calendar.from_ical("\r\n".join(HEAD + extra + EVENT))
    found = recurring_ical_events.of(x_wr_timezone.to_standard(calendar)).all()
    return [part.start.astimezone(timezone.utc).strftime("%a %d %b %H:%M") for part in found]


without, with_line = parts([]), parts(["X-WR-TIMEZONE:America/New_York"])
print("without the line:", ", ".join(without), "(UTC)")
print("with the line:   ", ", ".join(with_line), "(UTC)")
if without != ["Fri 11 Sep 00:30", "Fri 18 Sep 00:30", "Fri 25 Sep 00:30", "Fri 02 Oct 00:30"] or with_line != [
    "Fri 11 Sep 00:30", "Sat 12 Sep 00:30", "Sat 19 Sep 00:30", "Sat 26 Sep 00:30"
]:
    sys.exit("Changed: x-wr-timezone no longer leaves the weekday behind as in 2.0.1.")
print("As described: the second part comes a day after the first, not a week.")
PY
