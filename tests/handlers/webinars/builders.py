"""Webinars in a town with two clients: announced, and their invitation posted where everybody sees it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from slack_sdk import WebClient
from sqlmodel import Session

from loyalty.people.people import find_person
from loyalty.programme import LocalizedText
from loyalty.webinars.announce import announce_webinar
from loyalty.webinars.changes import set_code
from loyalty.webinars.create import create_webinar
from loyalty.webinars.details import AudienceSpec, RsvpState, WebinarSpec
from loyalty.webinars.local_time import start_instant
from loyalty.webinars.notices import WebinarNotice
from loyalty.webinars.overview.queries import account_webinar
from loyalty.webinars.rows import find_webinar
from loyalty.webinars.rsvp.rsvp import rsvp, rsvp_state
from messages.kit.reader import Reader
from messages.webinars.invitation import invitation_message
from sandbox.driver import Shown
from storage.database import OPERATOR
from tests.support.workspace import NOW, PROGRAMME, Town

LINK = "https://meet.orbit.example/r"
PAYS = PROGRAMME.replace(
    "milestones:",
    "  - {key: came, event: Webinar Attended, points: 30, once: {each: webinar}}\nmilestones:",
)
"""The town's programme, which pays for coming."""


def announce(
    town: Town,
    key: str = "reports",
    accounts: tuple[str, ...] = ("northwind", "hanbit"),
    audience: AudienceSpec | None = None,
    *,
    code: str = "",
    **given: Any,
) -> None:
    """Announce a webinar on Friday 20 March at 15:00 in Warsaw to whole accounts."""
    facts: dict[str, Any] = {
        "key": key,
        "title": LocalizedText("XYZ Reports"),
        "local_start": dt.datetime(2026, 3, 20, 15, 0),  # noqa: DTZ001 - a local time
        "timezone": "Europe/Warsaw",
        "minutes": 30,
        "link": LINK,
        "organizer": "ewa@orbit.example",
    }
    spec = WebinarSpec(**{**facts, **given})
    start = start_instant(spec.local_start, spec.timezone, spec.fold)
    before = min(NOW, start - dt.timedelta(hours=1))
    who: Mapping[int, AudienceSpec] = {town.accounts[each]: audience or AudienceSpec() for each in accounts}

    def run(session: Session) -> None:
        create_webinar(session, spec, who, author="manager:1", now=before)
        announce_webinar(session, key, author="manager:1", now=before)
        if code:
            set_code(session, key, code, author="manager:1", now=before)

    town.database.write(OPERATOR, run)


def post_invitation(town: Town, key: str = "reports", account: str = "northwind", channel: str = "C_NORTHWIND") -> None:
    """Post the invitation in an account's channel, as it is now."""
    account_id = town.accounts[account]
    facts = town.database.read({account_id}, lambda session: account_webinar(session, account_id, key, now=NOW))
    notice = WebinarNotice(
        account_id=account_id,
        kind="webinar.invite",
        webinar=facts,
        language="en",
        timezone="Europe/Warsaw",
        account_timezone="Europe/Warsaw",
        earns=30,
    )
    said = invitation_message(Reader("en", "Europe/Warsaw"), notice)
    slack = WebClient(token="xoxb-laurels", base_url=f"{town.driver.url}/api/", retry_handlers=[])
    slack.chat_postMessage(channel=channel, text=said.text, blocks=list(said.blocks))


def invitation(town: Town, who: str, channel: str = "C_NORTHWIND") -> Shown:
    """Return the invitation in the channel, as somebody sees it."""
    shown = town.driver.messages(channel, as_=who)
    return next(each for each in reversed(shown) if not each.only_visible_to_them and "I'm coming" in each.text)


def state(town: Town, who: str, key: str = "reports", account: str = "northwind") -> RsvpState:
    """Return what somebody answered."""
    account_id = town.accounts[account]
    return town.database.read(
        {account_id},
        lambda session: rsvp_state(session, account_id, key, _person(session, account_id, who), now=NOW),
    )


def answer(town: Town, who: str, given: Any, key: str = "reports", account: str = "northwind") -> RsvpState:
    """Answer for somebody, past Slack."""
    account_id = town.accounts[account]
    return town.database.write(
        {account_id},
        lambda session: rsvp(
            session, account_id, key, _person(session, account_id, who), given, now=_while_open(session, key)
        ),
    )


def _while_open(session: Session, key: str) -> dt.datetime:
    """Return a moment at which answers were taken: now, or before it began."""
    return min(NOW, find_webinar(session, key).starts_at)


def _person(session: Session, account_id: int, external_id: str) -> int:
    return find_person(session, account_id, external_id)[0]


def report_of(people: list[tuple[str, str]], day: str = "03/12/2026") -> bytes:
    """Return Zoom's report of half an hour from 9:30 in which everybody stayed to the end."""
    head = "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest\n"
    times = f"{day} 09:30:00 AM,{day} 10:00:00 AM,30,Yes\n"
    return (head + "".join(f"{name},{email},{times}" for name, email in people)).encode()
