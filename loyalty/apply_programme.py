"""Bringing a programme into force: a version that stays, accounts opened and updated, milestones found passed."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select, update

from loyalty import audit
from loyalty.accounts.accounts import cohorts, open_account
from loyalty.accounts.channels import bind_channel
from loyalty.accounts.managers import add_manager
from loyalty.accounts.owners import add_owner
from loyalty.errors import LoyaltyError
from loyalty.programme import AccountTerms, Plan, Programme, Reward, digest, plan, read, to_confirm
from loyalty.programme.versions import InForce, NoProgrammeError, in_force, ready
from loyalty.recognition import milestone_backfill
from loyalty.rewards import stock
from loyalty.tiers import review
from storage.tables import Account, Channel, Manager, OwnTerms, Person, ProgrammeVersion, Transfer

PLAIN = ("name", "timezone", "language", "cohort", "yearly_value", "invited")
"""What the file always owns of an account; `mode`, `channel`, `managers` and `owners` are first values."""


class WeekStartsError(LoyaltyError):
    """Weeks cannot begin on another day once anything was earned: kept scores would mean something else."""


class NoSuchVersionError(LoyaltyError):
    """There is no version of that number."""


class OwnRewardError(LoyaltyError):
    """An account has a reward of its own by the key that one of the programme's would have."""


class NotConfirmedError(LoyaltyError):
    """Rewards that are new, or another kind, name or value than before, want a person's word that none is money."""

    def __init__(self, rewards: Sequence[Reward]) -> None:
        self.rewards = tuple(rewards)
        keys = ", ".join(f"`{reward.key}`" for reward in rewards)
        super().__init__(f"nobody has confirmed yet that these rewards are not money: {keys}; nothing was applied")


@dataclass(frozen=True, slots=True)
class Applied:
    """What came of it: the number of the version in force, whether it is a new one, and what it changed."""

    number: int
    new: bool
    plan: Plan


def propose_programme(session: Session, text: str, *, name: str = "programme.yaml") -> Plan:
    """Return what applying this file would change. Its rules may name accounts that are there already.

    Wants the operator's scope. Errors: `ProgrammeError` with every problem of the file.
    """
    new = read(text, name=name, accounts=cohorts(session))
    old = _in_force_or_none(session)
    return plan(
        old.programme if old else None,
        new,
        changed_elsewhere=changed_elsewhere(session, old),
        stock_elsewhere=stock.changed(session, old.programme if old else None),
    )


def unconfirmed(session: Session, text: str, *, name: str = "programme.yaml") -> tuple[Reward, ...]:
    """Return the rewards of which a person has to say "this is not money" before this file can be applied.

    Errors: `ProgrammeError`.
    """
    old = _in_force_or_none(session)
    return to_confirm(old.programme if old else None, read(text, name=name, accounts=cohorts(session)))


def apply_programme(
    session: Session,
    text: str,
    *,
    author: str,
    now: dt.datetime,
    name: str = "programme.yaml",
    confirmed: Collection[str] = (),
) -> Applied:
    """Bring a programme file into force. The text of the version in force changes nothing. Wants the operator's scope.

    `confirmed` are the keys of the rewards of which the author said "this is not money". Errors: `ProgrammeError`,
    `NotConfirmedError`, `OwnRewardError`, `WeekStartsError`.
    """
    changes = propose_programme(session, text, name=name)
    old = _in_force_or_none(session)
    if old is not None and _digest_in_force(session) == digest(text):
        return Applied(old.number, new=False, plan=changes)
    to_be_confirmed = unconfirmed(session, text, name=name)
    missing = [reward for reward in to_be_confirmed if reward.key not in confirmed]
    if missing:
        raise NotConfirmedError(missing)
    said = {"not_money": [reward.key for reward in to_be_confirmed]} if to_be_confirmed else {}
    return Applied(_put_in_force(session, text, old, author=author, now=now, said=said), new=True, plan=changes)


def rollback_programme(session: Session, number: int | None, *, author: str, now: dt.datetime) -> Applied:
    """Bring a former version back, as a new one; without a number the one before that in force.

    Its rewards were confirmed when it first came into force. Errors: `NoSuchVersionError`, `NoProgrammeError`,
    `OwnRewardError`, `WeekStartsError`.
    """
    old = in_force(session)
    version_number = old.number - 1 if number is None else number
    former = session.get(ProgrammeVersion, version_number)
    if former is None:
        raise NoSuchVersionError(f"there is no version {version_number}; `laurels programme history` lists them")
    changes = propose_programme(session, former.text)
    return Applied(
        _put_in_force(session, former.text, old, author=author, now=now, restores=version_number),
        new=True,
        plan=changes,
    )


def changed_elsewhere(session: Session, old: InForce | None) -> dict[str, dict[str, Any]]:
    """Return the first values that no longer are what the file in force says, by account key and field."""
    if old is None:
        return {}
    changed: dict[str, dict[str, Any]] = {}
    accounts = {account.key: account for account in session.exec(select(Account))}
    for terms in old.programme.accounts:
        account = accounts[terms.key]
        now = _first_values(session, account)
        then = {"mode": terms.mode, "channel": terms.channel, "managers": terms.managers, "owners": terms.owners}
        differing = {field: value for field, value in now.items() if value != then[field]}
        if differing:
            changed[terms.key] = differing
    return changed


