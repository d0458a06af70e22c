"""Secrets that usage is signed with: who holds one may speak for its accounts.

The database keeps a random seed. The secret is HMAC-SHA256 of that seed under the deployment's own key
(LAURELS_SECRET_KEY), so whoever reads only the database, or a backup of it, can sign nothing. Without a key of its own
the seed is as good as the secret. Under another key the secrets made before cannot be had any more: they do not count
as live, and `list_secrets` says so.
"""

import base64
import datetime as dt
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from sqlmodel import Session, col, select

from loyalty import audit
from loyalty.accounts.accounts import find_account
from loyalty.errors import LoyaltyError
from storage.tables import UsageSecret

SEED_SIZE = 32
PREFIX = "whsec_"


class NoSuchSecretError(LoyaltyError):
    """There is no such secret."""


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret that counts: `key` is what is signed with, `accounts` whom it may speak for (None: all)."""

    id: int
    key: bytes
    accounts: frozenset[str] | None

    @property
    def text(self) -> str:
        """The secret as senders hold it, in the form of Standard Webhooks."""
        return PREFIX + base64.b64encode(self.key).decode()

    def speaks_for(self, account: str) -> bool:
        """Return whether usage of this account may be signed with it."""
        return self.accounts is None or account in self.accounts


@dataclass(frozen=True, slots=True)
class ListedSecret:
    """A secret as it is shown: never itself. `usable` is false where it was made under another deployment's key."""

    id: int
    accounts: tuple[str, ...] | None
    created_at: dt.datetime
    revoked_at: dt.datetime | None
    usable: bool


def create_secret(
    session: Session, seed: bytes, *, key: str, accounts: Collection[str] | None, author: str, now: dt.datetime
) -> Secret:
    """Return a new secret for these accounts, or for all. Its text is to be had here, once.

    `seed`: 32 random bytes; `key`: the deployment's own, or empty. Wants the operator's scope.
    Errors: `NoSuchAccountError`.
    """
    if len(seed) != SEED_SIZE:
        raise ValueError(f"the seed has {len(seed)} bytes: right is {SEED_SIZE}, from secrets.token_bytes")
    if accounts is not None and not accounts:
        raise ValueError("a secret for no account could sign nothing: None is for all")
    keys = None if accounts is None else [find_account(session, account).key for account in sorted(set(accounts))]
    secret = _derived(seed, key)
    row = UsageSecret(seed=seed, fingerprint=_fingerprint(secret), accounts=keys, created_at=now)
    session.add(row)
    session.flush()
    assert row.id is not None  # noqa: S101 - the database has just numbered it
    _audit(session, "usage_secret.create", row, author, now)
    return _secret(row, secret)


def revoke_secret(session: Session, secret_id: int, *, author: str, now: dt.datetime) -> bool:
    """Let a secret count no more, from this commit on; return whether it did before. Errors: `NoSuchSecretError`."""
    row = session.get(UsageSecret, secret_id)
    if row is None:
        raise NoSuchSecretError(f"there is no secret {secret_id}; `laurels usage secret list` shows them")
    if row.revoked_at is not None:
        return False
    row.revoked_at = now
    session.add(row)
    _audit(session, "usage_secret.revoke", row, author, now)
    session.flush()
    return True


def live_secrets(session: Session, *, key: str) -> list[Secret]:
    """Return the secrets that count now, the newest first."""
    rows = session.exec(
        select(UsageSecret).where(col(UsageSecret.revoked_at).is_(None)).order_by(col(UsageSecret.id).desc())
    )
    derived = ((row, _derived(row.seed, key)) for row in rows)
    return [_secret(row, secret) for row, secret in derived if _fingerprint(secret) == row.fingerprint]


def list_secrets(session: Session, *, key: str) -> list[ListedSecret]:
    """Return every secret there ever was, without what it is, the oldest first."""
    return [
        ListedSecret(
            id=row.id or 0,
            accounts=None if row.accounts is None else tuple(row.accounts),
            created_at=row.created_at,
            revoked_at=row.revoked_at,
            usable=_fingerprint(_derived(row.seed, key)) == row.fingerprint,
        )
        for row in session.exec(select(UsageSecret).order_by(col(UsageSecret.id)))
    ]


def _derived(seed: bytes, key: str) -> bytes:
    return hmac.digest(key.encode(), b"usage secret\0" + seed, "sha256")


def _fingerprint(secret: bytes) -> str:
    return sha256(secret).hexdigest()[:16]


def _secret(row: UsageSecret, key: bytes) -> Secret:
    accounts = None if row.accounts is None else frozenset(row.accounts)
    return Secret(id=row.id or 0, key=key, accounts=accounts)


def _audit(session: Session, action: str, row: UsageSecret, author: str, now: dt.datetime) -> None:
    audit.record(session, None, action, {"secret": row.id, "accounts": row.accounts}, author=author, now=now)
