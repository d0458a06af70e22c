#!/usr/bin/env bash
# Library: morfeusz2 1.99.15 (morphological analyser of Polish)
#
# What one would guess: words beginning with "nie" are all treated in one way.
#   Since "nieczytelny" (unreadable) keeps its "nie" in the lemma, so do
#   "niedziałający" (not working) and "niewspierany" (not supported).
# What happens: adjectives keep it; participles and verbal nouns lose it. The
#   lemma of "niedziałający" is "działać" (to work), the one of "niedziałanie"
#   (failure to work) too. That it was negated stands only in the tag, as the
#   very last part: "neg" where the affirmative word has "aff".
# Why it matters: who counts themes by lemma puts "niedziałające linki" (broken
#   links) with "działające linki" (working links). Whether a complaint turns
#   into praise hangs on its part of speech, which nobody sees in the result.
# Seen on 2026-11-30:
#   nieczytelny -> nieczytelny
#   nieprzydatne -> nieprzydatny
#   niedziałające -> działać (neg)
#   działające -> działać (aff)
#   niedziałanie -> działać (neg)
#   niewspierany -> wspierać (neg)
#   wspierany -> wspierać (aff)
#   nieaktualizowane -> aktualizować (neg)
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONIOENCODING=utf-8
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet morfeusz2==1.99.15

cat > "$work/look.py" <<'PY'
import sys

import morfeusz2

words = (
    "nieczytelny nieprzydatne niedziałające działające niedziałanie "
    "niewspierany wspierany nieaktualizowane"
)
analyser = morfeusz2.Morfeusz()
seen = []
for word in words.split():
    found = set()
    for _, _, (_, lemma, tag, *_) in analyser.analyse(word):
        mark = next((m for m in ("neg", "aff") if m in tag.split(":")), "")
        found.add(lemma.split(":")[0] + (f" ({mark})" if mark else ""))
    seen.append(f"{word} -> " + ", ".join(sorted(found)))

noted = [
    "nieczytelny -> nieczytelny",
    "nieprzydatne -> nieprzydatny",
    "niedziałające -> działać (neg)",
    "działające -> działać (aff)",
    "niedziałanie -> działać (neg)",
    "niewspierany -> wspierać (neg)",
    "wspierany -> wspierać (aff)",
    "nieaktualizowane -> aktualizować (neg)",
]
print("\n".join(seen))
if seen != noted:
    sys.exit("Changed: the lemmas of negated Polish participles are no longer the ones noted.")
print("As noted: the lemma of a negated participle is the affirmative verb.")
PY
"$work/venv/bin/python" "$work/look.py"
