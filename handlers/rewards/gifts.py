"""Giving thanks: an account manager's gift, written, looked at, confirmed."""

from handlers import managers
from handlers.form_values import form_values, idempotency_key, private_metadata
from handlers.people.picker import picked_person
from handlers.request import FieldsError, Reply, Routes, SlackRequest
from loyalty.accounts.managers import ManagedAccount
from loyalty.errors import LoyaltyError
from loyalty.people.people import people_to_choose, person_known
from loyalty.programme import Reward
from loyalty.rewards import gifts
from loyalty.rewards.catalogue import offers
from loyalty.rewards.gifts import MAX_NOTE_CHARS, AllowanceError, NoPointsError, NoWordsError
from messages.actions import GiftField, GiftView
from messages.kit.modals import Modal
from messages.rewards import gifts as say
from messages.rewards.gifts import TEAM, GiftDraft


def open_gift_form(request: SlackRequest) -> Modal:
    """Open the window in which a gift is written."""
    mine = managers.managed_account(request, request.value)
    account = mine.account.id
    people, left = request.database.read(
        {account},
        lambda session: (
            people_to_choose(session, account),
            gifts.allowance_left(session, account, mine.author, now=request.now),
        ),
    )
    return say.gift_form(request.reader, mine.account.name, account, people, _rewards(request, mine), left)


def review_gift(request: SlackRequest) -> Modal:
    """Check what was written, and show what it would do."""
    mine = managers.managed_account(request, str(private_metadata(request)["account"]))
    wish = _wish(request, mine, form_values(request))
    account, cost = mine.account.id, wish.reward.cost if wish.reward else wish.points
    left = request.database.read(
        {account}, lambda session: gifts.allowance_left(session, account, mine.author, now=request.now)
    )
    if cost > left:
        raise FieldsError({GiftField.REWARD if wish.reward else GiftField.POINTS: AllowanceError(left)})
    return say.confirm_gift(request.reader, mine.account.name, account, wish, left - cost)


def give_gift(request: SlackRequest) -> Reply:
    """Give it, as confirmed, once."""
    wish = private_metadata(request)
    mine = managers.managed_account(request, str(wish["account"]))
    account, posting, key = mine.account.id, managers.ledger_context(request, mine), idempotency_key(request)
    day, person_id = managers.today(request.now, mine.account), wish["person"]
    person = person_id and request.database.read({account}, lambda session: person_known(session, account, person_id))
    reward = next((each for each in _rewards(request, mine) if each.key == wish["reward"]), None)
    words = {"words": wish["words"], "key": key, "today": day}
    if wish["reward"]:
        request.write_as_requester(
            {account},
            lambda session: gifts.give_reward(session, posting, person_id=person_id, reward=wish["reward"], **words),
        )
    else:
        request.write_as_requester(
            {account},
            lambda session: gifts.give_points(session, posting, person_id=person_id, points=wish["points"], **words),
        )
    given = GiftDraft(person=person, points=wish["points"], reward=reward, words=wish["words"])
    return Reply(message=say.gift_receipt(request.reader, given))


def _wish(request: SlackRequest, mine: ManagedAccount, given: dict[str, str]) -> GiftDraft:
    faults: dict[str, LoyaltyError] = {}
    team = given.get(GiftField.PERSON) == TEAM and not given[GiftField.OTHER]
    person = None if team else picked_person(request, mine, given, faults)
    reward = next((each for each in _rewards(request, mine) if each.key == given.get(GiftField.REWARD)), None)
    points = _points(given[GiftField.POINTS], faults, instead=reward is not None)
    if reward is not None and team:
        faults[GiftField.REWARD] = gifts.TeamRewardError("a reward goes to one person; the team gets points")
    words = given[GiftField.WORDS]
    if not words or len(words) > MAX_NOTE_CHARS:
        faults[GiftField.WORDS] = NoWordsError("a gift goes with words")
    if faults:
        raise FieldsError(faults)
    return GiftDraft(person=person, points=points, reward=reward, words=words)


def _points(written: str, faults: dict[str, LoyaltyError], *, instead: bool) -> int:
    """Return how many points it is; none where a reward stands `instead` of them."""
    if instead and not written:
        return 0
    digits = written.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if instead or not digits.isdecimal() or int(digits) < 1:
        faults[GiftField.POINTS] = NoPointsError(f"{written!r} is no gift: points or a reward, one of both")
        return 0
    return int(digits)


def _rewards(request: SlackRequest, mine: ManagedAccount) -> list[Reward]:
    account = mine.account.id
    found = request.database.read({account}, lambda session: offers(session, account))
    return [offer.reward for offer in found if not offer.withdrawn and offer.left != 0]


ROUTES = Routes(views={GiftView.FORM: review_gift, GiftView.SURE: give_gift})
