"""Who sees which reward, why it cannot be had now, and how it is called."""

import datetime as dt
import itertools
from typing import Any, get_args

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from loyalty.people.people import NoSuchPersonError
from loyalty.programme import Audience, Reward, RewardKind
from loyalty.rewards.catalogue import Catalogue, Viewer, catalogue, find_reward, offers, sees, viewer
from storage.account_lock import next_ids
from storage.tables import TierHeld, VipMember
from storage.tables.people import ROLES
from tests.support.redemptions import EARN, PROGRAMME, TODAY, Redeeming
from tests.support.usage import HEAD, NOW

TIERS = ("silver", "gold", None)
ACCOUNTS = ("northwind", "fulton")


def reward(kind: str = "course", **given: Any) -> Reward:
    return Reward.model_validate({"key": "r", "kind": kind, "name": "R", "worth": "W", "cost": 1, "value": 0, **given})


AUDIENCES: list[dict[str, Any]] = [
    {**roles, **tiers, **accounts, **vip}
    for roles, tiers, accounts, vip in itertools.product(
        ({}, {"roles": ["executive"]}, {"roles": ["user", "manager"]}),
        ({}, {"tiers": ["gold"]}),
        ({}, {"accounts": ["fulton"]}),
        ({}, {"vip": True}),
    )
]
"""What a reward may say of who sees it: each thing named, or left open."""


@pytest.mark.parametrize("kind", get_args(RewardKind))
def test_each_kind_is_seen_by_whom_it_is_for_and_nobody_else(kind: str) -> None:
    """Every kind, whoever pays, for every audience, seen by every role, tier and account, in the VIP club or not."""
    seen, wanted = [], []
    for says, paid_by in itertools.product(AUDIENCES, ("person", "pool")):
        of = reward(kind, **{"for": says}, paid_by=paid_by)
        roles = says.get("roles") or (("champion", "manager") if paid_by == "pool" else ROLES)
        for role, tier, account, vip in itertools.product(ROLES, TIERS, ACCOUNTS, (False, True)):
            who = Viewer(person_id=1, role=role, account_key=account, tiers=frozenset({tier} if tier else ()), vip=vip)
            seen.append(sees(of, who))
            wanted.append(
                role in roles
                and tier in says.get("tiers", TIERS)
                and account in says.get("accounts", ACCOUNTS)
                and (vip or not says.get("vip"))
            )
    assert seen == wanted
    assert (len(seen), sum(seen)) == (24 * 2 * 48, sum(wanted))


def test_who_is_not_eligible_sees_nothing() -> None:
    stranger = Viewer(person_id=1, role="user", account_key="northwind", eligible=False)
    assert not sees(reward(), stranger)
    assert reward().for_ == Audience()


def seen(redeeming: Redeeming, who: str = "ania", key: str = "northwind", today: dt.date = TODAY) -> Catalogue:
    return redeeming.within(catalogue, key, person_id=redeeming.person(who, key), today=today)


def keys(found: Catalogue) -> list[str]:
    return [shown.offer.reward.key for shown in found.rewards]


@pytest.fixture
def members(redeeming: Redeeming) -> Redeeming:
    """In both clients an Ania with 450 points and a pool with 200."""
    for key in ACCOUNTS:
        redeeming.member(key=key, points=450)
        redeeming.pool(200, key)
    return redeeming


def test_the_catalogue_says_what_can_be_had_and_why_the_rest_cannot(members: Redeeming) -> None:
    members.member(role="champion")
    members.ask("swag")
    members.set_stock("report", total=0)
    members.set_stock("course", total=2)
    found = seen(members)
    shown = {
        each.offer.reward.key: (each.why_not, each.to_go, each.again, each.offer.left, each.offer.withdrawn)
        for each in found.rewards
    }
    assert (found.balance, found.pool, found.viewer.role) == (400, 200, "champion")
    assert shown == {
        "course": (None, 0, None, 2, False),
        "report": ("ran_out", 0, None, 0, False),
        "swag": ("limit", 0, dt.date(2026, 4, 1), None, False),
        "workshop": ("points", 100, None, None, False),
    }
    members.set_stock("swag", withdrawn=True)
    assert [each.why_not for each in seen(members).rewards] == [None, "ran_out", "withdrawn", "points"]
    # Next month there is room again; the other client has had nothing.
    assert [each.why_not for each in seen(members, today=dt.date(2026, 4, 1)).rewards][2] == "withdrawn"
    assert [each.why_not for each in seen(members, key="fulton").rewards] == [None, "ran_out", "withdrawn"]
    members.set_stock("swag", withdrawn=False)
    assert [each.why_not for each in seen(members, today=dt.date(2026, 4, 1)).rewards][2] is None
    assert [each.why_not for each in seen(members, key="fulton").rewards] == [None, "ran_out", None]


