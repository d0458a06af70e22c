"""Every question and verb about rewards, asked of another client: refused, or as if there were nothing."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from sqlmodel import Session

from loyalty.rewards import catalogue, goals, redemption_queries, redemption_refunds, redemptions, stock_counter
from loyalty.rewards.errors import NoSuchRedemptionError
from loyalty.verify import rewards
from storage.database import ScopeError
from tests.support.redemptions import TODAY, Redeeming
from tests.support.usage import NOW

Ask = Callable[[Session, Redeeming, int, int], Any]
"""Handed a session, the world, the other client's id, and the number of a redemption of theirs."""


def person(world: Redeeming) -> int:
    return world.person("ania", "fulton")


def by(world: Redeeming) -> Any:
    return world.as_author("fulton", "manager:1")


ASKED: dict[str, Ask] = {
    "offers": lambda session, _, other, __: catalogue.offers(session, other),
    "viewer": lambda session, world, other, _: catalogue.viewer(session, other, person(world), today=TODAY),
    "catalogue": lambda session, world, other, _: catalogue.catalogue(session, other, person(world), today=TODAY),
    "redemption": lambda session, _, other, one: redemption_queries.redemption(session, other, one),
    "mine": lambda session, world, other, _: redemption_queries.own_redemptions(session, other, person(world)),
    "waiting": lambda session, _, other, __: redemption_queries.pending_redemptions(session, other),
    "waiting one": lambda session, _, other, one: redemption_queries.pending_redemption(session, other, one),
    "progress": lambda session, world, other, _: goals.progress(session, other, person(world), today=TODAY),
    "team progress": lambda session, _, other, __: goals.team_progress(session, other),
    "redeem": lambda session, world, _, __: redemptions.redeem(
        session, by(world), person_id=person(world), reward="swag", key="x", today=TODAY
    ),
    "give": lambda session, world, _, __: redemptions.give(
        session, by(world), person_id=person(world), reward="swag", key="x", today=TODAY, words=None
    ),
    "approve": lambda session, world, _, one: redemptions.approve(session, by(world), one, by="manager:1"),
    "decline": lambda session, world, _, one: redemptions.decline(session, by(world), one, by="manager:1", words="No"),
    "fulfil": lambda session, world, _, one: redemptions.fulfil(session, by(world), one, by="manager:1"),
    "cancel": lambda session, world, _, one: redemptions.cancel(session, by(world), one, person_id=person(world)),
    "expire": lambda session, _, other, __: redemptions.expire_due(session, other, now=NOW),
    "cancel all": lambda session, world, other, _: redemption_refunds.cancel_redemptions(
        session, other, person(world), author="x", now=NOW
    ),
    "save for": lambda session, world, other, _: goals.save_for(
        session, other, person_id=person(world), reward="swag", today=TODAY, now=NOW
    ),
    "stop saving": lambda session, world, other, _: goals.stop_saving(
        session, other, person_id=person(world), today=TODAY
    ),
    "orphans": lambda session, _, other, __: list(rewards.orphans(session, other)),
    "unsettled": lambda session, _, other, __: list(rewards.redemptions(session, other)),
    "own stock": lambda session, _, other, __: list(rewards.own_stock(session, other)),
    "take own": lambda session, _, other, __: stock_counter.take_one(session, other, (True, "visit")),
}
NOTHING = ((), None, False)


@pytest.mark.parametrize("asked", ASKED)
def test_another_clients_rewards_are_out_of_reach(redeeming: Redeeming, asked: str) -> None:
    visit = {"key": "visit", "kind": "consulting", "name": "A visit", "worth": "Time with us", "cost": 10, "value": 1}
    for key in ("northwind", "fulton"):
        redeeming.member(key=key, points=1000)
        redeeming.own_terms("visit", visit, key, total=5)
    theirs, other = redeeming.ask("course", account="fulton"), redeeming.account_id("fulton")

    def ask(session: Session) -> Any:
        return ASKED[asked](session, redeeming, other, theirs.id)

    before = (redeeming.balances("fulton"), redeeming.states("fulton"), redeeming.taken("course"))
    with suppress(ScopeError, NoSuchRedemptionError):
        assert redeeming.database.write({redeeming.account_id()}, ask) in NOTHING
    assert (redeeming.balances("fulton"), redeeming.states("fulton"), redeeming.taken("course")) == before
    redeeming.holds()
