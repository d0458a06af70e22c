"""Corrections, from the desk to the person and back, through the real bot in a local Slack."""

from typing import Any

import pytest
from sqlmodel import col, select

from handlers import managers
from loyalty.members.erasure import erase
from loyalty.people.people import find_person
from loyalty.points.correction_notice import net
from loyalty.verify.ledger import verify
from sandbox.driver import Shown
from storage.database import OPERATOR
from storage.tables import Manager, Outgoing, Transfer
from tests.handlers.desk.test_overview import NOT_YOURS, audited, manager_of, outgoing
from tests.support.workspace import NOW, Town


def balance(town: Town, account: str, person: str) -> int:
    account_id = town.accounts[account]
    return town.database.read(
        {account_id}, lambda session: net(session, account_id, find_person(session, account_id, person)[0])
    )


def transfers(town: Town, kind: str) -> list[tuple[int, int, str]]:
    wanted = select(Transfer).where(col(Transfer.kind) == kind).order_by(col(Transfer.account_id), col(Transfer.id))
    rows = town.database.read(OPERATOR, lambda session: session.exec(wanted).all())
    return [(row.account_id, row.points, row.author) for row in rows]


def opens(town: Town, who: str = "U_EWA") -> Shown:
    """The window in which a correction is written."""
    assert town.driver.presses(town.types(who, "/desk"), "desk.correct")
    view = town.driver.view(who)
    assert view is not None
    return view


def asks(town: Town, **given: str) -> Shown:
    """The window that asks whether it is right."""
    view = opens(town)
    assert town.driver.submits(view, {"other": "ania", "points": "-40", "reason": "Counted twice.", **given}) == {}
    sure = town.driver.view("U_EWA")
    assert sure is not None
    return sure


def test_a_correction_is_looked_at_confirmed_and_told(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=4)
    sure = asks(town)
    assert sure.words == [
        "*Ania Nowak (ania)*, Northwind",
        "Do odjęcia 40 punktów: z 60 zrobi się 20.",
        "„Counted twice.”",
        "Uczestnicy dostają wiadomość prywatną z powodem i Twoim nazwiskiem.",
    ]
    assert balance(town, "northwind", "ania") == 60
    assert town.driver.submits(sure) == {}
    receipt = town.driver.view("U_EWA")
    assert receipt is not None
    assert receipt.words[:2] == ["*Gotowe*: Ania Nowak (ania).", "Odjęto 40 punktów: z 60 zrobiło się 20."]
    assert balance(town, "northwind", "ania") == 20
    northwind, ewa = town.accounts["northwind"], manager_of(town, "northwind")
    assert transfers(town, "adjust") == [(northwind, 40, ewa)]
    assert [(author, action) for _, author, action, _ in audited(town)] == [(ewa, "points.adjust")]
    assert outgoing(town) == [(northwind, "corrected", "waiting")]
    assert town.types("U_ANIA", "/points why").words[1] == "*−40* corrected by hand, today 10:30. “Counted twice.”"
    town.driver.closes(receipt)
    assert town.driver.view("U_EWA") is None
    assert town.database.read(OPERATOR, lambda session: verify(session, week_starts="monday")) == []


def test_a_window_sent_twice_counts_once(town: Town) -> None:
    town.uses("northwind", "ania", times=4)
    sure = asks(town)
    assert town.driver.submits(sure) == {}
    assert town.driver.submits(sure) == {}
    assert balance(town, "northwind", "ania") == 20
    assert len(transfers(town, "adjust")) == 1


