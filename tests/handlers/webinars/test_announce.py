import datetime as dt
from typing import Any

import pytest
from sqlmodel import select

from loyalty.webinars.details import WebinarDetails
from loyalty.webinars.overview.queries import webinars_listed
from sandbox.driver import Shown
from storage.database import OPERATOR
from storage.tables import WebinarAttendance, WebinarAudience
from tests.handlers.rewards.builders import deliver
from tests.handlers.webinars.builders import announce, answer
from tests.support.workspace import NOW, Town

EARLIER = dt.datetime(2026, 3, 12, 9, 30)  # noqa: DTZ001 - a local time in Warsaw, an hour ago
FILLED_IN: dict[str, Any] = {
    "title": "Scheduled reports",
    "why": "For everybody who builds reports",
    "date": "2026-03-20",
    "time": "15:00",
    "minutes": "30",
    "link": "https://meet.orbit.example/r",
}


def window(town: Town) -> Shown:
    """Return the window that Ewa opens to announce something."""
    assert town.driver.types("U_EWA", "C_NORTHWIND", "/webinars new") is None
    return top(town)


def top(town: Town) -> Shown:
    """Return the window that Ewa has before her."""
    return town.driver.waits_for(lambda: town.driver.view("U_EWA"))


def listed(town: Town) -> tuple[WebinarDetails, ...]:
    """Return all webinars there are."""
    return town.database.read(OPERATOR, lambda session: webinars_listed(session, now=NOW))


def replaced(town: Town, before: Shown) -> Shown:
    """Return the window that took the place of another."""

    def look() -> Shown | None:
        now = town.driver.view("U_EWA")
        return now if now is not None and now.raw["blocks"] != before.raw["blocks"] else None

    return town.driver.waits_for(look)


