"""Each thing that a file can say wrongly of rewards and tiers, and what is said of it."""

import pytest

from loyalty.programme import read
from tests.loyalty.programme.builders import CLIENTS, marked, refused

MONEY = "Laurels never pays money"
KINDS = (
    "training_seat, course, onboarding, consulting, early_access, extra_feature, priority_support, research_report, "
    "content, rnd_partnership, seminar_seat, partner_offer, cause_sponsorship, spotlight, team_treat or swag is wanted"
)
FIELDS = {
    "key": "a",
    "kind": "course",
    "name": "Advanced reporting",
    "worth": "Build reports in half the time",
    "cost": "400",
    "value": "90",
}
TIERS = """\
tiers:
  members: [{key: silver, points: 500, over: 12 months}]
  accounts: [{key: partner, by: choice}]
"""


def reward(fields: str = "", **others: str) -> str:
    """A reward on one line, with other fields than usual, or none where they are left out as `~`."""
    said = [f"{name}: {value}" for name, value in {**FIELDS, **others}.items() if value != "out"]
    return "  - {" + ", ".join([*said, *([fields] if fields else [])]) + "}\n"


def shop(*rewards: str, cap: str = "value_cap: 100\n") -> str:
    return CLIENTS + TIERS + cap + "rewards:\n" + "".join(rewards)


