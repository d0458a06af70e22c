"""The three figures of an NPS, counted by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.surveys.figures.nps import AccountAnswers, by_account, by_answer, by_value, class_of, score

NORTHWIND = AccountAnswers("northwind", {"promoter": 6, "passive": 2, "detractor": 2}, 90_000)
HANEUL = AccountAnswers("haneul", {"promoter": 1, "passive": 1, "detractor": 2}, 10_000)


def test_each_answer_has_its_class() -> None:
    assert [class_of(answer) for answer in range(11)] == ["detractor"] * 7 + ["passive"] * 2 + ["promoter"] * 2


def test_two_clients_have_three_different_figures() -> None:
    both = {"promoter": 7, "passive": 3, "detractor": 4}
    assert by_answer(both, everybody=False).value == pytest.approx(300 / 14)
    # 40 and −25: their mean, and nine tenths of the one with one of the other.
    mean = by_account([NORTHWIND, HANEUL], everybody=False)
    assert mean is not None
    assert (mean.value, mean.low, mean.method) == (7.5, None, "too_few_accounts")
    valued = by_value([NORTHWIND, HANEUL], everybody=False)
    assert valued is not None
    assert valued.value == pytest.approx(33.5)


def test_whoever_did_not_answer_or_has_no_value_weighs_nothing() -> None:
    silent = AccountAnswers("acme", {}, 500_000)
    unknown = AccountAnswers("globex", {"promoter": 9}, None)
    mean = by_account([HANEUL, silent], everybody=False)
    valued = by_value([HANEUL, silent, unknown], everybody=False)
    assert mean is not None
    assert valued is not None
    assert (mean.value, valued.value) == (-25, -25)
    assert by_account([silent], everybody=False) is None
    assert by_value([unknown], everybody=False) is None


def test_where_everybody_answered_all_three_are_exact() -> None:
    found = [
        by_answer(NORTHWIND.answers, everybody=True),
        by_account([NORTHWIND, HANEUL], everybody=True),
        by_value([NORTHWIND, HANEUL], everybody=True),
    ]
    assert [each and each.low == each.high == each.value and each.method for each in found] == ["census"] * 3


@settings(deadline=None)
@given(st.integers(0, 50), st.integers(0, 50), st.integers(1, 50))
def test_a_score_and_its_ends_stay_on_the_scale(promoters: int, passives: int, detractors: int) -> None:
    answers = {"promoter": promoters, "passive": passives, "detractor": detractors}
    found = by_answer(answers, everybody=False)
    assert found.low is not None
    assert found.high is not None
    assert -100 <= found.low < found.high <= 100
    assert -100 <= score(answers) == found.value <= 100
