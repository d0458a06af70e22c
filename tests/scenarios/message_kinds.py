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
from loyalty.rewards import gifts, redemptions, vip
from loyalty.tiers import override
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
)
"""In this order: some follow from others."""
