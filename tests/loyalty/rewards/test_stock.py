from typing import Any

import pytest
from sqlalchemy import Update
from sqlmodel import col, select, update

from loyalty.apply_programme import (
    Applied,
    NotConfirmedError,
    OwnRewardError,
    apply_programme,
    propose_programme,
    rollback_programme,
    unconfirmed,
)
from loyalty.programme import read
from loyalty.programme.versions import history
from loyalty.rewards import stock
from loyalty.rewards.stock import NoSuchRewardError, Stock
from storage.tables import AuditEntry, OwnTerms, RewardStock
from tests.support.usage import HEAD, NOW, Earning

ADVANCED = """\
  - {key: advanced, kind: training_seat, name: Advanced reporting, worth: A day with a trainer, cost: 400, value: 90,
     stock: 20}
"""
EARLY = "  - {key: early, kind: early_access, name: Early access, worth: New charts first, cost: 150, value: 0}\n"
FILE = HEAD + "value_cap: 200\nrewards:\n" + ADVANCED + EARLY
LEFT = "= reward advanced: stock left as it was set by hand: 12; the file says 30"


def audited(earning: Earning) -> list[tuple[int | None, str, str, dict[str, Any]]]:
    wanted = select(AuditEntry.account_id, AuditEntry.author, AuditEntry.action, AuditEntry.details)
    found = earning.look(lambda session: session.exec(wanted.order_by(col(AuditEntry.id))).all())
    return [(account, author, action, dict(details)) for account, author, action, details in found]


def set_to(earning: Earning, total: int | None) -> bool:
    return earning.operate(lambda session: stock.set_total(session, "advanced", total, author="operator", now=NOW))


def change(earning: Earning, **values: Any) -> None:
    changes: Update = update(RewardStock).where(col(RewardStock.reward) == "advanced").values(**values)
    earning.operate(lambda session: session.execute(changes))


def there(earning: Earning) -> dict[str, Stock]:
    return earning.look(stock.totals)


def test_an_apply_gives_every_reward_its_stock_and_says_who_confirmed_it(earning: Earning) -> None:
    earning.under(FILE)
    assert there(earning) == {"advanced": Stock(20), "early": Stock(None)}
    assert audited(earning) == [
        (None, "operator", "programme.apply", {"version": 1, "not_money": ["advanced", "early"]})
    ]


def test_what_is_left_is_never_less_than_none() -> None:
    assert [Stock(20, 5).left, Stock(20, 25).left, Stock(None, 25).left] == [15, 0, None]


def test_the_file_s_total_follows_the_file_as_long_as_nobody_set_it_by_hand(earning: Earning) -> None:
    earning.under(FILE)
    change(earning, taken=5)
    for words, total in (("stock: 30", 30), ("approval: {above: 5}", None), ("stock: 7", 7)):
        earning.under(FILE.replace("stock: 20", words))
        assert there(earning)["advanced"] == Stock(total, 5)


def test_a_total_set_by_hand_is_left_by_the_file_and_plan_says_so(earning: Earning) -> None:
    earning.under(FILE)
    change(earning, taken=5)
    assert [set_to(earning, 12), set_to(earning, 12)] == [True, False]
    more = FILE.replace("stock: 20", "stock: 30")
    assert earning.look(lambda session: propose_programme(session, more)).lines() == ["Nothing would change.", LEFT]
    for _ in range(2):
        earning.under(more)
        assert there(earning)["advanced"] == Stock(12, 5)
        more += "# again\n"
    assert audited(earning)[1:3] == [
        (None, "operator", "reward.stock", {"reward": "advanced", "total": 12}),
        (None, "operator", "programme.apply", {"version": 2}),
    ]


def test_a_total_that_the_file_takes_back_is_left_too(earning: Earning) -> None:
    earning.under(FILE)
    set_to(earning, 12)
    without = FILE.replace(",\n     stock: 20", "")
    said = ["Nothing would change.", LEFT.replace("30", "as many as are asked for")]
    assert earning.look(lambda session: propose_programme(session, without)).lines() == said
    earning.under(without)
    assert there(earning)["advanced"] == Stock(12)


def test_fewer_than_were_taken_leaves_none_and_none_is_no_bound(earning: Earning) -> None:
    earning.under(FILE)
    change(earning, taken=5)
    assert set_to(earning, 3)
    assert there(earning)["advanced"].left == 0
    assert set_to(earning, None)
    assert there(earning)["advanced"] == Stock(None, 5)
    with pytest.raises(ValueError, match="-1 is less than nothing"):
        set_to(earning, -1)


def test_a_reward_that_leaves_keeps_what_was_promised_and_counts_it_when_it_comes_back(earning: Earning) -> None:
    earning.under(FILE)
    change(earning, taken=5)
    set_to(earning, 12)
    without = FILE.replace(ADVANCED, "")
    assert earning.look(lambda session: propose_programme(session, without)).lines() == [
        "- reward advanced ends: what was asked for stays promised, nobody can ask any more"
    ]
    earning.under(without)
    assert there(earning)["advanced"] == Stock(12, 5)
    with pytest.raises(NoSuchRewardError, match="there is no reward `advanced` in the programme"):
        set_to(earning, 9)
    earning.operate(lambda session: rollback_programme(session, 1, author="operator", now=NOW))
    assert there(earning)["advanced"] == Stock(20, 5)


