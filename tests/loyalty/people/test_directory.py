from sqlmodel import Session, select

from loyalty.people.directory import ListedPerson, PeoplePage, list_people
from storage.database import Database
from storage.tables import Person
from tests.loyalty.people.builders import ANIA, press_join, row, take_in
from tests.support.two_clients import NOW, TwoClients


def found(database: Database, account_id: int, *, first: int = 0, size: int = 15) -> PeoplePage:
    return database.read({account_id}, lambda session: list_people(session, account_id, first=first, size=size))


def listed(name: str, external_id: str, **facts: object) -> ListedPerson:
    plain: dict[str, object] = {"email": None, "role": "user", "joined": False}
    return ListedPerson(name=name, external_id=external_id, **(plain | facts))  # type: ignore[arg-type]


def test_people_stand_by_name_with_role_and_whether_they_joined(database: Database, two_clients: TwoClients) -> None:
    northwind, hanbit = two_clients.northwind, two_clients.hanbit
    take_in(database, northwind, row(2, "u1", "ania@northwind.example", role="champion"))
    press_join(database, northwind, ANIA, "ania@northwind.example")
    ania = listed("Ania Nowak", "u1", email="ania@northwind.example", role="champion", joined=True)
    ewa, marek = listed("Ewa Kot", "u3"), listed("Marek Lis", "u2")
    assert found(database, northwind.id) == PeoplePage((ania, ewa, marek), 0, 3)
    assert found(database, northwind.id, size=2) == PeoplePage((ania, ewa), 0, 3)
    assert found(database, northwind.id, first=2, size=2) == PeoplePage((marek,), 2, 3)
    assert found(database, northwind.id, first=99, size=2) == PeoplePage((marek,), 2, 3)
    assert [one.name for one in found(database, hanbit.id).people] == ["Jun Park", "Mina Kim", "Soo Lee"]
    assert not any(one.joined for one in found(database, hanbit.id).people)


def test_who_is_gone_or_was_never_meant_is_not_listed(database: Database, two_clients: TwoClients) -> None:
    northwind = two_clients.northwind

    def leave(session: Session) -> None:
        first, second, third = session.exec(select(Person)).all()
        first.left_at = second.erased_at = NOW
        third.excluded = True

    database.write({northwind.id}, leave)
    assert found(database, northwind.id) == PeoplePage((), 0, 0)
    assert found(database, two_clients.hanbit.id).of == 3
