"""Rewards, tiers, gifts and the value cap, as they are read, written and compared."""

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.programme import (
    AccountTier,
    Approval,
    Audience,
    Gifts,
    LocalizedText,
    MemberTier,
    Months,
    Plan,
    Programme,
    Reward,
    RewardLimit,
    Tiers,
    plan,
    read,
)
from loyalty.programme.schema_rewards import RewardKind, RewardPeriod, Role
from tests.loyalty.programme.builders import CLIENTS
from tests.loyalty.programme.builders import REWARDS as FILE


def lines(*replacements: tuple[str, str]) -> list[str]:
    text = FILE
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    return plan(read(FILE), read(text)).lines()


def test_rewards_tiers_and_gifts_are_read_as_they_are_written() -> None:
    programme = read(FILE)
    assert (programme.value_cap, programme.gifts, programme.tiers, programme.rewards) == (
        Decimal("200.5"),
        Gifts(monthly=2000),
        Tiers(
            members=(
                MemberTier(
                    key="silver",
                    name=LocalizedText({"en": "Silver", "pl": "Srebro"}),
                    points=500,
                    over=Months(12),
                    benefits=(LocalizedText("A trainer's hour"),),
                ),
                MemberTier(key="gold", points=1500, over=dt.timedelta(weeks=52), grace=Months(2)),
            ),
            accounts=(
                AccountTier(key="grown", points=9000, over=Months(12)),
                AccountTier(key="partner", by="choice"),
            ),
        ),
        (
            Reward(
                key="advanced",
                kind="training_seat",
                name=LocalizedText("Advanced reporting"),
                worth=LocalizedText("A day with a trainer"),
                cost=400,
                value=Decimal("90.1"),
                stock=20,
                limit=RewardLimit(times=1, per="year"),
                for_=Audience(roles=("user", "champion"), tiers=("silver",), accounts=("haneul",), vip=True),
                approval=Approval(above=0),
                wait=dt.timedelta(days=7),
                fulfilled="at_once",
                gives=LocalizedText({"en": "Come at nine", "ko": "아홉 시"}),
            ),
            Reward(
                key="treat",
                kind="team_treat",
                name=LocalizedText("Lunch together"),
                worth=LocalizedText("Time to talk"),
                cost=3000,
                value=Decimal(150),
                paid_by="pool",
            ),
        ),
    )


def test_a_file_without_them_has_none() -> None:
    programme = read(CLIENTS + "rewards:\ntiers:\ngifts:\nvalue_cap:\n")
    assert (programme.value_cap, programme.gifts, programme.tiers, programme.rewards) == (None, Gifts(), Tiers(), ())


def test_a_plan_tells_new_rewards_tiers_gifts_and_the_cap_in_words() -> None:
    assert plan(read(CLIENTS), read(FILE)).lines() == [
        "~ gifts: monthly none → 2000",
        "~ value_cap: none → 200.5",
        (
            '+ new reward advanced: kind training_seat, name "Advanced reporting", worth "A day with a trainer", '
            "cost 400, value 90.1, stock 20, limit {times: 1, per: year}, for {roles: [user, champion], tiers: "
            '[silver], accounts: [haneul], vip: true}, approval {above: 0}, wait "7 days", fulfilled at_once, '
            'gives {en: "Come at nine", ko: "아홉 시"}'
        ),
        (
            '+ new reward treat: kind team_treat, name "Lunch together", worth "Time to talk", cost 3000, value 150, '
            "paid_by pool"
        ),
        (
            '+ new member tier silver: name {en: Silver, pl: Srebro}, points 500, over "12 months", '
            'benefits ["A trainer\'s hour"]'
        ),
        '+ new member tier gold: points 1500, over "364 days", grace "2 months"',
        '+ new account tier grown: points 9000, over "12 months"',
        "+ new account tier partner: by choice",
    ]
    assert plan(None, read(FILE)).lines()[1:3] == ["+ new gifts: monthly 2000", "+ new value_cap: 200.5"]


def test_a_plan_tells_what_becomes_of_them() -> None:
    assert lines(
        ("stock: 20,", ""),
        ("limit: {times: 1, per: year}, for: {roles: [user, champion], tiers: [silver]", "for: {roles: [user]"),
        ("accounts: [haneul],\n     vip: true}", "accounts: [haneul]}"),
        ("cost: 3000", "cost: 2500"),
        ("value_cap: 200.5", "value_cap: 201"),
        ("{monthly: 2000}", ""),
        ("points: 1500", "points: 1400"),
        ("by: choice", "points: 9500, over: 12 months"),
    ) == [
        "~ gifts: monthly 2000 → none",
        "~ value_cap: 200.5 → 201",
        (
            "~ reward advanced: stock 20 → as many as are asked for, limit {times: 1, per: year} → none, for {roles: "
            "[user, champion], tiers: [silver], accounts: [haneul], vip: true} → {roles: [user], accounts: [haneul]}"
        ),
        "~ reward treat: cost 3000 → 2500",
        "~ member tier gold: points 1500 → 1400",
        '~ account tier partner: by choice → none, points none → 9500, over none → "12 months"',
    ]


def test_a_plan_says_everybody_where_a_reward_is_for_all() -> None:
    some = FILE.replace("paid_by: pool", "paid_by: pool, for: {roles: [champion]}")
    said = "~ reward treat: for {roles: [champion]} → everybody"
    assert plan(read(some), read(FILE)).lines() == [said]