def test_a_reward_is_withdrawn_and_put_back_once_each_and_the_file_does_not_know(earning: Earning) -> None:
    earning.under(FILE)
    account_id = earning.account("northwind").id or 0

    def done(verb: Any) -> bool:
        found: bool = earning.database.write(
            {account_id},
            lambda session: verb(session, "advanced", author="manager:7", now=NOW, account_id=account_id),
        )
        return found

    assert [done(stock.withdraw_reward), done(stock.withdraw_reward)] == [True, False]
    earning.under(FILE.replace("stock: 20", "stock: 30"))
    assert there(earning)["advanced"] == Stock(30, 0, withdrawn=True)
    assert [done(stock.restore_reward), done(stock.restore_reward)] == [True, False]
    assert there(earning)["advanced"] == Stock(30)
    by_hand = [entry for entry in audited(earning) if entry[0] is not None]
    assert by_hand == [
        (account_id, "manager:7", action, {"reward": "advanced"}) for action in ("reward.withdraw", "reward.restore")
    ]


def test_a_reward_that_is_none_is_named_nearly(earning: Earning) -> None:
    earning.under(FILE)
    for verb in (stock.withdraw_reward, stock.restore_reward):
        with pytest.raises(NoSuchRewardError, match="did you mean `advanced`"):
            earning.operate(lambda session, verb=verb: verb(session, "advance", author="operator", now=NOW))  # type: ignore[misc]


def test_a_total_set_while_a_file_is_applied_is_not_overwritten(earning: Earning) -> None:
    earning.under(FILE)
    old = read(FILE)
    set_to(earning, 12)  # after the plan was made from what the file in force says
    earning.operate(lambda session: stock.bring_stock(session, read(FILE.replace("stock: 20", "stock: 30")), old))
    assert there(earning)["advanced"] == Stock(12)


def test_a_new_reward_wants_a_word_and_without_it_nothing_is_applied(earning: Earning) -> None:
    earning.under(FILE.replace(EARLY, ""))
    for confirmed in ((), ("advanced",)):
        with pytest.raises(NotConfirmedError, match="that these rewards are not money: `early`") as caught:
            apply_with(earning, FILE, *confirmed)
        assert [reward.key for reward in caught.value.rewards] == ["early"]
    assert len(earning.look(history)) == 1
    assert there(earning) == {"advanced": Stock(20)}
    assert apply_with(earning, FILE, "early").new
    assert audited(earning)[-1][-1] == {"version": 2, "not_money": ["early"]}


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [
        ("kind: early_access", "kind: extra_feature", ["early"]),
        ("name: Early access", "name: Earlier access", ["early"]),
        ("value: 0", "value: 5", ["early"]),
        ("key: early", "key: earlier", ["earlier"]),
        ("cost: 150", "cost: 300", []),
        ("worth: New charts first", "worth: See new charts first", []),
    ],
)
def test_another_kind_name_or_value_wants_a_new_word(
    earning: Earning, before: str, after: str, asked: list[str]
) -> None:
    earning.under(FILE)
    changed = FILE.replace(before, after)
    assert changed != FILE
    found = earning.look(lambda session: unconfirmed(session, changed))
    assert [reward.key for reward in found] == asked


def test_what_was_confirmed_once_comes_back_without_a_new_word(earning: Earning) -> None:
    earning.under(FILE)
    earning.under(HEAD)
    assert there(earning) == {"advanced": Stock(20), "early": Stock(None)}
    earning.operate(lambda session: rollback_programme(session, 1, author="operator", now=NOW))
    assert [version.number for version in earning.look(history)] == [3, 2, 1]
    assert audited(earning)[-1][-1] == {"version": 3}


def apply_with(earning: Earning, text: str, *confirmed: str) -> Applied:
    return earning.operate(
        lambda session: apply_programme(session, text, author="operator", now=NOW, confirmed=confirmed)
    )


def test_a_key_that_an_account_has_of_its_own_is_refused_and_nothing_is_applied(earning: Earning) -> None:
    earning.under(HEAD)
    account_id = earning.account("fulton").id or 0
    for key, own in (("advanced", False), ("early", True)):
        terms = OwnTerms(account_id=account_id, reward=key, own=own, says={}, author="manager:7", at=NOW)
        earning.operate(lambda session, terms=terms: session.add(terms))  # type: ignore[misc]
    said = "Fulton & Reed has a reward `early` of its own: give the programme's another key"
    with pytest.raises(OwnRewardError, match=f"^{said}$"):
        earning.under(FILE)
    assert (there(earning), len(earning.look(history))) == ({}, 1)
    earning.under(FILE.replace(EARLY, ""))
    assert there(earning) == {"advanced": Stock(20)}