def replaced(fields: str) -> str:
    """A reward in whose usual fields these stand."""
    return reward(fields, **{name: "out" for name in FIELDS if name != "key" and fields.startswith(f"{name}:")})


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ("kind: cource", f'`kind`: {KINDS}, not the text "cource": did you mean `course`?'),
        ("kind: holiday", f'`kind`: {KINDS}, not the text "holiday"'),
        ("kind: 7", f"`kind`: {KINDS}, not the number 7"),
        ("kind: voucher", f'`kind`: "voucher" is no kind of reward: {MONEY}'),
        ("kind: gift_card", f'`kind`: "gift_card" is no kind of reward: {MONEY}'),
        ("kind: Cash", f'`kind`: "Cash" is no kind of reward: {MONEY}'),
        ("kind: discount", f'`kind`: "discount" is no kind of reward: {MONEY}'),
        ("kind: amazon_gift_card", f'`kind`: "amazon_gift_card" is no kind of reward: {MONEY}'),
        ("name: A voucher", f'`name`: "A voucher" promises money: {MONEY}'),
        ("name: $50 for you", f'`name`: "$50 for you" is a sum of money: {MONEY}'),
        ("name: {en: A course, pl: Bon podarunkowy}", f'`name.pl`: "Bon podarunkowy" promises money: {MONEY}'),
        ("name: ~", "`name`: a text is wanted, not nothing"),
        ("worth: A bonus of 90 €", f'`worth`: "A bonus of 90 €" promises money: {MONEY}'),
        ("worth: 20% off your next bill", f'`worth`: "20% off your next bill" promises money: {MONEY}'),
        ("gives: Your coupon is on its way", f'`gives`: "Your coupon is on its way" promises money: {MONEY}'),
        ("gives: {ko: 상품권}", f'`gives.ko`: "상품권" promises money: {MONEY}'),
        ("cost: 0", "`cost`: 0 is too little: what is given for no points is a gift, not a reward"),
        ("cost: $50", f'`cost`: a whole number is wanted, not the text "$50": {MONEY}'),
        ("cost: 1.5", "`cost`: a whole number is wanted, not the number 1.5"),
        ("value: -1", "`value`: -1 is too little: at least 0 is wanted"),
        (
            "value: 90 EUR",
            '`value`: a number is wanted, not the text "90 EUR": write the number alone, without a currency',
        ),
        ("value: 100.01", "`value`: 100.01 is above `value_cap`, 100: no reward may cost more to give"),
        (
            "stock: 0",
            "`stock`: 0 is too little: nobody could ever have it; leave it out where there is no bound",
        ),
        (
            "limit: {times: 0, per: month}",
            "`limit.times`: 0 is too little: nobody could ever have it; leave it out where there is no bound",
        ),
        ("limit: {per: month}", "`limit`: `times` is missing: how many times, like 1"),
        ("limit: {times: 1}", "`limit`: `per` is missing: day, week, month, quarter, year or ever"),
        (
            "limit: {times: 1, per: evr}",
            (
                '`limit.per`: day, week, month, quarter, year or ever is wanted, not the text "evr": did you mean '
                "`ever`?"
            ),
        ),
        (
            "approval: {above: -1}",
            "`approval.above`: -1 is too little: 0 lets every request wait for an account manager",
        ),
        ("approval: 300", "`approval`: a mapping is wanted, not the number 300"),
        ("approval: {}", "`approval`: `above` is missing: up to how many points it is approved by itself, like 300"),
        ("wait: 1h", '`wait`: "1h" is no number of days: write it like 14 days'),
        ("wait: 1 month", '`wait`: "1 month" is no number of days: write it like 14 days'),
        (
            "fulfilled: at_onc",
            '`fulfilled`: by_hand or at_once is wanted, not the text "at_onc": did you mean `at_once`?',
        ),
        ("for: {roles: [champions]}", None),
        ("for: {roles: []}", "`for.roles`: this names nobody: leave it out where it is for all"),
        ("for: {tiers: []}", "`for.tiers`: this names nobody: leave it out where it is for all"),
        ("for: {accounts: []}", "`for.accounts`: this names nobody: leave it out where it is for all"),
        ("for: {tiers: [sliver]}", "`for.tiers`: there is no tier `sliver`: did you mean `silver`?"),
        ("for: {accounts: [nordwind]}", "`for.accounts`: there is no account `nordwind`: did you mean `northwind`?"),
        ("for: {vip: 1}", "`for.vip`: true or false is wanted, not the number 1"),
        ("for: {role: [user]}", "`for`: unknown key `role`: did you mean `roles`?"),
        (
            "paid_by: pool, for: {roles: [manager, user]}",
            "`for.roles`: what the pool pays is asked for by champions and managers, and `user` is neither",
        ),
        (
            "paid_by: pool, for: {roles: [executive]}",
            "`for.roles`: what the pool pays is asked for by champions and managers, and `executive` is neither",
        ),
        ("paid_by: team", '`paid_by`: person or pool is wanted, not the text "team"'),
        ("price: 5", f"unknown key `price`: {MONEY}"),
        ("stok: 5", "unknown key `stok`: did you mean `stock`?"),
    ],
)
def test_a_reward_says_what_is_wrong_with_it(fields: str, message: str | None) -> None:
    said = message or (
        '`for.roles`: user, champion, manager or executive is wanted, not the text "champions": did you mean '
        "`champion`?"
    )
    assert refused(shop(replaced(fields))) == [(10, f"reward `a`: {said}")]


@pytest.mark.parametrize("missing", ["kind", "name", "worth", "cost", "value"])
def test_a_reward_says_what_it_wants(missing: str) -> None:
    hints = {
        "kind": "one of the kinds, like training_seat",
        "name": "what people call it, like Advanced reporting",
        "worth": "what it is worth to somebody's work, in words",
        "cost": "how many points it takes, like 400",
        "value": "what it costs the vendor to give, like 90; at most `value_cap`",
    }
    assert refused(shop(reward(**{missing: "out"}))) == [(10, f"reward `a`: `{missing}` is missing: {hints[missing]}")]


@pytest.mark.parametrize(
    "fields",
    [
        "kind: swag",
        "kind: partner_offer",
        "value: 100",
        "value: 0",
        "worth: An hour that costs 90 € elsewhere",
        "name: How to set prices and discounts",
        "approval: {above: 0}",
        "approval: {above: 400}",
        "approval: {above: 9000}",
        "stock: 1, limit: {times: 1, per: ever}, wait: 2 weeks",
        "paid_by: pool",
        "paid_by: pool, for: {roles: [champion], tiers: [partner, silver], accounts: [haneul]}",
        "for: {roles: [user, executive], vip: true}",
    ],
)
def test_a_reward_that_somebody_can_have_is_left_alone(fields: str) -> None:
    assert len(read(shop(replaced(fields))).rewards) == 1


