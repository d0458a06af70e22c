"""Boards as pictures."""

from dataclasses import replace

from messages.boards import board as boards
from messages.kit.reader import Reader
from tests.messages.samples import board


def test_somebody_is_new_on_a_chart_where_others_had_a_rank_before() -> None:
    assert boards.public_chart(Reader("en"), board()).new == "new"


def test_nobody_is_new_on_a_chart_where_nobody_had_a_rank_before() -> None:
    first = replace(board(), rows=tuple(replace(row, moved=None) for row in board().rows))
    assert boards.public_chart(Reader("en"), first).new == ""
