"""A town whose account managers decide: Ewa, and a colleague of hers; a programme with gifts and a club."""

from typing import Any

from sqlmodel import Session

from loyalty.accounts.managers import add_manager
from loyalty.apply_programme import apply_programme
from loyalty.verify.ledger import verify
from sandbox.driver import Shown
from storage.database import OPERATOR
from tests.handlers.rewards.builders import KEYS, REWARDS, deliver, in_account, opens, sends
from tests.support.languages import button
from tests.support.workspace import NOW, PROGRAMME, Town

DECIDED = (
    PROGRAMME
    + REWARDS
    + """\
  - {key: lounge, kind: early_access, name: Early look, worth: See it first, cost: 15, value: 0, for: {vip: true}}
gifts: {monthly: 100}
"""
)


def settle(town: Town, text: str = DECIDED) -> None:
    """Apply the programme; Ania has 60 points and the pool 30; Ewa and New look after Northwind and have been met."""
    confirmed = (*KEYS, "lounge")
    town.database.write(
        OPERATOR, lambda session: apply_programme(session, text, author="operator", now=NOW, confirmed=confirmed)
    )
    in_account(town, "northwind", lambda session, key: add_manager(session, key, "new@northwind.example", now=NOW))
    for who in ("U_EWA", "U_NEW"):
        town.types(who, "/desk")
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=4)
    town.uses("northwind", "ania", times=3, name="Dashboard Shared")


def asks_for(town: Town, reward: str, who: str = "U_ANIA") -> None:
    """Let somebody ask for a reward, and its messages go out."""
    sends(town, opens(town, who, f"/redeem {reward}"))
    while (left := town.driver.view(who)) is not None:
        town.driver.closes(left)
    deliver(town)


def told(town: Town, who: str) -> Shown:
    """Return the last thing that the bot wrote to somebody in a direct message, for all time."""
    return next(each for each in reversed(town.driver.messages("app", as_=who)) if not each.only_visible_to_them)


def answers(town: Town, shown: Shown, label: str) -> Shown:
    """Return what comes of a press in a direct message, on a button by its label or its action."""
    return town.presses(shown, labelled(shown, label), channel="app")


def labelled(shown: Shown, label: str) -> str:
    """Return a button's id by its action, whatever tells it from others; a label as it is."""
    return label if label in shown.buttons else button(shown, label)


def window(town: Town, who: str, way: Any) -> Shown:
    """Return the window that comes of a press: `way` presses."""
    assert way
    return town.driver.waits_for(lambda: town.driver.view(who))


def holds(town: Town) -> None:
    """Assert that the audit of the ledger finds nothing."""
    assert town.database.read(OPERATOR, lambda session: verify(session, week_starts="monday")) == []


def run(town: Town, fn: Any) -> Any:
    """Do something in Northwind."""

    def work(session: Session, key: int) -> Any:
        return fn(session, key)

    return in_account(town, "northwind", work)
