"""What a person is called beside what happened to them."""

from loyalty.people.roster import UnmatchedPerson
from messages.kit.reader import Reader


def unmatched_name(reader: Reader, knock: UnmatchedPerson) -> str:
    """Return what somebody is called, as Slack says: their name and e-mail, where they are known."""
    if knock.name and knock.email:
        return f"{knock.name} ({knock.email})"
    return knock.name or knock.email or reader.label("Slack user {id}", id=knock.user.user_id)