def test_a_plan_tells_what_ends() -> None:
    assert plan(read(FILE), read(CLIENTS)).lines() == [
        "~ gifts: monthly 2000 → none",
        "~ value_cap: 200.5 → none",
        "- reward advanced ends: what was asked for stays promised, nobody can ask any more",
        "- reward treat ends: what was asked for stays promised, nobody can ask any more",
        "- member tier silver ends: nobody holds it any more",
        "- member tier gold ends: nobody holds it any more",
        "- account tier grown ends: no account holds it any more",
        "- account tier partner ends: no account holds it any more",
    ]


def test_a_plan_tells_which_account_tier_is_higher_now() -> None:
    grown, partner = "    - {key: grown, points: 9000, over: 12 months}\n", "    - {key: partner, by: choice}\n"
    assert lines((grown + partner, partner + grown)) == ["~ account tiers: order [grown, partner] → [partner, grown]"]


def test_stock_set_by_hand_is_told_of_rewards_that_were_there() -> None:
    programme = read(FILE)
    by_hand = {"advanced": 12, "treat": 5, "gone": 3}
    assert plan(programme, programme, stock_elsewhere=by_hand).lines() == [
        "Nothing would change.",
        "= reward advanced: stock left as it was set by hand: 12; the file says 20",
    ]
    assert plan(None, programme, stock_elsewhere=by_hand).lines() == plan(None, programme).lines()


TEXT = st.text(alphabet="abz ŻŁ하늘:#'\"\\-{}[],&*!|>%@`?~\U0001f600", min_size=1, max_size=20).filter(str.strip)
LANGUAGES = st.sampled_from(["en", "pl", "ko", "pt-BR"])
WORDS = TEXT | st.dictionaries(LANGUAGES, TEXT, min_size=1, max_size=3)
KEY = st.from_regex(r"[a-z0-9][a-z0-9-]{0,9}", fullmatch=True)
MANY = st.integers(1, 1_000_000_000)
VALUE = st.integers(0, 500) | st.floats(0, 500)
SPAN = st.sampled_from(["31 days", "12 months", "400 days", "9 weeks", "1200 months"])


def of(kind: Any) -> st.SearchStrategy[Any]:
    """One of a Literal's words."""
    return st.sampled_from(kind.__args__)


def part(always: dict[str, st.SearchStrategy[Any]], **sometimes: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(always, optional=sometimes)


@st.composite
def files(draw: st.DrawFn) -> dict[str, Any]:
    """What a sound programme file says of rewards, tiers and gifts."""
    keys = draw(st.lists(KEY, unique=True, max_size=6))
    points = sorted(draw(st.sets(MANY, min_size=len(keys), max_size=len(keys))))
    tier = part({"over": SPAN}, name=WORDS, benefits=st.lists(WORDS, max_size=2), grace=st.just("30 days"))
    found = [{"key": key, "points": reach, **draw(tier)} for key, reach in zip(keys, points, strict=True)]
    half = len(found) // 2
    chosen = [{"key": key, "by": "choice"} for key in draw(st.lists(KEY, unique=True, max_size=2)) if key not in keys]
    names = [each["key"] for each in found + chosen]
    audience = part(
        {},
        roles=st.lists(of(Role), min_size=1, max_size=3),
        accounts=st.lists(st.sampled_from(["northwind", "haneul"]), min_size=1),
        vip=st.booleans(),
        **({"tiers": st.lists(st.sampled_from(names), min_size=1, max_size=3)} if names else {}),
    )
    reward = part(
        {"kind": of(RewardKind), "name": WORDS, "worth": WORDS, "cost": MANY, "value": VALUE},
        stock=MANY,
        limit=st.fixed_dictionaries({"times": MANY, "per": of(RewardPeriod)}),
        approval=st.fixed_dictionaries({"above": st.integers(0, 1_000_000_000)}),
        wait=st.sampled_from(["1 day", "2 weeks", "72h"]),
        fulfilled=st.sampled_from(["by_hand", "at_once"]),
        gives=WORDS,
        paid_by=st.just("person"),
        **{"for": audience},
    )
    rewards = [{"key": key, **draw(reward)} for key in draw(st.lists(KEY, unique=True, max_size=3))]
    return {
        "programme": {"name": "Orbit Champions"},
        "accounts": [{"key": key, "name": key, "timezone": "UTC"} for key in ("northwind", "haneul")],
        "value_cap": 500,
        "tiers": {"members": found[:half], "accounts": [*found[half:], *chosen]},
        "rewards": rewards,
        "gifts": draw(part({}, monthly=MANY)),
    }


@settings(deadline=None, max_examples=60)
@given(files())
def test_whatever_a_file_says_of_rewards_the_plan_of_itself_changes_nothing(said: dict[str, Any]) -> None:
    programme = read(json.dumps(said, ensure_ascii=False))
    again = Programme.model_validate_json(programme.model_dump_json(by_alias=True))
    assert again == programme
    assert plan(programme, again) == Plan(())
    written = programme.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    assert read(json.dumps(written, ensure_ascii=False)) == programme
    first = [entry.key for entry in plan(None, programme).entries if entry.kind == "reward"]
    assert first == [reward["key"] for reward in said["rewards"]]