def test_rewards_want_a_value_cap() -> None:
    wanted = "rewards want `value_cap:` beside them, what one may cost to give at most, like value_cap: 200"
    for cap in ("", "value_cap:\n"):
        text = shop(reward(), reward(key="b"), cap=cap)
        assert refused(text) == [(text.split("\n").index("rewards:") + 1, wanted)]


@pytest.mark.parametrize(
    ("cap", "message"),
    [
        ("lots", 'a number is wanted, not the text "lots"'),
        ("200 zł", 'a number is wanted, not the text "200 zł": write the number alone, without a currency'),
        ("-1", "-1 is too little: at least 0 is wanted"),
        ("[200]", "a number is wanted, not a list"),
    ],
)
def test_a_value_cap_that_is_none_is_told_once(cap: str, message: str) -> None:
    assert refused(shop(reward(), cap=f"value_cap: {cap}\n")) == [(8, f"`value_cap`: {message}")]


@pytest.mark.parametrize(
    ("tiers", "messages"),
    [
        ("[]", ["`tiers`: a mapping is wanted, not a list"]),
        ("{member: []}", ["`tiers`: unknown key `member`: did you mean `members`?"]),
        ("{cash: []}", [f"`tiers`: unknown key `cash`: {MONEY}"]),
        ("{members: {}}", ["`tiers.members`: a list is wanted, not a mapping"]),
        ("{members: [gold]}", ['member tier 1: a mapping is wanted, not the text "gold"']),
        (
            "{members: [{key: gold}]}",
            [
                "member tier `gold`: `over` is missing: over how long, like 12 months",
                "member tier `gold`: `points` is missing: how many points it takes, like 500",
            ],
        ),
        (
            "{members: [{key: gold, points: 0, over: 1h}]}",
            [
                'member tier `gold`: `over`: "1h" is less than a day: write something like 12 months',
                "member tier `gold`: `points`: 0 is too little: it would be reached before anything was done",
            ],
        ),
        (
            "{members: [{key: a, points: 500, over: 12 months}, {key: b, points: 500, over: 12 months}]}",
            [
                (
                    "member tier `b`: `points`: 500 is not above the 500 of `a` before it: tiers stand from the lowest "
                    "to the highest"
                )
            ],
        ),
        (
            "{members: [{key: a, points: 500, over: 1 year}, {key: b, points: few, over: 12 months}]}",
            [
                (
                    'member tier `a`: `over`: "1 year" has no unit of time: write it like 90s, 10m, 1h, 14 days or '
                    "12 months"
                ),
                'member tier `b`: `points`: a whole number is wanted, not the text "few"',
            ],
        ),
        (
            "{accounts: [{key: a, points: 9, over: 90 days}, {key: c, by: choice}, {key: b, points: 5, over: 1 day}]}",
            [
                (
                    "account tier `b`: `over`: 1 day is shorter than `grace`, 30 days where it is left out: write a "
                    "shorter `grace`"
                ),
                (
                    "account tier `b`: `points`: 5 is not above the 9 of `a` before it: tiers stand from the lowest "
                    "to the highest"
                ),
            ],
        ),
        (
            "{members: [{key: a, points: 5, over: 3 months, grace: 94 days}]}",
            ["member tier `a`: `over`: 3 months is shorter than `grace`, 94 days: write a shorter `grace`"],
        ),
        (
            "{accounts: [{key: a, by: choice, grace: 9 days}]}",
            ["account tier `a`: `grace`: a tier by choice has no grace: it holds as long as it is chosen"],
        ),
        (
            "{accounts: [{key: a}]}",
            [
                (
                    "account tier `a`: either points over a time or a choice are wanted: "
                    "{points: 9000, over: 12 months} or {by: choice}"
                )
            ],
        ),
        (
            "{accounts: [{key: a, by: chance}]}",
            ['account tier `a`: `by`: choice is wanted, not the text "chance": did you mean `choice`?'],
        ),
        (
            "{members: [{key: a, name: Cash bonus, points: 5, over: 12 months, benefits: [A hand, {pl: Rabat 10%}]}]}",
            [
                f'member tier `a`: `benefits.pl`: "Rabat 10%" promises money: {MONEY}',
                f'member tier `a`: `name`: "Cash bonus" promises money: {MONEY}',
            ],
        ),
    ],
)
def test_tiers_say_what_is_wrong_with_them(tiers: str, messages: list[str]) -> None:
    assert refused(CLIENTS + f"tiers: {tiers}\n") == [(5, message) for message in messages]


