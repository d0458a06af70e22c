"""Answers, seats and the waitlist, one after another."""

import datetime as dt

import pytest

from loyalty.webinars.details import AudienceSpec, RsvpState
from loyalty.webinars.errors import (
    NoSuchWebinarError,
    NotInvitedToWebinarError,
    WebinarOverError,
)
from loyalty.webinars.invite import withdraw_account
from loyalty.webinars.outbox.kinds import CHANGE_KIND, OFFER_KIND, SEAT_KIND
from loyalty.webinars.overview.queries import member_webinar
from loyalty.webinars.rsvp.rsvp import drop_answers
from loyalty.webinars.rsvp.waitlist import give_seat, waitlist_state, waitlists_to_promote
from tests.loyalty.webinars.builders import AUTHOR, Inviting
from tests.support.usage import NOW

LATE = dt.datetime(2026, 3, 24, 3, 0, tzinfo=dt.UTC)
"""Eleven hours before the start."""


def test_going_takes_a_seat_once_and_maybe_gives_it_back(inviting: Inviting) -> None:
    inviting.people("ania")
    inviting.announce(seats=10)
    assert inviting.answer("ania") == inviting.answer("ania") == RsvpState(answer="going")
    assert inviting.row().seats_taken == 1
    assert inviting.answer("ania", "maybe", wants_recording=True) == RsvpState(answer="maybe", wants_recording=True)
    assert inviting.answer("ania", None, other_time=True).answer == "maybe"
    assert inviting.row().seats_taken == 0


def test_who_finds_it_full_waits_in_order_across_accounts(inviting: Inviting) -> None:
    inviting.people("ania", "jan")
    inviting.people("tom", key="fulton")
    inviting.announce(seats=1)
    inviting.answer("ania")
    assert inviting.answer("tom", account="fulton") == RsvpState(answer="waitlisted", is_next=True)
    # Of two accounts nobody is told a place: it would tell that somebody else is before them.
    assert inviting.answer("jan") == RsvpState(answer="waitlisted")
    assert inviting.answer("ania", "declined").frees_seat
    assert inviting.promote() == [inviting.person("tom", "fulton")]
    assert inviting.promote() == []
    assert inviting.answer("ania") == RsvpState(answer="waitlisted")
    assert inviting.row().waitlist == [2, 3]
    assert len(inviting.sent(SEAT_KIND, "fulton")) == 1


def test_ones_place_is_told_where_one_account_is_invited(inviting: Inviting) -> None:
    inviting.people("ania", "jan", "ewa")
    inviting.announce(accounts=["northwind"], seats=1)
    states = [inviting.answer(who) for who in ("ania", "jan", "ewa")]
    assert [state.place for state in states] == [None, 1, 2]


def test_a_newcomer_does_not_pass_those_who_wait_for_a_seat_that_is_free(inviting: Inviting) -> None:
    inviting.people("ania", "jan", "ewa")
    inviting.announce(seats=1)
    for who in ("ania", "jan"):
        inviting.answer(who)
    inviting.answer("ania", "declined")
    assert inviting.answer("ewa").answer == "waitlisted"
    assert inviting.promote() == [inviting.person("jan")]


def test_a_seat_that_came_and_is_declined_is_not_offered_again(inviting: Inviting) -> None:
    inviting.people("ania", "jan", "ewa")
    inviting.announce(seats=1)
    for who in ("ania", "jan", "ewa"):
        inviting.answer(who)
    inviting.answer("ania", "declined")
    inviting.promote()
    inviting.answer("jan", "declined")
    assert inviting.promote() == [inviting.person("ewa")]
    inviting.answer("ewa", "declined")
    assert (inviting.promote(), waitlisted(inviting)) == ([], 0)


def waitlisted(inviting: Inviting) -> int:
    return inviting.look(lambda session: waitlist_state(session, "reports", now=NOW)).waiting


def test_whoever_left_meanwhile_is_passed_over(inviting: Inviting) -> None:
    inviting.people("ania", "jan", "ewa")
    inviting.announce(seats=1)
    for who in ("ania", "jan", "ewa"):
        inviting.answer(who)
    inviting.member("jan", points=1, left_at=NOW)
    inviting.answer("ania", "declined")
    assert inviting.promote() == [inviting.person("ewa")]
    assert inviting.row().waitlist == []


