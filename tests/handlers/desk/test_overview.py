"""The account managers' desk, through the real bot in a local Slack."""

from typing import Any

import pytest
from sqlmodel import col, select

from storage import outbox
from storage.database import OPERATOR
from storage.outbox import OutboxMessage, Workspace
from storage.tables import AuditEntry, Manager, Outgoing
from tests.support.workspace import NOW, Town

NOT_YOURS = "*This is for account managers.*"
NOT_YOURS_IN_POLISH = "*To miejsce jest dla opiekunów klientów.*"
NOT_YOURS_IN_KOREAN = "*고객 담당자를 위한 곳이에요.*"


def outgoing(town: Town) -> list[tuple[int, str, str]]:
    """Account, kind and state of everything in the outbox."""
    wanted = select(Outgoing).order_by(col(Outgoing.account_id), col(Outgoing.id))
    rows = town.database.read(OPERATOR, lambda session: session.exec(wanted).all())
    return [(row.account_id or 0, row.kind, row.state) for row in rows]


def doubtful(town: Town, account: str, key: str = "board/1") -> int:
    """Put a message in the outbox of which nobody knows whether it was sent; return its id."""
    account_id = town.accounts[account]

    def put(session: Any) -> int:
        said = OutboxMessage(
            key=key, kind="board", category="news", workspace=Workspace("", "T_ORBIT"),
            channel_id=f"C_{account.upper()}", subject={}, due_at=NOW, good_until=NOW,
        )  # fmt: skip
        outbox.put_message(session, account_id, [said], now=NOW)
        row = session.exec(select(Outgoing).where(col(Outgoing.account_id) == account_id)).first()
        row.state = "unknown"
        return int(row.id)

    return town.database.write({account_id}, put)


def audited(town: Town) -> list[tuple[int | None, str, str, dict[str, Any]]]:
    wanted = select(AuditEntry).where(col(AuditEntry.action) != "programme.apply").order_by(col(AuditEntry.id))
    rows = town.database.read(OPERATOR, lambda session: session.exec(wanted).all())
    return [(row.account_id, row.author, row.action, row.details) for row in rows]


def manager_of(town: Town, account: str) -> str:
    wanted = select(Manager.id).where(col(Manager.account_id) == town.accounts[account])
    return f"manager:{town.database.read(OPERATOR, lambda session: session.exec(wanted).one())}"


def press(action: str, value: str) -> dict[str, Any]:
    label = {"type": "plain_text", "text": action}
    return {"type": "button", "action_id": f"{action}#1", "text": label, "value": value}


def test_the_desk_says_how_the_account_goes_in_the_managers_own_language(town: Town) -> None:
    town.joins("U_ANIA")
    town.uses("northwind", "ania", times=4)
    town.uses("northwind", "marek", times=2, days=7)
    shown = town.types("U_EWA", "/desk")
    assert shown.only_visible_to_them
    assert shown.words[0] == (
        "*Northwind*\n"
        "Dołączyło: 1 z 5 znanych osób.\n"
        "W tym tygodniu wspólnie 60 punktów, o 30 więcej niż w całym zeszłym tygodniu.\n"
        "Kanał: <#C_NORTHWIND>."
    )
    assert shown.buttons == [
        "Podziękuj", "Skoryguj punkty", "Osoby", "Ogłoś", "Odśwież", "Otwórz sezon",
        "Nagrody", "Webinary", "Klub VIP", "Edytuj listę osób", "Opublikuj zaproszenie",
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["U_ANIA", "U_PIOTR", "U_NEW", "U_GUEST", "U_JUN"])
def test_nobody_else_has_a_desk(town: Town, who: str) -> None:
    town.joins("U_ANIA", "U_PIOTR")
    shown = town.types(who, "/desk")
    assert shown.text.startswith((NOT_YOURS, NOT_YOURS_IN_POLISH, NOT_YOURS_IN_KOREAN))
    assert shown.buttons == []
    assert "5" not in shown.text


def test_a_manager_sees_only_their_own_accounts(town: Town) -> None:
    doubtful(town, "hanbit")
    shown = town.types("U_EWA", "/desk", channel="C_HANBIT")
    assert shown.words[0].startswith("*Northwind*")
    assert "Hanbit" not in str(shown.raw)
    assert "C_HANBIT" not in str(shown.blocks)
    assert town.types("U_EWA", "/desk hanbit").text.startswith("Nie znam słowa „hanbit”")


