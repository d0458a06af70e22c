"""A survey's questions, their kinds and conditions, and which one comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["nps", "csat", "ces", "choice", "choices", "scale", "text"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Answer = int | str | tuple[str, ...]
"""A number; an option or a text; the options chosen."""

Answers = Mapping[str, Answer | None]
"""Answers so far, by question's key; None where it was passed over."""

BOUNDS: dict[Kind, tuple[int, int]] = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
"""The lowest and the highest answer of the kinds that have theirs; a scale says its own."""

RATED: tuple[Kind, ...] = ("nps", "csat", "ces", "scale")


@dataclass(frozen=True, slots=True)
class Condition:
    """What an earlier question's answer has to be for this one to be asked: all that is given holds.

    Of several options chosen, one that is among those wanted is enough.
    """

    question: str
    at_least: int | None = None
    at_most: int | None = None
    among: tuple[int | str, ...] | None = None
    value: int | str | None = None

    def allows(self, answer: int | str) -> bool:
        """Return whether this one number or option is wanted."""
        if self.value is not None and answer != self.value:
            return False
        if self.among is not None and answer not in self.among:
            return False
        if self.at_least is None and self.at_most is None:
            return True
        return (
            isinstance(answer, int)
            and (self.at_least is None or answer >= self.at_least)
            and (self.at_most is None or answer <= self.at_most)
        )

    def holds(self, answers: Answers) -> bool:
        """Return whether the answer is wanted; never where the question was not asked or was passed over."""
        answer = answers.get(self.question)
        if isinstance(answer, tuple):
            return any(self.allows(option) for option in answer)
        return answer is not None and self.allows(answer)

    def __str__(self) -> str:
        """As a sentence has it: `score at most 6`."""
        parts = [
            *([] if self.value is None else [f"{self.value}"]),
            *([] if self.among is None else [f"one of {', '.join(map(str, self.among))}"]),
            *([] if self.at_least is None else [f"at least {self.at_least}"]),
            *([] if self.at_most is None else [f"at most {self.at_most}"]),
        ]
        return f"{self.question} {' and '.join(parts)}"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `options` are the keys of a choice, `lowest` and `highest` the ends of a scale."""

    key: str
    kind: Kind
    conditions: tuple[Condition, ...] = ()
    options: tuple[str, ...] = ()
    lowest: int = 1
    highest: int = 5

    @property
    def bounds(self) -> tuple[int, int]:
        """The lowest and the highest answer."""
        return BOUNDS.get(self.kind, (self.lowest, self.highest))

    def possible(self) -> tuple[int | str, ...]:
        """Return every single answer there is: numbers or options; none of a text."""
        if self.kind in RATED:
            return tuple(range(self.bounds[0], self.bounds[1] + 1))
        return self.options

    def is_asked(self, answers: Answers) -> bool:
        """Return whether it is asked of whoever answered so."""
        return all(condition.holds(answers) for condition in self.conditions)


def next_question(questions: Sequence[Question], answers: Answers) -> Question | None:
    """Return the first question that is to be asked and was neither answered nor passed over; None at the end."""
    return next((each for each in questions if each.key not in answers and each.is_asked(answers)), None)


def kept_answers(questions: Sequence[Question], answers: Answers) -> dict[str, Answer]:
    """Return the answers to what was asked: without those to questions that an earlier answer, changed, took away."""
    kept: dict[str, Answer] = {}
    for question in questions:
        answer = answers.get(question.key)
        if answer is not None and question.is_asked(kept):
            kept[question.key] = answer
    return kept