def _first_values(session: Session, account: Account) -> dict[str, Any]:
    channel = session.exec(
        select(Channel.channel_id).where(col(Channel.account_id) == account.id).order_by(col(Channel.id)).limit(1)
    ).first()
    managers = session.exec(
        select(Manager.email).where(col(Manager.account_id) == account.id).order_by(col(Manager.id))
    )
    owners = session.exec(
        select(Person.email)
        .where(col(Person.account_id) == account.id, col(Person.owner), col(Person.email).is_not(None))
        .order_by(col(Person.id))
    )
    return {"mode": account.mode, "channel": channel, "managers": tuple(managers), "owners": tuple(owners)}


def _put_in_force(
    session: Session,
    text: str,
    old: InForce | None,
    *,
    author: str,
    now: dt.datetime,
    restores: int | None = None,
    said: Mapping[str, Any] | None = None,
) -> int:
    new = ready(old.number + 1 if old else 1, text)
    number, programme = new.number, new.programme
    _check_week_starts(session, old, new)
    _check_reward_keys(session, programme)
    session.add(
        ProgrammeVersion(
            number=number, text=text, digest=digest(text), author=author, applied_at=now, restores=restores
        )
    )
    session.flush()
    elsewhere = changed_elsewhere(session, old)
    for terms in programme.accounts:
        _bring_account(session, terms, elsewhere.get(terms.key, {}), now)
    for account in session.exec(select(Account).order_by(col(Account.id))).all():
        _exclude_people(session, account, new)
        milestone_backfill.backfill_milestones(session, account, new, old, now=now)
        review.mark_tiers(session, account, new, old, now=now)
    # After all that takes accounts' locks, as whoever redeems does: see `loyalty.rewards.stock_counter`.
    stock.bring_stock(session, programme, old.programme if old else None)
    details = {"version": number, **(said or {})}
    audit.record(session, None, "programme.apply", details, author=author, now=now)
    return number


def _check_week_starts(session: Session, old: InForce | None, new: InForce) -> None:
    if old is None or old.week_starts == new.week_starts:
        return
    if session.exec(select(Transfer.id).limit(1)).first() is not None:
        raise WeekStartsError(
            f"week_starts is {old.week_starts} and cannot become {new.week_starts}: "
            "points were earned, and their weeks would mean something else"
        )


def _check_reward_keys(session: Session, new: Programme) -> None:
    clashes = (
        select(OwnTerms.reward, Account.name)
        .join(Account, col(Account.id) == col(OwnTerms.account_id))
        .where(col(OwnTerms.own), col(OwnTerms.reward).in_([reward.key for reward in new.rewards]))
        .order_by(col(OwnTerms.reward), col(Account.name))
    )
    clashing = [f"{account} has a reward `{reward}` of its own" for reward, account in session.exec(clashes)]
    if clashing:
        raise OwnRewardError(f"{', '.join(clashing)}: give the programme's another key")


def _bring_account(session: Session, terms: AccountTerms, elsewhere: Mapping[str, Any], now: dt.datetime) -> None:
    values: dict[str, Any] = {field: getattr(terms, field) for field in PLAIN} | {
        "name": terms.name.get(terms.language)
    }
    account = session.exec(select(Account).where(col(Account.key) == terms.key)).first()
    if account is None:
        account = open_account(session, now=now, key=terms.key, mode=terms.mode, **values)
    for field, value in values.items():
        setattr(account, field, value)
    if "mode" not in elsewhere:
        account.mode = terms.mode
    session.add(account)
    session.flush()
    account_id: Any = account.id
    if terms.channel is not None and "channel" not in elsewhere:
        bind_channel(session, account_id, team_id="", channel_id=terms.channel, now=now)
    if "managers" not in elsewhere:
        for email in terms.managers:
            add_manager(session, account_id, email, now=now)
    if "owners" not in elsewhere:
        for email in terms.owners:
            add_owner(session, account_id, email, now=now)


def _exclude_people(session: Session, account: Account, new: InForce) -> None:
    people = session.exec(
        select(Person.id, Person.external_id, Person.excluded).where(
            col(Person.account_id) == account.id, col(Person.external_id).is_not(None)
        )
    )
    changed: dict[bool, list[int]] = {True: [], False: []}
    for person_id, external_id, excluded in people:
        if external_id is not None and new.book.excludes(external_id) != excluded:
            changed[not excluded].append(person_id)
    for excluded, ids in changed.items():
        if ids:
            session.exec(
                update(Person)
                .where(col(Person.account_id) == account.id, col(Person.id).in_(ids))
                .values(excluded=excluded)
            )


def _digest_in_force(session: Session) -> str | None:
    newest = select(ProgrammeVersion.digest).order_by(col(ProgrammeVersion.number).desc()).limit(1)
    return session.exec(newest).first()


def _in_force_or_none(session: Session) -> InForce | None:
    try:
        return in_force(session)
    except NoProgrammeError:
        return None
