"""Giving thanks: an account manager's gift, written in a modal, reviewed, confirmed."""

from collections.abc import Sequence

from handlers import managers
from handlers.form_values import FieldFaults, idempotency_key
from handlers.managers import DeskForm
from handlers.people.picker import picked_person
from handlers.request import FieldsError, Reply, Routes, SlackRequest
from loyalty.people.people import people_to_choose, person_known
from loyalty.points.ledger_context import ledger_context
from loyalty.programme import Reward
from loyalty.rewards import gifts
from loyalty.rewards.catalogue import Offer, offers
from loyalty.rewards.gifts import MAX_NOTE_CHARS, AllowanceError, NoPointsError, NoWordsError
from messages.actions import GiftField, GiftView
from messages.kit.modals import Modal
from messages.rewards import gifts as say
from messages.rewards.gifts import TEAM, GiftDraft


def open_gift_form(request: SlackRequest) -> Modal:
    """Return the modal in which a gift is written."""
    managed = managers.managed_account(request, request.value)
    account_id = managed.account.id
    people, left, offered = request.database.read(
        {account_id},
        lambda session: (
            people_to_choose(session, account_id),
            gifts.allowance_left(session, account_id, managed.author, now=request.now),
            offers(session, account_id),
        ),
    )
    rewards = _rewards_to_give(offered)
    return say.gift_form(request.reader, managed.account.name, account_id, people, rewards, left)


def review_gift(request: SlackRequest) -> Modal:
    """Check what was written, and return the modal that shows what it would do."""
    form = managers.desk_form(request)
    account_id, author = form.account_id, form.managed.author
    gift = _written_gift(request, form)
    cost = gift.reward.cost if gift.reward else gift.points
    left = request.database.read(
        {account_id}, lambda session: gifts.allowance_left(session, account_id, author, now=request.now)
    )
    if cost > left:
        raise FieldsError({GiftField.REWARD if gift.reward else GiftField.POINTS: AllowanceError(left)})
    return say.confirm_gift(request.reader, form.managed.account.name, account_id, gift, left - cost)


def give_gift(request: SlackRequest) -> Reply:
    """Give what was confirmed, once a modal, and return the receipt."""
    form = managers.desk_form(request)
    managed, account_id, confirmed = form.managed, form.account_id, form.metadata
    person_id, reward_key, points = confirmed["person"], confirmed["reward"], confirmed["points"]
    terms = {
        "words": confirmed["words"],
        "key": idempotency_key(request),
        "today": managers.today(request.now, managed.account),
    }
    person, offered, _ = request.write_as_requester(
        {account_id},
        lambda session: (
            person_known(session, account_id, person_id) if person_id else None,
            offers(session, account_id),
            gifts.give_reward(
                session,
                ledger_context(session, managed.account, author=managed.author, now=request.now),
                person_id=person_id,
                reward=reward_key,
                **terms,
            )
            if reward_key
            else gifts.give_points(
                session,
                ledger_context(session, managed.account, author=managed.author, now=request.now),
                person_id=person_id,
                points=points,
                **terms,
            ),
        ),
    )
    reward = _reward_by_key(_rewards_to_give(offered), reward_key)
    return Reply(
        message=say.gift_receipt(
            request.reader, GiftDraft(person=person, points=points, reward=reward, words=confirmed["words"])
        )
    )


def _written_gift(request: SlackRequest, form: DeskForm) -> GiftDraft:
    """Return the gift that was written. Errors: `FieldsError`."""
    values, faults = form.values, FieldFaults()
    to_team = values.get(GiftField.PERSON) == TEAM and not values[GiftField.OTHER]
    person = None if to_team else picked_person(request, form, faults)
    offered = request.database.read({form.account_id}, lambda session: offers(session, form.account_id))
    reward = _reward_by_key(_rewards_to_give(offered), values.get(GiftField.REWARD))
    points = _points(values[GiftField.POINTS], faults, instead=reward is not None)
    if reward is not None and to_team:
        faults.add(GiftField.REWARD, gifts.TeamRewardError("a reward goes to one person; the team gets points"))
    words = values[GiftField.WORDS]
    if not words or len(words) > MAX_NOTE_CHARS:
        faults.add(GiftField.WORDS, NoWordsError("a gift goes with words"))
    faults.refuse()
    return GiftDraft(person=person, points=points, reward=reward, words=words)


def _points(written: str, faults: FieldFaults, *, instead: bool) -> int:
    """Return how many points were written; 0 where a reward stands `instead` of them, or where that is at fault."""
    if instead and not written:
        return 0
    digits = written.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if instead or not digits.isdecimal() or int(digits) < 1:
        faults.add(GiftField.POINTS, NoPointsError(f"{written!r} is no gift: points or a reward, one of both"))
        return 0
    return int(digits)


def _rewards_to_give(offered: Sequence[Offer]) -> list[Reward]:
    """Return the rewards that can be given now."""
    return [offer.reward for offer in offered if not offer.withdrawn and offer.left != 0]


def _reward_by_key(rewards: Sequence[Reward], key: str | None) -> Reward | None:
    return next((reward for reward in rewards if reward.key == key), None)


ROUTES = Routes(views={GiftView.FORM: review_gift, GiftView.SURE: give_gift})