def test_near_the_start_a_free_seat_is_offered_to_all_once_and_the_first_press_has_it(inviting: Inviting) -> None:
    inviting.people("ania", "jan", "ewa")
    inviting.announce(accounts=["northwind"], seats=1)
    for who in ("ania", "jan", "ewa"):
        inviting.answer(who)
    assert inviting.answer("ania", "declined", now=LATE).frees_seat
    assert inviting.promote(now=LATE) == inviting.promote(now=LATE) == []
    assert len(inviting.sent(OFFER_KIND)) == 2
    assert inviting.look(lambda session: waitlist_state(session, "reports", now=LATE)).why == "too_late"
    assert inviting.answer("ewa", now=LATE) == RsvpState(answer="going")
    assert inviting.answer("jan", now=LATE).answer == "waitlisted"
    assert inviting.row().seats_taken == 1
    # Another seat that comes free is offered again, to whoever still waits.
    inviting.answer("ewa", "declined", now=LATE)
    inviting.promote(now=LATE)
    assert [row.person_id for row in inviting.sent(OFFER_KIND)][2:] == [inviting.person("jan")]


def test_a_seat_by_hand_counts_in_also_beyond_and_the_list_waits(inviting: Inviting) -> None:
    inviting.people("ania", "jan", "ewa")
    inviting.announce(seats=1)
    for who in ("ania", "jan"):
        inviting.answer(who)
    account_id, ewa = inviting.account_id(), inviting.person("ewa")
    inviting.database.write(
        {account_id}, lambda session: give_seat(session, account_id, "reports", ewa, author=AUTHOR, now=NOW)
    )
    assert inviting.row().seats_taken == 2
    inviting.answer("ania", "declined")
    assert inviting.promote() == []
    inviting.answer("ewa", "declined")
    assert inviting.look(lambda session: waitlists_to_promote(session, now=NOW)) == ("reports",)
    assert inviting.promote() == [inviting.person("jan")]


def test_who_is_not_invited_or_comes_too_late_is_refused_and_nothing_moves(inviting: Inviting) -> None:
    inviting.people("ania")
    inviting.people("tom", key="fulton")
    inviting.create(seats=1)
    with pytest.raises(NoSuchWebinarError):
        inviting.answer("ania")
    inviting.announce("other", accounts=["northwind"])
    with pytest.raises(NotInvitedToWebinarError):
        inviting.answer("tom", account="fulton", webinar="other")
    with pytest.raises(WebinarOverError):
        inviting.answer("ania", webinar="other", now=NOW + dt.timedelta(days=30))
    assert set(inviting.answers(webinar="other").values()) == {None}


def test_a_withdrawn_account_gives_its_seats_back_and_is_told(inviting: Inviting) -> None:
    inviting.people("ania")
    inviting.people("tom", key="fulton")
    inviting.announce(seats=1)
    inviting.answer("ania")
    inviting.answer("tom", account="fulton")
    account_id = inviting.account_id()
    taken = inviting.database.write(
        {account_id}, lambda session: withdraw_account(session, account_id, "reports", author=AUTHOR, now=NOW)
    )
    assert (taken, inviting.row().seats_taken, inviting.row().accounts) == (True, 0, 1)
    assert [row.subject["changed"] for row in inviting.sent(CHANGE_KIND)] == [["withdrawn"]]
    assert inviting.promote() == [inviting.person("tom", "fulton")]


def test_answers_of_somebody_forgotten_go_and_free_their_seat(inviting: Inviting) -> None:
    inviting.people("ania")
    inviting.people("tom", key="fulton")
    inviting.announce(seats=1)
    inviting.answer("ania")
    inviting.answer("tom", account="fulton")
    account_id, ania = inviting.account_id(), inviting.person("ania")
    freed = inviting.database.write({account_id}, lambda session: drop_answers(session, account_id, ania))
    assert (freed, inviting.answers()) == (("reports",), {})
    assert inviting.promote() == [inviting.person("tom", "fulton")]


def test_a_part_of_an_account_is_invited_by_direct_message_and_stays_so(inviting: Inviting) -> None:
    inviting.people("ania", role="champion")
    inviting.people("jan")
    inviting.announce(accounts=["northwind"], audience=AudienceSpec(roles=("champion",), reach="direct"))
    with pytest.raises(NotInvitedToWebinarError):
        inviting.answer("jan")
    inviting.member("ania", points=1, role="user")
    assert inviting.answer("ania").answer == "going"
    account_id, ania = inviting.account_id(), inviting.person("ania")
    seen = inviting.database.read(
        {account_id}, lambda session: member_webinar(session, account_id, "reports", ania, now=NOW)
    )
    assert (seen.facts.seats_shown, seen.rsvp.answer) == ("free", "going")
