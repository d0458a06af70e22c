"""The roster at the desk, through the real bot in a local Slack."""

from functools import partial
from typing import Any

import pytest
from sqlmodel import Session, col, select

from loyalty.members.erasure import erase
from loyalty.people.people import find_person, open_people
from sandbox.driver import Shown
from storage.tables import Person
from tests.handlers.desk.test_overview import NOT_YOURS, NOT_YOURS_IN_KOREAN, NOT_YOURS_IN_POLISH, audited, manager_of
from tests.support.workspace import NOW, Town

HEAD = "id,email,name,role\n"
KNOWN = (
    HEAD + "ania,ania@northwind.example,Ania Nowak,user\n"
    "front-desk,shared@northwind.example,Front Desk,user\n"
    "marek,marek@northwind.example,Marek Lis,user\n"
    "ola,shared@northwind.example,Ola Dąb,user\n"
    "piotr,piotr@northwind.example,Piotr Zając,user\n"
)


def people(town: Town, account: str) -> list[tuple[str | None, str | None, str | None, str]]:
    account_id = town.accounts[account]
    found = town.database.read(
        {account_id}, lambda session: session.exec(select(Person).order_by(col(Person.id))).all()
    )
    return [(one.external_id, one.email, one.name, one.role) for one in found if one.erased_at is None]


def opens(town: Town, who: str = "U_EWA") -> Shown:
    """The window in which the roster is written."""
    assert town.driver.presses(town.types(who, "/desk"), "rostering.edit")
    view = town.driver.view(who)
    assert view is not None
    return view


def stands_in(view: Shown) -> str:
    """What stands in the field already."""
    return str(next(block["element"] for block in view.blocks if block.get("block_id") == "roster")["initial_value"])


def test_lines_are_written_and_what_changed_is_said(town: Town) -> None:
    view, hanbit = opens(town), people(town, "hanbit")
    assert view.title == "Lista osób"
    assert stands_in(view) == KNOWN
    written = KNOWN.replace("Marek Lis,user", "Marek Lisek,champion") + "zoe,Zoe@Northwind.example,Zoe Wilk,\n"
    assert town.driver.submits(view, {"roster": written}) == {}
    receipt = town.driver.view("U_EWA")
    assert receipt is not None
    assert receipt.words == [
        "*Northwind: przeczytano 6 wierszy.*\nNowych osób: 1.\nZmienionych osób: 1.\nBez zmian: 4 osoby.",
        "Osoby",
        "Widzisz to tylko Ty.",
    ]
    assert ("marek", "marek@northwind.example", "Marek Lisek", "champion") in people(town, "northwind")
    assert ("zoe", "zoe@northwind.example", "Zoe Wilk", "user") in people(town, "northwind")
    assert people(town, "hanbit") == hanbit
    northwind, ewa = town.accounts["northwind"], manager_of(town, "northwind")
    assert audited(town) == [(northwind, ewa, "roster.import", {"added": 1, "updated": 1})]


def test_the_same_lines_again_change_nothing_more(town: Town) -> None:
    for _ in range(2):
        assert town.driver.submits(opens(town), {"roster": "id\nzoe\nania"}) == {}
    assert "Nowych osób: 0." in town.driver.view("U_EWA").words[0]  # type: ignore[union-attr]
    assert len(audited(town)) == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("ania,a@x.example", "Wiersz 1: pierwszy wiersz podaje nazwy kolumn: id, email, name, role."),
        (
            HEAD + "zoe,zoe@x.example,Zoe,user\nania,nowhere,,boss\n,,Nobody,\nzoe\tx\nzoe,,,",
            "Wiersz 5: ma inne kolumny niż pierwszy wiersz albo niezamknięty cudzysłów.",
        ),
        (
            HEAD + "zoe,zoe@x.example,Zoe,user\nania,nowhere,,boss\n,,Nobody,\nzoe,,,",
            (
                "Wiersz 3: to nie jest adres e-mail. Wiersz 3: role to user, champion, manager, executive. Wiersz 4:"
                " brakuje id. Wiersze 2, 5: mają to samo id; każda osoba ma jeden wiersz."
            ),
        ),
        (
            "id,name\n" + "\n".join(f",{letter}" for letter in "abcdefg"),
            " ".join([*(f"Wiersz {line}: brakuje id." for line in range(2, 7)), "Błędne są jeszcze 2 wiersze."]),
        ),
        (
            f"id,name\nzoe,{'x' * 201}",
            (
                "Wiersz 2: coś jest za długie. Id i nazwisko mają najwyżej 200 znaków, adres e-mail 320."
            ),
        ),
    ],
)  # fmt: skip
def test_one_bad_line_and_nothing_is_taken(town: Town, written: str, said: str) -> None:
    before = people(town, "northwind")
    assert town.driver.submits(opens(town), {"roster": written}) == {"roster": f"Niczego nie wczytano. {said}"}
    assert town.driver.view("U_EWA").title == "Lista osób"  # type: ignore[union-attr]
    assert people(town, "northwind") == before
    assert audited(town) == []


