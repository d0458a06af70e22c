"""Whose facts may be touched: a set of accounts, or the operator's everything.

It is held here, not trusted to each query. ORM statements are narrowed by themselves. What cannot be narrowed (Core on
`X.__table__`, text, rows to insert or to update by) has to use a parameter `account_id`, and any account outside is
refused. So are rows of another account at flush, and every way past the session to a bare connection.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Any, Final
from weakref import WeakKeyDictionary

from sqlalchemy import (
    Alias,
    BindParameter,
    ColumnClause,
    Connection,
    Engine,
    Executable,
    TableClause,
    TextClause,
    column,
    event,
    false,
)
from sqlalchemy.orm import FromStatement, ORMExecuteState, with_loader_criteria
from sqlalchemy.sql import visitors
from sqlmodel import Session, col

from storage.tables import Account, AuditEntry, Outgoing, Tenant, UsageSecret

# What with_loader_criteria wants to see on a mixin before it meets the mapped classes.
Tenant.account_id = column("account_id")  # type: ignore[assignment]

OPERATOR: Final = "operator"
"""The scope of whoever runs the deployment: all accounts."""

Scope = Iterable[int] | str


class ScopeError(Exception):
    """A statement reached for an account outside its scope: a mistake in the code, never a person's."""


def open_session(on: Engine | Connection, scope: Scope) -> Session:
    """Return a session that is held to its scope; on a connection, in the transaction that has begun there."""
    if scope == OPERATOR:
        return Session(on, expire_on_commit=False)
    if isinstance(scope, str):
        raise ScopeError(f"{scope!r} is no scope; it is a set of accounts, or OPERATOR")
    return _Scoped(on, frozenset(scope))


def connection_for(session: Session, account_id: int) -> Connection:
    """Return the bare connection, for rows that are all of one account: `storage.bulk` writes them so, for speed.

    What is read at every press goes by it as well, in statements that name the account. Errors: `ScopeError`.
    """
    if isinstance(session, _Scoped):
        session.hold({account_id})
    return _connection(session)


def connection_for_all(session: Session) -> Connection:
    """Return the bare connection, to look for accounts not known yet. Errors: `ScopeError` outside OPERATOR's scope."""
    if isinstance(session, _Scoped):
        raise ScopeError("this looks at all accounts, so it wants the operator's scope")
    return _connection(session)


def connection_for_shared(session: Session) -> Connection:
    """Return the bare connection, for tables that belong to no account: the programme's versions."""
    return _connection(session)


def _connection(session: Session) -> Connection:
    if isinstance(session.bind, Connection):
        return session.bind  # of one that reads; asking the session costs as much as a short statement
    session.flush()  # as before any other statement
    return Session.connection(session)


class _Scoped(Session):
    def __init__(self, on: Engine | Connection, accounts: frozenset[int]) -> None:
        super().__init__(on, expire_on_commit=False)
        self.accounts = accounts
        self.by_key = False

    def hold(self, named: AbstractSet[int | None]) -> None:
        if not named <= self.accounts:
            others = ", ".join(sorted(map(str, named - self.accounts)))
            raise ScopeError(f"account {others} is outside the scope {sorted(self.accounts)}")

    def get(self, *args: Any, **options: Any) -> Any:
        self.by_key = True
        try:
            return super().get(*args, **options)
        finally:
            self.by_key = False

    def _refused(self, *_args: Any, **_options: Any) -> Any:
        raise ScopeError("this goes past what holds the scope: execute a statement, or ask `connection_for` an account")

    connection = bulk_save_objects = bulk_insert_mappings = bulk_update_mappings = _refused


@event.listens_for(_Scoped, "do_orm_execute")
def _hold_statement(state: ORMExecuteState) -> None:
    session: Any = state.session
    if not session.by_key and not state.is_column_load:
        session.hold(_named(state))
    if state.is_orm_statement and not state.is_insert:
        state.statement = state.statement.options(*_criteria(session.accounts))


@event.listens_for(_Scoped, "before_flush")
def _hold_rows(session: Any, _context: Any, _instances: Any) -> None:
    for row in (*session.new, *session.dirty, *session.deleted):
        session.hold({row.id if isinstance(row, Account) else getattr(row, "account_id", None)})


@lru_cache(maxsize=4096)
def _criteria(accounts: frozenset[int]) -> tuple[Any, ...]:
    """Return what narrows ORM statements; made once for a scope, which halves what they cost."""
    return (
        with_loader_criteria(Tenant, lambda cls: cls.account_id.in_(accounts), include_aliases=True),
        with_loader_criteria(AuditEntry, col(AuditEntry.account_id).in_(accounts), include_aliases=True),
        # What is the vendor's own names no account, so it is in none's scope.
        with_loader_criteria(Outgoing, col(Outgoing.account_id).in_(accounts), include_aliases=True),
        with_loader_criteria(Account, col(Account.id).in_(accounts), include_aliases=True),
        # The operator's alone.
        with_loader_criteria(UsageSecret, false(), include_aliases=True),
    )


def _named(state: ORMExecuteState) -> set[int | None]:
    """Return the accounts that the parameters name. Errors: `ScopeError` where a statement needs them and has none."""
    given: Any = state.parameters or {}
    rows: list[Mapping[str, Any]] = given if isinstance(given, list) else [given]
    named = {row["account_id"] for row in rows if "account_id" in row}
    if _by_row(state):
        if not all("account_id" in row for row in rows):
            raise ScopeError(f"each row names its account_id: {state.statement}")
    elif not (state.is_orm_statement and _narrows(state.statement)) and not (
        named and uses_account_id(state.statement)
    ):
        raise ScopeError(f"this cannot be narrowed, so it has to use a parameter account_id: {state.statement}")
    return named


def _by_row(state: ORMExecuteState) -> bool:
    """Whether the parameters are rows, matched or filled in by their columns' names."""
    if state.is_insert:
        return getattr(state.statement, "select", None) is None
    return state.is_update and state.is_orm_statement and isinstance(state.parameters, list)


def _narrows(statement: Executable) -> bool:
    """Whether an ORM statement reads mapped classes and nothing else, so that narrowing reaches all of it."""
    return not isinstance(statement, FromStatement) and next(_bare(statement), None) is None


def _bare(statement: Any) -> Iterator[Any]:
    """Find what does not come from a mapped class: text, and columns of a plain table or its alias."""
    for element in visitors.iterate(statement):
        if isinstance(element, TextClause):
            yield element
        elif isinstance(element, ColumnClause) and "parententity" not in element._annotations:  # noqa: SLF001 - theirs
            source = element.table
            while isinstance(source, Alias):
                source = source.element
            if isinstance(source, TableClause):
                yield element


_USES: WeakKeyDictionary[Executable, bool] = WeakKeyDictionary()


def uses_account_id(statement: Executable) -> bool:
    """Return whether a parameter `account_id` stands in the statement: remembered, as most are made once."""
    if (known := _USES.get(statement)) is None:
        elements: Any = visitors.iterate(statement)  # type: ignore[arg-type]
        known = any(isinstance(element, BindParameter) and element.key == "account_id" for element in elements)
        _USES[statement] = known
    return known
