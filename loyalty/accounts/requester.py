"""Who is asking: which account is meant, which person of it, in which role. Decided by facts, never by one's word."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, func, literal_column, or_, select
from sqlmodel import Session

from loyalty.accounts.slack_profile import SlackUser, is_slack_user
from loyalty.errors import LoyaltyError
from storage.fast_reads.prepared_select import PreparedSelect
from storage.tables import Account, BoundWorkspace, Channel, Manager, Member, Person, core

ACCOUNT = core(Account)
CHANNEL = core(Channel)
BOUND_WORKSPACE = core(BoundWorkspace)
MANAGER = core(Manager)
MEMBER = core(Member)
PERSON = core(Person)


class StrangerError(LoyaltyError):
    """Nothing says which account this person belongs to."""


class WhichAccountError(LoyaltyError):
    """The person is a member of several `accounts` and has not said which one they mean here."""

    def __init__(self, accounts: "tuple[AccountInfo, ...]" = ()) -> None:
        super().__init__(f"one of {', '.join(account.key for account in accounts)} is meant")
        self.accounts = accounts


class NotJoinedError(LoyaltyError):
    """This is for members, and the person has not joined."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where somebody asks: the installation's workspace, and the channel, None outside one."""

    team_id: str
    channel_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountInfo:
    """The account that is meant."""

    id: int
    key: str
    name: str
    timezone: str
    language: str
    mode: str
    cohort: str | None = None


class Role(StrEnum):
    """What somebody is to the account: joined, not (yet) joined, or nothing that could be told.

    UNDECIDED is a member of several accounts who has not said which one they mean.
    """

    MEMBER = "member"
    NEWCOMER = "newcomer"
    UNDECIDED = "undecided"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Requester:
    """Who is asking. `person_id` is known of members only; `manages`: looks after this account for the vendor.

    `language` is the one to speak; `chosen_language` what they set themselves, None where they left it to Slack.
    `others` are the accounts that could be meant as well, where no channel and no workspace says which; `looked_at`:
    when Slack was last asked about a member; `left`: it said then that they are switched off.
    """

    user: SlackUser
    role: Role
    account: AccountInfo | None = None
    person_id: int | None = None
    name: str | None = None
    owner: bool = False
    manages: bool = False
    on_boards: bool = False
    celebrated: bool = False
    language: str = "en"
    timezone: str = "UTC"
    chosen_language: str | None = None
    others: tuple[AccountInfo, ...] = ()
    looked_at: dt.datetime | None = None
    left: bool = False

    @property
    def known_account(self) -> AccountInfo:
        """The account that is meant. Raises StrangerError where there is none, WhichAccountError where it is unsaid."""
        if self.role is Role.UNDECIDED:
            raise WhichAccountError(self.others)
        if self.account is None:
            raise StrangerError(f"no account is known for {self.user}")
        return self.account

    @property
    def member(self) -> int:
        """The member's person id. Raises as `known_account`, and NotJoinedError for whoever has not joined."""
        account = self.known_account
        if self.person_id is None:
            raise NotJoinedError(f"{self.user} has not joined {account.key}")
        return self.person_id


_FACTS = (
    ACCOUNT.c.id,
    ACCOUNT.c.key,
    ACCOUNT.c.name,
    ACCOUNT.c.timezone,
    ACCOUNT.c.language,
    ACCOUNT.c.mode,
    ACCOUNT.c.cohort,
    MEMBER.c.person_id,
    PERSON.c.name.label("person_name"),
    PERSON.c.owner,
    MEMBER.c.on_boards,
    MEMBER.c.celebrated,
    MEMBER.c.language.label("chosen_language"),
    func.coalesce(MEMBER.c.language, MEMBER.c.slack_language, MANAGER.c.language, ACCOUNT.c.language).label("spoken"),
    func.coalesce(MEMBER.c.timezone, MEMBER.c.slack_timezone, MANAGER.c.timezone, ACCOUNT.c.timezone).label("zone"),
    MANAGER.c.id.label("manager_id"),
    MEMBER.c.meant,
    MEMBER.c.looked_at,
    PERSON.c.left_at,
)
_MANAGING = ACCOUNT.outerjoin(MANAGER, and_(MANAGER.c.account_id == ACCOUNT.c.id, is_slack_user(MANAGER)))
_SAME_PERSON = and_(PERSON.c.account_id == MEMBER.c.account_id, PERSON.c.id == MEMBER.c.person_id)


