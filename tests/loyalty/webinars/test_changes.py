"""Drafts, announcements, changes and cancelling: who is told what, once."""

import datetime as dt
from typing import Any

import pytest

from loyalty.programme import LocalizedText
from loyalty.webinars.announce import announcements_due, invitations, schedule_announcement
from loyalty.webinars.changes import WebinarEdit, cancel_webinar, edit_webinar, move_webinar, set_recording
from loyalty.webinars.create import EveryWeeks, OnDates, series_specs
from loyalty.webinars.details import AudienceSpec
from loyalty.webinars.errors import (
    BadLengthError,
    BadLinkError,
    BadSeatsError,
    BadSeriesError,
    ChannelNotWholeError,
    InPastError,
    KeyTakenError,
    NobodyInvitedError,
    NoPlaceError,
    NoReasonError,
    NoTitleError,
    WebinarCancelledError,
    WrongStateError,
)
from loyalty.webinars.invite import invite_account
from loyalty.webinars.notices import OrganizerNotice, TrainingNotice, organizer_notice, training_notice
from loyalty.webinars.outbox.kinds import (
    CHANGE_KIND,
    INVITATION_CHANGED_KIND,
    INVITATION_KIND,
    RECORDING_KIND,
    REPORT_KIND,
    THANKS_KIND,
    TRAINING_KIND,
)
from loyalty.webinars.overview.queries import member_webinars, webinar_shown, webinars_listed
from loyalty.webinars.schedule.afterwards import AFTER_END
from loyalty.webinars.schedule.due import advance_webinars, due_webinar_messages
from loyalty.webinars.training_requests import ask_for_training
from loyalty.webinars.validate import audience_faults, webinar_faults
from storage.outbox import as_claimed
from storage.tables import Outgoing
from tests.loyalty.webinars.builders import AUTHOR, LINK, Inviting, spec
from tests.support.usage import NOW

START = dt.datetime(2026, 3, 24, 14, 0, tzinfo=dt.UTC)
SOON = START - dt.timedelta(hours=20)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({"local_start": dt.datetime(2026, 3, 19, 15, 0)}, InPastError),  # noqa: DTZ001 - a local time
        ({"minutes": -10}, BadLengthError),
        ({"minutes": 4}, BadLengthError),
        ({"minutes": 14 * 24 * 60 + 1}, BadLengthError),
        ({"link": "http://meet.orbit.example"}, BadLinkError),
        ({"link": "https://"}, BadLinkError),
        ({"link": None}, NoPlaceError),
        ({"place": "Room 1"}, NoPlaceError),
        ({"seats": 100_000}, BadSeatsError),
        ({"seats": 0}, BadSeatsError),
        ({"title": LocalizedText("x" * 151)}, NoTitleError),
    ],
)
def test_what_is_no_webinar_says_which_field_is_wrong(given: dict[str, Any], fault: type) -> None:
    assert [type(each) for each in webinar_faults(spec(**given), now=NOW)] == [fault]


def test_what_is_just_possible_is_no_fault() -> None:
    possible: list[dict[str, Any]] = [{"minutes": 5}, {"minutes": 14 * 24 * 60}, {"seats": 1}, {"seats": 10_000}]
    for given in possible:
        assert webinar_faults(spec(**given), now=NOW) == ()


def test_nobody_or_a_part_in_the_channel_cannot_be_invited(inviting: Inviting) -> None:
    inviting.people("ania")
    account_id = inviting.account_id()

    def faults(*audiences: AudienceSpec) -> list[type]:
        given = dict(zip([account_id], audiences, strict=False))
        return [type(each) for each in inviting.look(lambda session: audience_faults(session, given, now=NOW))]

    assert faults() == [NobodyInvitedError]
    assert faults(AudienceSpec(roles=("user",))) == [ChannelNotWholeError]
    assert faults(AudienceSpec(roles=("executive",), reach="direct")) == [NobodyInvitedError]
    assert faults(AudienceSpec(roles=("user",), reach="direct")) == faults(AudienceSpec()) == []


def test_a_series_is_as_many_webinars_as_dates() -> None:
    parts = series_specs(spec("lessons"), EveryWeeks(1, 3))
    assert [(part.key, part.local_start.day, part.series) for part in parts] == [
        ("lessons-1", 24, "lessons"),
        ("lessons-2", 31, "lessons"),
        ("lessons-3", 7, "lessons"),
    ]
    with pytest.raises(BadSeriesError):
        series_specs(spec("lessons"), OnDates((NOW.date(), NOW.date())))
    with pytest.raises(BadSeriesError):
        series_specs(spec("lessons", complete=4), EveryWeeks(1, 3))


