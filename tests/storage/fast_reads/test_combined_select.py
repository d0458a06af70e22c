"""Questions asked together answer as each would by itself, in the same order, and are held to the same scope."""

import datetime as dt

import pytest
from sqlalchemy import bindparam, func, null, select
from sqlmodel import Session

from storage.database import OPERATOR, Database, ScopeError
from storage.fast_reads.combined_select import CombinedSelect
from storage.fast_reads.prepared_select import PreparedSelect
from storage.tables import Account, Person, ProgrammeVersion, core
from tests.support.two_clients import NOW, TwoClients

OWN, OTHER = 1, 2
"""Northwind's id and Hanbit's."""

ACCOUNT = core(Account)
PERSON = core(Person)
PROGRAMME_VERSION = core(ProgrammeVersion)
_OF_ACCOUNT = PERSON.c.account_id == bindparam("account_id")

PEOPLE = PreparedSelect(
    select(PERSON.c.id, PERSON.c.name, PERSON.c.staff, PERSON.c.created_at, PERSON.c.left_at)
    .where(_OF_ACCOUNT)
    .order_by(PERSON.c.id.desc())
)
NOBODY = PreparedSelect(select(PERSON.c.name).where(_OF_ACCOUNT, PERSON.c.name == "Nobody"))
KEY = PreparedSelect(select(ACCOUNT.c.key).where(ACCOUNT.c.id == bindparam("account_id")))
VERSIONS = PreparedSelect(select(func.count().label("how_many")).select_from(PROGRAMME_VERSION), shared=True)
TOGETHER = CombinedSelect(people=PEOPLE, nobody=NOBODY, key=KEY, versions=VERSIONS)


def test_each_answers_as_it_would_by_itself(database: Database, two_clients: TwoClients) -> None:
    assert two_clients is not None
    database.write(OPERATOR, _mark_the_first)
    asked = {"account_id": OWN}
    found = database.read([OWN], lambda session: TOGETHER.ask(session, asked))
    alone = database.read(
        [OWN], lambda session: [question.all(session, asked) for question in (PEOPLE, NOBODY, KEY, VERSIONS)]
    )
    assert [[tuple(row) for row in rows] for rows in found] == [[tuple(row) for row in rows] for rows in alone]
    assert [row.id for row in found.people] == sorted((row.id for row in alone[0]), reverse=True)
    first = found.people[-1]
    assert (first.name, first.staff, first.left_at) == (
        'Ania "Ą" <Nowak>\n한글',
        True,
        NOW + dt.timedelta(microseconds=120),
    )
    assert found.nobody == []
    assert [row.key for row in found.key] == ["northwind"]


def _mark_the_first(session: Session) -> None:
    first = session.get_one(Person, (OWN, 1))
    first.name, first.staff = 'Ania "Ą" <Nowak>\n한글', True
    first.left_at = NOW + dt.timedelta(microseconds=120)


@pytest.mark.usefixtures("two_clients")
def test_another_account_is_refused(database: Database) -> None:
    with pytest.raises(ScopeError, match="account 2 is outside"):
        database.read([OWN], lambda session: TOGETHER.ask(session, {"account_id": OTHER}))


def test_what_is_the_operators_is_not_asked_together() -> None:
    with pytest.raises(ValueError, match="every"):
        CombinedSelect(key=KEY, every=PreparedSelect(select(ACCOUNT.c.key)))


def test_what_does_not_come_as_text_is_refused_at_once() -> None:
    with pytest.raises(TypeError, match="by itself"):
        CombinedSelect(nothing=PreparedSelect(select(null().label("nothing")).where(_OF_ACCOUNT)))