def _select_by_binding(table: Any, where: ColumnElement[bool]) -> PreparedSelect:
    """Select the account that a row of `table` means, and what the person is to it."""
    is_member = and_(MEMBER.c.account_id == ACCOUNT.c.id, is_slack_user(MEMBER))
    accounts = table.join(_MANAGING, ACCOUNT.c.id == table.c.account_id).outerjoin(MEMBER, is_member)
    return PreparedSelect(select(*_FACTS).select_from(accounts.outerjoin(PERSON, _SAME_PERSON)).where(where))


_IN_CHANNEL = _select_by_binding(
    CHANNEL,
    and_(
        CHANNEL.c.channel_id == bindparam("channel_id"),
        or_(CHANNEL.c.team_id == bindparam("place_id"), CHANNEL.c.team_id == ""),
    ),
)
# One's home, not the place: a guest from elsewhere does not become somebody of the company they visit.
_IN_WORKSPACE = _select_by_binding(BOUND_WORKSPACE, BOUND_WORKSPACE.c.team_id == bindparam("team_id"))
_BY_MEMBERSHIP = PreparedSelect(
    select(*_FACTS)
    .select_from(MEMBER.join(_MANAGING, ACCOUNT.c.id == MEMBER.c.account_id).join(PERSON, _SAME_PERSON))
    .where(is_slack_user(MEMBER))
    .order_by(MEMBER.c.meant.desc(), ACCOUNT.c.name)
)
_MANAGED = PreparedSelect(
    select(MANAGER.c.language, MANAGER.c.timezone).where(is_slack_user(MANAGER)).limit(literal_column("1"))
)


def identify(session: Session, user: SlackUser, origin: Origin) -> Requester:
    """Return who is asking. Wants the operator's scope: the account is what is looked for.

    The account is the one the channel is bound to, else the one their home workspace is; elsewhere the one they are a
    member of, and of several the one they chose last.
    """
    parameters: dict[str, Any] = {
        "enterprise_id": user.enterprise_id,
        "team_id": user.team_id,
        "user_id": user.user_id,
        "channel_id": origin.channel_id,
        "place_id": origin.team_id,
    }
    row = _IN_CHANNEL.first(session, parameters) if origin.channel_id else None
    row = row or _IN_WORKSPACE.first(session, parameters)
    if row is not None:
        return _requester(user, row)
    rows = _BY_MEMBERSHIP.all(session, parameters)
    if rows and (len(rows) == 1 or rows[0].meant):
        return replace(_requester(user, rows[0]), others=tuple(map(_account_info, rows[1:])))
    manager = _MANAGED.first(session, parameters)
    if rows:
        return Requester(
            user=user,
            role=Role.UNDECIDED,
            manages=manager is not None,
            language=rows[0].spoken,
            timezone=rows[0].zone,
            others=tuple(map(_account_info, rows)),
        )
    if manager is None:
        return Requester(user=user, role=Role.STRANGER)
    language, timezone = manager.language or "en", manager.timezone or "UTC"
    return Requester(user=user, role=Role.STRANGER, manages=True, language=language, timezone=timezone)


def member_in(session: Session, user: SlackUser, account_id: int) -> Requester:
    """Return somebody as a member of one account, whichever they mean elsewhere. Wants the operator's scope.

    Errors: `NotJoinedError`.
    """
    parameters = {"enterprise_id": user.enterprise_id, "team_id": user.team_id, "user_id": user.user_id}
    for row in _BY_MEMBERSHIP.all(session, parameters):
        if row.id == account_id:
            return _requester(user, row)
    raise NotJoinedError(f"{user} has not joined account {account_id}")


def _requester(user: SlackUser, row: Any) -> Requester:
    return Requester(
        user=user,
        role=Role.NEWCOMER if row.person_id is None else Role.MEMBER,
        account=_account_info(row),
        person_id=row.person_id,
        name=row.person_name,
        owner=bool(row.owner),
        manages=row.manager_id is not None,
        on_boards=bool(row.on_boards),
        celebrated=bool(row.celebrated),
        language=row.spoken,
        timezone=row.zone,
        chosen_language=row.chosen_language,
        looked_at=row.looked_at,
        left=row.left_at is not None,
    )


def _account_info(row: Any) -> AccountInfo:
    return AccountInfo(
        id=row.id,
        key=row.key,
        name=row.name,
        timezone=row.timezone,
        language=row.language,
        mode=row.mode,
        cohort=row.cohort,
    )
