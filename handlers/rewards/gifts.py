"""Giving thanks: an account manager's gift, written, looked at, confirmed."""

from handlers import managers
from handlers.form_values import filled, kept, once
from handlers.people.picker import picked
from handlers.request import Asked, FieldsError, Reply, Routes
from loyalty.accounts.managers import Managed
from loyalty.errors import LoyaltyError
from loyalty.people.people import choice, person_known
from loyalty.programme import Reward
from loyalty.rewards import gifts
from loyalty.rewards.catalogue import offers
from loyalty.rewards.gifts import LONGEST, AllowanceError, NoPointsError, NoWordsError
from messages.kit.modals import Window
from messages.rewards import gifts as say
from messages.rewards.gifts import TEAM, Field, Step, Wish


def start(asked: Asked) -> Window:
    """Open the window in which a gift is written."""
    mine = managers.one(asked, asked.words)
    account = mine.client.id
    people, left = asked.database.read(
        {account},
        lambda session: (choice(session, account), gifts.left(session, account, mine.author, now=asked.now)),
    )
    return say.form(asked.reader, mine.client.name, account, people, _rewards(asked, mine), left)


def look(asked: Asked) -> Window:
    """Check what was written, and show what it would do."""
    mine = managers.one(asked, str(kept(asked)["account"]))
    wish = _wish(asked, mine, filled(asked))
    account, cost = mine.client.id, wish.reward.cost if wish.reward else wish.points
    left = asked.database.read({account}, lambda session: gifts.left(session, account, mine.author, now=asked.now))
    if cost > left:
        raise FieldsError({Field.REWARD if wish.reward else Field.POINTS: AllowanceError(left)})
    return say.sure(asked.reader, mine.client.name, account, wish, left - cost)


def give(asked: Asked) -> Reply:
    """Give it, as confirmed, once."""
    wish = kept(asked)
    mine = managers.one(asked, str(wish["account"]))
    account, posting, key = mine.client.id, managers.posting(asked, mine), once(asked)
    day, person_id = managers.today(asked.now, mine.client), wish["person"]
    person = person_id and asked.database.read({account}, lambda session: person_known(session, account, person_id))
    reward = next((each for each in _rewards(asked, mine) if each.key == wish["reward"]), None)
    words = {"words": wish["words"], "key": key, "today": day}
    if wish["reward"]:
        asked.write(
            {account},
            lambda session: gifts.give_reward(session, posting, person_id=person_id, reward=wish["reward"], **words),
        )
    else:
        asked.write(
            {account},
            lambda session: gifts.give_points(session, posting, person_id=person_id, points=wish["points"], **words),
        )
    given = Wish(person=person, points=wish["points"], reward=reward, words=wish["words"])
    return Reply(message=say.done(asked.reader, given))


def _wish(asked: Asked, mine: Managed, given: dict[str, str]) -> Wish:
    faults: dict[str, LoyaltyError] = {}
    team = given.get(Field.PERSON) == TEAM and not given[Field.OTHER]
    person = None if team else picked(asked, mine, given, faults)
    reward = next((each for each in _rewards(asked, mine) if each.key == given.get(Field.REWARD)), None)
    points = _points(given[Field.POINTS], faults, instead=reward is not None)
    if reward is not None and team:
        faults[Field.REWARD] = gifts.TeamRewardError("a reward goes to one person; the team gets points")
    words = given[Field.WORDS]
    if not words or len(words) > LONGEST:
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


def _rewards(asked: Asked, mine: Managed) -> list[Reward]:
    account = mine.client.id
    found = asked.database.read({account}, lambda session: offers(session, account))
    return [offer.reward for offer in found if not offer.withdrawn and offer.left != 0]


ROUTES = Routes(views={Step.FORM: look, Step.SURE: give})
