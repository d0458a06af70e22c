"""Who came, from evidence in any order, and the points that follow."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pytest
from sqlmodel import col, select

from loyalty.webinars.attendance.evidence import ReportPreview, apply_report, preview_report
from loyalty.webinars.attendance.marks import code_webinars, enter_code, mark_attendance
from loyalty.webinars.attendance.points import points_for
from loyalty.webinars.changes import set_code
from loyalty.webinars.errors import NoCodeError, NoSuchReportError, NotOverYetError
from storage.tables import Usage, WebinarAttendance
from tests.loyalty.webinars.builders import AUTHOR, Inviting

START = dt.datetime(2026, 3, 24, 14, 0, tzinfo=dt.UTC)
AFTER = START + dt.timedelta(hours=3)


class Line(NamedTuple):
    name: str
    email: str | None = None
    minutes: int | None = None
    intervals: tuple[tuple[dt.datetime, dt.datetime], ...] = ()


def stay(name: str, first: int, last: int, email: str | None = None) -> Line:
    """A line with its times, in minutes from the start."""
    minute = dt.timedelta(minutes=1)
    return Line(name, email, last - first, ((START + first * minute, START + last * minute),))


class Attending(NamedTuple):
    """A webinar that took place, its people, and short ways to bring evidence."""

    world: Inviting

    def apply(self, lines: Sequence[Line], digest: bytes, *, now: dt.datetime = AFTER, **given: Any) -> ReportPreview:
        return self.world.operate(
            lambda session: apply_report(
                session, "reports", lines, platform="zoom", digest=digest, author=AUTHOR, now=now, **given
            )
        )

    def preview(self, lines: Sequence[Line], digest: bytes, **given: Any) -> ReportPreview:
        return self.world.database.dry_run(
            "operator",
            lambda session: preview_report(
                session, "reports", lines, platform="zoom", digest=digest, now=AFTER, **given
            ),
        )

    def mark(self, who: str, account: str = "northwind", **given: Any) -> bool:
        account_id, person_id = self.world.account_id(account), self.world.person(who, account)
        return self.world.database.write(
            {account_id},
            lambda session: mark_attendance(
                session, account_id, "reports", person_id, author=AUTHOR, now=AFTER, **given
            ),
        )

    def came(self) -> Mapping[tuple[int, int], int | None]:
        rows = self.world.look(lambda session: session.exec(select(WebinarAttendance)).all())
        return {(row.account_id, row.person_id): row.minutes for row in rows if row.came}

    def points(self, who: str, account: str = "northwind") -> int:
        return self.world.balances(account).get(who, 0)


@pytest.fixture
def attending(inviting: Inviting) -> Attending:
    """Ania and Jan of Northwind, another Jan of Fulton; a webinar of thirty minutes, fifteen are enough."""
    inviting.people("ania", name="Ania Nowak", email="ania@northwind.example")
    inviting.people("jan", name="Jan Lis")
    inviting.people("jan", key="fulton", name="Jan Lis")
    inviting.announce()
    return Attending(inviting)


def test_matched_by_email_or_by_a_name_that_one_alone_has_else_left(attending: Attending) -> None:
    lines = [Line("A.", "ANIA@northwind.example", 20), Line("Jan Lis", None, 20), Line("Stranger", "x@y.example", 9)]
    found = attending.preview(lines, b"1")
    assert [(one.person.external_id, one.minutes, one.came) for one in found.matched] == [("ania", 20, True)]
    assert [(one.name, len(one.candidates)) for one in found.ambiguous] == [("Jan Lis", 2)]
    assert [one.name for one in found.unmatched] == ["Stranger"]
    assert ([one.external_id for one in found.gains], attending.came()) == (["ania"], {})


def test_who_came_earns_once_and_the_same_file_again_changes_nothing(attending: Attending) -> None:
    lines = [Line("Ania  NOWAK", None, 20)]
    assert not attending.apply(lines, b"1").known
    assert attending.points("ania") == 31
    assert attending.apply(lines, b"1").known
    assert attending.points("ania") == 31
    account_id, ania = attending.world.account_id(), attending.world.person("ania")
    assert attending.world.look(lambda session: points_for(session, account_id, "reports", ania)) == 30
    attending.world.holds()


def test_a_name_matched_by_hand_counts_also_for_a_file_that_was_applied(attending: Attending) -> None:
    lines = [Line("Jan Lis", None, 20)]
    attending.apply(lines, b"1")
    account_id, jan = attending.world.account_id("fulton"), attending.world.person("jan", "fulton")
    attending.apply(lines, b"1", matches={"Jan Lis": (account_id, jan)})
    assert attending.came() == {(account_id, jan): 20}
    assert (attending.points("jan", "fulton"), attending.points("jan")) == (31, 1)


def test_two_reports_in_any_order_say_the_same_and_their_intervals_are_united(attending: Attending) -> None:
    first, second = [stay("Ania Nowak", 0, 10)], [stay("Ania Nowak", 5, 18)]
    attending.apply(second, b"2")
    assert attending.came() == {}
    attending.apply(first, b"1")
    assert list(attending.came().values()) == [18]
    assert attending.points("ania") == 31


def test_the_other_order_ends_the_same(attending: Attending) -> None:
    attending.apply([stay("Ania Nowak", 0, 10)], b"1")
    attending.apply([stay("Ania Nowak", 5, 18)], b"2")
    assert list(attending.came().values()) == [18]
    assert attending.points("ania") == 31


def test_a_report_that_replaces_another_takes_back_what_nothing_holds_any_more(attending: Attending) -> None:
    attending.apply([Line("Ania Nowak", None, 20)], b"1")
    seen = attending.preview([Line("Stranger")], b"2", replaces=1)
    assert len(seen.loses) == 1
    attending.apply([Line("Stranger")], b"2", replaces=1)
    assert (attending.came(), attending.points("ania")) == ({}, 1)
    with pytest.raises(NoSuchReportError):
        attending.apply([Line("Stranger")], b"3", replaces=1)
    # The first again, in the place of the second: it stands again.
    attending.apply([Line("Ania Nowak", None, 20)], b"1", replaces=2)
    assert attending.points("ania") == 31
    attending.world.holds()


def test_other_minutes_are_the_next_revision_and_earn_the_same_once(attending: Attending) -> None:
    attending.apply([stay("Ania Nowak", 0, 18)], b"1")
    attending.apply([stay("Ania Nowak", 18, 25)], b"2")
    rows = attending.world.look(
        lambda session: session.exec(select(Usage).where(col(Usage.door) == "laurels").order_by(col(Usage.id))).all()
    )
    assert [row.properties for row in rows] == [None, {"webinar": "reports", "kind": "webinar", "minutes": 25}]
    assert attending.points("ania") == 31
    attending.world.holds()


def test_minutes_that_are_unknown_are_enough_and_never_nought(attending: Attending) -> None:
    attending.apply([Line("Ania Nowak")], b"1")
    assert list(attending.came().values()) == [None]


def test_the_mark_that_somebody_was_not_there_overrules_until_it_is_taken_back(attending: Attending) -> None:
    attending.apply([Line("Ania Nowak", None, 30)], b"1")
    assert not attending.mark("ania", came=False)
    assert attending.points("ania") == 1
    assert attending.mark("ania", came=None)
    assert attending.mark("jan", came=True, minutes=12)
    assert attending.points("jan") == 31
    attending.world.holds()


def test_before_it_begins_nobody_came(attending: Attending) -> None:
    with pytest.raises(NotOverYetError):
        attending.apply([Line("Ania Nowak")], b"1", now=START - dt.timedelta(minutes=1))


def test_a_code_is_taken_while_it_runs_and_a_little_after_and_five_wrong_ones_wait(attending: Attending) -> None:
    world = attending.world
    account_id, ania, jan = world.account_id(), world.person("ania"), world.person("jan")
    before = START - dt.timedelta(minutes=5)
    world.operate(lambda session: set_code(session, "reports", "Fox 12", author=AUTHOR, now=before))

    def enter(person_id: int, code: str, now: dt.datetime) -> Any:
        return world.database.write(
            {account_id}, lambda session: enter_code(session, account_id, "reports", person_id, code, now=now)
        )

    with pytest.raises(NoCodeError):
        enter(ania, "fox12", before)
    during = START + dt.timedelta(minutes=5)
    assert world.look(lambda session: code_webinars(session, account_id, ania, now=during)) == ("reports",)
    assert [enter(jan, "wolf", during).tries_left for _ in range(5)] == [4, 3, 2, 1, 0]
    assert enter(jan, "fox12", during).wait_until == during + dt.timedelta(minutes=10)
    assert enter(ania, "FOX12", during).right
    assert enter(jan, "fox12", during + dt.timedelta(minutes=10)).right
    assert (attending.points("ania"), attending.points("jan")) == (31, 31)
    with pytest.raises(NoCodeError):
        enter(ania, "fox12", START + dt.timedelta(minutes=45))


def test_a_course_is_completed_with_so_many_parts_and_taken_back_with_one(inviting: Inviting) -> None:
    inviting.people("ania", name="Ania Nowak")
    inviting.announce("reports", series="basics", complete=2)
    inviting.announce("other", series="basics")
    attending = Attending(inviting)
    attending.mark("ania", came=True)
    assert attending.points("ania") == 31
    account_id, ania = inviting.account_id(), inviting.person("ania")
    inviting.database.write(
        {account_id},
        lambda session: mark_attendance(session, account_id, "other", ania, came=True, author=AUTHOR, now=AFTER),
    )
    assert attending.points("ania") == 161
    attending.mark("ania", came=False)
    assert attending.points("ania") == 31
    inviting.holds()
