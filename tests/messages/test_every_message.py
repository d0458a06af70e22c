"""What holds of every message in every language."""

import gettext
import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from babel.messages.extract import extract_from_dir

from messages import update_catalogues
from messages.kit import reader as words
from messages.kit.blocks import Message
from messages.kit.reader import SPOKEN, Reader
from tests.messages.all_messages import every
from tests.messages.samples import NASTY, SETTLED


def texts(node: Any) -> Iterator[str]:
    """Yield every text that somebody sees in blocks, questions before a press and images' alternatives among them."""
    if isinstance(node, dict):
        if node.get("type") in {"mrkdwn", "plain_text"}:
            yield node["text"]
        if "alt_text" in node:
            yield node["alt_text"]
        yield from (found for value in node.values() for found in texts(value))
    elif isinstance(node, list | tuple):
        yield from (found for value in node for found in texts(value))


def undated(text: str) -> str:
    """Return a text with each date that Slack shows on the reader's own clock as its fallback says it."""
    return re.sub(r"<!date\^\d+\^[^|<>]*\|([^<>]*)>", r"\1", text)


def without_questions(node: Any) -> Any:
    """Return blocks without the questions that come before a press: they are told when it is pressed."""
    if isinstance(node, dict):
        return {key: without_questions(value) for key, value in node.items() if key != "confirm"}
    return [without_questions(value) for value in node] if isinstance(node, list | tuple) else node


@pytest.mark.parametrize("language", SPOKEN)
def test_the_text_alone_says_everything_that_the_blocks_say(language: str) -> None:
    for message in every(Reader(language, "Europe/Warsaw")):
        told = html.unescape(message.text)
        for text in texts(without_questions(message.blocks)):
            assert html.unescape(undated(text)) in told


@pytest.mark.parametrize("language", SPOKEN)
def test_the_same_message_is_the_same_twice(language: str) -> None:
    reader = Reader(language, "Asia/Seoul")
    assert list(every(reader)) == list(every(reader))


@pytest.mark.parametrize("language", SPOKEN)
def test_no_name_pings_a_channel(language: str) -> None:
    for message in every(Reader(language)):
        assert "<!" not in message.text
        assert not any("<!" in undated(text) for text in marked(message))
    assert any(words.escape(NASTY) in message.text for message in every(Reader(language)))


@pytest.mark.parametrize("language", SPOKEN)
def test_no_name_is_markup_and_none_turns_round_what_follows_it(language: str) -> None:
    for message in every(Reader(language)):
        assert not re.search(r"\*Nowak|Nowak\*|\u202e", "".join(marked(message)))
        assert not any("\u202e" in text for text in (message.text, *texts(message.blocks)))


def marked(message: Message) -> Iterator[str]:
    def find(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            if node.get("type") == "mrkdwn":
                yield node["text"]
            yield from (text for value in node.values() for text in find(value))
        elif isinstance(node, list | tuple):
            yield from (text for value in node for text in find(value))

    return find(message.blocks)


@pytest.mark.parametrize("language", SPOKEN)
def test_block_ids_and_action_ids_are_never_double(language: str) -> None:
    for message in every(Reader(language)):
        blocks = [block["block_id"] for block in message.blocks]
        assert len(set(blocks)) == len(blocks)
        actions = [
            each["action_id"] for block in message.blocks for each in block.get("elements", ()) if "value" in each
        ]
        assert len(set(actions)) == len(actions)


class Pseudo(gettext.NullTranslations):
    """A language in which whatever comes out of the catalogues stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


LINKS = re.compile(r"https://[^\s|<>]+")
"""Addresses: of a webinar, of a recording, of a calendar's form."""
LANGUAGES = ("English", "Polski", "한국어")
"""Each in its own language, whoever reads it."""
MENTIONS = ("<#C012345>", "<#C012346>", "U1", "ola@northwind.example", "x@y.example")
VALUES = (
    *MENTIONS,
    words.escape(NASTY),
    SETTLED,
    "(ania)",
    *(f"(p{number})" for number in reversed(range(150))),
    "ola",
    "desk",
    "scheduled a first report",
    "a picture",
    "Northwind",
    "northwind",
    "hanbit",
    "March 2026",
    "May 2026",
    *LANGUAGES,
)
"""What stands in messages without a sentence of ours round it: a vendor's own words, a name beside its points."""


def test_every_sentence_comes_from_the_catalogues(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "catalogue", lambda _language: Pseudo())
    for message in every(Reader("en", "Europe/Warsaw")):
        for text in texts(message.blocks):
            left = undated(text)
            while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", left)) != left:
                left = shorter
            for value in VALUES:
                left = LINKS.sub("", left).replace(value, "")
            assert re.findall(r"[^\W\d_]+", left) == [], text


@pytest.mark.parametrize("language", SPOKEN[1:])
def test_a_language_has_every_sentence_and_no_other(language: str) -> None:
    catalogue = update_catalogues.load(language)
    said = {sentence.id for sentence in update_catalogues.sentences() if sentence.id}
    assert {sentence.id for sentence in catalogue if sentence.id} == said
    assert [
        sentence.id for sentence in catalogue if sentence.id and not update_catalogues.translated(sentence.string)
    ] == []
    assert [sentence.id for sentence in catalogue if sentence.fuzzy] == []


@pytest.mark.parametrize("language", SPOKEN[1:])
def test_a_translation_fills_in_what_the_sentence_fills_in(language: str) -> None:
    for sentence in update_catalogues.load(language):
        if not sentence.id:
            continue
        ids = sentence.id if isinstance(sentence.id, tuple) else (sentence.id,)
        strings = sentence.string if isinstance(sentence.string, tuple) else (sentence.string,)
        wanted = set(re.findall(r"\{\w+\}", str(ids[-1])))
        for string in strings:
            assert set(re.findall(r"\{\w+\}", str(string))) == wanted, sentence.id


def test_handlers_say_nothing_of_their_own() -> None:
    assert list(extract_from_dir("handlers", keywords={"say": None, "label": None})) == []
