"""Scenes of the roster, seasons and tiers at the desk: how a reader comes to each listener, and what it says there."""

from collections.abc import Iterator
from dataclasses import replace

from sandbox.driver import Shown
from tests.handlers.scenes import Scene, acted, at_desk, just, typed
from tests.handlers.tongues import Stage

EWA = "U_EWA"
OPEN = just("*The season is open* for {account}.", account="Northwind")
UNDONE = just("*The season is undone.* No points moved; what the channel was told stays there.")


def takes_in(stage: Stage) -> Iterator[Shown]:
    form = stage.presses(stage.types("/desk", who=EWA), "rostering.edit")
    yield stage.submits(form, {"roster": f"id\n{stage.external_id}"})


def writes_a_season(stage: Stage) -> Iterator[Shown]:
    form = stage.presses(stage.types("/desk", who=EWA), "seasons.start")
    yield stage.submits(form, {})


def looks_at_a_season(stage: Stage) -> Iterator[Shown]:
    """What the channel will be told stands there in the channel's language; all the rest is in the reader's."""
    for sure in writes_a_season(stage):
        blocks = [block for number, block in enumerate(sure.raw["blocks"]) if number != 1]
        yield replace(sure, raw={**sure.raw, "blocks": blocks})


def opens_a_season(stage: Stage) -> Iterator[Shown]:
    for sure in writes_a_season(stage):
        yield stage.submits(sure, {})
    stage.presses(stage.types("/desk", who=EWA), "seasons.undo")


def undoes_a_season(stage: Stage) -> Iterator[Shown]:
    for sure in writes_a_season(stage):
        stage.town.driver.closes(stage.submits(sure, {}), everything=True)
    yield stage.presses(stage.types("/desk", who=EWA), "seasons.undo")


def asks_for_a_tier(stage: Stage) -> Iterator[Shown]:
    stage.member()
    form = stage.presses(stage.types("/desk", who=EWA), "desk.tiers")
    yield stage.submits(form, {"other": stage.external_id, "tier": "member/gold", "reason": "XYZ 123."})


def chooses_a_tier(stage: Stage) -> Iterator[Shown]:
    for sure in asks_for_a_tier(stage):
        yield stage.submits(sure, {})


SCENES: tuple[Scene, ...] = (
    typed(
        "/leaderboard", "season",
        says=just("*There is no season yet.* Your account manager can open one; these boards are there now."),
    ),
    acted("actions", "rostering.people", at_desk("rostering.people"), says=just("Edit the roster")),
    acted(
        "actions", "rostering.edit", at_desk("rostering.edit"),
        says=just("Whoever has no line here stays as they are, and so does what is left empty."),
    ),
    acted("views", "rostering.form", takes_in, says=just("People")),
    acted("actions", "seasons.start", at_desk("seasons.start"), says=just("From which month on?")),
    acted(
        "views", "seasons.form", looks_at_a_season,
        says=just("It can be undone from your desk until a later season is opened."),
    ),
    acted("views", "seasons.sure", opens_a_season, says=OPEN),
    acted("actions", "seasons.undo", undoes_a_season, says=UNDONE),
    acted("actions", "desk.tiers", at_desk("desk.tiers"), says=just("Which tier?")),
    acted(
        "views", "tiers.form", asks_for_a_tier,
        says=just("Whom it concerns is told in a direct message, with the reason and your name."),
    ),
    acted("views", "tiers.sure", chooses_a_tier, says=just("*Done.* It counts from now on.")),
)  # fmt: skip
