"""Scenes of an account's roster, seasons and tiers: how a reader comes to each, and what it is sure to say there."""

from collections.abc import Iterator
from dataclasses import replace

from handlers.boards import leaderboard
from leaderboards.periods import Span
from messages.boards.board import period_text
from messages.kit.reader import Reader
from sandbox import blocks as kit
from sandbox.driver import Shown
from tests.handlers.scenes import MINE, TODAY, Act, Says, Scene, acted, at_desk, just
from tests.support.languages import ACCOUNTS, Stage

MARCH = TODAY.replace(day=1)
TIER = {"tier": "member/s", "reason": "XYZ 123."}
LONG_ROSTER = just(
    "The whole roster is too long to stand here: write the lines that are new or have changed.",
)
NO_SEASON = just(
    "*There is no season yet.* Your account manager can open one; these boards are there now.",
)
FIRST_SEASON = just("This is the first season: there was none before it.")


def unchanged(reader: Reader) -> str:
    """Return what is said of a roster's one line that says nothing new."""
    return reader.count("{n} person is as before.", "{n} people are as before.", 1)


def heading(reader: Reader) -> str:
    """Return the heading of the season's board."""
    named = period_text(reader, "season", Span(MARCH, None))
    return reader.label("{account}, {when}", account="Northwind", when=named)


def began(reader: Reader) -> str:
    """Return what the receipt says of the season."""
    return reader.say("Season: from {month} on.", month=reader.month(MARCH))


def leafs_through_people(stage: Stage) -> Iterator[Shown]:
    for first in at_desk("rostering.people")(stage):
        yield first
        yield stage.presses(first, "rostering.people", key="later")


def writes_the_roster(stage: Stage) -> Iterator[Shown]:
    for form in at_desk("rostering.edit")(stage):
        yield stage.submits(form, {"roster": f"id\n{stage.external_id}"})


def looks_at_a_season(stage: Stage) -> Iterator[Shown]:
    for form in at_desk("seasons.start")(stage):
        yield _without_the_channels(stage, stage.submits(form, {}))


def _without_the_channels(stage: Stage, sure: Shown) -> Shown:
    """Return the window without what it quotes: that is in the language of the account, whose channel will read it."""
    channels = Reader(ACCOUNTS[stage.language]).say(
        "*A new season begins.* A fresh start for everyone: it counts what is earned from {day} on. Your points stay"
        " yours, and the board of all time goes on.",
        day=Reader(ACCOUNTS[stage.language]).day(MARCH),
    )
    others = [block for block in sure.blocks if channels not in kit.words([block])]
    assert len(others) == len(sure.blocks) - 1
    return replace(sure, raw={**sure.raw, "blocks": others})


def opens_a_season(stage: Stage) -> Iterator[Shown]:
    """Open one; it is undone afterwards, so that no other scene finds it."""
    for form in at_desk("seasons.start")(stage):
        yield stage.submits(stage.submits(form, {}), {})
    _undone(stage)


def _undone(stage: Stage) -> Shown:
    return stage.presses(stage.types("/desk", who="U_EWA"), "seasons.undo")


def undoes_a_season(stage: Stage) -> Iterator[Shown]:
    form = stage.presses(stage.types("/desk", who="U_EWA"), "seasons.start")
    stage.submits(stage.submits(form, {}), {})
    yield _undone(stage)


def asks_in_a_season(stage: Stage, last: str = "") -> Iterator[Shown]:
    for _ in opens_a_season(stage):
        for spelling in leaderboard.WORDS[leaderboard.Word.SEASON]:
            yield stage.types(f"/leaderboard {last} {spelling}")


def asks_for_the_season_before(stage: Stage) -> Iterator[Shown]:
    return asks_in_a_season(stage, "last")


def asks_without_a_season(stage: Stage) -> Iterator[Shown]:
    yield stage.types("/leaderboard season", who=stage.member())


def looks_at_a_tier(stage: Stage) -> Iterator[Shown]:
    for form in at_desk("desk.tiers")(stage):
        yield stage.submits(form, {"other": stage.external_id, **TIER})


def chooses_a_tier(stage: Stage) -> Iterator[Shown]:
    for sure in looks_at_a_tier(stage):
        yield stage.submits(sure, {})


def told(name: str, act: Act, says: tuple[Says, ...]) -> Scene:
    """Return the scene of words that belong to no one listener."""
    return Scene(kind="words", id=name, act=act, says=says)


SCENES: tuple[Scene, ...] = (
    acted("actions", "rostering.people", leafs_through_people, says=just("Edit the roster")),
    acted("actions", "rostering.edit", at_desk("rostering.edit"), says=LONG_ROSTER),
    acted("views", "rostering.form", writes_the_roster, says=(unchanged,)),
    acted("actions", "seasons.start", at_desk("seasons.start"), says=just("From which month on?")),
    acted(
        "views", "seasons.form", looks_at_a_season,
        says=just("The channel of {account} is told:", account="Northwind"),
    ),
    acted(
        "views", "seasons.sure", opens_a_season,
        says=(*just("*The season is open* for {account}.", account="Northwind"), began),
    ),
    acted(
        "actions", "seasons.undo", undoes_a_season,
        says=just("*The season is undone.* No points moved; what the channel was told stays there."),
    ),
    Scene(kind="commands", id="/leaderboard", word="season", act=asks_in_a_season, says=(heading, MINE)),
    acted("actions", "desk.tiers", at_desk("desk.tiers"), says=just("Which tier?")),
    acted("views", "tiers.form", looks_at_a_tier, says=just("*{tier} from now on.*", tier="XYZ S")),
    acted("views", "tiers.sure", chooses_a_tier, says=just("*Done.* It counts from now on.")),
)  # fmt: skip
"""One for each listener."""
MORE: tuple[Scene, ...] = (
    told("of a season there is not", asks_without_a_season, NO_SEASON),
    told("of a season before the first", asks_for_the_season_before, FIRST_SEASON),
)
"""Beyond one for each listener."""
