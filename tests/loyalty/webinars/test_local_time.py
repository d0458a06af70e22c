"""Times that do not exist, that come twice, and zones that change their rules."""

import datetime as dt

import pytest

from loyalty.webinars import local_time
from loyalty.webinars.errors import NoSuchZoneError, TimeSkippedError, TimeTwiceError
from loyalty.webinars.local_time import start_instant
from loyalty.webinars.outbox.kinds import CHANGE_KIND
from loyalty.webinars.schedule.refresh import RefreshedWebinar, refresh_instants
from tests.loyalty.webinars.builders import Inviting
from tests.support.usage import NOW

WARSAW = "Europe/Warsaw"
START = dt.datetime(2026, 3, 24, 14, 0, tzinfo=dt.UTC)


def local(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_a_time_that_clocks_skip_is_refused_with_the_two_nearest() -> None:
    with pytest.raises(TimeSkippedError) as refused:
        start_instant(local("2026-03-29 02:30"), WARSAW, None)
    assert (refused.value.before, refused.value.after) == (local("2026-03-29 01:30"), local("2026-03-29 03:30"))


def test_a_time_that_comes_twice_asks_which() -> None:
    first, second = (dt.datetime(2026, 10, 25, hour, 30, tzinfo=dt.UTC) for hour in (0, 1))
    with pytest.raises(TimeTwiceError) as asked:
        start_instant(local("2026-10-25 02:30"), WARSAW, None)
    assert (asked.value.first, asked.value.second) == (first, second)
    assert [start_instant(local("2026-10-25 02:30"), WARSAW, fold) for fold in (0, 1)] == [first, second]


def test_a_zone_that_does_not_exist_names_the_nearest() -> None:
    with pytest.raises(NoSuchZoneError) as refused:
        start_instant(local("2026-03-24 15:00"), "Europe/Warsawa", None)
    assert refused.value.nearest == WARSAW


def test_a_changed_zone_moves_the_instant_and_not_the_local_time_and_who_answered_is_told_once(
    inviting: Inviting, monkeypatch: pytest.MonkeyPatch
) -> None:
    inviting.people("ania", "jan")
    inviting.announce()
    inviting.answer("ania")
    moved = START + dt.timedelta(hours=1)
    before = inviting.row().local_start
    monkeypatch.setattr(local_time, "_both", lambda _local, _zone: (moved, moved))
    monkeypatch.setattr(local_time, "_shown", lambda _instant, _zone: before)

    def refresh() -> tuple[RefreshedWebinar, ...]:
        return inviting.operate(lambda session: refresh_instants(session, now=NOW))

    assert refresh() == (RefreshedWebinar("reports", START, moved),)
    assert refresh() == ()
    row = inviting.row()
    assert (row.local_start, row.starts_at, row.ends_at - row.starts_at) == (before, moved, dt.timedelta(minutes=30))
    assert [message.person_id for message in inviting.sent(CHANGE_KIND)] == [inviting.person("ania")]
