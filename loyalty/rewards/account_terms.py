"""What one account has on top of the programme: rewards of its own, and other prices and limits of those that are."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session, col, select, update

from loyalty import audit
from loyalty.errors import LoyaltyError
from loyalty.programme import Reward
from loyalty.programme.file.cross_checks_rewards import by_itself
from loyalty.programme.file.error_messages import findings
from loyalty.programme.versions import in_force
from storage.account_lock import lock_account
from storage.tables import OwnTerms

DIFFERING = ("cost", "limit")
"""What an account's own terms may change of a programme's reward."""
_NO_ROWS_HERE = {"synchronize_session": False}


class BadTermsError(LoyaltyError):
    """What was filled in is no reward: `faults` say what is wrong, by field."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(f"{field}: {said}" for field, said in faults.items()))
        self.faults = dict(faults)


class NotConfirmedError(LoyaltyError):
    """A person says of each new reward that it is not money."""


class KeyTakenError(LoyaltyError):
    """The programme, or the account, has a reward of that key already."""


class NoSuchTermsError(LoyaltyError):
    """The account has nothing of its own for that reward."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountTerms:
    """One thing an account has of its own: a whole reward (`own`), or what differs of the programme's (`says`)."""

    reward: str
    own: bool
    says: Mapping[str, Any]
    total: int | None = None
    taken: int = 0
    withdrawn: bool = False


def list_account_terms(session: Session, account_id: int) -> tuple[AccountTerms, ...]:
    """Return all that an account has of its own, by the reward's key."""
    rows = session.exec(select(OwnTerms).where(col(OwnTerms.account_id) == account_id).order_by(col(OwnTerms.reward)))
    return tuple(
        AccountTerms(
            reward=row.reward,
            own=row.own,
            says=row.says,
            total=row.total,
            taken=row.taken,
            withdrawn=row.withdrawn,
        )
        for row in rows
    )


def check_account_reward(session: Session, fields: Mapping[str, Any]) -> Reward:
    """Return the reward that these fields, as a programme file writes them, are. Errors: `BadTermsError`.

    It is held against all that holds for the programme's rewards: the closed kinds, the value cap, never money.
    """
    programme = in_force(session).programme
    try:
        reward = Reward.model_validate(dict(fields), by_alias=True, by_name=False)
    except ValidationError as error:
        faults = [(finding.path, finding.message) for finding in findings(Reward, error, ())]
        raise BadTermsError({str(path[0]) if path else "name": said for path, said in faults}) from error
    cross_faults = {str(finding.path[0]): finding.message for finding in by_itself((), reward, programme.value_cap)}
    if programme.value_cap is None:
        cross_faults["value"] = "the programme says no `value_cap`, so nothing can be held against it"
    if cross_faults:
        raise BadTermsError(cross_faults)
    if any(reward.key == shared.key for shared in programme.rewards):
        raise KeyTakenError(f"the programme has a reward `{reward.key}` already")
    return reward


def add_account_reward(
    session: Session, account_id: int, fields: Mapping[str, Any], *, not_money: bool, author: str, now: dt.datetime
) -> Reward:
    """Give an account a reward of its own and return it. `not_money`: a person said that it is none.

    Errors: `NotConfirmedError`, `BadTermsError`, `KeyTakenError`.
    """
    if not not_money:
        raise NotConfirmedError("a new reward wants somebody's word that it is not money")
    reward = check_account_reward(session, fields)
    lock_account(session, account_id)
    if session.get(OwnTerms, (account_id, reward.key)) is not None:
        raise KeyTakenError(f"the account has a reward `{reward.key}` already")
    says = reward.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    row = OwnTerms(
        account_id=account_id, reward=reward.key, own=True, says=says, total=reward.stock, author=author, at=now
    )
    session.add(row)
    _audit_terms(session, account_id, reward.key, "terms.add", author, now)
    return reward


def set_account_price(
    session: Session, account_id: int, reward: str, fields: Mapping[str, Any], *, author: str, now: dt.datetime
) -> Reward:
    """Give an account another price or limit of a programme's reward, and return it as it is now for them.

    `fields` are those of `DIFFERING` that differ; none brings the programme's own back. What was asked for before
    stays as it was promised. Errors: `NoSuchTermsError` where the programme has no such reward, `BadTermsError`.
    """
    lock_account(session, account_id)
    shared = next((candidate for candidate in in_force(session).programme.rewards if candidate.key == reward), None)
    if shared is None:
        raise NoSuchTermsError(f"the programme has no reward `{reward}`")
    strange = fields.keys() - set(DIFFERING)
    if strange:
        raise BadTermsError(dict.fromkeys(sorted(strange), "an account's own terms are price and limit"))
    try:
        changed = Reward.model_validate(shared.model_dump(by_alias=True, mode="json") | dict(fields))
    except ValidationError as error:
        raise BadTermsError(
            {str(finding.path[0]): finding.message for finding in findings(Reward, error, ())}
        ) from error
    row = session.get(OwnTerms, (account_id, reward))
    if dict(fields) == (row.says if row else {}):
        return changed
    if fields:
        row = row or OwnTerms(account_id=account_id, reward=reward, own=False, says={}, author=author, at=now)
        row.says, row.author, row.at = dict(fields), author, now
        session.add(row)
    elif row is not None:
        session.delete(row)
    _audit_terms(session, account_id, reward, "terms.differ", author, now)
    return changed


def set_account_stock(
    session: Session, account_id: int, reward: str, left: int | None, *, author: str, now: dt.datetime
) -> None:
    """Say how many more of an account's own reward can be asked for, None any number. Errors: `NoSuchTermsError`."""
    total = None if left is None else col(OwnTerms.taken) + left
    _change_terms(session, account_id, reward, {"total": total}, author, now)


def withdraw_account_reward(session: Session, account_id: int, reward: str, *, author: str, now: dt.datetime) -> None:
    """Take an account's own reward out: what was asked for stays promised. Errors: `NoSuchTermsError`."""
    _change_terms(session, account_id, reward, {"withdrawn": True}, author, now)


def restore_account_reward(session: Session, account_id: int, reward: str, *, author: str, now: dt.datetime) -> None:
    """Let an account's own reward be asked for again. Errors: `NoSuchTermsError`."""
    _change_terms(session, account_id, reward, {"withdrawn": False}, author, now)


def _change_terms(
    session: Session, account_id: int, reward: str, values: Mapping[str, Any], author: str, now: dt.datetime
) -> None:
    lock_account(session, account_id)
    own_terms = (col(OwnTerms.account_id) == account_id, col(OwnTerms.reward) == reward, col(OwnTerms.own))
    changes = update(OwnTerms).where(*own_terms).values(**values)
    if not session.exec(changes, execution_options=_NO_ROWS_HERE).rowcount:
        raise NoSuchTermsError(f"the account has no reward `{reward}` of its own")
    [what] = values
    _audit_terms(session, account_id, reward, f"terms.{what}", author, now)


def _audit_terms(session: Session, account_id: int, reward: str, action: str, author: str, now: dt.datetime) -> None:
    audit.record(session, account_id, action, {"reward": reward}, author=author, now=now)
    session.flush()
