"""What somebody, or the whole account, saves for."""

import datetime as dt
from typing import Any

import pytest
from sqlmodel import Session

from leaderboards.boards import Goal as Shown
from leaderboards.periods import frame_of
from loyalty.boards import posts
from loyalty.rewards import goals
from loyalty.rewards.errors import CannotSeeError, NotEligibleError, RewardError, WithdrawnError
from loyalty.rewards.goals import Goal, progress, team_progress
from storage.tables import Account
from tests.support.redemptions import PROGRAMME, TODAY, Redeeming
from tests.support.usage import NOW


@pytest.fixture
def savers(redeeming: Redeeming) -> Redeeming:
    """In both clients Ania with 340 points, Jan, a champion, and a pool with 120."""
    for key in ("northwind", "fulton"):
        redeeming.member(key=key, points=340)
        redeeming.member("jan", key, points=5, role="champion")
        redeeming.pool(120, key)
    return redeeming


def save(world: Redeeming, reward: str, who: str = "ania", key: str = "northwind") -> Goal:
    account_id, person_id = world.account_id(key), world.person(who, key)

    def run(session: Session) -> Goal:
        return goals.save_for(session, account_id, person_id=person_id, reward=reward, today=TODAY, now=NOW)

    return world.database.write({account_id}, run)


def stop(world: Redeeming, who: str = "ania", *, team: bool = False) -> bool:
    account_id, person_id = world.account_id(), world.person(who)

    def run(session: Session) -> bool:
        return goals.stop_saving(session, account_id, person_id=person_id, team=team, today=TODAY)

    return world.database.write({account_id}, run)


def goal(world: Redeeming, who: str = "ania", key: str = "northwind") -> tuple[str, int, int, int] | None:
    return told(world.within(progress, key, person_id=world.person(who, key), today=TODAY))


def team(world: Redeeming, key: str = "northwind") -> tuple[str, int, int, int] | None:
    return told(world.within(team_progress, key))


def told(found: Goal | None) -> tuple[str, int, int, int] | None:
    return None if found is None else (found.reward.key, found.cost, found.have, found.to_go)


def test_a_member_saves_for_one_reward_at_a_time(savers: Redeeming) -> None:
    assert goal(savers) is None
    assert told(save(savers, "course")) == goal(savers) == ("course", 400, 340, 60)
    assert told(save(savers, "report")) == goal(savers) == ("report", 100, 340, 0)
    assert [goal(savers, "jan"), goal(savers, key="fulton"), team(savers)] == [None, None, None]
    savers.ask("report")
    assert goal(savers) == ("report", 100, 240, 0)
    assert (stop(savers), stop(savers), goal(savers)) == (True, False, None)


def test_what_the_pool_pays_is_the_teams_goal(savers: Redeeming) -> None:
    assert told(save(savers, "workshop", "jan")) == team(savers) == ("workshop", 300, 120, 180)
    assert [goal(savers, "jan"), goal(savers), team(savers, "fulton")] == [None, None, None]
    with pytest.raises(CannotSeeError):
        stop(savers, "ania", team=True)
    assert (stop(savers, "jan"), stop(savers, "jan", team=True), team(savers)) == (False, True, None)


@pytest.mark.parametrize(
    ("reward", "facts", "error"),
    [
        ("workshop", {}, CannotSeeError),
        ("nothing", {}, CannotSeeError),
        ("swag", {}, WithdrawnError),
        ("course", {"staff": True}, NotEligibleError),
    ],
)
def test_only_what_one_sees_can_be_saved_for(
    savers: Redeeming, reward: str, facts: dict[str, Any], error: type[RewardError]
) -> None:
    savers.set_stock("swag", withdrawn=True)
    save(savers, "report")
    savers.member(**facts)
    with pytest.raises(error):
        save(savers, reward)
    savers.member(staff=False)
    assert goal(savers) == ("report", 100, 340, 0)


def test_a_goal_rests_while_it_is_not_offered(savers: Redeeming) -> None:
    save(savers, "course")
    save(savers, "workshop", "jan")
    for reward in ("course", "workshop"):
        savers.set_stock(reward, withdrawn=True)
    assert (goal(savers), team(savers)) == (None, None)
    for reward in ("course", "workshop"):
        savers.set_stock(reward, withdrawn=False)
    savers.own_terms("course", {"cost": 350})
    assert (goal(savers), team(savers)) == (("course", 350, 340, 10), ("workshop", 300, 120, 180))
    savers.under(PROGRAMME.replace("key: course", "key: lesson"))
    assert goal(savers) is None
    assert savers.within(progress, person_id=savers.person("jan"), today=TODAY + dt.timedelta(days=1)) is None


def test_the_teams_board_shows_the_reward_it_saves_for_before_the_next_milestone(savers: Redeeming) -> None:
    savers.under(PROGRAMME + "milestones: [{key: together, when: {team_points: 9000}, badge: Together}]")
    week = frame_of("week", TODAY)
    milestone = Shown("together", 9000, 465)

    def shown(key: str = "northwind") -> tuple[Shown | None, dict[str, str]]:
        person_id = savers.person("ania", key)
        found, names = savers.within(posts.own_board, key, person_id=person_id, frame=week)
        return found.board.goal, {goal: str(name) for goal, name in names.items()}

    assert shown() == (milestone, {})
    save(savers, "workshop", "jan")
    assert shown() == (Shown("workshop", 300, 120), {"workshop": "Onboarding workshop"})
    assert shown("fulton") == (milestone, {})
    savers.operate(lambda session: session.get_one(Account, savers.account_id()).sqlmodel_update({"mode": "private"}))
    assert shown() == (milestone, {})
