#!/usr/bin/env bash
# Library: svy 0.35.0 (survey estimates for Python), with polars 2.1.0
#
# What one would guess: a Wilson interval is the one recommended for shares near
#   nought and one, so asked for by name it gives forty promoters of forty a
#   range of about 91 % to 100 %. The beta interval gives nearly the same.
# What happens: ci_method="wilson" and ci_method="beta" give NaN for both ends
#   as soon as all answers agree; only "korn-graubard" gives a range. With one
#   dissenting answer of forty all of them work. mean() of the same column says
#   1.0 to 1.0: no doubt at all.
# Why it matters: small teams often answer with one voice, and the quarter's
#   report then has either no range or a range of no width. NaN compares false
#   with everything, so a rule such as "flag if the lower end is below 0.7"
#   says nothing about such a team.
# Seen on 2026-11-30:
#   40 of 40: wilson nan..nan, beta nan..nan, korn-graubard 0.912..1.000, mean 1.000..1.000
#   39 of 40: wilson 0.864..0.996, beta 0.866..0.999, korn-graubard 0.866..0.999, mean 0.924..1.026
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet svy==0.35.0 polars==2.1.0

cat > "$work/look.py" <<'PY'
import sys
import warnings

import polars
import svy

warnings.simplefilter("ignore")


def line(label, answers):
    table = polars.DataFrame({"promoter": answers, "weight": [1.0] * len(answers)})
    sample = svy.Sample(table, svy.Design(wgt="weight"))
    parts = []
    for method in ("wilson", "beta", "korn-graubard"):
        found = sample.estimation.prop("promoter", ci_method=method).estimates
        yes = next(e for e in found if e.y_level == 1)
        parts.append(f"{method} {yes.lci:.3f}..{yes.uci:.3f}")
    mean = sample.estimation.mean("promoter").estimates[0]
    parts.append(f"mean {mean.lci:.3f}..{mean.uci:.3f}")
    return f"{label}: " + ", ".join(parts)


seen = [line("40 of 40", [1] * 40), line("39 of 40", [1] * 39 + [0])]
noted = [
    "40 of 40: wilson nan..nan, beta nan..nan, korn-graubard 0.912..1.000, mean 1.000..1.000",
    "39 of 40: wilson 0.864..0.996, beta 0.866..0.999, korn-graubard 0.866..0.999, mean 0.924..1.026",
]
print("\n".join(seen))
if seen != noted:
    sys.exit("Changed: svy no longer gives NaN for a Wilson and a beta interval when all answers agree.")
print("As noted: asked for by name, Wilson has no range when everybody agrees.")
PY
"$work/venv/bin/python" "$work/look.py"
