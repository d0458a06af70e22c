"""Whom an audience means: an account's people by role, tier or name."""

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from loyalty.accounts.accounts import by_id
from loyalty.tiers.progress import held
from loyalty.webinars.details import AudienceSpec
from storage.tables import Person, WebinarAudience, WebinarRsvp


def people_meant(session: Session, account_id: int, audience: AudienceSpec, *, now: dt.datetime) -> tuple[int, ...]:
    """Return whom an audience means now, by surrogate id: nobody who left, was erased, is staff or left out."""
    wanted = select(Person.id, Person.role).where(col(Person.account_id) == account_id, *_there())
    today = now.astimezone(ZoneInfo(by_id(session, account_id).timezone)).date()
    rows = session.exec(wanted.order_by(col(Person.id)))
    return tuple(person_id for person_id, role in rows if _meant(session, account_id, audience, person_id, role, today))


def is_invited(session: Session, account_id: int, key: str, person_id: int, *, now: dt.datetime) -> bool:
    """Return whether a person is invited now: the audience means them, or they were invited by a direct message."""
    audience = audience_of(session, account_id, key)
    wanted = select(Person.role).where(col(Person.account_id) == account_id, col(Person.id) == person_id, *_there())
    role = session.exec(wanted).first()
    if audience is None or role is None:
        return False
    if _was_invited(session, account_id, key, person_id):
        return True
    today = now.astimezone(ZoneInfo(by_id(session, account_id).timezone)).date()
    return _meant(session, account_id, audience, person_id, role, today)


def invited_people(session: Session, account_id: int, key: str, *, now: dt.datetime) -> tuple[int, ...]:
    """Return who of an account is invited, by surrogate id; nobody where the account is not."""
    audience = audience_of(session, account_id, key)
    if audience is None:
        return ()
    own = (col(WebinarRsvp.account_id) == account_id, col(WebinarRsvp.webinar) == key)
    told = select(WebinarRsvp.person_id).where(*own, col(WebinarRsvp.invited_at).is_not(None))
    there = select(Person.id).where(col(Person.account_id) == account_id, col(Person.id).in_(told), *_there())
    return tuple(sorted({*people_meant(session, account_id, audience, now=now), *session.exec(there)}))


def audience_of(session: Session, account_id: int, key: str) -> AudienceSpec | None:
    """Return whom of an account a webinar is for; None where the account is not invited (any more)."""
    row = session.exec(
        select(WebinarAudience).where(
            col(WebinarAudience.account_id) == account_id,
            col(WebinarAudience.webinar) == key,
            col(WebinarAudience.withdrawn_at).is_(None),
        )
    ).first()
    return None if row is None else spec_of(row)


def spec_of(row: WebinarAudience) -> AudienceSpec:
    """Return a row as a value."""
    return AudienceSpec(
        roles=tuple(row.roles),
        tiers=tuple(row.tiers),
        people=tuple(row.people),
        reach=row.reach,  # type: ignore[arg-type]
    )


def invited_accounts(session: Session, key: str) -> tuple[int, ...]:
    """Return the accounts that are invited, by rising id. Wants the operator's scope."""
    wanted = select(WebinarAudience.account_id).where(
        col(WebinarAudience.webinar) == key, col(WebinarAudience.withdrawn_at).is_(None)
    )
    return tuple(session.exec(wanted.order_by(col(WebinarAudience.account_id))))


def _there() -> tuple[ColumnElement[bool], ...]:
    return (
        col(Person.left_at).is_(None),
        col(Person.erased_at).is_(None),
        ~col(Person.staff),
        ~col(Person.excluded),
    )


def _meant(
    session: Session, account_id: int, audience: AudienceSpec, person_id: int, role: str, today: dt.date
) -> bool:
    if audience.whole or person_id in audience.people:
        return True
    if not (audience.roles or audience.tiers) or (audience.roles and role not in audience.roles):
        return False
    return not audience.tiers or not held(session, account_id, person_id, today=today).isdisjoint(audience.tiers)


def _was_invited(session: Session, account_id: int, key: str, person_id: int) -> bool:
    row = session.get(WebinarRsvp, (account_id, key, person_id))
    return row is not None and row.invited_at is not None