def test_who_was_seen_with_another_balance_is_shown_anew_and_nothing_moves(town: Town) -> None:
    town.uses("northwind", "ania", times=4)
    sure = asks(town)
    town.uses("northwind", "ania", name="Report Scheduled", minutes=5)
    assert town.driver.submits(sure) == {}
    again = town.driver.view("U_EWA")
    assert again is not None
    assert again.words[0] == "*W międzyczasie coś się zmieniło.* Nic nie zrobiono; tak jest teraz."
    assert "Do odjęcia 40 punktów: z 75 zrobi się 35." in again.words
    assert transfers(town, "adjust") == []
    assert town.driver.submits(again) == {}
    assert balance(town, "northwind", "ania") == 35


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({"points": "ten"}, {"points": "Potrzebna jest liczba całkowita: 40 dodaje, -40 odejmuje."}),
        ({"points": "0"}, {"points": "Potrzebna jest liczba całkowita: 40 dodaje, -40 odejmuje."}),
        ({"points": "1,5"}, {"points": "Potrzebna jest liczba całkowita: 40 dodaje, -40 odejmuje."}),
        ({"points": "99999999999"}, {"points": "Potrzebna jest liczba całkowita: 40 dodaje, -40 odejmuje."}),
        ({"other": "jun"}, {"other": "Na tym koncie nikt się tak nie nazywa. Nic się nie zmieniło."}),
        ({"other": ""}, {"other": "Wybierz kogoś albo napisz, kto to jest."}),
        ({"other": "shared@northwind.example"}, {
            "other": "Kilka osób ma ten adres e-mail: podaj identyfikator z produktu."}),
        ({"reason": "   "}, {"reason": "Napisz dlaczego, w najwyżej 500 znakach: ta osoba to przeczyta."}),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field(town: Town, given: dict[str, str], faults: dict[str, str]) -> None:
    town.uses("northwind", "ania")
    filled = {"other": "ania", "points": "-40", "reason": "Counted twice.", **given}
    assert town.driver.submits(opens(town), filled) == faults
    assert transfers(town, "adjust") == []


def test_a_person_is_chosen_from_the_list_or_by_e_mail(town: Town) -> None:
    view = opens(town)
    assert town.driver.submits(view, {"points": "5", "reason": "Late.", "other": "Ania@northwind.example"}) == {}
    assert "Do dodania 5 punktów: z 0 zrobi się 5." in town.driver.view("U_EWA").words  # type: ignore[union-attr]
    view = opens(town)
    select_ = next(block["element"] for block in view.blocks if block.get("block_id") == "person")
    names = [choice["text"]["text"] for choice in select_["options"]]
    assert names == [
        "Ania Nowak (ania)", "Front Desk (front-desk)", "Marek Lis (marek)", "Ola Dąb (ola)", "Piotr Zając (piotr)",
    ]  # fmt: skip
    marek = next(choice["value"] for choice in select_["options"] if "marek" in choice["text"]["text"])
    assert town.driver.submits(view, {"points": "5", "reason": "Late.", "person": marek}) == {}
    assert town.driver.submits(town.driver.view("U_EWA")) == {}  # type: ignore[arg-type]
    assert balance(town, "northwind", "marek") == 5
    assert outgoing(town) == []


def test_who_was_erased_meanwhile_is_not_corrected(town: Town) -> None:
    town.uses("northwind", "ania", times=4)
    sure, northwind = asks(town), town.accounts["northwind"]

    def forget(session: Any) -> None:
        person = find_person(session, northwind, "ania")[0]
        erase(session, northwind, person, reason="erased", author="operator", now=NOW)

    town.database.write({northwind}, forget)
    assert town.driver.submits(sure) == {}
    told = town.driver.view("U_EWA")
    assert told is not None
    assert told.words[0] == "Na tym koncie nikt się tak nie nazywa. Nic się nie zmieniło."
    assert transfers(town, "adjust") == []


def test_who_looks_after_the_account_no_more_corrects_nothing(town: Town) -> None:
    town.uses("northwind", "ania", times=4)
    sure, northwind = asks(town), town.accounts["northwind"]
    town.database.write(
        {northwind},
        lambda session: session.delete(session.exec(select(Manager).where(col(Manager.account_id) == northwind)).one()),
    )
    assert town.driver.submits(sure) == {}
    assert town.driver.view("U_EWA").words[0].startswith("*To miejsce jest dla")  # type: ignore[union-attr]
    assert transfers(town, "adjust") == []


