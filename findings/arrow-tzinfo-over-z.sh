#!/usr/bin/env bash
# arrow 1.4.0 throws away the Z of a time when it is also told a zone.
#
# One would guess: arrow.get("2026-09-10T07:00:00Z", tzinfo="Europe/Warsaw") is
#   that moment, shown in Warsaw. The function's own description promises to
#   leave alone what is in UTC beyond doubt, and for a number of seconds it does.
# What happens: for a text the zone wins over a Z and over any written offset:
#   the clock's figures stay, the moment moves.
# Why it matters: meeting services hand over a start in UTC and, next to it, the
#   organiser's zone; putting both into one call is the natural thing to do, and
#   moves the meeting by the zone's whole offset. It is right wherever the zone is
#   UTC, as on most test machines. Read the text alone, then .to(zone).
#
# Seen on 2026-11-30:
#   1789023600                 tzinfo=Europe/Warsaw -> 2026-09-10T09:00:00+02:00
#   2026-09-10T07:00:00Z       tzinfo=Europe/Warsaw -> 2026-09-10T07:00:00+02:00
#   2026-09-10T16:00:00+09:00  tzinfo=Europe/Warsaw -> 2026-09-10T16:00:00+02:00
#   2026-09-10T07:00:00Z       then .to(zone)       -> 2026-09-10T09:00:00+02:00
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install arrow==1.4.0 tzdata==2026.6

"$dir/venv/bin/python" - <<'PY'
import sys
import arrow

ZONE = "Europe/Warsaw"
right = "2026-09-10T09:00:00+02:00"
seen = []
for given in (1789023600, "2026-09-10T07:00:00Z", "2026-09-10T16:00:00+09:00"):
    seen.append(arrow.get(given, tzinfo=ZONE).isoformat())
    print(f"{given!s:26} tzinfo={ZONE} -> {seen[-1]}")
seen.append(arrow.get("2026-09-10T07:00:00Z").to(ZONE).isoformat())
print(f"{'2026-09-10T07:00:00Z':26} {'then .to(zone)':20} -> {seen[-1]}")
if seen != [right, "2026-09-10T07:00:00+02:00", "2026-09-10T16:00:00+02:00", right]:
    sys.exit("Changed: arrow no longer puts the zone over the written offset as in 1.4.0.")
print("As described: the same moment in three notations becomes three moments.")
PY
