"""The VIP club: in by invitation, once accepted; on both databases, another client beside."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from loyalty.people.people import NoSuchPersonError
from loyalty.rewards.catalogue import viewer
from loyalty.rewards.vip import NoMemberError, NotInvitedError, accept_club_invitation, club, invite_to_club, leave_club
from storage.tables import AuditEntry, Outgoing
from tests.support.redemptions import TODAY, Redeeming
from tests.support.usage import NOW


@pytest.fixture
def ania(redeeming: Redeeming) -> int:
    """Ania of Northwind; Fulton has one, too."""
    redeeming.member(key="fulton")
    return redeeming.member()


def do(redeeming: Redeeming, verb: Callable[..., Any], *args: Any, key: str = "northwind", **given: Any) -> Any:
    """Do something in an account."""
    account = redeeming.account_id(key)
    return redeeming.database.write({account}, lambda session: verb(session, account, *args, now=NOW, **given))


def invited(redeeming: Redeeming, person: int) -> bool:
    return bool(do(redeeming, invite_to_club, person, author="manager:7"))


def places(redeeming: Redeeming, key: str = "northwind") -> list[tuple[str | None, str]]:
    return [(known.external_id, place) for known, place in redeeming.within(club, key)]


def is_vip(redeeming: Redeeming, person: int, key: str = "northwind") -> bool:
    found = redeeming.within(lambda session, account: viewer(session, account, person, today=TODAY), key)
    return bool(found.vip)


def test_one_is_invited_accepts_and_is_taken_out(redeeming: Redeeming, ania: int) -> None:
    assert invited(redeeming, ania)
    assert not invited(redeeming, ania)
    assert (places(redeeming), is_vip(redeeming, ania)) == ([("ania", "invited")], False)
    assert do(redeeming, accept_club_invitation, ania)
    assert not do(redeeming, accept_club_invitation, ania)
    assert (places(redeeming), is_vip(redeeming, ania)) == ([("ania", "in")], True)
    assert (places(redeeming, "fulton"), is_vip(redeeming, redeeming.person("ania", "fulton"), "fulton")) == ([], False)
    assert do(redeeming, leave_club, ania, author="manager:7")
    assert not do(redeeming, leave_club, ania, author="manager:7")
    assert (places(redeeming), is_vip(redeeming, ania)) == ([], False)
    rows = redeeming.look(lambda session: session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).all())
    assert [(row.author, row.action, row.details) for row in rows if row.action.startswith("vip.")] == [
        ("manager:7", "vip.invite", {"person": ania}),
        (f"person:{ania}", "vip.accept", {"person": ania}),
        ("manager:7", "vip.leave", {"person": ania}),
    ]
    said = redeeming.look(lambda session: session.exec(select(Outgoing)).all())
    assert [(row.kind, row.user_id) for row in said] == [("vip", "U_ANIA")]


def test_nobody_is_in_who_was_not_invited_or_not_any_more(redeeming: Redeeming, ania: int) -> None:
    with pytest.raises(NotInvitedError):
        do(redeeming, accept_club_invitation, ania)
    invited(redeeming, ania)
    do(redeeming, leave_club, ania, author="manager:7")
    with pytest.raises(NotInvitedError):
        do(redeeming, accept_club_invitation, ania)
    assert invited(redeeming, ania)
    assert places(redeeming) == [("ania", "invited")]


def test_whoever_has_not_joined_or_does_not_exist_is_not_invited(redeeming: Redeeming, ania: int) -> None:
    redeeming.use("Worked", by="marek", account="northwind", n=1)
    with pytest.raises(NoMemberError):
        invited(redeeming, redeeming.person("marek"))
    with pytest.raises(NoSuchPersonError):
        invited(redeeming, 999)
    assert places(redeeming) == []
    assert not is_vip(redeeming, ania)


def test_the_invitation_is_unasked_so_it_keeps_to_the_weeks_budget(redeeming: Redeeming, ania: int) -> None:
    invited(redeeming, ania)
    [row] = redeeming.look(lambda session: session.exec(select(Outgoing)).all())
    assert (row.category, row.person_id, row.good_until - row.due_at) == ("nudge", ania, dt.timedelta(days=28))
