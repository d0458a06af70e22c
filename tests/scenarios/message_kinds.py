"""Something to say of each kind that the bot says unasked, put into the outbox as it happens in the bot's own life."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from itertools import count
from typing import Any

from sqlmodel import Session

from leaderboards.periods import start_of
from loyalty.accounts.managers import add_manager, meet_manager
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.apply_programme import apply_programme
from loyalty.boards import seasons
from loyalty.people.people import find_person
from loyalty.points import corrections, disputes
from loyalty.points.post import LedgerContext
from loyalty.programme import LocalizedText
from loyalty.rewards import gifts, redemptions, vip
from loyalty.tiers import override
from loyalty.webinars.announce import announce_webinar
from loyalty.webinars.attendance.marks import mark_attendance
from loyalty.webinars.changes import move_webinar, set_recording
from loyalty.webinars.create import create_webinar
from loyalty.webinars.details import AudienceSpec, WebinarSpec
from loyalty.webinars.rsvp.rsvp import rsvp
from loyalty.webinars.rsvp.waitlist import promote_waitlist
from loyalty.webinars.training_requests import ask_for_training
from storage.database import OPERATOR
from tests.support.two_workspaces import EWA, EWAS_EMAIL, PEOPLE, PROGRAMME, TEAM, Village

MORE = """\
value_cap: 200
rewards:
  - {key: hour, kind: consulting, name: Hour with an expert, worth: Bring your hardest report, cost: 45, value: 90}
  - {key: notebook, kind: swag, name: Notebook, worth: Write it down, cost: 20, value: 9}
tiers:
  members:
    - {key: gold, name: Gold, points: 5000, over: 12 months, grace: 60 days}
