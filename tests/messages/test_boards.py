"""Boards as pictures."""

import pytest

from leaderboards.periods import PERIODS, Period
from messages import boards
from messages.words import Reader
from tests.messages.samples import board

NEW = {"all": ""}
"""What stands beside whoever was not there in the period before, where it is not "new"."""


@pytest.mark.parametrize("period", PERIODS)
def test_nobody_is_new_on_a_chart_that_has_no_period_before_it(period: Period) -> None:
    assert boards.public_chart(Reader("en"), board(period)).new == NEW.get(period, "new")
