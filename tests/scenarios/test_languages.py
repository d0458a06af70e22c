"""Each listener, by command, button, window and event, speaks the language of whoever reads; none is left out."""

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from shutil import copy

import pytest

from bot.app import ROUTES
from handlers.request import Routes
from messages.kit.reader import SPOKEN, Reader
from storage.database import Database
from tests.conftest import acquainted
from tests.handlers.desk.scenes import MORE
from tests.handlers.desk.scenes import SCENES as DESK
from tests.handlers.rewards.gift_scenes import SCENES as GIVING
from tests.handlers.rewards.refusal_builders import NOT_JOINED, REFUSED
from tests.handlers.rewards.scenes import SCENES as REWARDS
from tests.handlers.scenes import SCENES, THIRTY, WORDS, Scene
from tests.handlers.webinars.desk_scenes import SCENES as WEBINAR_DESK
from tests.handlers.webinars.scenes import SCENES as WEBINARS
from tests.handlers.webinars.scenes import UNJOINED
from tests.messages.all_messages import every
from tests.support.languages import ACCOUNTS, Stage, foreign, open_tongue, seen
from tests.support.workspace import Town

ALL = (*SCENES, *REWARDS, *REFUSED, *GIVING, *DESK, *MORE, *WEBINARS, *WEBINAR_DESK, *UNJOINED)


@pytest.fixture(scope="module", params=SPOKEN)
def tongue(
    request: pytest.FixtureRequest, _sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Town]]:
    """A language, and a town in which everybody reads it; each scene has people of its own there."""
    path = copy(_sqlite_template, tmp_path_factory.mktemp("tongue") / "laurels.db")
    database = acquainted(Database(f"sqlite:///{path}"))
    with open_tongue(database, request.param) as town:
        yield request.param, town
    database.dispose()


@pytest.mark.parametrize("scene", ALL, ids=str)
def test_it_speaks_the_readers_language_and_no_other(tongue: tuple[str, Town], scene: Scene) -> None:
    language, town = tongue
    stage = Stage(town, language, ALL.index(scene))
    answers = [seen(shown) for shown in scene.act(stage)]
    assert answers
    for told in answers:
        for says in scene.says:
            assert says(stage.reader) in told
        assert foreign(language, told) == []


@pytest.mark.parametrize("language", SPOKEN)
def test_a_message_in_another_language_would_be_found(language: str) -> None:
    for spoken in SPOKEN:
        found = [bool(foreign(language, message.text)) for message in every(Reader(spoken))]
        assert set(found) == {spoken != language}


def test_every_listener_and_every_word_has_its_scene() -> None:
    kinds = {each.name for each in fields(Routes)}
    there = {(kind, str(name), "") for kind in kinds for name in getattr(ROUTES, kind)}
    there |= {("commands", command, str(word)) for command, words in WORDS.items() for word in words}
    assert sorted(
        (scene.kind, scene.id, scene.word) for scene in (*SCENES, *REWARDS, *GIVING, *DESK, *WEBINARS, *WEBINAR_DESK)
    ) == sorted(there)
    assert set(WORDS) == set(ROUTES.commands)


def test_ones_own_choice_goes_before_slacks_word_and_the_account_speaks_last(tongue: tuple[str, Town]) -> None:
    language, town = tongue
    stage = Stage(town, language, len(ALL))
    chosen = next(each for each in SPOKEN if each not in {language, ACCOUNTS[language]})
    settings = stage.types("/points settings", who=stage.member())
    for each in (chosen, "slack"):
        spoken = stage.presses(settings, "settings.language", value=each)
        reader = Reader(chosen if each == chosen else language)
        assert reader.say("From now on I speak English to you.") in spoken.text
        assert THIRTY(reader) in stage.types("/points").text
    mute = stage.types("/points", who="U_MUTE")
    assert NOT_JOINED[0](Reader(ACCOUNTS[language])) in mute.text
    assert foreign(ACCOUNTS[language], seen(mute)) == []


def test_what_help_names_is_understood(tongue: tuple[str, Town]) -> None:
    language, town = tongue
    stage = Stage(town, language, len(ALL) + 1)
    stage.member()
    unknown = stage.reader.say("I don't know “{word}”. {guess}", word="", guess="").partition("”")[0]
    for command in ("/points", "/leaderboard", "/rewards", "/rules", "/laurels"):
        for line in stage.types(f"{command} help").text.splitlines():
            named = re.findall("`([^`]+)`", line)
            for each in named:
                typed = each if each.startswith("/") else f"{named[0].partition(' ')[0]} {each}"
                assert not stage.types(typed).text.startswith(unknown), typed


def faults_beside_fields(reader: Reader) -> Iterator[tuple[str, dict[str, str], dict[str, str]]]:
    """Yield each window's button at the desk, what is filled in, and what is said beside it."""
    say = reader.say
    nobody = say("Nobody in this account is called that. Nothing has changed.")
    why = say("Please say why, in at most 500 characters: the person reads it.")
    points = say("A whole number, please: 40 gives, -40 takes back.")
    yield (
        "desk.correct",
        {"other": "nobody", "points": "ten", "reason": " "},
        {"other": nobody, "points": points, "reason": why},
    )
    until = say("A day to come, please, written like 2026-12-31; or nothing, for good.")
    yield (
        "desk.tiers",
        {"other": "nobody", "tier": "member/s", "until": "soon", "reason": " "},
        {"other": nobody, "until": until, "reason": why},
    )
    line = say("Line {lines}: that is no e-mail address.", lines="2")
    yield "rostering.edit", {"roster": "id,email\nzoe,nowhere"}, {"roster": f"{say('Nothing was taken.')} {line}"}


def test_what_is_wrong_with_a_field_is_said_beside_it_in_the_same_language(tongue: tuple[str, Town]) -> None:
    language, town = tongue
    stage = Stage(town, language, len(ALL) + 2)
    for button, given, faults in faults_beside_fields(stage.reader):
        form = stage.presses(stage.types("/desk", who="U_EWA"), button)
        assert town.driver.submits(form, given) == faults
