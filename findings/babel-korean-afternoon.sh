#!/usr/bin/env bash
# Babel 2.19.0 reads the afternoon it has just written in Korean as the morning.
#
# One would guess: parse_time() reads what format_time() writes for the same
#   locale. Babel carries the Korean words for morning and afternoon, and an
#   English "2:30 PM" is read as 14:30.
# What happens: only the Latin letters "pm" are looked for in the text. Korean,
#   Greek, traditional Chinese, and even Canadian English ("p.m.") have another
#   word, so the time is taken as it stands: 12 hours early, without an error.
# Why it matters: a webinar's hour typed by a Korean or Canadian host moves to
#   the middle of the night. Tests in en_US, or in a 24-hour locale, see nothing.
#   Use a time picker, or ask for 24-hour time.
#
# Seen on 2026-11-30:
#   en_US  '2:30\u202fPM' -> 14:30
#   pl     '14:30' -> 14:30
#   ko     '오후 2:30' -> 02:30
#   zh_TW  '下午2:30' -> 02:30
#   el     '2:30\u202fμ.μ.' -> 02:30
#   en_CA  '2:30\u202fp.m.' -> 02:30
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install babel==2.19.0

PYTHONIOENCODING=utf-8 "$dir/venv/bin/python" - <<'PY'
import sys
from datetime import time
from babel.dates import format_time, parse_time

expected = {
    "en_US": time(14, 30), "pl": time(14, 30),
    "ko": time(2, 30), "zh_TW": time(2, 30), "el": time(2, 30), "en_CA": time(2, 30),
}
seen = {}
for locale in expected:
    written = format_time(time(14, 30), "short", locale=locale)
    seen[locale] = parse_time(written, locale=locale, format="short")
    print(f"{locale:6} {written!r} -> {seen[locale]:%H:%M}")
if seen != expected:
    sys.exit("Changed: Babel no longer reads these afternoons as it did in 2.19.0.")
print("As described: four locales get their afternoon back as the small hours.")
PY
