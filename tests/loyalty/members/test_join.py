import pytest
from sqlmodel import Session, select

from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.join import Joined, NotForYouError, choose, decline, join, leave
from loyalty.people.people import person_hash
from storage.database import OPERATOR, Database
from storage.tables import Member, Person, Refusal, Unmatched
from tests.loyalty.people.builders import ANIA, press_join, row, take_in
from tests.support.two_clients import NOW, TwoClients

OTHER = SlackUser("", "T1", "U_OTHER")


@pytest.fixture
def clients(database: Database, two_clients: TwoClients) -> TwoClients:
    """Both clients with a person of the same e-mail."""
    take_in(database, two_clients.northwind, row(2, "u1", "ania@example.com"), row(3, "u2", "marek@example.com"))
    take_in(database, two_clients.hanbit, row(2, "u1", "ania@example.com"))
    return two_clients


def linked(database: Database) -> list[tuple[int, int, str, bool, bool, str]]:
    found = database.read(OPERATOR, lambda s: s.exec(select(Member)).all())
    return sorted((m.account_id, m.person_id, m.user_id, m.on_boards, m.celebrated, m.terms) for m in found)


def test_joining_links_within_the_account_and_shows_nothing(database: Database, clients: TwoClients) -> None:
    northwind = clients.northwind
    person = northwind.people["u1"]
    assert press_join(database, northwind, ANIA, "ania@example.com") == Joined(person_id=person, new=True)
    assert press_join(database, northwind, ANIA, "ania@example.com") == Joined(person_id=person)
    assert linked(database) == [(northwind.id, person, "U_ANIA", False, False, "1")]


def test_one_e_mail_joins_once_and_no_second_slack_user_takes_it(database: Database, clients: TwoClients) -> None:
    northwind = clients.northwind
    press_join(database, northwind, ANIA, "ania@example.com")
    assert press_join(database, northwind, OTHER, "ania@example.com") == Joined(uncertain="taken")
    assert [member[2] for member in linked(database)] == ["U_ANIA"]


def test_joining_takes_a_refusal_back_and_ends_the_listing(database: Database, clients: TwoClients) -> None:
    northwind, hanbit = clients.northwind, clients.hanbit
    press_join(database, northwind, ANIA, None)

    def refuse(session: Session) -> None:
        for client in (northwind, hanbit):
            digest = person_hash(client.key, "u1")
            session.add(Refusal(account_id=client.id, person_hash=digest, reason="declined", at=NOW))

    database.write(OPERATOR, refuse)
    press_join(database, northwind, ANIA, "ania@example.com")
    left = database.read(OPERATOR, lambda s: s.exec(select(Refusal.account_id)).all())
    assert list(left) == [hanbit.id]
    assert database.read(OPERATOR, lambda s: s.exec(select(Unmatched)).all()) == []


def test_whoever_slack_calls_an_outsider_is_refused(database: Database, clients: TwoClients) -> None:
    profile = SlackProfile(user=ANIA, email="ania@example.com", outsider=True)
    with pytest.raises(NotForYouError):
        database.write({clients.northwind.id}, lambda s: join(s, clients.northwind.id, profile, now=NOW))
    assert linked(database) == []


def test_the_departed_are_not_joined_by_whoever_has_their_e_mail(database: Database, clients: TwoClients) -> None:
    northwind = clients.northwind

    def depart(session: Session) -> None:
        person = session.get_one(Person, (northwind.id, northwind.people["u1"]))
        person.left_at = NOW

    database.write({northwind.id}, depart)
    assert press_join(database, northwind, ANIA, "ania@example.com") == Joined(uncertain="unknown")


def test_choices_are_set_one_by_one(database: Database, clients: TwoClients) -> None:
    northwind = clients.northwind
    person = northwind.people["u1"]
    press_join(database, northwind, ANIA, "ania@example.com")
    first = database.write({northwind.id}, lambda s: choose(s, northwind.id, person, boards=True))
    second = database.write({northwind.id}, lambda s: choose(s, northwind.id, person, shoutouts=True))
    assert (first, second) == (
        Joined(person_id=person, on_boards=True),
        Joined(person_id=person, on_boards=True, celebrated=True),
    )
    assert linked(database) == [(northwind.id, person, "U_ANIA", True, True, "1")]


def test_declining_erases_one_person_of_this_account_only(database: Database, clients: TwoClients) -> None:
    northwind = clients.northwind
    profile = SlackProfile(user=ANIA, email="ania@example.com")
    assert database.write({northwind.id}, lambda s: decline(s, northwind.id, profile, now=NOW)) == 1
    assert database.write({northwind.id}, lambda s: decline(s, northwind.id, profile, now=NOW)) == 0
    erased = database.read(OPERATOR, lambda s: s.exec(select(Person.account_id, Person.id, Person.erased_at)).all())
    assert [(account, person) for account, person, at in erased if at] == [(northwind.id, northwind.people["u1"])]


def test_leaving_unlinks_and_keeps_the_person(database: Database, clients: TwoClients) -> None:
    northwind = clients.northwind
    press_join(database, northwind, ANIA, "ania@example.com")
    database.write({northwind.id}, lambda s: leave(s, northwind.id, northwind.people["u1"]))
    assert linked(database) == []
    assert press_join(database, northwind, ANIA, "ania@example.com").new
