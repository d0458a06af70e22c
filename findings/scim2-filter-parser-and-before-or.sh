#!/usr/bin/env bash
# Library: scim2-filter-parser 0.7.0 (SCIM filters to SQL conditions)
#
# What one would guess: "and" binds closer than "or", as RFC 7644 section
#   3.4.2.2 asks and as SQL and Python do: "A or B and C" is "A or (B and C)".
# What happens: the two are equally strong and read from left to right, so
#   "A or B and C" becomes "(A or B) and C", whereas "C and B or A" comes out as
#   the standard says. The same condition in another order finds other people.
# Why it matters: an identity system that asks for "this person, or everybody
#   active in that department" gets a shorter list, without an error, and takes
#   whoever is missing for somebody who left. Brackets in the filter settle it.
# Seen on 2026-11-30 (three people; the standard's answer is ala, kim, lee both times):
#   userName eq "ala" or title eq "Lead" and active eq true -> kim lee
#   active eq true and title eq "Lead" or userName eq "ala" -> ala kim lee
#   userName eq "ala" or (title eq "Lead" and active eq true) -> ala kim lee
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet scim2-filter-parser==0.7.0

cat > "$work/look.py" <<'PY'
import sqlite3
import sys

from scim2_filter_parser.queries import SQLQuery

people = sqlite3.connect(":memory:")
people.execute("CREATE TABLE people (name TEXT, title TEXT, active TEXT)")
people.executemany(
    "INSERT INTO people VALUES (?, ?, ?)",
    [("ala", "Analyst", "FALSE"), ("kim", "Lead", "TRUE"), ("lee", "Lead", "TRUE")],
)
columns = {
    ("userName", None, None): "people.name",
    ("title", None, None): "people.title",
    ("active", None, None): "people.active",
}


def found(text):
    query = SQLQuery(text, "people", columns, ())
    condition = query.where_sql
    for name in query.params_dict:
        condition = condition.replace("{" + str(name) + "}", ":" + str(name))
    rows = people.execute(
        f"SELECT name FROM people WHERE {condition} ORDER BY name",
        {str(name): value for name, value in query.params_dict.items()},
    )
    return " ".join(row[0] for row in rows)


filters = [
    'userName eq "ala" or title eq "Lead" and active eq true',
    'active eq true and title eq "Lead" or userName eq "ala"',
    'userName eq "ala" or (title eq "Lead" and active eq true)',
]
seen = [f"{text} -> {found(text)}" for text in filters]
noted = [
    f"{filters[0]} -> kim lee",
    f"{filters[1]} -> ala kim lee",
    f"{filters[2]} -> ala kim lee",
]
print("\n".join(seen))
if seen != noted:
    sys.exit("Changed: scim2-filter-parser no longer reads 'or' and 'and' from left to right.")
print("As noted: 'A or B and C' is read as '(A or B) and C'.")
PY
"$work/venv/bin/python" "$work/look.py"
