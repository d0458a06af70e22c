"""Calendars by mail: what goes, what does not any more, and what is written down of it."""

import datetime as dt
from collections.abc import Iterator
from functools import partial

import pytest
from sqlmodel import Session, col, select

from bot.delivery.mail import MailDelivery
from bot.delivery.smtp import mail_server
from bot.webinar_schedule import put_mails
from loyalty.members.erasure import erase
from loyalty.webinars.changes import cancel_webinar, move_webinar
from loyalty.webinars.outbox.kinds import MAIL_KIND
from loyalty.webinars.overview.queries import webinar_shown
from storage.database import Database
from storage.tables import Outgoing, Person
from tests.loyalty.webinars.builders import AUTHOR, Inviting
from tests.support.calendars import events
from tests.support.mail_server import Mailbox, mail_server_at_work
from tests.support.usage import NOW

LATER = dt.datetime(2026, 3, 25, 15, 0)  # noqa: DTZ001 - a local time


@pytest.fixture
def inviting(database: Database) -> Inviting:
    """A webinar for two clients, a person of the same id in each; both have an address."""
    found = Inviting(database)
    found.under()
    for account in ("northwind", "fulton"):
        found.people("ania", key=account)
        found.operate(partial(_give_address, found.account_id(account), found.person("ania", account), account))
    found.announce()
    return found


def _give_address(account_id: int, person_id: int, account: str, session: Session) -> None:
    person = session.get_one(Person, (account_id, person_id))
    person.sqlmodel_update({"email": f"ania@{account}.example", "name": "Ania"})


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server_at_work() as box:
        yield box


def deliver(inviting: Inviting, box: Mailbox, *, at: dt.datetime = NOW) -> list[tuple[str, str]]:
    """Let the clock put what is due, twice, and send it; return for each mail its address and what it does."""
    before = len(box.taken)
    put_mails(inviting.database, at)
    put_mails(inviting.database, at)
    server = mail_server(f"smtp://127.0.0.1:{box.port}?from=laurels@orbit.example")
    delivery = MailDelivery(inviting.database, server, now=lambda: at)
    while delivery.step():
        pass
    return [(to[0], _method(mail)) for _, to, mail in box.taken[before:]]


def _method(mail: object) -> str:
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]  # type: ignore[attr-defined]
    (found,) = events(part.get_content().encode())
    return f"{part.get_param('method')} {found.sequence.value}"


def states(inviting: Inviting) -> list[tuple[str, str | None]]:
    def find(session: Session) -> list[tuple[str, str | None]]:
        rows = session.exec(select(Outgoing).where(col(Outgoing.kind) == MAIL_KIND).order_by(col(Outgoing.id))).all()
        return [(row.state, row.reason) for row in rows]

    return inviting.look(find)


def test_who_answers_is_mailed_once_and_again_at_each_change(inviting: Inviting, box: Mailbox) -> None:
    assert deliver(inviting, box) == []
    inviting.answer("ania", "going")
    assert deliver(inviting, box) == [("ania@northwind.example", "REQUEST 0")]
    assert deliver(inviting, box) == []
    inviting.operate(lambda session: move_webinar(session, "reports", LATER, author=AUTHOR, now=NOW))
    assert deliver(inviting, box) == [("ania@northwind.example", "REQUEST 1")]
    assert {each for each, _ in states(inviting)} == {"sent"}


def test_who_takes_the_answer_back_loses_the_entry_and_no_other_change_reaches_them(
    inviting: Inviting, box: Mailbox
) -> None:
    inviting.answer("ania", "maybe")
    inviting.answer("ania", "declined", "fulton")
    deliver(inviting, box)
    inviting.answer("ania", "declined", now=NOW + dt.timedelta(minutes=1))
    assert deliver(inviting, box, at=NOW + dt.timedelta(minutes=1)) == [("ania@northwind.example", "CANCEL 0")]
    inviting.operate(lambda session: cancel_webinar(session, "reports", why="Ill", author=AUTHOR, now=NOW))
    assert deliver(inviting, box, at=NOW + dt.timedelta(minutes=2)) == []


def test_a_cancelled_webinar_leaves_the_calendars_that_had_it(inviting: Inviting, box: Mailbox) -> None:
    inviting.answer("ania", "going")
    deliver(inviting, box)
    inviting.answer("ania", "going", "fulton", now=NOW + dt.timedelta(minutes=1))
    inviting.operate(lambda session: cancel_webinar(session, "reports", why="Ill", author=AUTHOR, now=NOW))
    assert deliver(inviting, box) == [("ania@northwind.example", "CANCEL 1")]


def test_a_mail_that_was_overtaken_is_not_sent(inviting: Inviting, box: Mailbox) -> None:
    inviting.answer("ania", "going")
    put_mails(inviting.database, NOW)
    inviting.operate(lambda session: move_webinar(session, "reports", LATER, author=AUTHOR, now=NOW))
    assert deliver(inviting, box) == [("ania@northwind.example", "REQUEST 1")]
    assert states(inviting) == [("dropped", "it has changed since: another mail says how it is now"), ("sent", None)]


def test_a_refusal_is_written_down_and_a_busy_server_is_asked_again(inviting: Inviting, box: Mailbox) -> None:
    inviting.answer("ania", "going")
    box.answers["rcpt"] = "451 4.2.1 Busy"
    assert deliver(inviting, box) == []
    assert states(inviting) == [("waiting", "the mail server says 451 4.2.1 Busy")]
    box.answers["rcpt"] = "550 5.1.1 No such mailbox"
    assert deliver(inviting, box, at=NOW + dt.timedelta(minutes=1)) == []
    assert states(inviting) == [("dropped", "the mail server says 550 5.1.1 No such mailbox")]
    accounts = [inviting.account_id(key) for key in ("northwind", "fulton")]
    listed = inviting.look(lambda session: webinar_shown(session, "reports", own=accounts, now=NOW).not_reached)
    assert [(each.account_id, each.name) for each in listed] == [(accounts[0], "Ania")]


def test_nothing_goes_to_somebody_who_was_erased(inviting: Inviting, box: Mailbox) -> None:
    inviting.answer("ania", "going")
    deliver(inviting, box)
    account_id, person_id = inviting.account_id("northwind"), inviting.person("ania", "northwind")
    inviting.operate(lambda session: erase(session, account_id, person_id, reason="erased", author=AUTHOR, now=NOW))
    inviting.operate(lambda session: move_webinar(session, "reports", LATER, author=AUTHOR, now=NOW))
    assert deliver(inviting, box) == []
    kept = inviting.look(
        lambda session: session.exec(select(Outgoing.email).where(col(Outgoing.kind) == MAIL_KIND)).all()
    )
    assert kept == [""]
