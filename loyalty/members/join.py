"""Joining, and everything a person may choose about it. Joining links a Slack user to a person and shows nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.errors import LoyaltyError
from loyalty.members.erasure import erase
from loyalty.people.people import member_of, open_people, person_hash
from loyalty.programme.versions import in_force
from storage.account_lock import lock_account
from storage.tables import Account, Member, Person, Refusal, Unmatched

TERMS_VERSION = "1"
"""The version of what a person agrees to: the words of `messages.members.join`. A change of their meaning raises it."""


class UncertainError(LoyaltyError):
    """Nobody, or more than one person, could be meant: the account manager is shown it and says who it is."""


class TakenError(UncertainError):
    """The person is linked to another Slack user already."""


class NotForYouError(LoyaltyError):
    """Slack says that this is a guest or a robot."""


class SwitchedOffError(NotForYouError):
    """Slack says that this account is switched off: whoever acts by it is not to be believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Who is in; `new`: since just now. `uncertain` says why nobody could be linked yet."""

    person_id: int | None = None
    new: bool = False
    uncertain: str | None = None
    on_boards: bool = False
    celebrated: bool = False


def join(session: Session, account_id: int, profile: SlackProfile, *, now: datetime) -> Joined:
    """Link a Slack user to the one person of the account whose e-mail is theirs, and return who that is.

    A doubtful match is listed for the account manager and nobody is linked. Both choices are off.
    """
    _check_switched_on(profile)
    if profile.outsider:
        raise NotForYouError(f"{profile.user.user_id} is a guest or a robot")
    lock_account(session, account_id)
    member = member_of(session, account_id, profile.user)
    if member is not None:
        return Joined(person_id=member.person_id, on_boards=member.on_boards, celebrated=member.celebrated)
    people = _people_with(session, account_id, profile.email)
    reason = _reason_for_doubt(session, account_id, people)
    if reason is not None:
        _list_unmatched(session, account_id, profile, reason, now)
        return Joined(uncertain=reason)
    _link_member(session, account_id, people[0], profile, now)
    return Joined(person_id=people[0].id, new=True)


def link(session: Session, account_id: int, external_id: str, user: SlackUser, *, now: datetime) -> Joined:
    """Link a listed Slack user to the person the account manager names, by the product's user id, and return who it is.

    The person is made where there is none yet: they may have declined before, and wish otherwise now.
    """
    knock = _knock(session, account_id, user)
    if knock is None:
        raise UncertainError(f"{user.user_id} did not ask to join, or is linked already")
    people = open_people(session, account_id, [external_id], excluded=in_force(session).book.excludes, now=now)
    person = session.get_one(Person, (account_id, people[external_id]))
    if session.get(Member, (account_id, person.id)) is not None:
        raise TakenError(f"{external_id} is linked to another Slack user already")
    person.name, person.email = person.name or knock.name, person.email or knock.email
    _link_member(session, account_id, person, SlackProfile(user=user), now)
    return Joined(person_id=person.id, new=True)


def decline(session: Session, account_id: int, profile: SlackProfile, *, now: datetime) -> int:
    """Say no thanks: erase what was recorded under this person's name; return how many people that were (0 or 1).

    Where more than one person has the e-mail nobody is erased: it could be a colleague. Errors: `SwitchedOffError`.
    """
    _check_switched_on(profile)
    lock_account(session, account_id)
    _stop_listing(session, account_id, profile.user)
    people = _people_with(session, account_id, profile.email)
    if _reason_for_doubt(session, account_id, people) is not None:
        return 0
    erase(session, account_id, people[0].id, reason="declined", author=f"person:{people[0].id}", now=now)
    return 1


def choose(
    session: Session, account_id: int, person_id: int, *, boards: bool | None = None, shoutouts: bool | None = None
) -> Joined:
    """Set what a member shows of themselves, where given, and return how it stands."""
    member = session.get_one(Member, (account_id, person_id))
    member.on_boards = member.on_boards if boards is None else boards
    member.celebrated = member.celebrated if shoutouts is None else shoutouts
    session.add(member)
    return Joined(person_id=person_id, on_boards=member.on_boards, celebrated=member.celebrated)


def leave(session: Session, account_id: int, person_id: int) -> None:
    """Unlink a member: the points stay the person's, nothing is shown or sent any more."""
    session.delete(session.get_one(Member, (account_id, person_id)))
    session.flush()


def _check_switched_on(profile: SlackProfile) -> None:
    if profile.deleted:
        raise SwitchedOffError(f"{profile.user.user_id} is switched off")


def _people_with(session: Session, account_id: int, email: str | None) -> list[Person]:
    if not email:
        return []
    query = select(Person).where(col(Person.account_id) == account_id, col(Person.email) == email)
    return list(session.exec(query.where(col(Person.left_at).is_(None)).limit(2)))


def _reason_for_doubt(session: Session, account_id: int, people: list[Person]) -> str | None:
    if not people:
        return "unknown"
    if len(people) > 1:
        return "several"
    return "taken" if session.get(Member, (account_id, people[0].id)) is not None else None


def _list_unmatched(session: Session, account_id: int, profile: SlackProfile, reason: str, now: datetime) -> None:
    session.merge(
        Unmatched(
            account_id=account_id,
            enterprise_id=profile.user.enterprise_id,
            team_id=profile.user.team_id,
            user_id=profile.user.user_id,
            name=profile.name,
            email=profile.email,
            reason=reason,
            at=now,
        )
    )


def _link_member(session: Session, account_id: int, person: Person, profile: SlackProfile, now: datetime) -> None:
    session.add(
        Member(
            account_id=account_id,
            person_id=person.id,
            enterprise_id=profile.user.enterprise_id,
            team_id=profile.user.team_id,
            user_id=profile.user.user_id,
            terms=TERMS_VERSION,
            joined_at=now,
            slack_language=profile.language,
            slack_timezone=profile.timezone,
            looked_at=now if profile.timezone else None,
        )
    )
    person.name, person.joined_at = person.name or profile.name, person.joined_at or now
    session.add(person)
    if person.external_id is not None:
        digest = person_hash(session.get_one(Account, account_id).key, person.external_id)
        session.execute(
            delete(Refusal).where(col(Refusal.account_id) == account_id, col(Refusal.person_hash) == digest)
        )
    _stop_listing(session, account_id, profile.user)
    session.flush()


def _stop_listing(session: Session, account_id: int, user: SlackUser) -> None:
    knock = _knock(session, account_id, user)
    if knock is not None:
        session.delete(knock)


def _knock(session: Session, account_id: int, user: SlackUser) -> Unmatched | None:
    return session.get(Unmatched, (account_id, user.enterprise_id, user.team_id, user.user_id))
