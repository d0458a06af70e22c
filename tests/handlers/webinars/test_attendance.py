import datetime as dt

from sqlmodel import Session, col, select

from sandbox.driver import Shown
from storage.database import OPERATOR
from storage.tables import WebinarAttendance
from tests.handlers.webinars.builders import announce, report_of
from tests.support.workspace import Town

EARLIER = dt.datetime(2026, 3, 12, 9, 30)  # noqa: DTZ001 - a local time in Warsaw, an hour ago


def came(town: Town) -> set[tuple[int, bool]]:
    """Return whose attendance is on record, by account, and whether they came."""

    def look(session: Session) -> set[tuple[int, bool]]:
        return {
            (row.account_id, row.came)
            for row in session.exec(select(WebinarAttendance).order_by(col(WebinarAttendance.webinar)))
        }

    return town.database.read(OPERATOR, look)


def uploads(town: Town, content: bytes, name: str = "report.csv") -> Shown:
    """Return what Ewa is shown once her report was read."""
    desk = town.presses(town.types("U_EWA", "/desk"), "webinar_desk.list")
    page = town.presses(desk, "webinar_desk.open#reports")
    assert town.driver.presses(page, "webinar_desk.more", value="reports/attendance")
    form = town.driver.waits_for(lambda: town.driver.view("U_EWA"))
    file_id = town.driver.uploads("U_EWA", name, content)
    assert town.driver.submits(form, {"report": [file_id]}) == {}
    return read(town)


def read(town: Town) -> Shown:
    """Return the window once it says something else than that the report is being read."""

    def look() -> Shown | None:
        shown = town.driver.view("U_EWA")
        return None if shown is None or "raport jest odczytywany" in " ".join(shown.words) else shown

    return town.driver.waits_for(look)


def test_a_report_is_previewed_and_recorded_by_one_press(paying: Town) -> None:
    announce(paying, local_start=EARLIER)
    people = [("Ania Nowak", "ania@northwind.example"), ("Jun Park", "jun@hanbit.example"), ("Some Body", "")]
    preview = uploads(paying, report_of(people))
    words = " ".join(preview.words)
    assert "*Z zaproszonych osób udział: 2.*" in words
    assert "Z Twoich kont: Ania Nowak" in words
    assert "Spoza listy zaproszonych: Some Body" in words
    assert "Jun" not in words
    assert came(paying) == set()
    assert paying.driver.submits(preview) == {}
    assert "*Zapisane. Udział: 2.*" in " ".join(read(paying).words)
    assert came(paying) == {(paying.accounts["northwind"], True), (paying.accounts["hanbit"], True)}


def test_a_file_that_is_no_report_is_refused_in_words_and_nothing_is_recorded(paying: Town) -> None:
    announce(paying, local_start=EARLIER)
    refused = uploads(paying, b"nothing,of,the,kind\n")
    assert "Nie ma w nim listy osób." in " ".join(refused.words)
    assert came(paying) == set()


def test_the_report_of_another_day_is_refused_with_the_day_it_was(paying: Town) -> None:
    announce(paying, local_start=EARLIER)
    refused = uploads(paying, report_of([("Ania Nowak", "ania@northwind.example")], day="03/11/2026"))
    assert "To raport z innego dnia lub innej godziny; to spotkanie było 12 marca 2026." in " ".join(refused.words)
