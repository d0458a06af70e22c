"""Gifts: the monthly allowance, what moves and what does not, on both databases, another client beside."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, col, select

from loyalty.members.erasure import erase
from loyalty.notifications import contact_policy
from loyalty.points.corrections import reverse_transfers
from loyalty.programme import Contact
from loyalty.rewards import gifts
from loyalty.rewards.gifts import (
    AllowanceError,
    GiftError,
    GiftGoneError,
    NoGiftsError,
    NoPointsError,
    NoWordsError,
    OwnGiftError,
    allowance_left,
    give_points,
    give_reward,
)
from loyalty.rewards.redemption_queries import RedemptionState
from storage.outbox import Drop, Later, as_claimed
from storage.tables import AuditEntry, Channel, Outgoing, Person, Redemption, TransferNote
from tests.support.redemptions import PROGRAMME, TODAY, Redeeming
from tests.support.usage import NOW

GIVING = PROGRAMME + "gifts: {monthly: 450}\n"


@pytest.fixture
def ewa(redeeming: Redeeming) -> str:
    """Northwind's account manager; in both clients there is an Ania without points."""
    redeeming.under(GIVING)
    for key in ("northwind", "fulton"):
        redeeming.member(key=key)
    return redeeming.manager()


def points(redeeming: Redeeming, by: str, number: int = 20, who: str | None = "ania", **given: Any) -> int:
    """Give points, to the team where nobody is named."""
    facts = {"words": "For your help with March.", "key": "k", "today": TODAY, **given}
    person_id = None if who is None else redeeming.person(who)
    return redeeming.verb("northwind", give_points, author=by, person_id=person_id, points=number, **facts)


def reward(redeeming: Redeeming, by: str, key: str = "course", **given: Any) -> RedemptionState:
    """Give Ania a reward."""
    facts = {"words": "For your help with March.", "key": "k", "today": TODAY, **given}
    return redeeming.verb("northwind", give_reward, author=by, person_id=redeeming.person("ania"), reward=key, **facts)


def allowance(redeeming: Redeeming, by: str, now: dt.datetime = NOW) -> int:
    """What is left of this month's allowance."""
    return redeeming.within(allowance_left, author=by, now=now)


def audited(redeeming: Redeeming) -> list[tuple[str, str, dict[str, Any]]]:
    own = (col(AuditEntry.account_id) == redeeming.account_id(), col(AuditEntry.action).startswith("gift."))
    rows = redeeming.look(
        lambda session: session.exec(select(AuditEntry).where(*own).order_by(col(AuditEntry.id))).all()
    )
    return [(row.author, row.action, row.details) for row in rows]


def told(redeeming: Redeeming) -> list[tuple[str, str | None, str | None]]:
    rows = redeeming.look(lambda session: session.exec(select(Outgoing).order_by(col(Outgoing.id))).all())
    return [(row.kind, row.user_id, row.channel_id) for row in rows]


def test_points_are_given_once_and_move_no_score(redeeming: Redeeming, ewa: str) -> None:
    scores = redeeming.scores("all")
    transfer = points(redeeming, ewa)
    assert points(redeeming, ewa) == transfer
    assert redeeming.balances() == {"ania": 20}
    assert redeeming.balances("fulton") == {}
    assert redeeming.scores("all") == scores
    assert allowance(redeeming, ewa) == 430
    assert audited(redeeming) == [(ewa, "gift.points", {"transfer": transfer, "points": 20})]
    assert told(redeeming) == [("gift", "U_ANIA", None)]
    redeeming.holds()


def test_the_team_is_given_points_for_its_pool(redeeming: Redeeming, ewa: str) -> None:
    points(redeeming, ewa, who=None)
    assert redeeming.balances() == {"pool": 20}
    assert told(redeeming) == []
    redeeming.holds()


def test_a_reward_costs_the_allowance_and_nobody_points(redeeming: Redeeming, ewa: str) -> None:
    given = reward(redeeming, ewa)
    assert reward(redeeming, ewa) == given
    assert (given.state, given.points, given.words) == ("approved", 0, "For your help with March.")
    assert allowance(redeeming, ewa) == 50
    assert redeeming.taken("course") == 1
    assert [entry[1] for entry in audited(redeeming)] == ["gift.reward"]
    assert "March" not in str(audited(redeeming))
    redeeming.holds()


