"""Intervals at 95 % around a survey's figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Literal

from loyalty.surveys.figures.student_t import t_quantile

Method = Literal["adjusted_wald", "jackknife", "census", "one_account_decides", "too_few_accounts"]
"""How an interval was made; the last two say why there is none."""

CONFIDENCE = 0.95
MIN_ACCOUNTS = 5
MIN_EFFECTIVE_ACCOUNTS = 3

# Added to the answers of each end of the scale and to those of its middle: three in all.
_ADDED_AT_END = 0.75
_ADDED_AT_MIDDLE = 1.5

_UPPER = (1 + CONFIDENCE) / 2
_Z = NormalDist().inv_cdf(_UPPER)


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure, between which ends it lies, and how they were found; no ends where there are none to be had."""

    value: float
    low: float | None
    high: float | None
    method: Method


def census(value: float) -> Interval:
    """Return the figure by itself: all of the invited answered, so that nothing is left to chance."""
    return Interval(value, value, value, "census")


def adjusted_wald(answers: Mapping[float, int], *, lowest: float, highest: float) -> Interval:
    """Return the mean of answers by value on a scale, with ends that hold for few answers too.

    Three answers are added: ¾ at each end of the scale, 1½ at its middle (Bonett and Price; for NPS Rocks, 2016).
    """
    count = sum(answers.values())
    mean = sum(value * number for value, number in answers.items()) / count
    padded = dict(answers)
    for value, added in ((lowest, _ADDED_AT_END), ((lowest + highest) / 2, _ADDED_AT_MIDDLE), (highest, _ADDED_AT_END)):
        padded[value] = padded.get(value, 0) + added  # type: ignore[assignment]
    total = count + 2 * _ADDED_AT_END + _ADDED_AT_MIDDLE
    centre = sum(value * number for value, number in padded.items()) / total
    variance = sum((value - centre) ** 2 * number for value, number in padded.items()) / total
    return _cut(mean, centre, _Z * sqrt(variance / total), "adjusted_wald", lowest=lowest, highest=highest)


def jackknife(scores: Sequence[float], weights: Sequence[float], *, lowest: float, highest: float) -> Interval:
    """Return the weighted mean of accounts' scores, with ends by leaving out each account in turn.

    `t` has as many degrees of freedom as effective accounts, (Σw)²/Σw², less one: accounts less one where all weigh
    the same. No ends under five accounts, or under three effective ones.
    """
    mean = _mean(scores, weights)
    accounts = len(scores)
    effective = sum(weights) ** 2 / sum(weight * weight for weight in weights)
    if accounts < MIN_ACCOUNTS:
        return Interval(mean, None, None, "too_few_accounts")
    if effective < MIN_EFFECTIVE_ACCOUNTS:
        return Interval(mean, None, None, "one_account_decides")
    left_out = [_mean(_but(scores, each), _but(weights, each)) for each in range(accounts)]
    middle = sum(left_out) / accounts
    variance = (accounts - 1) / accounts * sum((value - middle) ** 2 for value in left_out)
    reach = t_quantile(_UPPER, effective - 1) * sqrt(variance)
    return _cut(mean, mean, reach, "jackknife", lowest=lowest, highest=highest)


def _mean(scores: Sequence[float], weights: Sequence[float]) -> float:
    return sum(score * weight for score, weight in zip(scores, weights, strict=True)) / sum(weights)


def _but(values: Sequence[float], position: int) -> list[float]:
    return [*values[:position], *values[position + 1 :]]


def _cut(value: float, centre: float, reach: float, method: Method, *, lowest: float, highest: float) -> Interval:
    return Interval(value, max(lowest, centre - reach), min(highest, centre + reach), method)