def test_a_press_on_anothers_account_does_nothing(town: Town) -> None:
    """The buttons of a manager, pressed by whoever else gets at them, or after they were given another account."""
    number = doubtful(town, "hanbit")
    town.types("U_EWA", "/desk")
    hanbit = town.accounts["hanbit"]
    blocks = [
        {
            "type": "actions",
            "elements": [
                press(action, value)
                for action, value in (
                    ("desk.open", str(hanbit)),
                    ("desk.invite", str(hanbit)),
                    ("desk.sent", f"{hanbit}/{number}"),
                    ("desk.again", f"{hanbit}/{number}"),
                    ("desk.undo", f"{hanbit}/1"),
                    ("desk.correct", str(hanbit)),
                    ("rostering.people", str(hanbit)),
                    ("rostering.edit", str(hanbit)),
                    ("seasons.start", str(hanbit)),
                    ("seasons.undo", f"{hanbit}/1"),
                    ("desk.connect", f"{hanbit}//T_ORBIT/U_JUN"),
                    ("desk.thank", str(hanbit)),
                    ("desk.club", str(hanbit)),
                    ("desk.terms", str(hanbit)),
                    ("approvals.approve", f"{hanbit}/1"),
                    ("approvals.decline", f"{hanbit}/1"),
                    ("approvals.fulfil", f"{hanbit}/1"),
                    ("vip.out", f"{hanbit}/1"),
                    ("terms.more", f"{hanbit}/0"),
                    ("terms.add", str(hanbit)),
                    ("terms.edit", f"{hanbit}/hour"),
                    ("terms.out", f"{hanbit}/hour"),
                    ("terms.back", f"{hanbit}/hour"),
                )
            ],
        }
    ]  # fmt: skip
    town.bot.app.client.chat_postMessage(channel="C_NORTHWIND", text="buttons", blocks=blocks)
    for who, words in (("U_EWA", "Nie opiekujesz się tym kontem."), ("U_NEW", NOT_YOURS)):
        posted = town.driver.messages("C_NORTHWIND", as_=who)[-1]
        for label in posted.buttons:
            town.driver.presses(posted, label)
            town.driver.waits_for_message("C_NORTHWIND", words, as_=who)
    assert outgoing(town) == [(hanbit, "board", "unknown")]
    assert audited(town) == []


def test_the_invitation_is_posted_once_however_often_it_is_pressed(town: Town) -> None:
    desk = town.types("U_EWA", "/desk")
    assert town.presses(desk, "Opublikuj zaproszenie").text.startswith(
        "*Zaproszenie jest w drodze* na kanał Northwind."
    )
    assert "raz wystarczy" in town.presses(desk, "Opublikuj zaproszenie").text
    assert outgoing(town) == [(town.accounts["northwind"], "invitation", "waiting")]


def test_a_doubtful_message_is_decided_by_one_press(town: Town) -> None:
    number = doubtful(town, "northwind")
    desk = town.types("U_EWA", "/desk")
    assert "Ranking na <#C_NORTHWIND>, dzisiaj 10:30" in desk.text
    assert town.presses(desk, "Wiadomość jest").text.startswith("*Zapisano jako wysłaną.*")
    assert town.presses(desk, "Wyślij ponownie").text.startswith("O tym już zdecydowano.")
    northwind = town.accounts["northwind"]
    assert outgoing(town) == [(northwind, "board", "sent")]
    assert audited(town) == [(northwind, manager_of(town, "northwind"), "outbox.sent", {"message": number})]


def test_a_doubtful_message_is_sent_again_by_one_press(town: Town) -> None:
    doubtful(town, "northwind")
    assert town.presses(town.types("U_EWA", "/desk"), "Wyślij ponownie").text.startswith("*Jest znów w drodze.*")
    assert outgoing(town) == [(town.accounts["northwind"], "board", "waiting")]


def test_who_wants_to_join_and_was_not_matched_is_shown(town: Town) -> None:
    town.joins("U_OLA", "U_NEW")
    shown = town.types("U_EWA", "/desk")
    assert "Ola Dąb (shared@northwind.example): kilka osób na liście ma ten adres e-mail." in shown.words
    assert "New Person (new@northwind.example): nikt na liście nie ma tego adresu e-mail." in shown.words


def test_home_has_the_desk_of_a_manager_and_its_buttons_work(town: Town) -> None:
    home = town.driver.opens_home("U_EWA")
    assert home.words[:2] == [
        "Biurko opiekuna klienta",
        (
            "*Northwind*\nDołączyło: 0 z 5 znanych osób.\nW tym tygodniu wspólnie 0 punktów, tyle samo co w całym"
            " zeszłym tygodniu.\nKanał: <#C_NORTHWIND>."
        ),
    ]
    town.driver.presses(home, "Opublikuj zaproszenie")
    window = town.driver.waits_for(lambda: town.driver.view("U_EWA"))
    assert window.words[0] == "*Zaproszenie jest w drodze* na kanał Northwind."


def test_a_manager_of_two_accounts_has_a_list_and_opens_one(town: Town) -> None:
    account_id = town.accounts["hanbit"]
    town.database.write(
        {account_id},
        lambda session: session.add(Manager(account_id=account_id, id=9999, email="ewa@orbit.example", created_at=NOW)),
    )
    shown = town.types("U_EWA", "/desk", channel="C_LOOSE")
    assert shown.buttons == ["Otwórz: Hanbit", "Otwórz: Northwind", "Przypisz ten kanał"]
    opened = town.presses(shown, "Otwórz: Hanbit", channel="C_LOOSE")
    assert opened.words[0].startswith("*Hanbit*\nDołączyło: 0 z 2 znanych osób.")
    assert "Moje konta" in opened.buttons
    assert town.types("U_EWA", "/desk").words[0].startswith("*Northwind*")
    assert town.types("U_EWA", "/laurels desk hanbit").words[0].startswith("*Hanbit*")


def test_a_manager_who_became_a_guest_has_no_desk_any_more(town: Town) -> None:
    desk = town.types("U_EWA", "/desk")
    person = town.slack.seed.person("U_EWA")
    object.__setattr__(person, "is_guest", True)
    try:
        assert "opiekunów klientów" in town.types("U_EWA", "/desk").text
        pressed = town.presses(desk, "Opublikuj zaproszenie")
        assert pressed.text.startswith("*To miejsce jest dla opiekunów")
    finally:
        object.__setattr__(person, "is_guest", False)
    assert outgoing(town) == []
