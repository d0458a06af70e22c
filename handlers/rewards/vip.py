"""The VIP club: who is in it, inviting, and the answers of whoever is invited."""

from handlers import managers
from handlers.button_values import parse_button_value
from handlers.form_values import form_values, private_metadata
from handlers.people.picker import picked_person
from handlers.request import FieldsError, Reply, Routes, SlackRequest
from loyalty.errors import LoyaltyError
from loyalty.people.people import people_to_choose, person_known
from loyalty.rewards import vip
from messages.kit.modals import Modal
from messages.rewards import vip as say
from messages.rewards.vip import Action, Step


def show_club(asked: SlackRequest) -> Modal:
    """Open the window with who is in the club."""
    mine = managers.managed_account(asked, asked.value)
    account = mine.account.id
    people, members = asked.database.read(
        {account}, lambda session: (people_to_choose(session, account), vip.club(session, account))
    )
    return say.club_message(asked.reader, mine.account.name, account, people, members)


def invite_to_club(asked: SlackRequest) -> Reply:
    """Invite whoever was chosen."""
    mine, faults = managers.managed_account(asked, str(private_metadata(asked)["account"])), dict[str, LoyaltyError]()
    person = picked_person(asked, mine, form_values(asked), faults)
    if person is None:
        raise FieldsError(faults)
    account = mine.account.id
    new = asked.write_as_requester(
        {account}, lambda session: vip.invite_to_club(session, account, person.id, author=mine.author, now=asked.now)
    )
    return Reply(message=say.invited(asked.reader, person, new=new))


def remove_from_club(asked: SlackRequest) -> Reply:
    """Take somebody out of the club."""
    mine, number = managers.managed_item(asked)
    account = mine.account.id
    person = asked.database.read({account}, lambda session: person_known(session, account, number))
    asked.write_as_requester({account}, lambda session: vip.leave_club(session, account, number, author=mine.author, now=asked.now))
    return Reply(message=say.out(asked.reader, person))


def accept_invitation(asked: SlackRequest) -> Reply:
    """Let whoever was invited into the club."""
    asked = parse_button_value(asked)
    account, person = asked.requester.known_account.id, asked.requester.member
    new = asked.write_as_requester({account}, lambda session: vip.accept_club_invitation(session, account, person, now=asked.now))
    return Reply(message=say.accepted(asked.reader, account, new=new))


def decline_invitation(asked: SlackRequest) -> Reply:
    """Take the invitation back for whoever does not want it."""
    asked = parse_button_value(asked)
    account, person = asked.requester.known_account.id, asked.requester.member
    asked.write_as_requester(
        {account}, lambda session: vip.leave_club(session, account, person, author=f"person:{person}", now=asked.now)
    )
    return Reply(message=say.declined(asked.reader))


ROUTES = Routes(
    actions={Action.ACCEPT: accept_invitation, Action.DECLINE: decline_invitation, Action.OUT: remove_from_club},
    views={Step.INVITE: invite_to_club},
)
