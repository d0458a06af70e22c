"""An account's own rewards, prices and limits, on both databases, another client beside."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, select

from loyalty.rewards import account_terms, stock
from loyalty.rewards.account_terms import (
    BadTermsError,
    KeyTakenError,
    NoSuchTermsError,
    NotConfirmedError,
    list_account_terms,
)
from loyalty.rewards.catalogue import offers
from loyalty.rewards.errors import CannotSeeError, RanOutError, WithdrawnError
from loyalty.rewards.redemptions import cancel
from storage.tables import AuditEntry
from tests.support.redemptions import PROGRAMME, Redeeming
from tests.support.usage import NOW

OWN = {"key": "day", "kind": "consulting", "name": "A day", "worth": "Your month", "cost": 100, "value": 90, "stock": 1}


@pytest.fixture
def terms(redeeming: Redeeming) -> Redeeming:
    """In both clients there is an Ania with 1,000 points."""
    for key in ("northwind", "fulton"):
        redeeming.member(key=key, points=1000)
    return redeeming


def do(terms: Redeeming, verb: Callable[..., Any], *args: Any, **given: Any) -> Any:
    """Do something in Northwind, by an account manager."""
    account = terms.account_id()
    return terms.database.write(
        {account}, lambda session: verb(session, account, *args, author="manager:7", now=NOW, **given)
    )


def add(terms: Redeeming, **fields: Any) -> None:
    """Give Northwind a reward of its own."""
    do(terms, account_terms.add_account_reward, OWN | fields, not_money=True)


def offered(terms: Redeeming, key: str = "northwind") -> dict[str, tuple[int, int | None, bool]]:
    """Price, what is left, and whether it is out, by reward."""
    return {each.reward.key: (each.reward.cost, each.left, each.withdrawn) for each in terms.within(offers, key)}


def audited(terms: Redeeming) -> list[tuple[str, str, dict[str, Any]]]:
    own = (col(AuditEntry.account_id) == terms.account_id(), col(AuditEntry.action).startswith("terms."))
    rows = terms.look(lambda session: session.exec(select(AuditEntry).where(*own).order_by(col(AuditEntry.id))).all())
    return [(row.author, row.action, row.details) for row in rows]


def test_a_reward_of_its_own_is_the_account_s_alone(terms: Redeeming) -> None:
    add(terms)
    assert offered(terms)["day"] == (100, 1, False)
    assert "day" not in offered(terms, "fulton")
    terms.ask("day")
    assert offered(terms)["day"] == (100, 0, False)
    with pytest.raises(RanOutError):
        terms.ask("day")
    with pytest.raises(CannotSeeError):
        terms.ask("day", account="fulton")
    assert terms.balances("fulton") == {"ania": 1000}
    assert audited(terms) == [("manager:7", "terms.add", {"reward": "day"})]
    terms.holds()


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"name": "A voucher for 50 euros"}, {"name"}),
        ({"worth": "A cash bonus"}, {"worth"}),
        ({"kind": "cash"}, {"kind"}),
        ({"cost": 0}, {"cost"}),
        ({"value": 501}, {"value"}),
        ({"limit": {"times": 0, "per": "day"}}, {"limit"}),
        ({"money": 5}, {"money"}),
    ],
)
def test_what_is_no_reward_is_refused_by_field(terms: Redeeming, fields: dict[str, Any], faults: set[str]) -> None:
    with pytest.raises(BadTermsError) as refused:
        add(terms, **fields)
    assert set(refused.value.faults) == faults
    assert terms.within(list_account_terms) == ()


def test_without_the_word_or_under_a_key_that_is_taken_nothing_is_added(terms: Redeeming) -> None:
    with pytest.raises(NotConfirmedError):
        do(terms, account_terms.add_account_reward, OWN, not_money=False)
    with pytest.raises(KeyTakenError):
        add(terms, key="course")
    add(terms)
    with pytest.raises(KeyTakenError):
        add(terms)
    assert [each.reward for each in terms.within(list_account_terms)] == ["day"]


def test_without_a_cap_nothing_is_added(redeeming: Redeeming) -> None:
    redeeming.under(PROGRAMME.partition("value_cap")[0])
    with pytest.raises(BadTermsError) as refused:
        add(redeeming)
    assert set(refused.value.faults) == {"value"}


def test_another_price_and_limit_hold_here_and_go_again(terms: Redeeming) -> None:
    do(terms, account_terms.set_account_price, "course", {"cost": 300, "limit": {"times": 1, "per": "ever"}})
    do(terms, account_terms.set_account_price, "course", {"cost": 300, "limit": {"times": 1, "per": "ever"}})
    assert (offered(terms)["course"][0], offered(terms, "fulton")["course"][0]) == (300, 400)
    asked = terms.ask("course")
    assert asked.points == 300
    do(terms, account_terms.set_account_price, "course", {})
    assert offered(terms)["course"][0] == 400
    terms.decide(cancel, asked.id, person_id=terms.person("ania"))
    assert terms.balances() == {"ania": 1000}
    assert [action for _, action, _ in audited(terms)] == ["terms.differ", "terms.differ"]
    terms.holds()


@pytest.mark.parametrize(
    "fields", [{"cost": 0}, {"limit": {"times": 0, "per": "day"}}, {"value": 1}, {"name": "Other"}]
)
def test_nothing_else_differs(terms: Redeeming, fields: dict[str, Any]) -> None:
    with pytest.raises(BadTermsError):
        do(terms, account_terms.set_account_price, "course", fields)
    with pytest.raises(NoSuchTermsError):
        do(terms, account_terms.set_account_price, "nothing", {"cost": 5})
    assert terms.within(list_account_terms) == ()


def test_its_stock_is_set_and_it_is_taken_out_and_put_back(terms: Redeeming) -> None:
    add(terms)
    terms.ask("day")
    do(terms, account_terms.set_account_stock, "day", 2)
    assert offered(terms)["day"] == (100, 2, False)
    do(terms, account_terms.withdraw_account_reward, "day")
    with pytest.raises(WithdrawnError):
        terms.ask("day")
    do(terms, account_terms.restore_account_reward, "day")
    do(terms, account_terms.set_account_stock, "day", None)
    assert offered(terms)["day"] == (100, None, False)
    terms.ask("day")
    with pytest.raises(NoSuchTermsError):
        do(terms, account_terms.withdraw_account_reward, "course")
    assert [action for _, action, _ in audited(terms)] == [
        "terms.add", "terms.total", "terms.withdrawn", "terms.withdrawn", "terms.total",
    ]  # fmt: skip
    terms.holds()


def test_what_is_left_of_a_shared_reward_is_told_without_what_was_taken(terms: Redeeming) -> None:
    terms.ask("course")
    account = terms.account_id()
    terms.database.write(
        {account},
        lambda session: stock.set_left(session, "course", 5, author="manager:7", now=NOW, account_id=account),
    )
    assert (offered(terms)["course"], offered(terms, "fulton")["course"]) == ((400, 5, False), (400, 5, False))
    assert terms.taken("course") == 1
