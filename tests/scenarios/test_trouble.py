"""Slack in a bad mood: whatever it does to whatever is sent, nothing is lost, and nothing is said twice unseen."""

from collections.abc import Mapping

import pytest
from sqlmodel import Session

from bot.delivery.kinds import KINDS
from sandbox.faults import KINDS as TROUBLES
from storage.database import OPERATOR
from storage.outbox_recovery import decide_again, decide_sent, unknowns
from tests.scenarios.message_kinds import HAPPENINGS, Life, week_of_points
from tests.support.two_workspaces import EWA, HANBIT, NORTHWIND, PEOPLE, Village

POST, CHANGE, SHARE = "chat.postMessage", "chat.update", "files.completeUploadExternal"
SEEN_BY = {NORTHWIND: ("U_ANIA",), HANBIT: ("U_JUN",), "app": (*PEOPLE["northwind"], *PEOPLE["hanbit"], EWA)}

BECOMES = {
    "rate_limited": ("sent", 1),
    "server_error": ("unknown", 0),
    "malformed": ("unknown", 0),
    "slow": ("unknown", 1),
    "cut_before": ("unknown", 0),
    "cut_after": ("unknown", 1),
    "duplicate_event": ("sent", 1),
    "hold_event": ("sent", 1),
    "never_shared": ("sent", 1),
}
"""What the outbox says of a message in the end, and how often it stands in Slack."""
CHANGES = {kind for kind, how in KINDS.items() if how.replaces is not KINDS["board"].replaces}
"""Kinds that take the place of an earlier message: doing that twice does nothing, so it is tried until it is done."""


def standing(village: Village) -> list[str]:
    """Return the keys of all the bot's messages in Slack."""
    return [key for place, people in SEEN_BY.items() for who in people for key in village.posted(place, who)]


def meets(village: Village, trouble: str) -> dict[str, str]:
    """Let every message that waits meet trouble, and go; return their kinds, by account and key."""
    due = village.due()
    order = village.driver.orders_trouble
    if trouble.endswith("_event"):
        order(trouble, "app_home_opened", seconds=0.2)
        village.driver.looks_at_home("U_ANIA")
    for method, times in _struck(trouble, due):
        order(trouble, method, times=times, seconds=1.5 if trouble == "rate_limited" else 2)
    village.passes()
    assert village.driver.troubles() == [], "each has struck"
    return due


def _struck(trouble: str, due: Mapping[str, str]) -> list[tuple[str, int]]:
    """Return which methods are struck how often."""
    if trouble.endswith("_event"):
        return []
    if trouble == "never_shared":
        return [(SHARE, 1)] if "board" in due.values() else []  # only Northwind's has ranks, and so a picture
    changes = sum(kind in CHANGES for kind in due.values())
    return [(method, times) for method, times in ((POST, len(due) - changes), (CHANGE, changes)) if times]


def decides(village: Village) -> None:
    """Let the operator look for what is unknown: what is in Slack is sent, the rest is to be sent again."""
    there = standing(village)

    def decide(session: Session) -> None:
        for one in unknowns(session):
            verb = decide_sent if f"{one.account_id}/{one.message.key}" in there else decide_again
            assert verb(session, one.account_id, one.id, author="operator", now=village.now)

    village.database.write(OPERATOR, decide)


def test_every_switch_has_its_expectation() -> None:
    assert set(BECOMES) == set(TROUBLES)


@pytest.mark.parametrize("trouble", TROUBLES)
def test_every_kind_of_message_meets_trouble(village: Village, trouble: str) -> None:
    if trouble == "slow":
        village.gives_up_after(1)
    life, met, became = Life(village), dict[str, str](), dict[str, tuple[str, int]]()
    for happens in HAPPENINGS:
        village.passes(minutes=1)
        happens(life)
        due = meets(village, trouble)
        village.passes(minutes=5)
        outbox, there = village.outbox(), standing(village)
        met |= due
        became |= {key: (outbox[key][0], there.count(key)) for key in due}
        decides(village)
    village.passes(hours=2)
    assert set(met.values()) == set(KINDS)
    assert became == {key: ("sent", 0) if kind in CHANGES else BECOMES[trouble] for key, kind in met.items()}
    new = {key for key, kind in met.items() if kind not in CHANGES}
    there, outbox = standing(village), village.outbox()
    assert {key: (outbox[key][0], there.count(key)) for key in new} == dict.fromkeys(new, ("sent", 1))
    [asked] = [said for said in village.driver.messages("app", as_=EWA) if "asks for *Notebook*" in said.text]
    assert "Approved" in asked.text


@pytest.mark.parametrize("trouble", ["rate_limited", "malformed", "cut_after"])
@pytest.mark.parametrize("method", ["files.getUploadURLExternal", SHARE, "files.info"])
def test_a_board_goes_though_its_picture_meets_trouble(village: Village, trouble: str, method: str) -> None:
    for who in PEOPLE["northwind"]:
        village.has_joined("northwind", who)
    week_of_points(village)
    village.driver.orders_trouble(trouble, method, seconds=3)
    village.passes()
    boards = {key: state for key, (state, _) in village.outbox().items() if "/board/" in key}
    assert boards == dict.fromkeys(boards, "sent")
    assert [standing(village).count(key) for key in boards] == [1, 1]
    assert "150 points together" in village.driver.messages(NORTHWIND, as_="U_ANIA")[-1].text
