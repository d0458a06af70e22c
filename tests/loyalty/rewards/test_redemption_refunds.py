"""What somebody asked for as they leave for good: cancelled, and all is given back."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session, select

from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.erasure import erase
from loyalty.members.slack_sync import record_profile
from loyalty.rewards.redemptions import approve, decline
from storage.tables import Redemption, SavingGoal, TierHeld, VipMember
from tests.support.redemptions import Redeeming
from tests.support.usage import NOW

LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def world(redeeming: Redeeming) -> Redeeming:
    """In both clients: Ania asked for a course and, of the team, a workshop; had one approved and one declined."""
    redeeming.set_stock("course", total=None)
    for key in ("northwind", "fulton"):
        redeeming.member(key=key, points=2000, role="champion")
        redeeming.pool(500, key)
        ewa = redeeming.manager(key=key)
        for reward in ("course", "workshop", "course", "course"):
            last = redeeming.ask(reward, account=key)
        redeeming.decide(approve, last.id, key, by=ewa)
        declined = redeeming.ask("course", account=key)
        redeeming.decide(decline, declined.id, key, by=ewa, words="Ania knows why")
    return redeeming


def switched_off(session: Session, _world: Redeeming) -> None:
    record_profile(session, SlackProfile(user=SlackUser("", "T1", "U_ANIA"), deleted=True, outsider=True), now=LATER)


def erased(session: Session, world: Redeeming) -> None:
    for key in ("northwind", "fulton"):
        account_id, person_id = world.account_id(key), world.person("ania", key)
        erase(session, account_id, person_id, reason="erased", author=f"person:{person_id}", now=LATER)


@pytest.mark.parametrize("leave", [switched_off, erased])
def test_what_is_under_way_is_cancelled_and_given_back(
    world: Redeeming, leave: Callable[[Session, Redeeming], None]
) -> None:
    ania, before = world.person("ania"), {key: world.balances(key) for key in ("northwind", "fulton")}
    assert before["northwind"] == {"ania": 800, "ania held": 1200, "pool": 200, "pool held": 300}
    assert (world.taken("course"), world.taken("workshop")) == (6, 2)
    world.operate(lambda session: leave(session, world))
    for key in ("northwind", "fulton"):
        assert world.states(key) == ["cancelled"] * 4 + ["declined"]
        assert world.balances(key) == {"ania" if leave is switched_off else "somebody": 2000, "pool": 500}
    assert (world.taken("course"), world.taken("workshop")) == (0, 0)
    authors = {author for author, action, _ in world.audited() if action == "redemption.cancelled"}
    assert authors == ({"slack"} if leave is switched_off else {f"person:{ania}"})
    # The managers' messages change; nobody writes to whoever left.
    assert [row.subject["state"] for row in world.said() if row.kind == "redemption.settled"][-4:] == ["cancelled"] * 4
    world.holds()


def test_who_is_still_away_is_cancelled_once(world: Redeeming) -> None:
    for _ in range(2):
        world.operate(lambda session: switched_off(session, world))
    assert [action for _, action, _ in world.audited()].count("redemption.cancelled") == 4


def test_words_goals_tiers_and_the_club_go_with_whoever_is_erased(world: Redeeming) -> None:
    def known(session: Session) -> dict[str, Any]:
        words = {row.words for row in session.exec(select(Redemption)) if row.words}
        rows = {table.__name__: len(session.exec(select(table)).all()) for table in (SavingGoal, TierHeld, VipMember)}
        return rows | {"words": words}

    for key in ("northwind", "fulton"):
        account_id, person_id = world.account_id(key), world.person("ania", key)
        facts: dict[str, Any] = {"account_id": account_id, "person_id": person_id}
        rows = [
            SavingGoal(**facts, id=9001, reward="course", author="person:1", at=NOW),
            TierHeld(**facts, id=9002, tier="gold", since=NOW, reason="Ania is a friend"),
            VipMember(**facts, invited_at=NOW, invited_by="manager:1"),
        ]
        world.database.write({account_id}, lambda session, rows=rows: session.add_all(rows))  # type: ignore[misc]
    north = world.account_id()
    person = world.person("ania")
    world.database.write(
        {north}, lambda session: erase(session, north, person, reason="erased", author="person:1", now=LATER)
    )
    gone = {"SavingGoal": 0, "TierHeld": 0, "VipMember": 0, "words": set()}
    assert world.database.read({north}, known) == gone
    assert world.look(known) == {"SavingGoal": 1, "TierHeld": 1, "VipMember": 1, "words": {"Ania knows why"}}
