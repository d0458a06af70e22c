"""Where another app has /points, ours is /acme-points: it answers, and sentences call it so."""

from collections.abc import Iterator

import pytest

from handlers.request import EventListener, Reply, Routes, Services
from handlers.router import Router, as_typed
from messages import help as helping
from messages.kit.blocks import Message
from messages.kit.reader import Reader, begin_commands_with


@pytest.fixture
def acme() -> Iterator[None]:
    begin_commands_with("acme-")
    yield
    begin_commands_with("")


def test_a_command_is_found_by_its_whole_name_only() -> None:
    services: Services = None  # type: ignore[assignment]  # never asked here
    home: EventListener = print
    routes = Routes(commands={"/points": lambda _: Reply(message=Message("yours", ()))})
    assert list(Router(routes, services, home=home, prefix="acme-").commands) == ["/acme-points"]
    assert list(Router(routes, services, home=home).commands) == ["/points"]
    assert as_typed("/points", "acme-") == "/acme-points"


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("language", ["en", "pl", "ko"])
def test_sentences_name_commands_with_it_once(language: str) -> None:
    said = helping.help_message(Reader(language)).text
    assert "`/acme-points" in said
    assert "`/acme-acme-" not in said
    assert "`/points" not in said
    guess = helping.unknown_word_message(Reader(language), "/points", "pionts", None).text
    assert guess.count("`/acme-points") == 1


def test_without_one_they_are_as_they_stand() -> None:
    assert "`/points" in helping.help_message(Reader()).text
