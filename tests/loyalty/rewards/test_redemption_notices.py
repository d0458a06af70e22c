"""What is put into the outbox of a redemption, and what it says as it leaves."""

import datetime as dt
from typing import Any

import pytest
from sqlmodel import Session, col, select

from loyalty.rewards.redemption_notices import member_facts, request_facts, settled_facts
from loyalty.rewards.redemptions import approve, cancel, decline, expire_due, fulfil
from storage.outbox import Drop, Later, as_claimed
from storage.tables import Account, Manager, Member, Outgoing
from tests.support.redemptions import Redeeming
from tests.support.usage import NOW

FACTS = {"redemption": member_facts, "redemption.asked": request_facts, "redemption.settled": settled_facts}


@pytest.fixture
def world(redeeming: Redeeming) -> Redeeming:
    """Both clients have an Ania with points, and Ewa for account manager; Olek was not seen in Slack yet."""
    for key in ("northwind", "fulton"):
        redeeming.member(key=key, points=1000)
        redeeming.manager(key=key, language="pl", timezone="Europe/Warsaw")
        redeeming.manager("olek", key, user_id=None)
    return redeeming


def put(world: Redeeming, key: str = "northwind") -> list[tuple[str, str | None, str]]:
    return [(row.key, row.user_id, row.state) for row in world.said(key)]


def leaving(world: Redeeming, kind: str, state: str | None = None) -> Any:
    """Return what the latest message of a kind says as it leaves."""
    account_id = world.account_id()

    def find(session: Session) -> Any:
        wanted = select(Outgoing).where(col(Outgoing.account_id) == account_id, col(Outgoing.kind) == kind)
        rows = session.exec(wanted.order_by(col(Outgoing.id).desc())).all()
        row = next(row for row in rows if state in {None, row.subject.get("state")})
        return FACTS[kind](session, as_claimed(row), NOW)

    return world.database.read({account_id}, find)


def change(world: Redeeming, table: Any, *where: Any, **values: Any) -> None:
    account_id = world.account_id()

    def run(session: Session) -> None:
        for row in session.exec(select(table).where(table.account_id == account_id, *where)):
            row.sqlmodel_update(values)

    world.database.write({account_id}, run)


def sent(world: Redeeming, **values: Any) -> None:
    facts = {"state": "sent", "ts": "1.2", "posted_in": "D1", **values}
    change(world, Outgoing, col(Outgoing.kind) == "redemption.asked", **facts)


def test_each_step_is_told_to_whom_it_concerns(world: Redeeming) -> None:
    asked = world.ask("course")
    ewa = manager(world, "ewa@orbit.example")
    assert put(world) == [(f"redemption.asked/{asked.id}/{ewa}", "U_EWA", "waiting")]
    world.decide(approve, asked.id, by=f"manager:{ewa}")
    world.decide(fulfil, asked.id, by=f"manager:{ewa}")
    assert put(world)[1:] == [
        (f"redemption/{asked.id}/approved", "U_ANIA", "waiting"),
        (f"redemption.settled/{asked.id}/{ewa}/approved", "U_EWA", "waiting"),
        (f"redemption/{asked.id}/fulfilled", "U_ANIA", "waiting"),
        (f"redemption.settled/{asked.id}/{ewa}/fulfilled", "U_EWA", "waiting"),
    ]
    assert {row.category for row in world.said()} == {"answer"}
    assert put(world, "fulton") == []


def test_what_approves_itself_is_told_and_handed_over_by_somebody(world: Redeeming) -> None:
    ewa = manager(world, "ewa@orbit.example")
    swag, report = world.ask("swag"), world.ask("report")
    assert put(world) == [
        (f"redemption/{swag.id}/approved", "U_ANIA", "waiting"),
        (f"redemption.asked/{swag.id}/{ewa}", "U_EWA", "waiting"),
        (f"redemption/{report.id}/fulfilled", "U_ANIA", "waiting"),
    ]
    facts = leaving(world, "redemption", "fulfilled")
    assert (facts.state, facts.redemption, facts.balance, facts.timezone) == (
        "fulfilled",
        report,
        850,
        "Europe/Warsaw",
    )
    assert facts.redemption.reward.gives.get("en") == "Look into your library"