def test_a_correction_is_undone_once_and_told(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=4)
    town.driver.submits(asks(town))
    desk = town.types("U_EWA", "/desk")
    assert "*−40* dla: Ania Nowak, dzisiaj 10:30. „Counted twice.”" in desk.words
    assert town.presses(desk, "Cofnij −40: Ania Nowak").text.startswith("*Cofnięto.*")
    assert town.presses(desk, "Cofnij −40: Ania Nowak").text.startswith("To już cofnięto.")
    assert balance(town, "northwind", "ania") == 60
    northwind, ewa = town.accounts["northwind"], manager_of(town, "northwind")
    assert transfers(town, "reverse") == [(northwind, 40, ewa)]
    assert [action for _, _, action, _ in audited(town)] == ["points.adjust", "points.reverse"]
    assert outgoing(town) == [(northwind, "corrected", "waiting")] * 2
    assert "Ostatnie korekty" not in town.types("U_EWA", "/desk").text


def test_a_correction_of_ones_own_can_be_said_to_look_wrong_and_no_other(town: Town) -> None:
    town.joins("U_ANIA", "U_PIOTR")
    town.uses("northwind", "ania", times=4)
    town.driver.submits(asks(town))
    northwind = town.accounts["northwind"]
    wanted = select(Outgoing.subject).where(col(Outgoing.kind) == "corrected")
    subject = town.database.read(OPERATOR, lambda session: session.exec(wanted).one())
    button = {
        "type": "button",
        "action_id": "correcting.wrong",
        "text": {"type": "plain_text", "text": "This looks wrong"},
        "value": f"{northwind}/{subject['transfer']}",
    }
    blocks = [{"type": "actions", "elements": [button]}]
    town.bot.app.client.chat_postMessage(channel="C_NORTHWIND", text="told", blocks=blocks)
    for who, words in (
        ("U_ANIA", "*Your account manager is told*"),
        ("U_ANIA", "*Your account manager is told*"),
        ("U_PIOTR", "To nie dotyczy Twoich punktów."),
        ("U_JUN", "본인의"),
    ):
        posted = next(one for one in town.driver.messages("C_NORTHWIND", as_=who) if one.text == "told")
        shown = town.presses(posted, "This looks wrong")
        assert shown.text.startswith(words)
    assert [kind for _, kind, _ in outgoing(town)] == ["corrected", "disputed"]


@pytest.mark.parametrize("who", ["U_ANIA", "U_NEW"])
def test_nobody_else_gets_the_window(town: Town, who: str) -> None:
    town.joins("U_ANIA")
    blocks = [
        {
            "type": "actions",
            "elements": [
                {
                    "type": "button",
                    "action_id": "desk.correct",
                    "text": {"type": "plain_text", "text": "Correct"},
                    "value": str(town.accounts["northwind"]),
                }
            ],
        }
    ]
    town.bot.app.client.chat_postMessage(channel="C_NORTHWIND", text="desk", blocks=blocks)
    posted = next(one for one in town.driver.messages("C_NORTHWIND", as_=who) if one.text == "desk")
    assert town.presses(posted, "Correct").text.startswith(NOT_YOURS)
    assert town.driver.view(who) is None


def test_what_broke_is_said_on_top_and_the_fields_stay(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.uses("northwind", "ania", times=4)
    view = opens(town)

    def breaks(*_: Any) -> None:
        raise RuntimeError("a wire came loose")

    with monkeypatch.context() as patched:
        patched.setattr(managers, "managed_account", breaks)
        assert town.driver.submits(view, {"other": "ania", "points": "-40", "reason": "Counted twice."}) == {}
    told = town.driver.view("U_EWA")
    assert told is not None
    assert told.words[0].startswith("Coś poszło nie tak")
    town.driver.closes(told)
    assert town.driver.submits(view, {"other": "ania", "points": "-40", "reason": "Counted twice."}) == {}
    assert town.driver.view("U_EWA").title == "Czy się zgadza?"  # type: ignore[union-attr]


def test_the_home_below_shows_what_was_corrected(town: Town) -> None:
    town.uses("northwind", "ania", times=4)
    town.driver.presses(town.driver.opens_home("U_EWA"), "Skoryguj punkty")
    view = town.driver.view("U_EWA")
    assert view is not None
    town.driver.submits(view, {"other": "ania", "points": "5", "reason": "Late."})
    town.driver.submits(town.driver.view("U_EWA"))  # type: ignore[arg-type]
    town.driver.waits_for(lambda: "Cofnij +5: Ania Nowak" in town.driver.home("U_EWA").buttons)  # type: ignore[union-attr]
