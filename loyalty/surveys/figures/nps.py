"""The three figures of an NPS: by answer, by account, by value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from loyalty.surveys.disclosure.unanimity import Tally
from loyalty.surveys.figures.intervals import Interval, adjusted_wald, census, jackknife

Class = Literal["promoter", "passive", "detractor"]

MIN_PROMOTER_ANSWER = 9
MAX_DETRACTOR_ANSWER = 6

LOWEST_SCORE, HIGHEST_SCORE = -100, 100

_WORTH: dict[str, int] = {"promoter": HIGHEST_SCORE, "passive": 0, "detractor": LOWEST_SCORE}


@dataclass(frozen=True, slots=True)
class AccountAnswers:
    """One account's answers by class, and its yearly value: None where it is not known."""

    account: str
    answers: Tally
    yearly_value: float | None = None


def class_of(answer: int) -> Class:
    """Return what somebody is who answered 0 to 10."""
    if answer >= MIN_PROMOTER_ANSWER:
        return "promoter"
    return "detractor" if answer <= MAX_DETRACTOR_ANSWER else "passive"


def score(answers: Tally) -> float:
    """Return the share of promoters less that of detractors, −100 to 100."""
    return sum(_WORTH[name] * number for name, number in answers.items()) / sum(answers.values())


def by_answer(answers: Tally, *, everybody: bool) -> Interval:
    """Return the score of all answers; `everybody`: all of the invited answered.

    Answers of one company resemble each other, which the ends do not know of.
    """
    if everybody:
        return census(score(answers))
    worth: Mapping[float, int] = {_WORTH[name]: number for name, number in answers.items()}
    return adjusted_wald(worth, lowest=LOWEST_SCORE, highest=HIGHEST_SCORE)


def by_account(accounts: Sequence[AccountAnswers], *, everybody: bool) -> Interval | None:
    """Return the mean of the accounts' scores; None without any that answered."""
    return _weighted([(score(each.answers), 1.0) for each in _answered(accounts)], everybody=everybody)


def by_value(accounts: Sequence[AccountAnswers], *, everybody: bool) -> Interval | None:
    """Return the mean of the accounts' scores, weighted by yearly value; None where none that answered has one."""
    valued = [(score(each.answers), each.yearly_value) for each in _answered(accounts) if each.yearly_value]
    return _weighted([(points, value) for points, value in valued if value], everybody=everybody)


def _answered(accounts: Sequence[AccountAnswers]) -> list[AccountAnswers]:
    return [each for each in accounts if sum(each.answers.values())]


def _weighted(scores: Sequence[tuple[float, float]], *, everybody: bool) -> Interval | None:
    if not scores:
        return None
    found = jackknife(
        [points for points, _ in scores],
        [weight for _, weight in scores],
        lowest=LOWEST_SCORE,
        highest=HIGHEST_SCORE,
    )
    return census(found.value) if everybody else found
