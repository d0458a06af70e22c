"""Surveys drawn at random: cells, answers, and the managers who ask for them."""

import random
from collections import Counter
from dataclasses import dataclass

from loyalty.surveys.disclosure.groups import Group, offer

ACCOUNTS = ("northwind", "haneul", "acme", "globex")
ROLES = ("admin", "analyst", "buyer")
COHORTS = ("early", "late")
CLASSES = ("detractor", "passive", "promoter")


@dataclass(frozen=True)
class Survey:
    cells: list[dict[str, str]]
    tallies: list[Counter[str]]
    managers: dict[str, list[str]]
    dimensions: tuple[str, ...]

    def everything(self) -> tuple[Group, ...]:
        """What all readers together are offered."""
        return offer(self.cells, self.dimensions, self.managers)


def survey(seed: int) -> Survey:
    chance = random.Random(seed)  # noqa: S311 - drawn again alike, and no secret
    accounts = ACCOUNTS[: chance.randint(2, 4)]
    roles = ROLES[: chance.randint(1, 3)]
    cohorts = COHORTS[: chance.choice((1, 1, 2))]
    cells = [
        {"account": account, "role": role, "cohort": cohort}
        for account in accounts
        for role in roles
        for cohort in cohorts
        if chance.random() < 0.95
    ]
    mean = chance.choice((1.5, 4, 8, 20))
    tallies = [_answers(chance, mean) for _ in cells]
    managers = {name: [each for each in accounts if chance.random() < 0.5] for name in ("ewa", "jun")}
    dimensions = ("account", "role", "cohort")[: chance.choice((1, 2, 2, 3, 3))]
    return Survey(cells, tallies, managers, dimensions)


def _answers(chance: random.Random, mean: float) -> Counter[str]:
    promoters = chance.choice((0.1, 0.3, 0.5, 0.7, 0.95))
    weights = ((1 - promoters) / 2, (1 - promoters) / 2, promoters)
    return Counter(chance.choices(CLASSES, weights, k=round(chance.expovariate(1 / mean))))
