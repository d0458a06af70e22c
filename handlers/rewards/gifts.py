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
from messages.kit.modals import Modal
from messages.rewards import gifts as say
from messages.rewards.gifts import TEAM, Field, Step, Wish


def open_gift_form(asked: SlackRequest) -> Modal:
    """Open the window in which a gift is written."""
    mine = managers.managed_account(asked, asked.value)
    account = mine.account.id
    people, left = asked.database.read(
        {account},
        lambda session: (
            people_to_choose(session, account),
            gifts.allowance_left(session, account, mine.author, now=asked.now),
        ),
    )
    return say.gift_form(asked.reader, mine.account.name, account, people, _rewards(asked, mine), left)


def review_gift(asked: SlackRequest) -> Modal:
    """Check what was written, and show what it would do."""
    mine = managers.managed_account(asked, str(private_metadata(asked)["account"]))
    wish = _wish(asked, mine, form_values(asked))
    account, cost = mine.account.id, wish.reward.cost if wish.reward else wish.points
    left = asked.database.read(
        {account}, lambda session: gifts.allowance_left(session, account, mine.author, now=asked.now)
    )
    if cost > left:
        raise FieldsError({Field.REWARD if wish.reward else Field.POINTS: AllowanceError(left)})
    return say.confirm_gift(asked.reader, mine.account.name, account, wish, left - cost)


def give_gift(asked: SlackRequest) -> Reply:
    """Give it, as confirmed, once."""
    wish = private_metadata(asked)
    mine = managers.managed_account(asked, str(wish["account"]))
    account, posting, key = mine.account.id, managers.ledger_context(asked, mine), idempotency_key(asked)
    day, person_id = managers.today(asked.now, mine.account), wish["person"]
    person = person_id and asked.database.read({account}, lambda session: person_known(session, account, person_id))
    reward = next((each for each in _rewards(asked, mine) if each.key == wish["reward"]), None)
    words = {"words": wish["words"], "key": key, "today": day}
    if wish["reward"]:
        asked.write_as_requester(
            {account},
            lambda session: gifts.give_reward(session, posting, person_id=person_id, reward=wish["reward"], **words),
        )
    else:
        asked.write_as_requester(
            {account},
            lambda session: gifts.give_points(session, posting, person_id=person_id, points=wish["points"], **words),
        )
    given = Wish(person=person, points=wish["points"], reward=reward, words=wish["words"])
    return Reply(message=say.gift_receipt(asked.reader, given))


def _wish(asked: SlackRequest, mine: ManagedAccount, given: dict[str, str]) -> Wish:
    faults: dict[str, LoyaltyError] = {}
    team = given.get(Field.PERSON) == TEAM and not given[Field.OTHER]
    person = None if team else picked_person(asked, mine, given, faults)
    reward = next((each for each in _rewards(asked, mine) if each.key == given.get(Field.REWARD)), None)
    points = _points(given[Field.POINTS], faults, instead=reward is not None)
    if reward is not None and team:
        faults[Field.REWARD] = gifts.TeamRewardError("a reward goes to one person; the team gets points")
    words = given[Field.WORDS]
    if not words or len(words) > MAX_NOTE_CHARS:
        faults[Field.WORDS] = NoWordsError("a gift goes with words")
    if faults:
        raise FieldsError(faults)
    return Wish(person=person, points=points, reward=reward, words=words)


def _points(written: str, faults: dict[str, LoyaltyError], *, instead: bool) -> int:
    """Return how many points it is; none where a reward stands `instead` of them."""
    if instead and not written:
        return 0
    digits = written.replace(" ", "").replace("\N{NO-BREAK SPACE}", "")
    if instead or not digits.isdecimal() or int(digits) < 1:
        faults[Field.POINTS] = NoPointsError(f"{written!r} is no gift: points or a reward, one of both")
        return 0
    return int(digits)


def _rewards(asked: SlackRequest, mine: ManagedAccount) -> list[Reward]:
    account = mine.account.id
    found = asked.database.read({account}, lambda session: offers(session, account))
    return [offer.reward for offer in found if not offer.withdrawn and offer.left != 0]


ROUTES = Routes(views={Step.FORM: review_gift, Step.SURE: give_gift})