def test_who_was_forgotten_is_passed_over(town: Town) -> None:
    northwind = town.accounts["northwind"]

    def forget(session: Session) -> None:
        person = find_person(session, northwind, "marek")[0]
        erase(session, northwind, person, reason="erased", author="operator", now=NOW)

    town.database.write({northwind}, forget)
    view = opens(town)
    assert "marek" not in stands_in(view)
    assert town.driver.submits(view, {"roster": KNOWN}) == {}
    assert "Pominięto 1 osobę" in town.driver.view("U_EWA").words[0]  # type: ignore[union-attr]
    assert "marek" not in {one[0] for one in people(town, "northwind")}


def test_a_roster_that_is_too_long_is_begun_anew_and_the_other_way_is_named(town: Town) -> None:
    northwind = town.accounts["northwind"]
    many = partial(open_people, excluded=lambda _: False, now=NOW)
    town.database.write({northwind}, lambda session: many(session, northwind, [f"user-{n:020}" for n in range(120)]))
    view = opens(town)
    assert stands_in(view) == HEAD
    assert any("wpisz wiersze nowe lub zmienione" in words for words in view.words)
    assert any("`laurels people import FILE --account northwind`" in words for words in view.words)


def test_people_are_listed_page_by_page_with_role_and_whether_they_joined(town: Town) -> None:
    town.joins("U_ANIA")
    northwind = town.accounts["northwind"]
    many = partial(open_people, excluded=lambda _: False, now=NOW)
    town.database.write({northwind}, lambda session: many(session, northwind, [f"user-{n:02}" for n in range(12)]))
    shown = town.presses(town.types("U_EWA", "/desk"), "Osoby")
    assert shown.only_visible_to_them
    assert shown.words[0] == "*Northwind: 17 osób*"
    assert shown.words[1].splitlines()[:3] == [
        "Ania Nowak (ania): użytkownik, w programie",
        "Front Desk (front-desk): użytkownik, jeszcze poza programem",
        "Marek Lis (marek): użytkownik, jeszcze poza programem",
    ]
    assert len(shown.words[1].splitlines()) == 15
    assert shown.buttons == ["Następna strona", "Edytuj listę osób", "Moje biurko"]
    last = town.presses(shown, "Następna strona")
    assert len(last.words[1].splitlines()) == 2
    assert town.presses(last, "Poprzednia strona").words == shown.words
    assert "Jun" not in shown.text + last.text


def test_in_home_people_are_a_window_from_which_the_roster_is_written(town: Town) -> None:
    town.driver.presses(town.driver.opens_home("U_EWA"), "Osoby")
    window = town.driver.waits_for(lambda: town.driver.view("U_EWA"))
    assert window.words[0] == "*Northwind: 5 osób*"
    town.driver.presses(window, "Edytuj listę osób")
    assert stands_in(town.driver.view("U_EWA")) == KNOWN  # type: ignore[arg-type]


@pytest.mark.parametrize("who", ["U_ANIA", "U_NEW", "U_JUN"])
def test_nobody_else_sees_or_writes_it(town: Town, who: str) -> None:
    town.joins("U_ANIA")
    northwind = town.accounts["northwind"]
    label: dict[str, Any] = {"type": "plain_text", "text": "x"}
    buttons = [
        {"type": "button", "action_id": action, "text": label | {"text": action}, "value": str(northwind)}
        for action in ("rostering.people", "rostering.edit")
    ]
    town.bot.app.client.chat_postMessage(
        channel="C_NORTHWIND", text="desk", blocks=[{"type": "actions", "elements": buttons}]
    )
    posted = next(one for one in town.driver.messages("C_NORTHWIND", as_=who) if one.text == "desk")
    for action in posted.buttons:
        told = town.presses(posted, action)
        assert told.text.startswith((NOT_YOURS, NOT_YOURS_IN_KOREAN))
    assert town.driver.view(who) is None


def test_who_looks_after_the_account_no_more_takes_nothing_in(town: Town) -> None:
    view, before = opens(town), people(town, "northwind")
    person = town.slack.seed.person("U_EWA")
    object.__setattr__(person, "is_guest", True)
    try:
        town.types("U_EWA", "/desk")
        assert town.driver.submits(view, {"roster": "id\nzoe"}) == {}
    finally:
        object.__setattr__(person, "is_guest", False)
    told = town.driver.view("U_EWA")
    assert told is not None
    assert told.words[0].startswith(NOT_YOURS_IN_POLISH)
    assert people(town, "northwind") == before
