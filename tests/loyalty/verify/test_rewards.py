"""Damage to redemptions and stock, planted behind everybody's back, is named exactly."""

import pytest

from loyalty.rewards.redemptions import approve, decline, fulfil
from loyalty.verify.ledger import verify
from tests.support.redemptions import Redeeming


@pytest.fixture
def stood(redeeming: Redeeming) -> Redeeming:
    """In both clients a course requested, one declined and one fulfilled, a gift, and a reward of the account's own."""
    redeeming.set_stock("course", total=9)
    for key in ("northwind", "fulton"):
        redeeming.member(key=key, points=2000)
        ewa = redeeming.manager(key=key)
        visit = {"key": "visit", "kind": "consulting", "name": "A visit", "worth": "Time", "cost": 10, "value": 1}
        redeeming.own_terms("visit", visit, key, total=3)
        redeeming.ask("visit", account=key)
        redeeming.ask("course", account=key)
        no, yes = redeeming.ask("course", account=key), redeeming.ask("course", account=key)
        redeeming.decide(decline, no.id, key, by=ewa, words="No")
        redeeming.decide(approve, yes.id, key, by=ewa)
        redeeming.decide(fulfil, yes.id, key, by=ewa)
        redeeming.give("course", "ania", ewa, key)
    redeeming.holds()
    return redeeming


def found(world: Redeeming, statement: str) -> list[str]:
    with world.database.engine.begin() as connection:
        connection.exec_driver_sql(statement)
    return [str(finding) for finding in world.look(lambda session: verify(session, week_starts="monday"))]


def number(world: Redeeming, state: str) -> int:
    with world.database.engine.begin() as connection:
        wanted = f"SELECT min(id) FROM redemption WHERE account_id = 1 AND state = '{state}' AND points = 400"
        return int(connection.exec_driver_sql(wanted).scalar_one())


@pytest.mark.parametrize(
    ("state", "made", "points"),
    [
        ("requested", "fulfilled", "points held, they have to be spent"),
        ("declined", "approved", "points given back, they have to be held"),
        ("fulfilled", "declined", "points spent, they have to be given back"),
    ],
)
def test_a_state_that_its_points_do_not_bear_out(stood: Redeeming, state: str, made: str, points: str) -> None:
    one, ania = number(stood, state), stood.person("ania")
    told = found(stood, f"UPDATE redemption SET state = '{made}' WHERE account_id = 1 AND id = {one}")
    assert f"redemption {one} of northwind ({made}, person {ania}): {points}" in told
    live = ("requested", "approved", "fulfilled")
    assert len(told) == 1 + ((state in live) != (made in live))


def test_another_price_than_what_was_held(stood: Redeeming) -> None:
    one, ania = number(stood, "requested"), stood.person("ania")
    [told] = found(stood, f"UPDATE redemption SET points = 300 WHERE account_id = 1 AND id = {one}")
    assert told.startswith(f"redemption {one} of northwind (requested, person {ania}): 300 points, they have to be 400")


def test_a_hold_that_no_redemption_knows(stood: Redeeming) -> None:
    one = number(stood, "requested")
    told = found(stood, f"DELETE FROM redemption WHERE account_id = 1 AND id = {one}")
    assert [each for each in told if each.endswith(f"redemption {one} is missing, it has to be there")]
    assert "reward course (of all accounts): taken 6, redemptions say 5" in told
    assert len(told) == 2


def test_stock_that_counts_something_else(stood: Redeeming) -> None:
    assert found(stood, "UPDATE reward_stock SET taken = 7 WHERE reward = 'course'") == [
        "reward course (of all accounts): taken 7, redemptions say 6"
    ]
    assert found(stood, "UPDATE own_terms SET taken = 0 WHERE account_id = 2")[1:] == [
        "reward visit of fulton (own): taken 0, redemptions say 1"
    ]
