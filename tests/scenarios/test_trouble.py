"""Slack in a bad mood: whatever it does to whatever is sent, nothing is lost, and nothing is said twice unseen."""

import pytest

from tests.scenarios.village import NORTHWIND, PEOPLE, Village

POST = "chat.postMessage"
TROUBLE = ["rate_limited", "server_error", "malformed", "slow", "cut_before", "cut_after"]
BECOMES = {
    "rate_limited": ("sent", 1),
    "server_error": ("unknown", 0),
    "malformed": ("unknown", 0),
    "slow": ("unknown", 1),
    "cut_before": ("unknown", 0),
    "cut_after": ("unknown", 1),
}
"""What the outbox says in the end, and how often it stands in the channel."""


def invitation(village: Village) -> None:
    village.invites()


def shoutout(village: Village) -> None:
    village.sends("northwind", ("ania", "report-1"))


def board(village: Village) -> None:
    for times, who in enumerate(("ania", "marek", "ola", "jan"), 1):
        village.sends("northwind", *((who, f"{who}-{number}") for number in range(times)))
    village.passes()
    village.now = village.now.replace(day=16, hour=8)


KINDS = {"invitation": invitation, "shoutouts": shoutout, "board": board}


@pytest.fixture
def joined(village: Village) -> Village:
    """The village with all of Northwind in it."""
    for who in PEOPLE["northwind"]:
        village.has_joined("northwind", who)
    return village


def became(village: Village, kind: str) -> tuple[str, int]:
    """Return the newest message's state, and how often it stands in the channel."""
    account = village.accounts["northwind"]
    key = [key for key in village.outbox() if key.startswith(f"{account}/{kind}/")][-1]
    return village.outbox()[key][0], village.posted(NORTHWIND, "U_ANIA").count(key)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("trouble", TROUBLE)
def test_a_message_meets_trouble(joined: Village, trouble: str, kind: str) -> None:
    KINDS[kind](joined)
    joined.driver.orders_trouble(trouble, POST, seconds=3)
    joined.passes()
    joined.passes(minutes=5)
    joined.passes(hours=2)
    assert became(joined, kind) == BECOMES[trouble]


@pytest.mark.parametrize("trouble", ["rate_limited", "malformed", "cut_after"])
@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal", "files.info"])
def test_a_board_goes_though_its_picture_meets_trouble(joined: Village, trouble: str, method: str) -> None:
    board(joined)
    joined.driver.orders_trouble(trouble, method, seconds=3)
    joined.passes()
    assert became(joined, "board") == ("sent", 1)
    assert "150 points together" in joined.driver.messages(NORTHWIND, as_="U_ANIA")[-1].text
