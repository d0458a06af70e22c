#!/usr/bin/env bash
# Library: clevercsv 0.8.5 (finds out how a CSV file is written)
#
# What one would guess: a file with one e-mail address a line has one column.
#   The library weighs cell types against each other and knows e-mail addresses
#   as a type of their own, so this is the file it should be surest about.
# What happens: it takes "@" for the delimiter and gives two columns, the part
#   before it and the domain. A column of ISO times is split at the colons, a
#   column of "Name Surname" at the blank. With a second column beside the
#   addresses the comma is found.
# Why it matters: "paste the addresses, one a line" is the most common roster of
#   all. It is read without an error, the first column looks like user names,
#   and two people of the same name at different companies are one.
# Seen on 2026-11-30:
#   addresses: delimiter '@', first row ['ala.nowak', 'alfa.example']
#   times: delimiter ':', first row ['2026-11-30T09', '00', '00']
#   names: delimiter ' ', first row ['Ala', 'Nowak']
#   addresses and teams: delimiter ',', first row ['ala.nowak@alfa.example', 'Sales']
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet clevercsv==0.8.5

cat > "$work/look.py" <<'PY'
import pathlib
import sys

import clevercsv

folder = pathlib.Path(sys.argv[1])
files = {
    "addresses": "email\nala.nowak@alfa.example\nmin.kim@beta.example\nala.nowak@beta.example\n",
    "times": "joined\n2026-11-30T09:00:00\n2026-11-29T10:30:00\n2026-11-28T08:15:00\n",
    "names": "name\nAla Nowak\nMin Kim\nOla Lis\n",
    "addresses and teams": (
        "email,team\nala.nowak@alfa.example,Sales\n"
        "min.kim@beta.example,Support\nala.nowak@beta.example,Sales\n"
    ),
}
seen = []
for label, text in files.items():
    name = folder / "roster.csv"
    name.write_text(text, encoding="utf-8")
    dialect = clevercsv.detect_dialect(name)
    rows = clevercsv.read_table(name)
    seen.append(f"{label}: delimiter {dialect.delimiter!r}, first row {rows[1]}")

noted = [
    "addresses: delimiter '@', first row ['ala.nowak', 'alfa.example']",
    "times: delimiter ':', first row ['2026-11-30T09', '00', '00']",
    "names: delimiter ' ', first row ['Ala', 'Nowak']",
    "addresses and teams: delimiter ',', first row ['ala.nowak@alfa.example', 'Sales']",
]
print("\n".join(seen))
if seen != noted:
    sys.exit("Changed: clevercsv now finds other delimiters in files of one column.")
print("As noted: a list of addresses is split at the @.")
PY
"$work/venv/bin/python" "$work/look.py" "$work"
