"""A survey as it is when its results are made: what was asked, of whom, and what each cell answered."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from loyalty.surveys.disclosure.cells import Privacy
from loyalty.surveys.figures.nps import class_of
from loyalty.surveys.questions import RATED, Question

State = Literal["open", "closed"]

Distribution = Mapping[int | str, int]
"""Answers by value; of `choices`, how many chose each option."""


@dataclass(frozen=True, slots=True)
class CellAnswers:
    """What one cell answered. `by` has its value in each dimension.

    `answered` and `skipped` count people. `answers` has a distribution for each question, `given` how many answered
    it: needed where that is not the sum, of `choices` and texts.
    """

    by: Mapping[str, str]
    invited: int
    answered: int
    skipped: int = 0
    answers: Mapping[str, Distribution] = field(default_factory=dict)
    given: Mapping[str, int] = field(default_factory=dict)

    def number(self, question: str) -> int:
        """Return how many answered the question."""
        return self.given.get(question, sum(self.answers.get(question, {}).values()))


@dataclass(frozen=True, slots=True)
class Survey:
    """A survey with its answers, by cell; `accounts` asked, with their yearly value where known; managers' accounts."""

    key: str
    privacy: Privacy
    state: State
    questions: tuple[Question, ...]
    dimensions: tuple[str, ...]
    cells: tuple[CellAnswers, ...]
    accounts: Mapping[str, float | None]
    managers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    closed: dt.datetime | None = None

    def main(self) -> Question | None:
        """Return the question that groups are shown by: the first NPS asked of everybody, else the first rated one."""
        rated = [each for each in self.questions if each.kind in RATED and not each.conditions]
        return next((each for each in rated if each.kind == "nps"), rated[0] if rated else None)


def shown_tally(question: Question, distribution: Distribution) -> dict[str, int]:
    """Return answers by what would be shown of them: the class for NPS, else the value."""
    tally: dict[str, int] = {}
    for value, answers in distribution.items():
        name = class_of(value) if question.kind == "nps" and isinstance(value, int) else str(value)
        tally[name] = tally.get(name, 0) + answers
    return tally
