"""Two clients whose members are invited to webinars, and a short way to let them answer."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from loyalty.accounts.channels import bind_channel
from loyalty.programme import LocalizedText
from loyalty.webinars.announce import announce_webinar
from loyalty.webinars.create import create_webinar
from loyalty.webinars.details import Answer, AudienceSpec, RsvpState, WebinarDetails, WebinarSpec
from loyalty.webinars.rsvp.rsvp import rsvp
from loyalty.webinars.rsvp.waitlist import promote_waitlist
from storage.tables import Member, Outgoing, Webinar, WebinarRsvp
from tests.support.redemptions import Redeeming
from tests.support.usage import HEAD, NOW

LINK = "https://meet.orbit.example/r"
PROGRAMME = (
    HEAD
    + """
earn:
  - {key: worked, event: Worked, points: {each: 1, of: n, worth: 1}}
  - {key: came, event: Webinar Attended, points: 30, once: {each: webinar}, where: {kind: {in: [webinar, training]}}}
  - {key: course, event: Course Completed, points: 100}
milestones:
  - {key: third, when: {count: 3, of: Webinar Attended}, badge: Regular}
"""
)
AUTHOR = "manager:1"


def spec(key: str = "reports", **given: Any) -> WebinarSpec:
    """A webinar on Tuesday 24 March at 15:00 in Warsaw, 14:00 UTC: four days after `NOW`."""
    facts: dict[str, Any] = {
        "key": key,
        "title": LocalizedText("Scheduled reports"),
        "local_start": dt.datetime(2026, 3, 24, 15, 0),  # noqa: DTZ001 - a local time
        "timezone": "Europe/Warsaw",
        "minutes": 30,
        "link": LINK,
    }
    return WebinarSpec(**{**facts, **given})


class Inviting(Redeeming):
    """A database with two clients; people by the product's user id, accounts by their key."""

    def under(self, programme: str = PROGRAMME, *, now: dt.datetime = NOW) -> Any:
        """Apply a programme that pays for coming."""
        return super().under(programme, now=now)

    def people(self, *names: str, key: str = "northwind", **facts: Any) -> list[int]:
        """Make members, each with a point, and return their ids."""
        return [self.member(name, key, points=1, **facts) for name in names]

    def zone(self, who: str, zone: str, key: str = "northwind") -> None:
        """Put a member into a time zone."""
        row = (self.account_id(key), self.person(who, key))
        self.operate(lambda session: session.get_one(Member, row).sqlmodel_update({"timezone": zone}))

    def channel(self, channel_id: str = "C1", key: str = "northwind") -> None:
        """Bind a channel."""
        account_id = self.account_id(key)
        self.operate(lambda session: bind_channel(session, account_id, team_id="T1", channel_id=channel_id, now=NOW))

    def create(
        self,
        key: str = "reports",
        accounts: Sequence[str] = ("northwind", "fulton"),
        audience: AudienceSpec | None = None,
        *,
        now: dt.datetime = NOW,
        **given: Any,
    ) -> WebinarDetails:
        """Make a draft that is for whole accounts."""
        who: Mapping[int, AudienceSpec] = {self.account_id(each): audience or AudienceSpec() for each in accounts}
        return self.operate(lambda session: create_webinar(session, spec(key, **given), who, author=AUTHOR, now=now))

    def announce(self, key: str = "reports", *, now: dt.datetime = NOW, **given: Any) -> WebinarDetails:
        """Make a webinar and announce it."""
        self.create(key, now=now, **given)
        return self.operate(lambda session: announce_webinar(session, key, author=AUTHOR, now=now))

    def answer(
        self,
        who: str,
        answer: Answer | None = "going",
        account: str = "northwind",
        *,
        webinar: str = "reports",
        now: dt.datetime = NOW,
        **flags: bool,
    ) -> RsvpState:
        """Answer for somebody, in their account's scope."""
        account_id, person_id = self.account_id(account), self.person(who, account)
        return self.database.write(
            {account_id}, lambda session: rsvp(session, account_id, webinar, person_id, answer, now=now, **flags)
        )

    def promote(self, webinar: str = "reports", *, now: dt.datetime = NOW) -> list[int]:
        """Let the list move, and return who got a seat."""
        found = self.operate(lambda session: promote_waitlist(session, webinar, now=now))
        return [each.person_id for each in found]

    def row(self, webinar: str = "reports") -> Webinar:
        """The webinar's row."""
        return self.look(lambda session: session.get_one(Webinar, webinar))

    def answers(self, account: str = "northwind", webinar: str = "reports") -> dict[int, str | None]:
        """What each person answered."""
        own = (col(WebinarRsvp.account_id) == self.account_id(account), col(WebinarRsvp.webinar) == webinar)
        rows = self.look(lambda session: session.exec(select(WebinarRsvp).where(*own)).all())
        return {row.person_id: row.answer for row in rows}

    def sent(self, kind: str, account: str | None = "northwind") -> list[Outgoing]:
        """Messages of a kind in the outbox, in their order; account None: the vendor's own."""
        account_id = None if account is None else self.account_id(account)
        own = (col(Outgoing.account_id) == account_id, col(Outgoing.kind) == kind)

        def find(session: Session) -> list[Outgoing]:
            return list(session.exec(select(Outgoing).where(*own).order_by(col(Outgoing.id))))

        return self.look(find)
