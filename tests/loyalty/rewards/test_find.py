"""A reward by what somebody typed."""

import pytest

from loyalty.programme import Reward
from loyalty.rewards.catalogue import Catalogue, Offer, Viewer, VisibleReward, find_reward, plain


def shown(key: str, **names: str) -> VisibleReward:
    name = names or key.title()
    reward = Reward.model_validate(
        {"key": key, "kind": "course", "name": name, "worth": "Know more", "cost": 400, "value": 90}
    )
    return VisibleReward(offer=Offer(reward=reward))


COURSE = shown("advanced", en="Advanced reporting", pl="Zaawansowane raportowanie", ko="고급 보고 과정")
HOUR = shown("expert-hour", en="Hour with an expert", pl="Godzina z ekspertką", ko="전문가와 한 시간")
HOURS = shown("hours", en="Hours of support", pl="Łącznie trzy godziny", ko="지원 시간")
FOUND = Catalogue(
    viewer=Viewer(person_id=1, role="user", account_key="northwind"),
    balance=0,
    pool=0,
    rewards=(COURSE, HOUR, HOURS),
    version=1,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Advanced reporting", COURSE),
        ("  advanced   REPORTING ", COURSE),
        ("adv", COURSE),
        ("zaawansowane", COURSE),
        ("고급", COURSE),
        ("expert-hour", HOUR),
        ("hour with", HOUR),
        ("godzina z ekspertka", HOUR),
        ("lacznie", HOURS),
        ("ŁĄCZNIE TRZY", HOURS),
        ("hours", HOURS),
    ],
)
def test_a_name_a_key_or_how_one_name_begins(typed: str, meant: VisibleReward) -> None:
    found = find_reward(FOUND, typed)
    assert (found.reward, found.nearest) == (meant, None)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [("Advnced reporting", COURSE), ("hour", HOURS), ("raportowanie", COURSE), ("xyzzy", None), ("", None)],
)
def test_what_could_be_several_or_is_mistyped_is_asked_back(typed: str, nearest: VisibleReward | None) -> None:
    found = find_reward(FOUND, typed)
    assert (found.reward, found.nearest) == (None, nearest)


def test_letters_are_compared_without_what_stands_on_them() -> None:
    assert plain("  Żółta  ŁÓDŹ ") == "zolta lodz"
    assert plain("고급 보고") == "고급 보고"
