#!/usr/bin/env bash
# Library: weightipy 0.4.2 (raking weights for surveys), with pandas 3.1.1
#
# What one would guess: people of a group for which no target was given are
#   refused with an error, or get no weight. Either way the groups that do have
#   a target end up with the shares asked for.
# What happens: they keep a weight of 1, and with the usual call nothing is said
#   (the warning is printed with verbose=True only). The groups with targets are
#   scaled to the size of the whole sample and the forgotten one comes on top:
#   twenty answers weigh thirty-two, and a target of 50 % becomes 31 %.
# Why it matters: a team founded or renamed after the targets were written down
#   is the ordinary case. The weighted score moves a long way while every weight
#   looks reasonable.
# Seen on 2026-11-30 (Sales all give 9, Support all give 2, Finance all give 10):
#   20 answers, sum of weights 32.0
#   Sales: target 50 %, share 31.2 %
#   Support: target 50 %, share 31.2 %
#   Finance: no target, share 37.5 %
#   printed by the library: nothing
#   weighted NPS 37.5, of the two groups with a target 0.0
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet weightipy==0.4.2 pandas==3.1.1

cat > "$work/look.py" <<'PY'
import contextlib
import io
import sys

import pandas
import weightipy

targets = {"Sales": 50.0, "Support": 50.0}
answers = pandas.DataFrame(
    {
        "team": ["Sales"] * 6 + ["Support"] * 2 + ["Finance"] * 12,
        "score": [9] * 6 + [2] * 2 + [10] * 12,
    }
)
said = io.StringIO()
with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
    scheme = weightipy.scheme_from_dict({"team": targets})
    table = weightipy.weight_dataframe(answers, scheme, weight_column="weight")


def nps(part):
    up = part.weight[part.score >= 9].sum()
    down = part.weight[part.score <= 6].sum()
    return 100 * (up - down) / part.weight.sum()


total = table.weight.sum()
seen = [f"{len(table)} answers, sum of weights {total:.1f}"]
for team in ("Sales", "Support", "Finance"):
    share = 100 * table.weight[table.team == team].sum() / total
    target = f"target {targets[team]:.0f} %" if team in targets else "no target"
    seen.append(f"{team}: {target}, share {share:.1f} %")
seen.append(f"printed by the library: {said.getvalue().strip() or 'nothing'}")
held = nps(table[table.team.isin(list(targets))])
seen.append(f"weighted NPS {nps(table):.1f}, of the two groups with a target {held:.1f}")

noted = [
    "20 answers, sum of weights 32.0",
    "Sales: target 50 %, share 31.2 %",
    "Support: target 50 %, share 31.2 %",
    "Finance: no target, share 37.5 %",
    "printed by the library: nothing",
    "weighted NPS 37.5, of the two groups with a target 0.0",
]
print("\n".join(seen))
if seen != noted:
    sys.exit("Changed: weightipy now treats a group without a target differently.")
print("As noted: a group without a target silently keeps weight 1 and moves the score.")
PY
"$work/venv/bin/python" "$work/look.py"