def test_an_account_with_a_channel_hears_there_and_one_without_by_direct_messages(inviting: Inviting) -> None:
    inviting.people("ania")
    inviting.people("tom", key="fulton")
    inviting.channel()
    inviting.create()
    reached = inviting.look(lambda session: invitations(session, "reports", now=NOW))
    assert [(each.account, each.reach, each.now, each.later) for each in reached] == [
        ("fulton", "direct", 1, 0),
        ("northwind", "channel", 0, 0),
    ]
    with pytest.raises(KeyTakenError):
        inviting.create()
    inviting.announce("other")
    assert [row.channel_id for row in inviting.sent(INVITATION_KIND)] == ["C1"]
    assert [row.category for row in inviting.sent(INVITATION_KIND, "fulton")] == ["nudge"]
    # Tom has been written to this week: the next one waits for its turn.
    reached = inviting.look(lambda session: invitations(session, "reports", now=NOW))
    assert [(each.now, each.later) for each in reached if each.account == "fulton"] == [(0, 1)]


def test_an_announcement_waits_for_its_moment(inviting: Inviting) -> None:
    inviting.people("ania")
    inviting.create(accounts=["northwind"])
    send_at = NOW + dt.timedelta(days=1)
    inviting.operate(lambda session: schedule_announcement(session, "reports", send_at, author=AUTHOR, now=NOW))
    assert inviting.look(lambda session: announcements_due(session, now=NOW)) == ()
    assert inviting.look(lambda session: announcements_due(session, now=send_at)) == ("reports",)


def test_a_member_who_joins_later_is_invited_too_once(inviting: Inviting) -> None:
    inviting.people("ania")
    inviting.announce(accounts=["northwind"])
    inviting.people("jan")
    for _ in range(2):
        inviting.operate(lambda session: due_webinar_messages(session, now=NOW))
    assert len(inviting.sent(INVITATION_KIND)) == 2


def test_a_second_manager_invites_their_own_account(inviting: Inviting) -> None:
    inviting.people("ania")
    inviting.people("tom", key="fulton")
    inviting.announce(accounts=["northwind"])
    account_id = inviting.account_id("fulton")
    for new in (True, False):
        assert new == inviting.database.write(
            {account_id},
            lambda session: invite_account(session, account_id, "reports", AudienceSpec(), author=AUTHOR, now=NOW),
        )
    assert inviting.answer("tom", account="fulton").answer == "going"
    assert inviting.row().accounts == 2


def test_whoever_answered_is_told_of_a_change_in_their_loud_hours_and_at_once_where_it_is_near(
    inviting: Inviting,
) -> None:
    inviting.people("ania", "jan")
    inviting.zone("ania", "Asia/Seoul")
    inviting.announce()
    inviting.answer("ania")
    inviting.answer("jan", "declined")
    evening = dt.datetime(2026, 3, 20, 12, 0, tzinfo=dt.UTC)
    other = WebinarEdit(link=LINK + "2")
    inviting.operate(lambda session: edit_webinar(session, "reports", other, author=AUTHOR, now=evening))
    later = dt.datetime(2026, 3, 24, 16, 0)  # noqa: DTZ001 - a local time
    inviting.operate(lambda session: move_webinar(session, "reports", later, author=AUTHOR, now=evening))
    # The weekend passes; what was not said of the first is said with the second.
    monday = dt.datetime(2026, 3, 22, 23, 0, tzinfo=dt.UTC)
    assert [(row.state, row.due_at, row.subject["changed"]) for row in inviting.sent(CHANGE_KIND)] == [
        ("dropped", monday, ["link"]),
        ("waiting", monday, ["link", "time"]),
    ]
    inviting.operate(lambda session: cancel_webinar(session, "reports", why="Ill", author=AUTHOR, now=SOON))
    assert [(row.due_at, row.subject["changed"][-1]) for row in inviting.sent(CHANGE_KIND)][-1] == (SOON, "cancelled")
    with pytest.raises(WebinarCancelledError):
        inviting.answer("jan", now=SOON)


def test_cancelling_wants_a_reason_and_twice_changes_nothing(inviting: Inviting) -> None:
    inviting.people("ania")
    inviting.channel()
    inviting.announce()

    def cancel(why: str) -> int:
        return inviting.operate(
            lambda session: cancel_webinar(session, "reports", why=why, author=AUTHOR, now=SOON)
        ).facts.sequence

    with pytest.raises(NoReasonError):
        cancel(" ")
    [posted] = inviting.sent(INVITATION_KIND)
    inviting.operate(lambda session: session.get_one(Outgoing, posted.id).sqlmodel_update({"state": "sent"}))
    assert [cancel("Ill"), cancel("Ill")] == [1, 1]
    assert len(inviting.sent(INVITATION_CHANGED_KIND)) == 1