def test_the_managers_message_says_what_is_needed_and_changes_once_it_is_decided(world: Redeeming) -> None:
    asked = world.ask("course")
    facts = leaving(world, "redemption.asked")
    assert (facts.waiting.redemption, facts.waiting.person, facts.waiting.balance, facts.waiting.left) == (
        asked,
        "ania",
        600,
        1,
    )
    assert (facts.account, facts.language, facts.timezone) == ("Northwind", "pl", "Europe/Warsaw")
    assert (facts.channel_id, facts.ts) == (None, None)
    sent(world)
    declined = world.decide(decline, asked.id, by=f"manager:{manager(world, 'ewa@orbit.example')}", words="Full")
    facts = leaving(world, "redemption.settled")
    assert (facts.channel_id, facts.ts, facts.waiting.redemption) == ("D1", "1.2", declined)
    told = leaving(world, "redemption")
    assert (told.redemption.words, told.redemption.by, told.balance) == ("Full", "Ewa", 1000)


def test_a_message_that_was_never_sent_is_not_changed(world: Redeeming) -> None:
    asked = world.ask("course")
    world.decide(cancel, asked.id, person_id=world.person("ania"))
    assert isinstance(leaving(world, "redemption.asked"), Drop)
    for state, answer in (("waiting", Drop), ("attempting", Later), ("unknown", Drop), ("sent", Drop)):
        sent(world, state=state, posted_in=None)
        assert isinstance(leaving(world, "redemption.settled"), answer), state
    # The member did it themself: nobody has to tell them.
    assert [row.kind for row in world.said()] == ["redemption.asked", "redemption.settled"]


def test_what_moved_on_is_told_by_the_later_message_alone(world: Redeeming) -> None:
    asked, ewa = world.ask("course"), f"manager:{manager(world, 'ewa@orbit.example')}"
    world.decide(approve, asked.id, by=ewa)
    world.decide(fulfil, asked.id, by=ewa)
    assert leaving(world, "redemption", "approved") == Drop("it moved on, and another message says so")
    assert leaving(world, "redemption", "fulfilled").state == "fulfilled"


def test_who_is_nobody_to_the_account_any_more_is_told_nothing(world: Redeeming) -> None:
    asked = world.ask("course")
    change(world, Manager, user_id="U_OTHER")
    assert isinstance(leaving(world, "redemption.asked"), Drop)
    world.decide(decline, asked.id, by=f"manager:{manager(world, 'ewa@orbit.example')}", words="No")
    change(world, Member, user_id="U_OTHER")
    assert isinstance(leaving(world, "redemption"), Drop)


def test_nobody_is_asked_to_decide_their_own(world: Redeeming) -> None:
    world.manager("hers", user_id="U_ANIA")
    world.ask("course")
    assert [row.user_id for row in world.said()] == ["U_EWA"]


def test_what_expires_at_night_is_told_in_the_morning(world: Redeeming) -> None:
    world.ask("course")
    late = dt.datetime(2026, 4, 7, 20, 30, tzinfo=dt.UTC)
    account_id = world.account_id()
    world.database.write({account_id}, lambda session: expire_due(session, account_id, now=late))
    [word] = [row for row in world.said() if row.kind == "redemption"]
    # Eight in Warsaw, where it is summer by then.
    assert word.due_at == dt.datetime(2026, 4, 8, 6, 0, tzinfo=dt.UTC)
    assert leaving(world, "redemption").state == "expired"


def manager(world: Redeeming, email: str) -> int:
    def find(session: Session) -> int:
        account = select(Account.id).where(col(Account.key) == "northwind").scalar_subquery()
        wanted = select(Manager.id).where(col(Manager.account_id) == account, col(Manager.email) == email)
        return session.exec(wanted).one()

    return world.look(find)