@pytest.mark.parametrize(
    ("error", "given"),
    [
        (NoWordsError, {"words": "  "}),
        (NoWordsError, {"words": "x" * 501}),
        (NoPointsError, {"number": 0}),
        (NoPointsError, {"number": -5}),
        (AllowanceError, {"number": 451}),
    ],
)
def test_what_cannot_be_given_is_not(
    redeeming: Redeeming, ewa: str, error: type[GiftError], given: dict[str, Any]
) -> None:
    with pytest.raises(error):
        points(redeeming, ewa, **given)
    assert (redeeming.balances(), allowance(redeeming, ewa), told(redeeming)) == ({}, 450, [])


def test_the_allowance_is_each_manager_s_own_and_new_every_month(redeeming: Redeeming, ewa: str) -> None:
    adam = redeeming.manager("adam")
    points(redeeming, ewa, 450)
    with pytest.raises(AllowanceError) as refused:
        points(redeeming, ewa, 1, key="more")
    assert refused.value.left == 0
    assert allowance(redeeming, adam) == 450
    april = dt.datetime(2026, 3, 31, 22, 0, tzinfo=dt.UTC)
    assert allowance(redeeming, ewa, april - dt.timedelta(seconds=1)) == 0
    assert allowance(redeeming, ewa, april) == 450


def test_what_was_taken_back_is_there_to_give_again_and_moves_no_score(redeeming: Redeeming, ewa: str) -> None:
    transfer = points(redeeming, ewa, 300)
    scores = redeeming.scores("all")
    redeeming.verb("northwind", reverse_transfers, author=ewa, transfer_id=transfer, reason="Meant for another.")
    assert (redeeming.balances(), redeeming.scores("all")) == ({}, scores)
    assert allowance(redeeming, ewa) == 450
    assert told(redeeming) == [("gift", "U_ANIA", None), ("corrected", "U_ANIA", None)]
    redeeming.holds()


def test_nobody_gives_to_themselves(redeeming: Redeeming, ewa: str) -> None:
    redeeming.member("eve", email="ewa@orbit.example")
    with pytest.raises(OwnGiftError):
        points(redeeming, ewa, who="eve")
    points(redeeming, ewa, who="ania")


def test_a_reward_that_is_gone_is_not_given(redeeming: Redeeming, ewa: str) -> None:
    redeeming.set_stock("course", withdrawn=True)
    for key in ("course", "nothing"):
        with pytest.raises(GiftGoneError):
            reward(redeeming, ewa, key)
    redeeming.set_stock("course", withdrawn=False, total=0)
    with pytest.raises(GiftGoneError):
        reward(redeeming, ewa)
    assert (allowance(redeeming, ewa), audited(redeeming)) == (450, [])


def test_without_an_allowance_nothing_is_given(redeeming: Redeeming, ewa: str) -> None:
    redeeming.under(PROGRAMME)
    with pytest.raises(NoGiftsError):
        points(redeeming, ewa)


def test_the_words_go_with_the_person(redeeming: Redeeming, ewa: str) -> None:
    points(redeeming, ewa)
    reward(redeeming, ewa)
    account, ania = redeeming.account_id(), redeeming.person("ania")

    def forget(session: Session) -> None:
        erase(session, account, ania, reason="erased", author="operator", now=NOW)

    redeeming.database.write({account}, forget)
    assert redeeming.look(lambda session: session.exec(select(TransferNote.text)).all()) == []
    assert redeeming.look(lambda session: session.exec(select(Redemption.words)).all()) == [None]
    assert redeeming.look(lambda session: session.get_one(Person, (account, ania)).name) is None
    assert gifts.GIFT_KIND in {kind for kind, _, _ in told(redeeming)}
    redeeming.holds()


def test_the_team_hears_of_its_gift_in_its_own_channel_when_it_is_loud_there(redeeming: Redeeming, ewa: str) -> None:
    account = redeeming.account_id()
    channel = Channel(account_id=account, id=900, team_id="T1", channel_id="C1", created_at=NOW)
    redeeming.database.write({account}, lambda session: session.add(channel))
    points(redeeming, ewa, who=None)
    assert told(redeeming) == [("gift", None, "C1")]

    def leaves(now: dt.datetime) -> Any:
        row = redeeming.look(lambda session: session.exec(select(Outgoing)).one())
        return redeeming.database.read({account}, lambda session: gifts.gift_facts(session, as_claimed(row), now))

    said = leaves(NOW)
    assert (said.team, said.points, said.words) == (True, 20, "For your help with March.")
    tonight = NOW.replace(hour=21)
    assert leaves(tonight) == Later(
        contact_policy.quiet_hours_end(Contact(), tonight, ZoneInfo("Europe/Warsaw")), "quiet hours"
    )
    redeeming.database.write({account}, lambda session: session.delete(session.get_one(Channel, (account, 900))))
    assert leaves(NOW) == Drop("the channel is not the account's any more")