def test_more_seats_move_as_many_and_fewer_throw_nobody_out(inviting: Inviting) -> None:
    names = ("ania", "jan", "ewa", "ola")
    inviting.people(*names)
    inviting.announce(seats=1)
    for who in names:
        inviting.answer(who)

    def edit(seats: int) -> int:
        inviting.operate(
            lambda session: edit_webinar(session, "reports", WebinarEdit(seats=seats), author=AUTHOR, now=NOW)
        )
        return len(inviting.promote())

    assert (edit(3), edit(1), edit(0)) == (2, 0, 1)
    assert inviting.row().seats_taken == 4


def test_what_is_over_is_not_changed_and_its_invitation_is_closed_once(inviting: Inviting) -> None:
    inviting.people("ania")
    inviting.channel()
    inviting.announce()
    over = START + dt.timedelta(hours=1)
    for changed in (1, 0):
        assert changed == inviting.operate(lambda session: advance_webinars(session, now=over))
    assert len(inviting.sent(INVITATION_CHANGED_KIND)) == 1
    with pytest.raises(WrongStateError):
        inviting.operate(
            lambda session: edit_webinar(session, "reports", WebinarEdit(seats=3), author=AUTHOR, now=over)
        )


def test_afterwards_the_organizer_is_asked_and_the_recording_goes_to_who_is_to_have_it(inviting: Inviting) -> None:
    ania, jan, _ = inviting.people("ania", "jan", "ewa")
    inviting.manager("ola")
    inviting.announce(organizer="Ola@orbit.example", accounts=["northwind"])
    inviting.answer("ania")
    inviting.answer("jan", "declined", wants_recording=True)
    inviting.answer("ewa", "declined")
    later = START + dt.timedelta(minutes=30) + AFTER_END
    inviting.operate(lambda session: due_webinar_messages(session, now=later))
    [question] = inviting.sent(REPORT_KIND, None)
    notice = inviting.look(lambda session: organizer_notice(session, as_claimed(question), later))
    assert isinstance(notice, OrganizerNotice)
    assert (notice.wants_report, [(each.invited, each.going) for each in notice.accounts]) == (True, [(3, 1)])
    inviting.operate(lambda session: set_recording(session, "reports", LINK, author=AUTHOR, now=later))
    for _ in range(2):
        inviting.operate(lambda session: due_webinar_messages(session, now=later))
    assert [row.person_id for row in inviting.sent(RECORDING_KIND)] == [ania, jan]
    # 17:30 in Warsaw is loud; nobody is thanked before attendance is applied.
    assert {row.due_at for row in inviting.sent(RECORDING_KIND)} == {later}
    assert inviting.sent(THANKS_KIND) == []


def test_lists_show_names_to_whose_accounts_they_are_and_numbers_of_others(inviting: Inviting) -> None:
    ania, _ = inviting.people("ania", "jan")
    inviting.people("tom", key="fulton")
    inviting.announce()
    inviting.answer("ania")
    inviting.answer("tom", account="fulton")
    account_id = inviting.account_id()
    shown = inviting.look(lambda session: webinar_shown(session, "reports", own={account_id}, now=NOW))
    assert ([guest.external_id for guest in shown.guests], shown.total("going")) == (["ania"], 2)
    mine = inviting.database.read({account_id}, lambda session: member_webinars(session, account_id, ania, now=NOW))
    assert ([each.facts.key for each in mine.mine], mine.open, mine.past) == (["reports"], (), ())
    assert len(inviting.look(lambda session: webinars_listed(session, account_id=account_id, now=NOW))) == 1


def test_a_request_for_a_training_reaches_the_managers_once_a_day(inviting: Inviting) -> None:
    [ania] = inviting.people("ania")
    inviting.manager("ola")
    account_id = inviting.account_id()
    for _ in range(2):
        told = inviting.database.write(
            {account_id},
            lambda session: ask_for_training(
                session, account_id, ania, topic="Reports", wish="In the morning", now=NOW
            ),
        )
        assert told == 1
    [row] = inviting.sent(TRAINING_KIND)
    notice = inviting.look(lambda session: training_notice(session, as_claimed(row), NOW))
    assert isinstance(notice, TrainingNotice)
    assert (notice.topic, notice.wish, notice.uses) == ("Reports", "In the morning", ("Worked",))
