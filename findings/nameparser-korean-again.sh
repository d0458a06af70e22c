#!/usr/bin/env bash
# nameparser 2.6.0 gives a Korean another family name when it reads its own
# output.
#
# One would guess: a library that knows Korean names (family name first, no
#   space, from the census list) writes them as Koreans do, or at any rate so
#   that it reads them back as the same person.
# What happens: 김민수 is read rightly, family name 김, given name 민수. str()
#   then puts the given name first, "민수 김", in Korean letters. Reading that
#   back, the first syllable counts as the family name: Mr Kim is now 민, 수, and
#   his family name has become a middle name.
# Why it matters: tidying a list of participants through str() is what the library
#   is used for; a second run over the tidied list, or over a report that writes
#   the given name first, finds nobody again. Match on the text as it was given,
#   and on the address before the name.
#
# Seen on 2026-11-30:
#   김민수 -> family 김, given 민수 -> written '민수 김' -> family 민, given 수, middle 김
#   김 민수 -> family 김, given 민수 -> written '민수 김' -> family 민, given 수, middle 김
#   Kim, Minsu -> family Kim, given Minsu -> written 'Minsu Kim' -> family Kim, given Minsu
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 -m venv "$dir/venv"
"$dir/venv/bin/pip" -q --disable-pip-version-check install nameparser==2.6.0

PYTHONIOENCODING=utf-8 "$dir/venv/bin/python" - <<'PY'
import sys
from nameparser import parse


def fields(name):
    text = f"family {name.family}, given {name.given}"
    return text + (f", middle {name.middle}" if name.middle else "")


seen = []
for given in ("김민수", "김 민수", "Kim, Minsu"):
    first = parse(given)
    again = parse(str(first))
    seen.append((fields(first), str(first), fields(again)))
    print(f"{given} -> {seen[-1][0]} -> written {seen[-1][1]!r} -> {seen[-1][2]}")
korean = ("family 김, given 민수", "민수 김", "family 민, given 수, middle 김")
latin = ("family Kim, given Minsu", "Minsu Kim", "family Kim, given Minsu")
if seen != [korean, korean, latin]:
    sys.exit("Changed: nameparser no longer writes and rereads Korean names as in 2.6.0.")
print("As described: the Korean family name changes on the second reading, the Latin one does not.")
PY
