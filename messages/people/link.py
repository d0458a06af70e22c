"""Connecting somebody who wants to join, and was not matched, with their person: an account manager says who it is."""

from loyalty.people.roster import UnmatchedPerson
from messages.actions import ConnectField, ConnectView
from messages.kit.blocks import Message, message, section
from messages.kit.elements import Choice
from messages.kit.modals import Modal, choice_field, text_field
from messages.kit.reader import Reader
from messages.people.names import unmatched_name


def connect_form(reader: Reader, account_id: int, unmatched: UnmatchedPerson) -> Modal:
    """Return the modal in which an account manager says who somebody is."""
    several = [Choice(candidate, candidate) for candidate in unmatched.candidates[:100]]
    return Modal(
        title=reader.label("Who is it?"),
        close=reader.label("Cancel"),
        submit=reader.label("Connect"),
        callback=ConnectView.FORM,
        private_metadata={
            "account": account_id,
            "enterprise": unmatched.user.enterprise_id,
            "team": unmatched.user.team_id,
            "user": unmatched.user.user_id,
        },
        content=message(
            section(
                reader.say("*{name}* wants to join. Who is it in the product?", name=unmatched_name(reader, unmatched))
            ),
            choice_field(ConnectField.CANDIDATE, reader.label("They have this e-mail address"), several, optional=True)
            if several
            else None,
            text_field(
                ConnectField.OTHER,
                reader.label("Their user id in the product"),
                hint=reader.label("Exactly as the product has it; a new one is taken as somebody new."),
                optional=bool(several),
            ),
        ),
    )


def connect_receipt(reader: Reader, unmatched: UnmatchedPerson, external_id: str) -> Message:
    """Return the receipt for somebody who was linked."""
    return message(
        section(
            reader.say(
                "*Done.* {name} is {person} from now on, and sees their points.",
                name=unmatched_name(reader, unmatched),
                person=external_id,
            )
        )
    )
