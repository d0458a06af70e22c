"""Messages of the vendor's own, and mails: put once, seen by the operator alone, sent by their own way."""

import datetime as dt

import pytest
from sqlmodel import select

from storage import outbox
from storage.database import OPERATOR, Database, ScopeError
from storage.outbox import NO_ACCOUNT, NO_WORKSPACE, OutboxMessage, Workspace
from storage.tables import Outgoing
from tests.support.two_clients import NOW, TwoClients

LEASE = dt.timedelta(minutes=1)


def message(key: str = "report", **given: object) -> OutboxMessage:
    facts: dict[str, object] = {
        "key": key,
        "kind": "webinar.report",
        "category": "answer",
        "workspace": Workspace("", "T1"),
        "subject": {},
        "due_at": NOW,
        "good_until": NOW + dt.timedelta(days=1),
        "user_id": "U1",
    }
    return OutboxMessage(**{**facts, **given})  # type: ignore[arg-type]


def test_one_of_the_vendors_own_is_put_once_and_settled_as_any(database: Database, two_clients: TwoClients) -> None:
    for new in (1, 0):
        put = database.write(OPERATOR, lambda session: outbox.put_vendor_message(session, [message()], now=NOW))
        assert put == new
    # A client's of the same key is another message.
    account_id = two_clients.northwind.id
    database.write({account_id}, lambda session: outbox.put_message(session, account_id, [message()], now=NOW))

    def claim() -> outbox.Claimed | None:
        return database.write(
            OPERATOR, lambda session: outbox.claim(session, Workspace("", "T1"), now=NOW, lease=LEASE)
        )

    found = {each.account_id: each for each in (claim(), claim()) if each is not None}
    assert found.keys() == {NO_ACCOUNT, account_id}
    own = found[NO_ACCOUNT]
    assert database.write(OPERATOR, lambda session: outbox.settle_sent(session, own, ts="1", now=NOW))
    states = database.read(OPERATOR, lambda session: session.exec(select(Outgoing.account_id, Outgoing.state)).all())
    assert set(states) == {(None, "sent"), (account_id, "attempting")}


def test_a_clients_scope_neither_sees_nor_puts_one(database: Database, two_clients: TwoClients) -> None:
    database.write(OPERATOR, lambda session: outbox.put_vendor_message(session, [message()], now=NOW))
    scope = {two_clients.northwind.id, two_clients.hanbit.id}
    assert database.read(scope, lambda session: session.exec(select(Outgoing)).all()) == []
    with pytest.raises(ScopeError):
        database.write(scope, lambda session: outbox.put_vendor_message(session, [message("other")], now=NOW))


def test_a_mail_is_claimed_by_its_own_way_alone(database: Database, two_clients: TwoClients) -> None:
    account_id = two_clients.hanbit.id
    mail = message(user_id=None, email="jun@hanbit.example", workspace=NO_WORKSPACE)
    database.write({account_id}, lambda session: outbox.put_message(session, account_id, [mail], now=NOW))
    assert database.read(OPERATOR, lambda session: outbox.workspaces(session, now=NOW)) == []
    by_slack = database.write(OPERATOR, lambda session: outbox.claim(session, NO_WORKSPACE, now=NOW, lease=LEASE))
    assert by_slack is None
    found = database.write(OPERATOR, lambda session: outbox.claim_mail(session, now=NOW, lease=LEASE))
    assert found is not None
    assert (found.account_id, found.message) == (account_id, mail)
