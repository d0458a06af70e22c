"""Nobody is asked too often."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from loyalty.surveys.cooldown import Asked, Cooldowns, askable_from, may_be_asked

NOW = dt.datetime(2026, 3, 31, 16, tzinfo=dt.UTC)
SEOUL = ZoneInfo("Asia/Seoul")


def ago(**passed: int) -> dt.datetime:
    return NOW - dt.timedelta(**passed)


@pytest.mark.parametrize(
    ("kind", "asked", "may"),
    [
        ("nps", Asked(), True),
        ("nps", Asked({"nps": ago(days=90)}), True),
        ("nps", Asked({"nps": ago(days=89, hours=23)}), False),
        ("csat", Asked({"csat": ago(days=14)}), True),
        ("csat", Asked({"csat": ago(days=13)}), False),
        ("csat", Asked({"nps": ago(days=7)}), True),
        ("csat", Asked({"nps": ago(days=6)}), False),
        ("csat", Asked(outside_any={"ces": ago(days=1)}), True),
        ("csat", Asked(outside_any={"csat": ago(days=1)}), False),
    ],
)
def test_days_pass_between_surveys_of_a_kind_and_between_any(kind: str, asked: Asked, may: bool) -> None:  # noqa: FBT001
    assert may_be_asked(kind, asked, now=NOW, zone=SEOUL) is may


def test_whoever_answered_today_is_not_asked_tonight() -> None:
    # It is one o'clock at night in Seoul: what was answered two hours ago was answered yesterday.
    assert may_be_asked("nps", Asked(answered=ago(hours=2)), now=NOW, zone=SEOUL)
    assert not may_be_asked("nps", Asked(answered=ago(hours=2)), now=NOW, zone=ZoneInfo("Europe/Warsaw"))


def test_a_webinars_survey_waits_for_its_own_kind_alone() -> None:
    recent = Asked({"nps": ago(days=1)}, answered=ago(minutes=5))
    assert may_be_asked("csat", recent, now=NOW, zone=SEOUL, with_thanks=True)
    assert not may_be_asked("csat", Asked({"csat": ago(days=9)}), now=NOW, zone=SEOUL, with_thanks=True)


def test_a_vendors_own_days_hold() -> None:
    asked = Asked({"nps": ago(days=20)})
    assert askable_from("nps", asked, Cooldowns(nps=30, any=25)) == ago(days=-10)
    assert askable_from("csat", asked, Cooldowns(nps=30, any=25)) == ago(days=-5)
