"""The conversation in which a member was last written to: there a file is theirs alone."""

from sqlmodel import Session, col, select

from storage.tables import Outgoing


def last_conversation(session: Session, account_id: int, person_id: int, user_id: str) -> str | None:
    """Return the conversation of the last direct message to a member; None where there was none yet."""
    theirs = (
        col(Outgoing.account_id) == account_id,
        col(Outgoing.person_id) == person_id,
        col(Outgoing.user_id) == user_id,
        col(Outgoing.channel_id).is_(None),
        col(Outgoing.posted_in).is_not(None),
    )
    return session.exec(select(Outgoing.posted_in).where(*theirs).order_by(col(Outgoing.id).desc())).first()
