"""Intervals hold as often as they say, counted over every outcome there is."""

from math import comb, sqrt

import pytest

from loyalty.surveys.figures.intervals import Interval, adjusted_wald, census, jackknife
from loyalty.surveys.figures.student_t import t_quantile

MIXES = [
    (0.1, 0.3, 0.6), (0.2, 0.2, 0.6), (0.2, 0.4, 0.4), (0.3, 0.3, 0.4), (0.4, 0.2, 0.4), (0.5, 0.3, 0.2),
    (0.6, 0.2, 0.2), (0.05, 0.25, 0.7), (0.5, 0.0, 0.5),
]  # fmt: skip
"""Shares of detractors, passives, promoters."""


def coverage(answers: int, mix: tuple[float, float, float]) -> float:
    """How often the interval holds the true score, over every outcome of so many answers."""
    true = 100 * (mix[2] - mix[0])
    held = 0.0
    for low in range(answers + 1):
        for high in range(answers + 1 - low):
            found = adjusted_wald({-100: low, 0: answers - low - high, 100: high}, lowest=-100, highest=100)
            assert found.low is not None
            assert found.high is not None
            if found.low <= true <= found.high:
                ways = comb(answers, low) * comb(answers - low, high)
                held += ways * mix[0] ** low * mix[1] ** (answers - low - high) * mix[2] ** high
    return held


def test_the_interval_by_answer_holds_nine_times_in_ten_at_least_and_94_in_100_on_average() -> None:
    found = {(answers, mix): coverage(answers, mix) for answers in (5, 8, 10, 20) for mix in MIXES}
    assert sum(found.values()) / len(found) >= 0.94
    for (answers, mix), share in found.items():
        # Five answers, and none between the ends, leave so few outcomes that the share moves in steps.
        assert share >= (0.88 if answers == 5 or mix == (0.5, 0.0, 0.5) else 0.90)


def test_ten_answers_by_hand() -> None:
    # 6 promoters, 2 passives, 2 detractors, and the three that are added.
    found = adjusted_wald({100: 6, 0: 2, -100: 2}, lowest=-100, highest=100)
    share_up, share_down = 6.75 / 13, 2.75 / 13
    centre = share_up - share_down
    reach = 1.959964 * sqrt((share_up + share_down - centre**2) / 13)
    assert found.value == 40
    assert found.low == pytest.approx(100 * (centre - reach))
    assert found.high == pytest.approx(100 * (centre + reach))
    assert found.method == "adjusted_wald"


def test_ends_are_cut_at_the_scale() -> None:
    found = adjusted_wald({5: 50}, lowest=1, highest=5)
    assert (found.value, found.high) == (5, 5)
    assert found.low == pytest.approx(4.7, abs=0.1)


def test_five_accounts_by_hand() -> None:
    # Of a plain mean, leaving out each in turn gives the standard error of the mean: deviation / √5.
    scores = [50, 0, 20, -10, 40]
    found = jackknife(scores, [1] * 5, lowest=-100, highest=100)
    deviation = sqrt(sum((score - 20) ** 2 for score in scores) / 4)
    reach = 2.7764451 * deviation / sqrt(5)
    assert (found.value, found.method) == (20, "jackknife")
    assert found.low == pytest.approx(20 - reach)
    assert found.high == pytest.approx(20 + reach)


def test_weights_by_hand() -> None:
    found = jackknife([50, 0, 20, -10, 40], [4, 1, 2, 2, 1], lowest=-100, highest=100)
    mean = (200 + 0 + 40 - 20 + 40) / 10
    left_out = [60 / 6, 260 / 9, 220 / 8, 280 / 8, 220 / 9]
    middle = sum(left_out) / 5
    error = sqrt(4 / 5 * sum((each - middle) ** 2 for each in left_out))
    assert found.value == mean
    # As good as 100 / 26 accounts.
    assert found.high == pytest.approx(mean + t_quantile(0.975, 100 / 26 - 1) * error)
    scaled = jackknife([50, 0, 20, -10, 40], [4000, 1000, 2000, 2000, 1000], lowest=-100, highest=100)
    assert scaled.low == pytest.approx(found.low)
    assert scaled.high == pytest.approx(found.high)


def test_few_accounts_have_no_interval_nor_have_those_of_which_one_decides() -> None:
    assert jackknife([50, 0, 20, -10], [1] * 4, lowest=-100, highest=100) == Interval(
        15, None, None, "too_few_accounts"
    )
    found = jackknife([50, 0, 20, -10, 40], [90, 1, 1, 1, 1], lowest=-100, highest=100)
    assert (found.low, found.high, found.method) == (None, None, "one_account_decides")


def test_where_everybody_answered_nothing_is_left_to_chance() -> None:
    assert census(12.5) == Interval(12.5, 12.5, 12.5, "census")
