"""Whether the ledger holds: all that is kept beside the transfers is made anew from them and compared.

Nothing here needs memory for the ledger's length: transfers are read as a stream, sums are made account by account.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Result, Row, and_, bindparam, not_, or_, select
from sqlmodel import Session, col

from leaderboards import score_rebuild
from leaderboards.periods import Weekday
from loyalty.points.expiry import key_of_transfer
from loyalty.programme import digest as text_digest
from loyalty.verify import rewards
from storage import append_only, ledger
from storage.tables import Account, ProgrammeVersion, Reached, Transfer, Usage, Wallet, core

Kind = Literal["trigger", "programme", "digest", "balance", "score", "reversal", "cause", "redemption", "stock"]
SAYS: Mapping[Kind, str] = {
    "trigger": "it has to be",
    "programme": "its text gives",
    "digest": "its fields give",
    "balance": "transfers say",
    "score": "transfers say",
    "reversal": "the original has",
    "cause": "it has to be",
    "redemption": "they have to be",
    "stock": "redemptions say",
}
"""Who says what is expected."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold. As text it is a sentence that names the row; ids are surrogate ones."""

    kind: Kind
    account: str | None
    """The account's key; None for what belongs to no account."""
    row: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.row}: {self.found}, {SAYS[self.kind]} {self.expected}"


def verify(session: Session, *, week_starts: Weekday) -> list[Finding]:
    """Return all that does not hold, in every account: nothing where the ledger is sound. Wants the operator scope."""
    findings = [*_triggers(session), *_programmes(session), *_stock(session)]
    for account_id, key in session.execute(select(col(Account.id), col(Account.key)).order_by(col(Account.id))).all():
        findings += _Audit(session, account_id, key).findings(week_starts)
    return findings


def _triggers(session: Session) -> Iterator[Finding]:
    for name, fault in append_only.missing(session.connection()).items():
        yield Finding("trigger", None, f"trigger {name}", fault, "in place: `laurels db upgrade` makes it anew")


def _programmes(session: Session) -> Iterator[Finding]:
    for version in session.scalars(select(ProgrammeVersion).order_by(col(ProgrammeVersion.number))):
        expected = text_digest(version.text)
        if version.digest != expected:
            yield Finding(
                "programme", None, f"programme version {version.number}", f"digest {version.digest}", expected
            )


def _stock(session: Session) -> Iterator[Finding]:
    for odd in rewards.stock(session):
        yield Finding("stock", None, f"{odd.row} ({odd.what})", odd.found, odd.expected)


class _Audit:
    """One account's ledger, looked at from every side."""

    def __init__(self, session: Session, account_id: int, key: str) -> None:
        self.session, self.account_id, self.key = session, account_id, key

    def findings(self, week_starts: Weekday) -> Iterator[Finding]:
        came_in: dict[int, int] = defaultdict(int)
        yield from self._digests(came_in)
        yield from self._balances(came_in)
        yield from self._reversals()
        yield from self._causes()
        yield from self._redemptions()
        for difference in score_rebuild.differences(self.session, self.account_id, week_starts):
            when = difference.period if difference.period == "all" else f"{difference.period} {difference.start}"
            who = "team" if difference.person_id is None else f"person {difference.person_id}"
            yield self._finding("score", when, who, f"score {difference.kept}", str(difference.recomputed))

    def _digests(self, came_in: dict[int, int]) -> Iterator[Finding]:
        """Look at each transfer once, and leave in `came_in` what each wallet got less what it gave."""
        for rows in self._execute(_TRANSFERS).partitions():
            expected = ledger.digests(self.key, (row[:-1] for row in rows))
            for row, sealed in zip(rows, expected, strict=True):
                came_in[row.to_id] += row.points
                came_in[row.from_id] -= row.points
                if row.digest != sealed:
                    yield self._transfer("digest", row, f"digest {bytes(row.digest).hex()}", sealed.hex())

    def _balances(self, came_in: Mapping[int, int]) -> Iterator[Finding]:
        for row in self._stream(_WALLETS):
            net = came_in.get(row.id, 0)
            expected = max(net, 0), max(-net, 0)
            if (row.balance, row.owed) != expected:
                owes = bool(row.owed or expected[1])
                found, due = (f"{a} and owed {b}" if owes else f"{a}" for a, b in ((row.balance, row.owed), expected))
                yield self._finding("balance", f"wallet {row.id}", _whose(row), f"balance {found}", due)

    def _reversals(self) -> Iterator[Finding]:
        for row in self._stream(_UNLIKE):
            if row.original_id is None:
                yield self._transfer("cause", row, f"transfer {row.reverses_id} is missing", "there")
                continue
            pairs = {name: (getattr(row, name), getattr(row, f"original_{MIRROR.get(name, name)}")) for name in COPIED}
            unlike = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
            found, expected = (", ".join(f"{name} {pair[side]}" for name, pair in unlike.items()) for side in (0, 1))
            yield self._transfer("reversal", row, found, expected)

    def _causes(self) -> Iterator[Finding]:
        for row in self._stream(_NO_USAGE):
            yield self._transfer("cause", row, f"usage event {row.cause_id} is missing", "there")
        for row in self._stream(_NO_HOLD):
            yield self._transfer("cause", row, f"transfer {row.cause_id} is missing", "there")
        for row in self._stream(_EXPIRED):
            took = (row.from_kind, row.of, row.to_kind, row.cause_kind, bytes(row.source_key))
            key = key_of_transfer(row.person_id or 0, row.cause_id)
            if took != ("person", row.person_id, "expired", "month", key):
                found = f"takes from wallet {row.from_id} into {row.to_id} by {row.cause_kind} {row.cause_id}"
                yield self._transfer("cause", row, found, "out of the person's own wallet, once a month")
        for row in self._stream(_NO_COMPLETION):
            who = "team" if row.person_id is None else f"person {row.person_id}"
            found = f"usage event {row.usage_id} is missing"
            yield self._finding("cause", f"milestone {row.milestone}", who, found, "there")

    def _redemptions(self) -> Iterator[Finding]:
        for row in rewards.orphans(self.session, self.account_id):
            yield self._transfer("cause", row, f"redemption {row.cause_id} is missing", "there")
        for odd in rewards.redemptions(self.session, self.account_id):
            yield self._finding("redemption", odd.row, odd.what, odd.found, odd.expected)
        for odd in rewards.own_stock(self.session, self.account_id):
            yield self._finding("stock", odd.row, odd.what, odd.found, odd.expected)

    def _stream(self, statement: Any) -> Iterator[Row[Any]]:
        return iter(self._execute(statement))

    def _execute(self, statement: Any) -> Result[Any]:
        return self.session.execute(statement, {"account_id": self.account_id}, execution_options={"yield_per": 2000})

    def _transfer(self, kind: Kind, row: Row[Any], found: str, expected: str) -> Finding:
        who = row.kind if row.person_id is None else f"{row.kind}, person {row.person_id}"
        return self._finding(kind, f"transfer {row.id}", who, found, expected)

    def _finding(self, kind: Kind, row: str, what: str, found: str, expected: str) -> Finding:
        return Finding(kind, self.key, f"{row} of {self.key} ({what})", found, expected)


