import re

import pytest

from handlers.command_words import read
from handlers.rewards.goals import NONE
from messages.help import help_message
from messages.kit.reader import SPOKEN, Reader
from tests.handlers.scenes import WORDS
from tests.support.workspace import Town


def test_points_say_how_one_stands_and_what_comes_next(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=3, days=9)
    town.uses("northwind", "ania", times=1, minutes=18)
    town.uses("hanbit", "ania", times=50)
    reply = town.types("U_ANIA", "/points")
    assert reply.only_visible_to_them
    assert reply.text == (
        "*60 points to spend*, 15 earned this week.\n"
        "40 to go to *Explorer*: for instance report scheduled, 3 times.\n"
        "Latest: report scheduled, +15, today 10:12.\n"
        "Why these points · Rewards · My settings · What you can ask\n"
        "Only you see this."
    )


def test_why_opens_event_rule_version_and_instant(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", days=1)
    reply = town.presses(town.types("U_ANIA", "/points"), "Why these points")
    assert reply.text == (
        "*Why these points*\n"
        "*+15* report scheduled, yesterday 10:30. Rule report, version 1.\n"
        "History · Statement · My points\n"
        "Only you see this."
    )
    assert town.types("U_ANIA", "/points why").text == reply.text


def test_earlier_entries_are_a_press_away_none_twice_none_missing(town: Town) -> None:
    town.joins("U_ANIA")
    for hours in range(20):
        town.uses("northwind", "ania", hours=hours)
    reply = town.types("U_ANIA", "/points why")
    seen = [line for line in reply.text.splitlines() if line.startswith("*+15*")]
    while "Earlier entries" in reply.buttons:
        reply = town.presses(reply, "Earlier entries")
        seen += [line for line in reply.text.splitlines() if line.startswith("*+15*")]
    assert len(seen) == len(set(seen)) == 20


def test_help_has_a_button_for_everything(town: Town) -> None:
    reply = town.types("U_ANIA", "/points help")
    assert reply.buttons == [
        "My points",
        "Why these points",
        "History",
        "Statement",
        "Leaderboard",
        "My place",
        "Rewards",
        "My requests",
        "My goal",
        "Webinars",
        "Rules",
        "My settings",
    ]


def test_a_mistyped_word_is_met_with_the_nearest(town: Town) -> None:
    assert "I don't know “whz”. Did you mean `/points why`?" in town.types("U_ANIA", "/points whz").text
    assert "`/points help` says what there is." in town.types("U_ANIA", "/points xyzzy").text


@pytest.mark.parametrize("language", SPOKEN)
def test_each_word_that_help_names_is_understood(language: str) -> None:
    named = []
    for line in help_message(Reader(language), manages=True).text.splitlines():
        command = ""
        for begins, words in re.findall(r"`(/\w+)? ?([^`]*)`", line):
            command = begins or command
            named.append((command, words))
    assert {command for command, _ in named} == set(WORDS)
    for command, words in named:
        known = {str(word): tuple(spellings) for word, spellings in WORDS[command].items()}
        assert read(words, {**known, **NONE}).unknown is None, f"{command} {words}"


def test_words_are_understood_in_every_language(town: Town) -> None:
    town.joins("U_ANIA")
    for word in ("why", "Dlaczego", "왜"):
        assert town.types("U_ANIA", f"/points {word}").text.startswith("*Why these points*")


def test_what_people_type_pings_nobody(town: Town) -> None:
    reply = town.types("U_ANIA", "/points <!channel>")
    assert "<!channel>" not in reply.text
    assert "&lt;!channel&gt;" in reply.text


def test_outside_a_clients_channel_a_member_is_known_and_a_stranger_helped(town: Town) -> None:
    town.joins("U_ANIA")
    assert town.types("U_ANIA", "/points", channel="C_LOOSE").text.startswith("*No points yet.*")
    assert town.types("U_NEW", "/points", channel="C_LOOSE").text.startswith("I can't tell which company")


def test_an_account_manager_is_shown_to_the_desk_where_nobody_is_meant(town: Town) -> None:
    town.types("U_EWA", "/desk")
    reply = town.types("U_EWA", "/points", channel="C_LOOSE")
    assert reply.text.startswith("Nie wiem, o którego klienta chodzi.")
    assert reply.buttons == ["Moje biurko"]


def test_in_another_clients_channel_one_is_not_a_member(town: Town) -> None:
    town.joins("U_JUN", channel="C_HANBIT")
    assert town.types("U_JUN", "/points").text.startswith("*참여하신 분을 위한 기능이에요.*")
