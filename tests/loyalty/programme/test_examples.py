from collections import Counter
from pathlib import Path

import pytest

from loyalty.programme import OnceEach, PerUnit, TeamPoints, read

EXAMPLES = Path(__file__).parents[3] / "examples"


PROGRAMMES = sorted(
    path for path in EXAMPLES.glob("*.yaml") if path.name != "demo.yaml"
)  # that one is the demo's people


@pytest.mark.parametrize("path", PROGRAMMES, ids=lambda path: path.name)
def test_every_example_holds(path: Path) -> None:
    programme = read(path.read_text(encoding="utf-8"), name=path.name)
    assert len(programme.accounts) == 3


def test_the_demo_s_programme_shows_each_kind_of_thing() -> None:
    orbit = read((EXAMPLES / "orbit.yaml").read_text(encoding="utf-8"))
    assert [(str(account.name), account.timezone, account.language, account.mode) for account in orbit.accounts] == [
        ("Northwind", "Europe/Warsaw", "en", "board"),
        ("Haneul", "Asia/Seoul", "ko", "team"),
        ("Fulton & Reed", "America/New_York", "en", "private"),
    ]
    assert {type(rule.points) for rule in orbit.earn} == {int, PerUnit}
    assert Counter(rule.to for rule in orbit.earn) == {"person": 4, "pool": 1}
    assert [rule.key for rule in orbit.earn if isinstance(rule.once, OnceEach)] == ["new-feature", "came"]
    assert len({type(milestone.when) for milestone in orbit.milestones}) == 5


def test_the_demo_s_words_are_there_in_all_three_languages() -> None:
    orbit = read((EXAMPLES / "orbit.yaml").read_text(encoding="utf-8"))
    for milestone in orbit.milestones:
        words = [milestone.says] if isinstance(milestone.when, TeamPoints) else [milestone.says, milestone.badge]
        assert [{language for language, _ in each.texts()} for each in words if each] == [{"en", "pl", "ko"}] * len(
            words
        )
    for reward in orbit.rewards:
        said = [reward.name, reward.worth, *([reward.gives] if reward.gives else [])]
        assert [{language for language, _ in each.texts()} for each in said] == [{"en", "pl", "ko"}] * len(said)


def test_the_demo_s_rewards_show_each_way() -> None:
    rewards = read((EXAMPLES / "orbit.yaml").read_text(encoding="utf-8")).rewards
    assert len({reward.kind for reward in rewards}) == len(rewards) == 8
    assert [reward.key for reward in rewards if reward.paid_by == "pool"] == ["workshop"]
    assert [reward.key for reward in rewards if reward.stock is not None and reward.stock <= 2] == ["reporting-day"]
    assert [reward.key for reward in rewards if reward.fulfilled == "at_once"] == ["benchmark", "early-forecasts"]
    assert [reward.key for reward in rewards if reward.approval is None and reward.paid_by == "person"] == [
        "expert-hour",
        "advanced",
        "reporting-day",
        "council",
    ]
