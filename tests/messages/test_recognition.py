"""What a channel is told, word for word."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from leaderboards.boards import Board
from leaderboards.highlights import Improved
from leaderboards.periods import span_of
from loyalty.recognition.shoutouts import Shoutout, ShoutoutFacts
from messages import recognition
from messages.boards import board as boards
from messages.kit.blocks import MAX_SECTION_CHARS
from messages.kit.reader import Reader

WEEK = span_of("week", dt.date(2026, 3, 10))
TEAM = Board(account="Northwind", mode="team", period="week", span=WEEK, total=820, total_before=760, per_seat=94)


SAID = {
    "en": """\
*Northwind, 9–15 March: 820 points together, 60 more than the week before.*
94 points per active person.
My week · My settings""",
    "pl": """\
*Northwind, 9–15 marca: razem 820 punktów, o 60 więcej niż tydzień wcześniej.*
94 punkty na aktywną osobę.
Mój tydzień · Moje ustawienia""",
    "ko": """\
*Northwind, 3월 9일~15일: 함께 모은 820점, 이전 주보다 60점 많아요.*
활동한 사람 한 명당 94점이에요.
나의 한 주 · 내 설정""",
}


@pytest.mark.parametrize("language", SAID)
def test_the_weekly_board_says_what_an_active_person_earned_on_average(language: str) -> None:
    assert boards.board_message(Reader(language), TEAM, {}).text == SAID[language]


def test_among_a_few_it_does_not() -> None:
    board = replace(TEAM, mode="board", per_seat=None, improved=(Improved("Jun Park", 1),))
    assert "per active person" not in boards.board_message(Reader(), board, {}).text


def gathered(people: int, **facts: Any) -> ShoutoutFacts:
    plain: dict[str, Any] = {"milestone": "steady", "badge": None, "says": None, "figure": None}
    told = [Shoutout(reached_id=n, name=f"Person {n} {'&' * 60}", **(plain | facts)) for n in range(1, people + 1)]
    return ShoutoutFacts(account_id=1, account="Northwind", language="en", timezone="UTC", shoutouts=tuple(told))


@pytest.mark.parametrize("people", [1, 20, 21, 51, 100])
def test_however_many_gather_the_post_fits_into_a_message_and_names_each(people: int) -> None:
    said = recognition.shoutout_message(Reader(), gathered(people))
    assert [f"*Person {n} " in said.text for n in range(1, people + 1)] == [True] * people
    assert said.text == "\n".join(block["text"]["text"] for block in said.blocks)
    assert len(said.blocks) <= 20
    assert all(len(block["text"]["text"]) <= MAX_SECTION_CHARS for block in said.blocks)


def test_of_more_than_a_hundred_it_says_how_many_they_are() -> None:
    said = recognition.shoutout_message(Reader(), gathered(103))
    assert said.text.endswith("\nAnd 3 more.")
    assert "Person 100 " in said.text
    assert "Person 101 " not in said.text
