"""Every message about deciding on requests, gifts, the VIP club and an account's own rewards, at least once."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, get_args

from loyalty.people.people import KnownPerson
from loyalty.programme import Reward
from loyalty.rewards.account_terms import BadTermsError
from loyalty.rewards.catalogue import Offer
from loyalty.rewards.gifts import AllowanceError, GiftFacts
from loyalty.rewards.redemption_notices import RequestFacts
from loyalty.rewards.redemption_queries import PendingRedemption, State
from loyalty.rewards.vip import VipInvitationFacts
from messages import errors
from messages.desk import overview
from messages.kit.blocks import Message
from messages.kit.reader import Reader
from messages.rewards import account_terms, approvals, gifts, vip
from messages.rewards.gifts import GiftDraft
from tests.messages.reward_samples import REWARD, offered, state
from tests.messages.samples import NASTY, NOW, PERSON, at_desk


def every(reader: Reader) -> Iterator[Message]:
    """Yield every message of an account manager's about rewards, as `reader` would read it."""
    yield from _approvals(reader)
    yield from _gifts(reader)
    yield from _club(reader)
    yield from _terms(reader)


def waiting(**facts: Any) -> PendingRedemption:
    """Return a request with what is needed to decide; `facts` are the redemption's where it has them."""
    plain: dict[str, Any] = {"person": NASTY, "role": "champion", "balance": 140, "left": 3, "before": ()}
    own = {key: facts.pop(key) for key in plain if key in facts}
    return PendingRedemption(redemption=state(**facts), **(plain | own))


BEFORE = tuple(state(id=number, state=at) for number, at in enumerate(get_args(State)))
WAITING = (
    waiting(before=BEFORE),
    waiting(id=8, left=None, paid_by="pool", role="manager", person=None),
    waiting(id=9, reward=None, left=1, role="executive"),
    waiting(id=10, points=0, state="approved", role="user", words=NASTY),
    *(waiting(id=20 + n, state=at, by=by) for n, at in enumerate(get_args(State)) for by in [None, NASTY][n % 2 :][:1]),
    waiting(id=40, state="declined", words=NASTY, by=NASTY),
)


def _approvals(reader: Reader) -> Iterator[Message]:
    for one in WAITING:
        facts = RequestFacts(account_id=1, account=NASTY, waiting=one, language="en", timezone="UTC")
        yield approvals.request_message(reader, facts)
        yield approvals.late_decision_message(reader, one, 1, NASTY)
        yield approvals.decline_form(reader, one, 1).content
        if one.redemption.state in {"approved", "fulfilled", "declined"}:
            yield approvals.decision_receipt(reader, one, 1)
    many = tuple(replace(WAITING[0], redemption=state(id=number)) for number in range(approvals.MAX_SHOWN_REQUESTS + 2))
    for found in ((), WAITING[:2], many):
        requests = approvals.desk_request_parts(reader, found, 1, NASTY)
        yield overview.desk_message(
            reader,
            overview.desk_parts(reader, at_desk(requests=found), several=True, loose=True, requests=requests, now=NOW),
        )


MANY = [KnownPerson(number, f"p{number}", NASTY, None) for number in range(150)]
POINTS = GiftDraft(person=PERSON, points=20, reward=None, words=NASTY)


def _gifts(reader: Reader) -> Iterator[Message]:
    rewards = [Reward.model_validate(REWARD.model_dump(by_alias=True) | {"key": f"r{n}"}) for n in range(120)]
    for people, some, left in ((MANY, rewards, 500), ([PERSON], [], 1)):
        yield gifts.gift_form(reader, NASTY, 1, people, some, left).content
    for wish in (POINTS, replace(POINTS, person=None, points=1), replace(POINTS, points=0, reward=REWARD)):
        yield gifts.confirm_gift(reader, NASTY, 1, wish, 1).content
        yield gifts.gift_receipt(reader, wish)
    for team in (True, False):
        facts = GiftFacts(
            account_id=1,
            account=NASTY,
            team=team,
            points=20,
            words=NASTY,
            by=NASTY,
            programme=NASTY,
            language="en",
            timezone="UTC",
        )
        yield gifts.gift_message(reader, facts)
        yield gifts.gift_message(reader, replace(facts, words=None, by=None, points=1))
    yield errors.error_message(reader, AllowanceError(1))
    yield errors.error_message(reader, AllowanceError(20))


def _club(reader: Reader) -> Iterator[Message]:
    for by in (None, NASTY):
        yield vip.vip_invitation_message(
            reader,
            VipInvitationFacts(account_id=1, person_id=1, by=by, programme=NASTY, language="en", timezone="UTC"),
        )
    for yes in (True, False):
        yield vip.vip_accept_receipt(reader, 1, new=yes)
        yield vip.vip_invitation_receipt(reader, PERSON, new=yes)
    yield vip.vip_decline_receipt(reader)
    yield vip.vip_removal_receipt(reader, PERSON)
    yield vip.vip_club_modal(reader, NASTY, 1, [], []).content
    yield vip.vip_club_modal(reader, NASTY, 1, MANY[:100], [(one, "in") for one in MANY]).content
    yield vip.vip_club_modal(reader, NASTY, 1, [PERSON], [(PERSON, "invited"), (MANY[0], "in")]).content


LIMITED = offered(3, limit={"times": 2, "per": "month"}, cost=300).offer
OFFERS = (
    *(offered(number, left=None).offer for number in range(9)),
    Offer(reward=REWARD, own=True, left=1),
    replace(LIMITED, left=4, withdrawn=True),
    replace(LIMITED, reward=LIMITED.reward.model_copy(update={"key": "other"}), own=True, withdrawn=True),
)


def _terms(reader: Reader) -> Iterator[Message]:
    for first in (0, account_terms.REWARDS_PER_PAGE):
        yield account_terms.account_rewards_message(reader, NASTY, 1, OFFERS, first=first)
    yield account_terms.account_rewards_message(reader, NASTY, 1, [])
    yield account_terms.edit_reward_form(reader, NASTY, 1, OFFERS[-1], shared=None).content
    yield account_terms.edit_reward_form(reader, NASTY, 1, LIMITED, shared=LIMITED.reward).content
    yield account_terms.edit_reward_form(reader, NASTY, 1, LIMITED, shared=offered(3, cost=400).offer.reward).content
    yield account_terms.new_reward_form(reader, NASTY, 1).content
    for offer in (OFFERS[0], LIMITED):
        yield account_terms.reward_receipt(reader, NASTY, 1, offer)
    for field in ("name", "worth", "cost", "stock", "limit", "approval", "value"):
        yield errors.error_message(reader, BadTermsError({field: "what is wrong"}))
