"""Programme files to begin from: always two clients."""

from collections.abc import Sequence

import pytest

from loyalty.programme import ProgrammeError, read

CLIENTS = """\
programme: {name: Orbit Champions}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw, cohort: pilot}
  - {key: haneul, name: Haneul, timezone: Asia/Seoul}
"""
REWARDS = (
    CLIENTS
    + """\
value_cap: 200.5
gifts: {monthly: 2000}
tiers:
  members:
    - {key: silver, name: {en: Silver, pl: Srebro}, points: 500, over: 12 months, benefits: [A trainer's hour]}
    - {key: gold, points: 1500, over: 52 weeks, grace: 2 months}
  accounts:
    - {key: grown, points: 9000, over: 12 months}
    - {key: partner, by: choice}
rewards:
  - {key: advanced, kind: training_seat, name: Advanced reporting, worth: A day with a trainer, cost: 400, value: 90.1,
     stock: 20, limit: {times: 1, per: year}, for: {roles: [user, champion], tiers: [silver], accounts: [haneul],
     vip: true}, approval: {above: 0}, wait: 7 days, fulfilled: at_once, gives: {en: Come at nine, ko: 아홉 시}}
  - {key: treat, kind: team_treat, name: Lunch together, worth: Time to talk, cost: 3000, value: 150, paid_by: pool}
"""
)
MARK = "# here"


def refused(text: str) -> list[tuple[int, str]]:
    """Return what is wrong with a file: lines and messages."""
    with pytest.raises(ProgrammeError) as caught:
        read(text)
    return [(problem.line, problem.message) for problem in caught.value.problems]


def marked(text: str, messages: Sequence[str]) -> list[tuple[int, str]]:
    """Return messages with the lines on which the file says `# here`, one for each."""
    lines = [number for number, line in enumerate(text.split("\n"), start=1) if MARK in line]
    assert len(lines) == len(messages)
    return list(zip(lines, messages, strict=True))