gifts: {monthly: 300}
"""
TEXT = PROGRAMME.replace("product: Orbit}", "product: Orbit, points_expire: 2 months}") + MORE
ANIA = SlackUser("", TEAM, "U_ANIA")


def week_of_points(village: Village) -> None:
    """Let a week be over in which everybody in Northwind earned something, and one in Hanbit: both boards are due."""
    for times, who in enumerate(("ania", "marek", "ola", "jan"), 1):
        village.sends("northwind", *((who, f"{who}-{number}") for number in range(times)))
    village.sends("hanbit", ("jun", "jun-1"))
    village.passes()
    village.now = village.now.replace(hour=15)
    village.passes(minutes=5)
    village.now = village.now.replace(day=16, hour=8)
    village.looks()


class Life:
    """Northwind with everything a programme can have, all of its people in it, and Ewa to look after it."""

    def __init__(self, village: Village) -> None:
        self.village, self.account = village, village.accounts["northwind"]
        self._keys = count(1)
        self._ewa = village.database.write(OPERATOR, self._settle)
        for who in PEOPLE["northwind"]:
            village.has_joined("northwind", who)

    def _settle(self, session: Session) -> str:
        now = self.village.now
        apply_programme(session, TEXT, author="operator", now=now, confirmed={"hour", "notebook"})
        add_manager(session, self.account, EWAS_EMAIL, now=now)
        [managed] = meet_manager(
            session, SlackProfile(user=SlackUser("", TEAM, EWA), name="Ewa Kowal", email=EWAS_EMAIL)
        )
        return managed.author

    def invitation(self) -> None:
        self.village.invites()

    def shoutout(self) -> None:
        self.village.sends("northwind", ("ania", "first"))

    def correction(self) -> None:
        self._corrected = self._does(
            corrections.adjust_points, **self._ania(local_day=True), points=400, reason="Moved over"
        )

    def dispute(self) -> None:
        self._writes(partial(disputes.dispute_transfer, user=ANIA, transfer_id=self._corrected, now=self.village.now))

    def gift(self) -> None:
        self._does(gifts.give_points, **self._ania(today=True), points=40, words="Thank you")

    def request(self) -> None:
        self._asked = self._does(redemptions.redeem, **self._ania(today=True), reward="hour").id

    def approval(self) -> None:
        """Of something that Ewa was asked in good weather."""
        asked = self._does(redemptions.redeem, **self._ania(today=True), reward="notebook")
        self.village.passes()
        self._does(redemptions.approve, redemption_id=asked.id, by=self._ewa)

    def club(self) -> None:
        person = self._ania()["person_id"]
        self._writes(partial(vip.invite_to_club, person_id=person, author=self._ewa, now=self.village.now))

    def tier(self) -> None:
        given = {name: value for name, value in self._ania(today=True).items() if name != "key"}
        self._does(override.override_tier, **given, tier="gold", until=None, reason="Spoke at our conference")

    def season(self) -> None:
        starts = start_of("month", self.village.now.date())
        given: dict[str, Any] = {"starts": starts, "name": "Spring", "author": self._ewa, "now": self.village.now}
        self._writes(partial(seasons.open_season, **given))

    def board(self) -> None:
        week_of_points(self.village)

    def expiry(self) -> None:
        """Two months later, what was earned then will soon run out. What was asked for is decided meanwhile."""
        self._does(redemptions.approve, redemption_id=self._asked, by=self._ewa)
        self.village.passes()
        self.village.now = dt.datetime(2026, 5, 6, 9, tzinfo=dt.UTC)
        self.village.looks()

    def webinar(self) -> None:
        self._announces("later", dt.datetime(2026, 6, 18, 10))  # noqa: DTZ001 - what clocks show there

    def _announces(self, key: str, local_start: dt.datetime) -> None:
        spec = WebinarSpec(
            key=key,
            title=LocalizedText.model_validate("Talk"),
            local_start=local_start,
            timezone="UTC",
            minutes=30,
            link="https://meet.example/talk",
            seats=1,
            remind=(dt.timedelta(days=1),),
            organizer=EWAS_EMAIL,
        )
        self._plans(partial(create_webinar, spec=spec, audiences={self.account: AudienceSpec()}))
        self._plans(partial(announce_webinar, key=key))

    def seat(self) -> None:
        """Marek waits for the one seat, which comes free, of a webinar that was announced in good weather."""
        self._announces("talk", dt.datetime(2026, 5, 12, 10))  # noqa: DTZ001
        self.village.passes()
        for who, answer in (("ania", "going"), ("marek", "going"), ("ania", "declined")):
            self._answers(who, answer)

    def moved(self) -> None:
        self._plans(partial(move_webinar, key="talk", local_start=dt.datetime(2026, 5, 13, 10)))  # noqa: DTZ001

    def training(self) -> None:
        person = self._person("ania")
        self._writes(partial(ask_for_training, person_id=person, topic="Alerts", wish="", now=self.village.now))

    def reminder(self) -> None:
        self.village.now = dt.datetime(2026, 5, 12, 10, tzinfo=dt.UTC)
        self.village.looks()

    def offer(self) -> None:
        """On the day itself nobody is moved up unasked."""
        self.village.now = dt.datetime(2026, 5, 13, 8, tzinfo=dt.UTC)
        for who, answer in (("ola", "going"), ("marek", "declined")):
            self._answers(who, answer)

    def over(self) -> None:
        """Ola came; the recording is there."""
        self.village.now = dt.datetime(2026, 5, 13, 13, tzinfo=dt.UTC)
        mark = partial(mark_attendance, key="talk", person_id=self._person("ola"), came=True)
        self._writes(partial(mark, author=self._ewa, now=self.village.now))
        self._plans(partial(set_recording, key="talk", link="https://meet.example/recording"))
        self.village.looks()

    def _plans(self, verb: Callable[..., Any]) -> None:
        now = self.village.now
        self.village.database.write(OPERATOR, lambda session: verb(session, author=self._ewa, now=now))

    def _answers(self, who: str, answer: str) -> None:
        person, now = self._person(who), self.village.now
        given: dict[str, Any] = {"key": "talk", "person_id": person, "answer": answer, "now": now}
        if self._writes(partial(rsvp, **given)).frees_seat:
            self.village.database.write(OPERATOR, lambda session: promote_waitlist(session, "talk", now=now))

    def _person(self, who: str) -> int:
        return self.village.database.read({self.account}, lambda session: find_person(session, self.account, who)[0])

    def _ania(self, **day: bool) -> dict[str, Any]:
        def find(session: Session) -> int:
            return find_person(session, self.account, "ania")[0]

        person_id = self.village.database.read({self.account}, find)
        facts = {"person_id": person_id, "key": f"key-{next(self._keys)}"}
        return facts | dict.fromkeys(day, self.village.now.date())

    def _does(self, verb: Callable[..., Any], **given: Any) -> Any:
        """Do what an author does."""
        posting = LedgerContext(
            account_id=self.account,
            account_key="northwind",
            week_starts="monday",
            now=self.village.now,
            author=self._ewa,
        )
        return self.village.database.write({self.account}, lambda session: verb(session, posting, **given))

    def _writes(self, verb: Callable[..., Any]) -> Any:
        return self.village.database.write({self.account}, lambda session: verb(session, self.account))


HAPPENINGS: tuple[Callable[[Life], None], ...] = (
    Life.invitation,
    Life.shoutout,
    Life.correction,
    Life.dispute,
    Life.gift,
    Life.request,
    Life.approval,
    Life.club,
    Life.tier,
    Life.season,
    Life.board,
    Life.expiry,
    Life.webinar,
    Life.seat,
    Life.moved,
    Life.training,
    Life.reminder,
    Life.offer,
    Life.over,
)
"""In this order: some follow from others."""
