"""What somebody saves for, with a way there; and whose names stand for those who decide."""

from loyalty.accounts.managers import add_manager, manager_names
from loyalty.overview.goal_progress import GoalProgress, goal_progress
from loyalty.overview.hints import Hint
from loyalty.rewards.goals import goals, progress, save_for
from tests.support.redemptions import REWARDS, TODAY, Redeeming
from tests.support.usage import NOW

REPORTS = "  - {key: report, event: Report Scheduled, points: 15}\n"


def saving(redeeming: Redeeming, reward: str, who: str = "ania") -> GoalProgress | None:
    """Let somebody save for a reward, and return what they then aim at."""
    redeeming.under(REPORTS + REWARDS)
    person = redeeming.member(who, points=360)
    account = redeeming.account_id()
    redeeming.database.write(
        {account}, lambda s: save_for(s, account, person_id=person, reward=reward, today=TODAY, now=NOW)
    )
    return redeeming.within(goal_progress, person_id=person, reward=reward, today=TODAY)


def test_a_goal_says_what_is_missing_and_how_to_get_it(redeeming: Redeeming) -> None:
    found = saving(redeeming, "course")
    assert found is not None
    assert (found.reward.key, found.to_go, found.hint) == ("course", 40, Hint("Report Scheduled", 3))


def test_what_is_there_already_wants_no_way(redeeming: Redeeming) -> None:
    found = saving(redeeming, "report")
    assert found is not None
    assert (found.reward.key, found.to_go, found.hint) == ("report", 0, None)


def test_the_team_s_goal_is_nobody_s_own(redeeming: Redeeming) -> None:
    person = redeeming.member(points=10, role="champion")
    account = redeeming.account_id()
    for reward in ("workshop", "swag"):
        redeeming.database.write(
            {account},
            lambda s: save_for(s, account, person_id=person, reward=reward, today=TODAY, now=NOW),  # noqa: B023 - used at once
        )
    other = redeeming.member("marek", points=10)
    fulton = redeeming.member(key="fulton", points=10)
    assert redeeming.within(goals, person_id=person) == {"workshop", "swag"}
    assert redeeming.within(goals, person_id=other) == {"workshop"}
    assert redeeming.within(goals, "fulton", person_id=fulton) == set()
    assert redeeming.within(progress, person_id=other, today=TODAY) is None


def test_managers_are_named_where_their_names_are_known(redeeming: Redeeming) -> None:
    redeeming.manager("ewa")
    redeeming.manager("jan", user_id=None)
    account = redeeming.account_id()
    redeeming.operate(lambda session: add_manager(session, account, "new@orbit.example", now=NOW))
    redeeming.manager("fay", "fulton")
    assert redeeming.within(manager_names) == ("Ewa", "Jan")
