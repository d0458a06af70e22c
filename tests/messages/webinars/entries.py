"""Webinars as they stand in calendars, for tests."""

import datetime as dt
from typing import Any

from loyalty.programme import LocalizedText
from loyalty.webinars.calendar.entries import CalendarEntry
from loyalty.webinars.details import RsvpAnswer, WebinarFacts

STARTS = dt.datetime(2026, 3, 20, 14, 0, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 3, 10, 9, 0, tzinfo=dt.UTC)
TITLE = LocalizedText({"en": "Scheduled reports; in 30 minutes", "pl": "Raporty, które wysyłają się same"})
WHY = LocalizedText({"en": "For everybody, who builds reports", "pl": "Dla każdego, kto buduje raporty"})


def facts(**given: Any) -> WebinarFacts:
    """Return what is told of a webinar in Warsaw at three in the afternoon, half an hour long."""
    values: dict[str, Any] = {
        "key": "reports-march", "kind": "webinar", "title": TITLE, "why": WHY, "state": "announced",
        "local_start": dt.datetime(2026, 3, 20, 15, 0), "timezone": "Europe/Warsaw", "starts_at": STARTS,  # noqa: DTZ001
        "ends_at": STARTS + dt.timedelta(minutes=30), "minutes": 30, "link": "https://meet.orbit.example/r",
        "place": None, "series": None, "sequence": 2, "seats_shown": "free",
    }  # fmt: skip
    return WebinarFacts(**values | given)


def entry(answer: RsvpAnswer | None = "going", **given: Any) -> CalendarEntry:
    """Return that webinar as it stands in somebody's calendar."""
    return CalendarEntry(
        facts=facts(**given),
        uid="reports-march-20260301T090000000000@laurels",
        changed_at=NOW - dt.timedelta(hours=1),
        answer=answer,
        organizer_name='Ewa "Ewka" Zając',
        organizer_email="ewa@orbit.example",
    )
