"""The VIP club: who is in it, inviting, and the answers of whoever is invited."""

from handlers import managers
from handlers.button_values import pressed
from handlers.form_values import filled, kept
from handlers.people.picker import picked
from handlers.request import Asked, FieldsError, Reply, Routes
from loyalty.errors import LoyaltyError
from loyalty.people.people import choice, person_known
from loyalty.rewards import vip
from messages.kit.modals import Window
from messages.rewards import vip as say
from messages.rewards.vip import Action, Step


def start(asked: Asked) -> Window:
    """Open the window with who is in the club."""
    mine = managers.one(asked, asked.words)
    account = mine.client.id
    people, members = asked.database.read(
        {account}, lambda session: (choice(session, account), vip.club(session, account))
    )
    return say.club(asked.reader, mine.client.name, account, people, members)


def invite(asked: Asked) -> Reply:
    """Invite whoever was chosen."""
    mine, faults = managers.one(asked, str(kept(asked)["account"])), dict[str, LoyaltyError]()
    person = picked(asked, mine, filled(asked), faults)
    if person is None:
        raise FieldsError(faults)
    account = mine.client.id
    new = asked.write(
        {account}, lambda session: vip.invite(session, account, person.id, author=mine.author, now=asked.now)
    )
    return Reply(message=say.invited(asked.reader, person, new=new))


def take_out(asked: Asked) -> Reply:
    """Take somebody out of the club."""
    mine, number = managers.thing(asked)
    account = mine.client.id
    person = asked.database.read({account}, lambda session: person_known(session, account, number))
    asked.write({account}, lambda session: vip.leave(session, account, number, author=mine.author, now=asked.now))
    return Reply(message=say.out(asked.reader, person))


def accept(asked: Asked) -> Reply:
    """Let whoever was invited into the club."""
    asked = pressed(asked)
    account, person = asked.asker.client.id, asked.asker.member
    new = asked.write({account}, lambda session: vip.accept(session, account, person, now=asked.now))
    return Reply(message=say.accepted(asked.reader, account, new=new))


def decline(asked: Asked) -> Reply:
    """Take the invitation back for whoever does not want it."""
    asked = pressed(asked)
    account, person = asked.asker.client.id, asked.asker.member
    asked.write(
        {account}, lambda session: vip.leave(session, account, person, author=f"person:{person}", now=asked.now)
    )
    return Reply(message=say.declined(asked.reader))


ROUTES = Routes(
    actions={Action.ACCEPT: accept, Action.DECLINE: decline, Action.OUT: take_out},
    views={Step.INVITE: invite},
)
