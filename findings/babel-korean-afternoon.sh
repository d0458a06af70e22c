#!/usr/bin/env bash
# Library: Babel 2.19.0 (texts, numbers and times of many languages)
#
# What one would guess: what format_time writes in a language, parse_time reads
#   back in that language; if a word for morning or afternoon is not understood,
#   it raises an error.
# What happens: in Korean the word is passed over. 오후 3:15 (a quarter past three
#   in the afternoon) is read as 03:15 and 오전 12:30 (half past midnight) as
#   12:30. Of the twenty-four full hours twelve come back as another hour,
#   none with an error. Polish, which writes 24 hours, has all of them right.
# Why it matters: whoever lets people type when a survey opens or closes, and
#   reads it with the library that printed the example beside the field, opens
#   it twelve hours off in one language of three.
# Seen on 2026-11-30:
#   ko: 오후 3:15 -> 03:15, 오전 12:30 -> 12:30, 오전 9:05 -> 09:05
#   ko: full hours read back as another hour: 12, refused: 0
#   pl: full hours read back as another hour: 0, refused: 0
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONIOENCODING=utf-8
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet Babel==2.19.0

cat > "$work/look.py" <<'PY'
import datetime
import sys

from babel.dates import format_time, parse_time


def there_and_back(locale):
    other = refused = 0
    for hour in range(24):
        text = format_time(datetime.time(hour), "short", locale=locale)
        try:
            other += parse_time(text, locale=locale).hour != hour
        except ValueError:
            refused += 1
    return f"{locale}: full hours read back as another hour: {other}, refused: {refused}"


times = [datetime.time(15, 15), datetime.time(0, 30), datetime.time(9, 5)]
written = [format_time(time, "short", locale="ko") for time in times]
read = [f"{parse_time(text, locale='ko'):%H:%M}" for text in written]
seen = [
    "ko: " + ", ".join(f"{text} -> {time}" for text, time in zip(written, read)),
    there_and_back("ko"),
    there_and_back("pl"),
]
noted = [
    "ko: 오후 3:15 -> 03:15, 오전 12:30 -> 12:30, 오전 9:05 -> 09:05",
    "ko: full hours read back as another hour: 12, refused: 0",
    "pl: full hours read back as another hour: 0, refused: 0",
]
print("\n".join(seen))
if seen != noted:
    sys.exit("Changed: Babel now reads Korean times of the day in another way.")
print("As noted: a Korean afternoon is read as the morning.")
PY
"$work/venv/bin/python" "$work/look.py"
