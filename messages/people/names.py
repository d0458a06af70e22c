"""What a person is called beside what happened to them."""

from loyalty.people.roster import UnmatchedPerson
from messages.kit.reader import Reader


def unmatched_name(reader: Reader, unmatched: UnmatchedPerson) -> str:
    """Return what somebody is called, as Slack says: their name and e-mail, where they are known."""
    if unmatched.name and unmatched.email:
        return f"{unmatched.name} ({unmatched.email})"
    return unmatched.name or unmatched.email or reader.label("Slack user {id}", id=unmatched.user.user_id)
