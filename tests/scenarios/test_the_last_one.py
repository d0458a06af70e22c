"""The last one of a reward, asked for by two people at once: one has it, the other keeps all points."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from loyalty.verify.ledger import verify
from sandbox.driver import Driver
from storage.database import OPERATOR, Database
from tests.handlers.rewards.builders import bring, opens, states, view, wallets
from tests.support.workspace import Town, open_town

GONE = "The last one has just gone to somebody else. Nothing was asked for; your points are all there."


@pytest.fixture
def town(database: Database) -> Iterator[Town]:
    """A local Slack with two clients and rewards, on either database; Ania and Jun have 60 points each."""
    with open_town(database) as town:
        bring(town)
        town.joins("U_ANIA")
        town.joins("U_JUN", channel="C_HANBIT")
        town.uses("northwind", "ania", times=4)
        town.uses("hanbit", "jun", times=4)
        yield town


def test_the_last_one_races_between_two_clients_windows(town: Town) -> None:
    """There is one seat for all clients together: two browsers send their windows in the same moment."""
    windows = [
        opens(town, "U_ANIA", "/redeem seat at"),
        opens(town, "U_JUN", "/redeem seat at", channel="C_HANBIT"),
    ]
    start = Barrier(2)

    def sends(number: int) -> dict[str, str]:
        driver = Driver(town.driver.url, patience=30)
        start.wait()
        return driver.submits(windows[number])

    with ThreadPoolExecutor(2) as browsers:
        assert list(browsers.map(sends, range(2))) == [{}, {}]
    assert states(town) == [("seat", "requested", 15)]
    said = [view(town, window.seen_by).words[0] for window in windows]
    had = [words.startswith(("*You have asked for Seat", "*신청했어요: Seat")) for words in said]
    assert sorted(had) == [False, True]
    assert said[had.index(False)].startswith((GONE, "방금 다른 분이 마지막 하나를 신청했어요."))
    whose = [wallets(town, "northwind", "ania")["person"], wallets(town, "hanbit", "jun")["person"]]
    assert whose == [45 if had[0] else 60, 45 if had[1] else 60]
    assert town.database.read(OPERATOR, lambda session: verify(session, week_starts="monday")) == []


def test_one_window_sent_twice_at_once_asks_once(town: Town) -> None:
    window = opens(town, "U_ANIA", "/redeem hour")
    start = Barrier(2)

    def sends(_: int) -> dict[str, str]:
        driver = Driver(town.driver.url, patience=30)
        start.wait()
        return driver.submits(window)

    with ThreadPoolExecutor(2) as fingers:
        list(fingers.map(sends, range(2)))
    assert states(town) == [("hour", "requested", 45)]
    assert wallets(town, "northwind", "ania")["person"] == 15
    assert town.database.read(OPERATOR, lambda session: verify(session, week_starts="monday")) == []
