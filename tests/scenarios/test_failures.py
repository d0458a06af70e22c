"""Whatever breaks, wherever it was asked: kind words for the person, the error without their data for the log."""

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum
from typing import Any, NoReturn

import pytest
from sqlalchemy.exc import OperationalError

from bot.app import ROUTES
from bot.logs.setup import configure
from handlers.request import Response, SlackRequest
from messages.actions import PointsAction
from messages.kit.blocks import message, section
from messages.kit.modals import Modal, text_field
from messages.kit.reader import Mrkdwn
from storage.database import Database
from tests.support.workspace import Town, open_town

SORRY = "Something went wrong on our side. Nothing was lost; please try again in a moment."
AWAY = "I can't get at my records just now. Nothing was lost; please try again in a few minutes."
SECRET = "ania@northwind.example"


class Callback(StrEnum):
    FORM = "test.form"
    FIELD = "test.field"


def breaks(_asked: SlackRequest) -> NoReturn:
    raise ValueError(f"no such person: {SECRET}")


def form(_asked: SlackRequest) -> Response:
    shown = message(section(Mrkdwn("A form")), text_field(Callback.FIELD, "Why"))
    return Modal(title="Form", close="Close", submit="Send", callback=Callback.FORM, content=shown)


BROKEN = replace(
    ROUTES,
    commands={**ROUTES.commands, "/rules": breaks, "/laurels": form},
    actions={**ROUTES.actions, PointsAction.WHY: breaks},
    views={**ROUTES.views, Callback.FORM: breaks},
)


@pytest.fixture
def broken(sqlite_database: Database) -> Iterator[Town]:
    with open_town(sqlite_database, BROKEN) as town:
        yield town


@pytest.fixture
def logged() -> io.StringIO:
    stream = io.StringIO()
    configure("info", stream)
    return stream


def failures(stream: io.StringIO) -> list[tuple[str, str]]:
    """Return each failure's surface and kind of error, having looked that nobody's data is among what was logged."""
    assert SECRET not in stream.getvalue()
    assert "U_ANIA" not in stream.getvalue()
    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    failed = [line for line in lines if line["event"] == "a listener failed"]
    return [(line["surface"], line["exception"].splitlines()[-1]) for line in failed]


def test_a_command_that_breaks_is_answered(broken: Town, logged: io.StringIO) -> None:
    reply = broken.types("U_ANIA", "/rules")
    assert reply.only_visible_to_them
    assert reply.text == f"{SORRY}\nOnly you see this."
    assert failures(logged) == [("/rules", "ValueError")]


def test_it_is_said_in_the_readers_language(broken: Town) -> None:
    sorry = "Coś poszło nie tak po naszej stronie."
    assert broken.types("U_PIOTR", "/rules").text.startswith(sorry)
    broken.joins("U_PIOTR")
    assert broken.types("U_PIOTR", "/rules").text.startswith(sorry)


def test_a_button_that_breaks_is_answered_beside_its_message(broken: Town, logged: io.StringIO) -> None:
    broken.joins("U_ANIA")
    before = broken.types("U_ANIA", "/points")
    said = broken.presses(before, "Why these points")
    assert (said.text, said.only_visible_to_them) == (f"{SORRY}\nOnly you see this.", True)
    assert before in broken.driver.messages("C_NORTHWIND", as_="U_ANIA")
    assert failures(logged) == [("block_actions", "ValueError")]


def test_a_button_of_home_that_breaks_is_answered_over_it(broken: Town, logged: io.StringIO) -> None:
    broken.joins("U_ANIA")
    home = broken.driver.opens_home("U_ANIA")
    assert broken.driver.presses(home, "Why these points")
    window = broken.driver.waits_for(lambda: broken.driver.view("U_ANIA"))
    assert window.words[0] == SORRY
    assert failures(logged) == [("block_actions", "ValueError")]


def test_a_window_that_breaks_keeps_what_was_filled_in(broken: Town, logged: io.StringIO) -> None:
    assert broken.driver.types("U_ANIA", "C_NORTHWIND", "/laurels") is None
    window = broken.driver.waits_for(lambda: broken.driver.view("U_ANIA"))
    assert broken.driver.submits(window, {"Why": "because"}) == {}
    on_top = broken.driver.view("U_ANIA")
    assert on_top is not None
    assert on_top.words[0] == SORRY
    broken.driver.closes(on_top)
    below = broken.driver.view("U_ANIA")
    assert below is not None
    assert below.title == "Form"
    assert failures(logged) == [("view_submission", "ValueError")]


def test_an_event_that_breaks_comes_again(broken: Town, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    read, times = broken.database.read, iter(range(100))

    def once_away(*given: Any) -> Any:
        if next(times) == 0:
            raise OperationalError("SELECT", {"email": SECRET}, Exception(SECRET))
        return read(*given)

    monkeypatch.setattr(broken.database, "read", once_away)
    assert broken.driver.opens_home("U_ANIA").words[0] == "Welcome"
    assert failures(logged) == [("event_callback", "OperationalError")]


def test_while_the_database_is_away_everything_says_so(
    broken: Town, logged: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken.joins("U_ANIA")
    shown = broken.types("U_ANIA", "/points")
    home = broken.driver.opens_home("U_ANIA")

    def away(*_given: Any) -> NoReturn:
        raise OperationalError("SELECT", {"email": SECRET}, Exception(SECRET))

    for look in ("read", "read_autocommit"):
        monkeypatch.setattr(broken.database, look, away)
    for command in sorted(ROUTES.commands):
        assert broken.types("U_ANIA", command).text.startswith(AWAY)
    assert broken.presses(shown, "My settings").text.startswith(AWAY)
    assert broken.driver.presses(home, "Leaderboard")
    window = broken.driver.waits_for(lambda: broken.driver.view("U_ANIA"))
    assert window.words[0] == AWAY
    assert {kind for _, kind in failures(logged)} == {"OperationalError"}