def _whose(row: Row[Any]) -> str:
    if row.person_id is None:
        return str(row.kind).replace("_", ", ")
    return f"person {row.person_id}" + (", held" if row.kind == "person_held" else "")


COPIED = ("points", "from_id", "to_id", "person_id", "occurred_at", "local_day")
"""What a reversal takes from its original."""
MIRROR = {"from_id": "to_id", "to_id": "from_id"}

TRANSFER = core(Transfer)
ORIGINAL = TRANSFER.alias("original")
USAGE = core(Usage)
WALLET = core(Wallet)
REACHED = core(Reached)
_ACCOUNT: Any = bindparam("account_id")
_OWN = TRANSFER.c.account_id == _ACCOUNT

_TRANSFERS = select(*(TRANSFER.c[name] for name in (*ledger.FIELDS, "digest"))).where(_OWN).order_by(TRANSFER.c.id)
_WALLETS = select(WALLET).where(WALLET.c.account_id == _ACCOUNT, WALLET.c.balance.is_not(None)).order_by(WALLET.c.id)
_ALIKE = and_(*(TRANSFER.c[name].is_not_distinct_from(ORIGINAL.c[MIRROR.get(name, name)]) for name in COPIED))
_UNLIKE = (
    select(TRANSFER, *(ORIGINAL.c[name].label(f"original_{name}") for name in ("id", *COPIED)))
    .outerjoin(ORIGINAL, and_(ORIGINAL.c.account_id == TRANSFER.c.account_id, ORIGINAL.c.id == TRANSFER.c.reverses_id))
    .where(_OWN, TRANSFER.c.reverses_id.is_not(None), or_(ORIGINAL.c.id.is_(None), not_(_ALIKE)))
    .order_by(TRANSFER.c.id)
)
_NO_USAGE = (
    select(TRANSFER)
    .outerjoin(USAGE, and_(USAGE.c.account_id == TRANSFER.c.account_id, USAGE.c.id == TRANSFER.c.cause_id))
    .where(_OWN, TRANSFER.c.cause_kind == "usage", USAGE.c.id.is_(None))
    .order_by(TRANSFER.c.id)
)
_NO_HOLD = (
    select(TRANSFER)
    .outerjoin(ORIGINAL, and_(ORIGINAL.c.account_id == TRANSFER.c.account_id, ORIGINAL.c.id == TRANSFER.c.cause_id))
    .where(_OWN, TRANSFER.c.cause_kind == "transfer", TRANSFER.c.reverses_id.is_(None), ORIGINAL.c.id.is_(None))
    .order_by(TRANSFER.c.id)
)
TO_WALLET = WALLET.alias("to_wallet")
_EXPIRED = (
    select(
        TRANSFER, WALLET.c.kind.label("from_kind"), WALLET.c.person_id.label("of"), TO_WALLET.c.kind.label("to_kind")
    )
    .join(WALLET, and_(WALLET.c.account_id == TRANSFER.c.account_id, WALLET.c.id == TRANSFER.c.from_id))
    .join(TO_WALLET, and_(TO_WALLET.c.account_id == TRANSFER.c.account_id, TO_WALLET.c.id == TRANSFER.c.to_id))
    .where(_OWN, TRANSFER.c.kind == "expire")
    .order_by(TRANSFER.c.id)
)
_NO_COMPLETION = (
    select(REACHED)
    .outerjoin(USAGE, and_(USAGE.c.account_id == REACHED.c.account_id, USAGE.c.id == REACHED.c.usage_id))
    .where(REACHED.c.account_id == _ACCOUNT, REACHED.c.usage_id.is_not(None), USAGE.c.id.is_(None))
    .order_by(REACHED.c.id)
)