def test_tiers_of_people_and_of_accounts_rise_each_by_themselves() -> None:
    text = (
        "tiers:\n"
        "  members: [{key: a, points: 5, over: 12 months}, {key: b, points: 6, over: 30 days}]\n"
        "  accounts: [{key: c, points: 3, over: 12 months}, {key: d, by: choice}, {key: e, points: 4, over: 1 month}]\n"
    )
    tiers = read(CLIENTS + text).tiers
    assert ([tier.key for tier in tiers.members], [tier.key for tier in tiers.accounts]) == (
        ["a", "b"],
        ["c", "d", "e"],
    )


@pytest.mark.parametrize(
    ("gifts", "message"),
    [
        ("{monthly: 0}", "`gifts.monthly`: 0 is too little: nothing could ever be given; leave it out for no gifts"),
        ("{montly: 5}", "`gifts`: unknown key `montly`: did you mean `monthly`?"),
        ("500", "`gifts`: a mapping is wanted, not the number 500"),
    ],
)
def test_gifts_say_what_is_wrong_with_them(gifts: str, message: str) -> None:
    assert refused(CLIENTS + f"gifts: {gifts}\n") == [(5, message)]


BLOCK = """\
value_cap: 100
tiers:
  members:
    - key: silver
      points: 500
      over: 12 months
    - key: gold
      points: 400  # here
      over: 12 months
      benefits:
        - en: A hand
          pl: Bon upominkowy  # here
  accounts:
    - key: gold  # here
      by: choice
rewards:
  - key: advanced
    kind: training_seat
    name:
      en: Advanced reporting
      pl: Karta podarunkowa  # here
    worth: A day with a trainer
    cost: 400
    value: 101  # here
    for:
      roles:
        - user
        - boss  # here
      tiers:
        - diamond
  - kind: course  # here
    name: Another course
    worth: An afternoon
    cost: 5
    value: 5
    for:
      tiers:
        - gold
        - diamond  # here
  - key: advanced  # here
    kind: swag
    name: A scarf
    worth: Warm
    cost: 5
    value: 5
"""


def test_each_problem_of_rewards_is_told_on_its_own_line() -> None:
    text = CLIENTS + BLOCK
    assert refused(text) == marked(
        text,
        [
            (
                "member tier `gold`: `points`: 400 is not above the 500 of `silver` before it: tiers stand from the "
                "lowest to the highest"
            ),
            f'member tier `gold`: `benefits.pl`: "Bon upominkowy" promises money: {MONEY}',
            "account tier `gold`: `key`: another one above has the key `gold`: each wants its own",
            f'reward `advanced`: `name.pl`: "Karta podarunkowa" promises money: {MONEY}',
            "reward `advanced`: `value`: 101 is above `value_cap`, 100: no reward may cost more to give",
            ('reward `advanced`: `for.roles`: user, champion, manager or executive is wanted, not the text "boss"'),
            "reward 2: `key` is missing: a short name of its own, like advanced",
            "reward 2: `for.tiers`: there is no tier `diamond`",
            "reward `advanced`: `key`: another one above has the key `advanced`: each wants its own",
        ],
    )