def test_two_windows_a_preview_and_one_press_announce_it_in_the_accounts_channel(paying: Town) -> None:
    form = window(paying)
    assert "Europe/Warsaw" in paying.driver.suggestions(form, "webinar_desk.zone", "warsz")
    assert paying.driver.submits(form, {**FILLED_IN, "webinar_desk.zone": "Europe/Warsaw"}) == {}
    [draft] = listed(paying)
    assert (draft.facts.state, draft.organizer) == ("draft", "ewa@orbit.example")
    whom = top(paying)
    account = str(paying.accounts["northwind"])
    assert paying.driver.submits(whom, {"accounts": [account], "reach": "channel"}) == {}
    preview = top(paying)
    words = "\n".join(preview.words)
    assert "*Scheduled reports*, Friday 20 March, 15:00–15:30 (Warsaw)" in words
    assert "• Northwind: na kanale, 5 osób" in words
    deliver(paying)
    assert all("Scheduled reports" not in each.text for each in paying.driver.messages("C_NORTHWIND", as_="U_EWA"))
    assert paying.driver.presses(preview, "webinar_desk.send")
    paying.driver.waits_for(lambda: listed(paying)[0].facts.state == "announced")
    deliver(paying)
    paying.driver.waits_for_message("C_NORTHWIND", "Friday 20 March, 15:00–15:30 (Warsaw)", as_="U_ANIA")
    assert all("Scheduled reports" not in each.text for each in paying.driver.messages("C_HANBIT", as_="U_JUN"))


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"date": "2026-03-02"}, {"time": "To już minęło: wybierz późniejszy termin."}),
        ({"link": "http://x.example"}, {"link": "To nie jest link zaczynający się od https://"}),
        (
            {"date": "2026-03-29", "time": "02:30"},
            {"time": "Tej nocy zegary przesuwają się do przodu i tej godziny nie ma. Najbliższe to 01:30 i 03:30."},
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(
    paying: Town, given: dict[str, str], fault: dict[str, str]
) -> None:
    assert paying.driver.submits(window(paying), {**FILLED_IN, **given}) == fault
    assert listed(paying) == ()


def test_a_time_that_comes_twice_is_asked_and_what_was_filled_in_stays(paying: Town) -> None:
    form = window(paying)
    assert paying.driver.submits(form, {**FILLED_IN, "date": "2026-10-25", "time": "02:30"}) == {}
    asked = top(paying)
    assert "Tej nocy zegary się cofają i ta godzina wypada dwa razy. Która?" in asked.words
    assert paying.driver.submits(asked, {"fold": "1"}) == {}
    [draft] = listed(paying)
    assert f"{draft.facts.starts_at:%H:%M}" == "01:30"
    assert draft.facts.title.get("en") == "Scheduled reports"


def test_only_account_managers_announce(paying: Town) -> None:
    paying.joins("U_ANIA")
    assert "*This is for account managers.*" in paying.types("U_ANIA", "/webinars new").text
    assert listed(paying) == ()


def test_an_account_that_somebody_else_looks_after_cannot_be_chosen(paying: Town) -> None:
    assert paying.driver.submits(window(paying), FILLED_IN) == {}
    options = [option["value"] for block in top(paying).blocks for option in block["element"].get("options", ())]
    assert str(paying.accounts["hanbit"]) not in options
    assert paying.database.read(OPERATOR, lambda session: list(session.exec(select(WebinarAudience)))) == []


def page(town: Town, key: str = "reports") -> Shown:
    """Return a webinar's page on Ewa's desk."""
    desk = town.presses(town.types("U_EWA", "/desk"), "webinar_desk.list")
    return town.presses(desk, f"webinar_desk.open#{key}")


def test_the_page_has_numbers_by_account_and_names_of_ones_own_alone(paying: Town) -> None:
    paying.joins("U_ANIA")
    paying.joins("U_JUN", channel="C_HANBIT")
    announce(paying)
    answer(paying, "ania", "going")
    answer(paying, "jun", "going", account="hanbit")
    shown = page(paying)
    assert "• Hanbit: zaproszenia: 2, będzie: 1" in shown.text
    assert "• Northwind: zaproszenia: 5, będzie: 1" in shown.text
    assert "Będą z Twoich kont: Ania Nowak." in shown.text
    assert "Jun" not in shown.text


def test_it_is_moved_and_cancelled_from_its_page(paying: Town) -> None:
    paying.types("U_EWA", "/desk")
    announce(paying)
    assert paying.driver.presses(page(paying), "webinar_desk.move")
    assert paying.driver.submits(top(paying), {"date": "2026-03-23", "reason": "Ewa travels"}) == {}
    [moved] = listed(paying)
    assert (f"{moved.facts.local_start:%d %H:%M}", moved.facts.why_changed) == ("23 15:00", "Ewa travels")
    paying.driver.closes(top(paying), everything=True)
    assert paying.driver.presses(page(paying), "webinar_desk.cancel")
    assert paying.driver.submits(top(paying), {"reason": "Ewa is ill"}) == {}
    [cancelled] = listed(paying)
    assert (cancelled.facts.state, cancelled.facts.why_changed) == ("cancelled", "Ewa is ill")


def test_the_code_and_the_recording_stand_under_more(paying: Town) -> None:
    paying.types("U_EWA", "/desk")
    announce(paying)
    shown = page(paying)
    assert paying.driver.presses(shown, "webinar_desk.more", value="reports/code")
    paying.driver.waits_for(lambda: listed(paying)[0].code)
    assert paying.driver.presses(shown, "webinar_desk.more", value="reports/recording")
    form = top(paying)
    assert paying.driver.submits(form, {"recording": "ftp://x"}) == {
        "recording": "To nie jest link zaczynający się od https://"
    }
    assert paying.driver.submits(form, {"recording": "https://video.orbit.example/1"}) == {}
    assert listed(paying)[0].facts.recording == "https://video.orbit.example/1"


def test_who_does_not_organize_it_changes_nothing(paying: Town) -> None:
    announce(paying, organizer="other@orbit.example")
    shown = page(paying)
    assert not any(label in shown.buttons for label in ("Zmień termin", "Odwołaj"))


def test_a_draft_is_sent_at_a_later_moment_and_not_after_it_began(paying: Town) -> None:
    assert paying.driver.submits(window(paying), FILLED_IN) == {}
    whom = top(paying)
    assert paying.driver.submits(whom, {"accounts": [str(paying.accounts["northwind"])], "reach": "channel"}) == {}
    preview = top(paying)
    assert paying.driver.presses(preview, "webinar_desk.more")
    form = replaced(paying, preview)
    late = {"time": "To już minęło: wybierz późniejszy termin."}
    assert paying.driver.submits(form, {"date": "2026-03-20", "time": "15:00"}) == late
    assert paying.driver.submits(form, {"date": "2026-03-19", "time": "10:00"}) == {}
    [scheduled] = listed(paying)
    assert (scheduled.facts.state, f"{scheduled.send_at:%d %H:%M}") == ("scheduled", "19 09:00")


def test_the_organizers_mark_says_who_was_there(paying: Town) -> None:
    paying.types("U_EWA", "/desk")
    announce(paying, local_start=EARLIER)
    answer(paying, "ania", "going")
    assert paying.driver.presses(page(paying), "webinar_desk.more", value="reports/mark")
    form = top(paying)
    [account, person] = next(
        option["value"] for option in form.blocks[0]["element"]["options"] if "Ania" in option["text"]["text"]
    ).split("/")
    assert paying.driver.submits(form, {"person": f"{account}/{person}"}) == {}
    found = paying.database.read(OPERATOR, lambda session: session.exec(select(WebinarAttendance)).one())
    assert (found.account_id, found.person_id, found.came) == (int(account), int(person), True)