def test_what_an_account_has_of_its_own_stands_on_top(members: Redeeming) -> None:
    visit = {"key": "visit", "kind": "consulting", "name": "A visit", "worth": "Time with us", "cost": 10, "value": 1}
    members.own_terms("visit", visit, total=3, taken=1)
    members.own_terms("course", {"cost": 500, "limit": {"times": 1, "per": "ever"}})
    found = {each.offer.reward.key: each for each in seen(members).rewards}
    assert list(found) == ["course", "report", "swag", "visit"]
    course, own = found["course"], found["visit"].offer
    assert (course.offer.reward.cost, course.why_not, course.to_go, course.offer.own) == (500, "points", 50, False)
    assert course.offer.reward.limit is not None
    assert (course.offer.reward.limit.per, course.offer.left) == ("ever", 2)
    assert (own.own, own.left, own.reward.name.get("en")) == (True, 2, "A visit")
    assert keys(seen(members, key="fulton")) == ["course", "report", "swag"]
    assert [offer.reward.key for offer in members.within(offers, "fulton")] == ["course", "report", "swag", "workshop"]
    assert members.within(offers, "fulton")[0].reward.cost == 400


def test_a_tier_counts_as_long_as_it_is_held_or_chosen(members: Redeeming) -> None:
    person, account_id = members.person("ania"), members.account_id()
    tomorrow = TODAY + dt.timedelta(days=1)
    cases: list[tuple[dict[str, Any], set[str]]] = [
        ({"tier": "gold"}, {"gold"}),
        ({"tier": "gold", "chosen": "silver"}, {"silver"}),
        ({"tier": "gold", "chosen": "silver", "chosen_until": tomorrow}, {"silver"}),
        ({"tier": "gold", "chosen": "silver", "chosen_until": TODAY}, {"gold"}),
        ({"tier": None, "chosen": "silver", "chosen_until": TODAY}, set()),
    ]

    def held(of: int | None, **facts: Any) -> frozenset[str]:
        def put(session: Session) -> None:
            for row in session.exec(select(TierHeld)).all():
                session.delete(row)
            session.flush()
            number = next_ids(session, account_id)
            session.add(TierHeld(account_id=account_id, id=number, person_id=of, since=NOW, **facts))

        members.database.write({account_id}, put)
        return members.within(viewer, person_id=person, today=TODAY).tiers

    for of in (person, None):
        assert [held(of, **facts) for facts, _ in cases] == [tiers for _, tiers in cases]
    # A colleague's is theirs alone.
    jan = members.member("jan")
    assert held(jan, tier="gold") == frozenset()
    assert (
        members.within(viewer, "fulton", person_id=members.person("ania", "fulton"), today=TODAY).tiers == frozenset()
    )


def test_the_vip_club_is_whoever_accepted_and_has_not_left(members: Redeeming) -> None:
    person, account_id = members.person("ania"), members.account_id()

    def vip(**facts: Any) -> bool:
        row = VipMember(account_id=account_id, person_id=person, invited_at=NOW, invited_by="manager:1", **facts)
        members.database.write({account_id}, lambda session: session.merge(row))
        return members.within(viewer, person_id=person, today=TODAY).vip

    assert not members.within(viewer, person_id=person, today=TODAY).vip
    assert [vip(), vip(accepted_at=NOW), vip(accepted_at=NOW, left_at=NOW)] == [False, True, False]


def test_there_is_no_catalogue_of_nobody(members: Redeeming) -> None:
    with pytest.raises(NoSuchPersonError):
        members.within(catalogue, person_id=10_000, today=TODAY)
    members.member(staff=True)
    assert keys(seen(members)) == []


def test_a_reward_is_found_by_its_name_in_any_language_and_the_nearest_is_offered(members: Redeeming) -> None:
    shelf = seen(members)

    def called(words: str) -> tuple[str | None, str | None]:
        found = find_reward(shelf, words, "pl")
        return tuple(one and one.offer.reward.key for one in (found.reward, found.nearest))  # type: ignore[return-value]

    assert called("Analytics course") == ("course", None)
    assert called("  kurs   ANALITYKI ") == ("course", None)
    assert called("swag") == ("swag", None)
    assert called("kurs analitki") == (None, "course")
    assert called("Notebok") == (None, "swag")
    assert called("zzz") == (None, None)
    assert called("") == (None, None)
    # What one cannot see is not offered either.
    assert called("Onboarding workshop") == (None, None)


def test_many_rewards_and_people_cost_no_more_statements(members: Redeeming) -> None:
    counted: list[str] = []

    def count(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        counted.append(statement)

    def statements() -> int:
        counted.clear()
        event.listen(members.database.engine, "before_cursor_execute", count)
        seen(members)
        event.remove(members.database.engine, "before_cursor_execute", count)
        return sum(statement.lstrip().startswith("SELECT") for statement in counted)

    few = statements()
    many = "".join(
        f"  - {{key: r{n}, kind: course, name: Reward {n}, worth: W, cost: {n + 1}, value: 0, stock: 9,"
        " limit: {times: 1, per: month}}\n"
        for n in range(200)
    )
    members.under(HEAD + EARN + "value_cap: 100\nrewards:\n" + many)
    for n in range(20):
        members.use("Worked", by=f"u{n}", n=5)
        members.own_terms(f"r{n}", {"cost": 1})
    members.ask("r30")
    assert (statements(), len(seen(members).rewards)) == (few, 200)
    assert PROGRAMME.count("key: course") == 1
