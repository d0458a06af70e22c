"""Connecting who was not matched, through the real bot in a local Slack."""

from sqlmodel import col, select

from sandbox.driver import Shown
from storage.database import OPERATOR
from storage.tables import Member, Person
from tests.support.workspace import Town


def members(town: Town) -> dict[str, str | None]:
    """Slack users by the product's user id, of every client."""
    wanted = select(Member.user_id, Person.external_id).join(
        Person, (col(Person.account_id) == Member.account_id) & (col(Person.id) == Member.person_id)
    )
    return dict(town.database.read(OPERATOR, lambda session: session.exec(wanted).all()))


def opens(town: Town, label: str) -> Shown:
    assert town.driver.presses(town.types("U_EWA", "/desk"), label)
    view = town.driver.view("U_EWA")
    assert view is not None
    return view


def test_one_of_several_is_chosen(town: Town) -> None:
    town.joins("U_OLA")
    view = opens(town, "Połącz: Ola Dąb")
    assert view.words[0] == "*Ola Dąb (shared@northwind.example)* chce dołączyć. Kto to jest w produkcie?"
    assert town.driver.submits(view, {"candidate": "ola"}) == {}
    told = town.driver.view("U_EWA")
    assert told is not None
    assert told.words == ["*Gotowe.* Ola Dąb (shared@northwind.example) to odtąd ola i widzi swoje punkty."]
    assert members(town) == {"U_OLA": "ola"}
    assert town.types("U_OLA", "/points").text.startswith("*No points yet.*")


def test_whom_nobody_knows_gets_the_user_id_that_is_written(town: Town) -> None:
    town.joins("U_NEW")
    assert town.driver.submits(opens(town, "Połącz: New Person"), {"other": "marek"}) == {}
    assert members(town) == {"U_NEW": "marek"}


def test_a_window_sent_twice_links_once_and_says_so(town: Town) -> None:
    town.joins("U_OLA")
    view = opens(town, "Połącz: Ola Dąb")
    town.driver.submits(view, {"candidate": "ola"})
    other = town.presses(town.types("U_ANIA", "/points"), "joining.join")
    assert other.text.startswith("*You're in.*")
    assert members(town) == {"U_OLA": "ola", "U_ANIA": "ania"}


def test_nobody_is_linked_to_two_and_nothing_chosen_is_said(town: Town) -> None:
    town.joins("U_ANIA", "U_OLA", "U_NEW")
    view = opens(town, "Połącz: Ola Dąb")
    assert town.driver.submits(view, {"other": "ania"}) == {"other": "Ta osoba dołączyła już z innego konta na Slacku."}
    assert town.driver.submits(view) == {"other": "Wybierz kogoś albo napisz, kto to jest."}
    assert members(town) == {"U_ANIA": "ania"}


def test_who_does_not_wait_any_more_is_not_linked_again(town: Town) -> None:
    town.joins("U_OLA")
    desk = town.types("U_EWA", "/desk")
    town.driver.presses(desk, "Połącz: Ola Dąb")
    view = town.driver.view("U_EWA")
    assert view is not None
    town.driver.submits(view, {"candidate": "ola"})
    assert town.presses(desk, "Połącz: Ola Dąb").text.startswith("Ta osoba jest już połączona albo już nie czeka.")
    assert members(town) == {"U_OLA": "ola"}
