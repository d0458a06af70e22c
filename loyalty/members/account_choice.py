"""Which account somebody means who is a member of several, where no channel says it."""

from sqlmodel import Session, col, select

from loyalty.accounts.requester import StrangerError
from loyalty.accounts.slack_profile import SlackUser
from storage.tables import Member


def choose_account(session: Session, account_id: int, user: SlackUser) -> None:
    """Let the account be the one this member means from now on. Wants the operator's scope: the others are not meant.

    Raises StrangerError where they are no member of it.
    """
    query = select(Member).where(col(Member.enterprise_id) == user.enterprise_id, col(Member.user_id) == user.user_id)
    members = session.exec(query if user.enterprise_id else query.where(col(Member.team_id) == user.team_id)).all()
    if account_id not in {member.account_id for member in members}:
        raise StrangerError(f"{user} is no member of account {account_id}")
    for member in members:
        member.meant = member.account_id == account_id
        session.add(member)
    session.flush()
