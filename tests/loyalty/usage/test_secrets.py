import datetime as dt
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from loyalty.accounts.accounts import NoSuchAccountError
from loyalty.usage import secrets
from loyalty.usage.secrets import ListedSecret, NoSuchSecretError, Secret
from storage.database import OPERATOR, Database
from storage.tables import AuditEntry, UsageSecret
from tests.support.two_clients import NOW, TwoClients

KEY = "the deployment's own key"
LATER = NOW + dt.timedelta(days=1)


def _create(database: Database, *accounts: str, seed: bytes = bytes(32), key: str = KEY) -> Secret:
    return database.write(
        OPERATOR,
        lambda session: secrets.create_secret(
            session, seed, key=key, accounts=accounts or None, author="operator", now=NOW
        ),
    )


def _live(database: Database, key: str = KEY) -> list[Secret]:
    return database.read(OPERATOR, lambda session: secrets.live_secrets(session, key=key))


def test_what_was_created_is_live_the_newest_first(database: Database, two_clients: TwoClients) -> None:
    first, second = _create(database), _create(database, "northwind", "hanbit", seed=b"1" * 32)
    assert _live(database) == [second, first]
    assert (first.accounts, second.accounts) == (None, frozenset({"hanbit", "northwind"}))


def test_the_database_does_not_hold_the_secret(database: Database) -> None:
    secret = _create(database)
    row = database.read(OPERATOR, lambda session: session.exec(select(UsageSecret)).one())
    stored = (row.seed, row.fingerprint, row.accounts)
    assert stored == (bytes(32), sha256(secret.key).hexdigest()[:16], None)
    assert secret.key != row.seed


def test_a_revoked_one_counts_no_more_and_is_listed_still(database: Database, two_clients: TwoClients) -> None:
    secret = _create(database, "hanbit")

    def revoke(secret_id: int) -> bool:
        return database.write(
            OPERATOR, lambda session: secrets.revoke_secret(session, secret_id, author="operator", now=LATER)
        )

    assert [revoke(secret.id), revoke(secret.id)] == [True, False]
    assert _live(database) == []
    listed = database.read(OPERATOR, lambda session: secrets.list_secrets(session, key=KEY))
    assert listed == [ListedSecret(secret.id, ("hanbit",), NOW, LATER, usable=True)]
    with pytest.raises(NoSuchSecretError, match="no secret 99"):
        revoke(99)


def test_under_another_key_of_the_deployment_it_does_not_count_and_is_listed_so(database: Database) -> None:
    _create(database)
    assert _live(database, "another key") == []
    listed = database.read(OPERATOR, lambda session: secrets.list_secrets(session, key="another key"))
    assert [one.usable for one in listed] == [False]


def test_each_decision_is_audited_without_the_secret(database: Database, two_clients: TwoClients) -> None:
    secret = _create(database, "hanbit")
    database.write(OPERATOR, lambda session: secrets.revoke_secret(session, secret.id, author="ewa", now=LATER))
    entries = database.read(
        OPERATOR, lambda session: session.exec(select(AuditEntry).order_by(col(AuditEntry.id))).all()
    )
    details = {"secret": secret.id, "accounts": ["hanbit"]}
    assert [(entry.action, entry.author, entry.at, entry.details) for entry in entries] == [
        ("usage_secret.create", "operator", NOW, details),
        ("usage_secret.revoke", "ewa", LATER, details),
    ]


def test_an_account_that_there_is_not_is_named_and_nothing_is_made(database: Database, two_clients: TwoClients) -> None:
    with pytest.raises(NoSuchAccountError, match="northwnd"):
        _create(database, "hanbit", "northwnd")
    assert _live(database) == []


def test_a_seed_of_another_size_is_refused(database: Database) -> None:
    with pytest.raises(ValueError, match="right is 32"):
        _create(database, seed=b"short")


@given(st.frozensets(st.text(min_size=1)), st.text(min_size=1))
def test_a_secret_speaks_for_its_accounts_and_no_other(accounts: frozenset[str], key: str) -> None:
    assert Secret(1, b"", accounts).speaks_for(key) == (key in accounts)
    assert Secret(1, b"", None).speaks_for(key)
