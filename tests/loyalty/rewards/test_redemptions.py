"""Redeeming: what moves at each step, and what is refused before anything did."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import Session

from loyalty.programme import RewardLimit
from loyalty.rewards import redemptions
from loyalty.rewards.errors import (
    AlreadyDecidedError,
    CannotPayError,
    CannotSeeError,
    LimitReachedError,
    NoDeclineReasonError,
    NoSuchRedemptionError,
    NotApprovedError,
    NotEligibleError,
    OwnRequestError,
    PriceChangedError,
    RanOutError,
    RewardError,
    WithdrawnError,
)
from loyalty.rewards.redemption_queries import own_redemptions, pending_redemptions
from loyalty.rewards.redemptions import approve, cancel, decline, fulfil
from storage.database import OPERATOR
from tests.support.redemptions import PROGRAMME, TODAY, Redeeming
from tests.support.usage import NOW

LATER = NOW + dt.timedelta(days=1)


@pytest.fixture
def ewa(redeeming: Redeeming) -> str:
    """Northwind's account manager. In both clients there is an Ania with 1,000 points, and a pool with 1,000."""
    for key in ("northwind", "fulton"):
        redeeming.member(key=key, points=1000)
        redeeming.pool(1000, key)
    redeeming.manager("fay", "fulton", user_id="U_FAY")
    return redeeming.manager()


def untouched(redeeming: Redeeming) -> None:
    """Assert that Fulton has what it had, and that everything holds."""
    assert redeeming.balances("fulton") == {"ania": 1000, "pool": 1000}
    assert redeeming.states("fulton") == []
    assert redeeming.said("fulton") == []
    redeeming.holds()


def refused(redeeming: Redeeming, error: type[RewardError], do: Callable[..., Any], *args: Any, **given: Any) -> Any:
    """Return the error with which something is refused; nothing moved."""

    def facts() -> object:
        rows = [(row.key, row.state) for key in ("northwind", "fulton") for row in redeeming.said(key)]
        stock = {reward: redeeming.taken(reward) for reward in ("course", "report", "swag", "workshop")}
        return redeeming.balances(), redeeming.balances("fulton"), redeeming.states(), redeeming.audited(), rows, stock

    before = facts()
    with pytest.raises(error) as caught:
        do(*args, **given)
    assert (type(caught.value), facts()) == (error, before)
    redeeming.holds()
    return caught.value


def test_a_request_holds_its_points_until_they_are_spent(redeeming: Redeeming, ewa: str) -> None:
    asked = redeeming.ask("course")
    assert (asked.state, asked.points, asked.paid_by, asked.gift) == ("requested", 400, "person", False)
    assert (asked.requested_at, asked.wait_until) == (NOW, NOW + dt.timedelta(days=14))
    assert (asked.reward and asked.reward.name.get("pl"), asked.by) == ("Kurs analityki", None)
    assert redeeming.balances() == {"ania": 600, "ania held": 400, "pool": 1000}
    assert redeeming.taken("course") == 1

    approved = redeeming.decide(approve, asked.id, now=LATER, by=ewa)
    assert (approved.state, approved.decided_at, approved.by, approved.automatic) == ("approved", LATER, "Ewa", False)
    assert redeeming.balances() == {"ania": 600, "ania held": 400, "pool": 1000}

    fulfilled = redeeming.decide(fulfil, asked.id, now=LATER, by=ewa)
    assert (fulfilled.state, fulfilled.settled_at, fulfilled.by) == ("fulfilled", LATER, "Ewa")
    assert redeeming.balances() == {"ania": 600, "pool": 1000}
    assert redeeming.taken("course") == 1
    assert redeeming.audited() == [
        (ewa, "redemption.approved", {"redemption": asked.id}),
        (ewa, "redemption.fulfilled", {"redemption": asked.id}),
    ]
    assert [(t.kind, t.points, t.author) for t in redeeming.transfers()[2:]] == [
        ("hold", 400, "person:0"),
        ("capture", 400, ewa),
    ]
    untouched(redeeming)


@pytest.mark.parametrize("reward", ["course", "workshop"])
def test_what_is_declined_is_given_back_whole(redeeming: Redeeming, ewa: str, reward: str) -> None:
    asked = redeeming.ask(reward, who=_champion(redeeming))
    assert redeeming.balances() != {"ania": 1000, "jan": 1000, "pool": 1000}
    declined = redeeming.decide(decline, asked.id, now=LATER, by=ewa, words=" March is full. ")
    assert (declined.state, declined.words, declined.by, declined.decided_at, declined.settled_at) == (
        "declined",
        "March is full.",
        "Ewa",
        LATER,
        LATER,
    )
    assert redeeming.balances() == {"ania": 1000, "jan": 1000, "pool": 1000}
    assert redeeming.taken(reward) == 0
    assert redeeming.audited() == [(ewa, "redemption.declined", {"redemption": asked.id})]
    untouched(redeeming)


def test_whoever_asked_may_take_it_back_while_it_waits(redeeming: Redeeming, ewa: str) -> None:
    ania = redeeming.person("ania")
    asked = redeeming.ask("course")
    cancelled = redeeming.decide(cancel, asked.id, person_id=ania)
    assert (cancelled.state, redeeming.balances(), redeeming.taken("course")) == (
        "cancelled",
        {"ania": 1000, "pool": 1000},
        0,
    )
    # A second press finds it so.
    assert redeeming.decide(cancel, asked.id, person_id=ania) == cancelled
    assert redeeming.audited() == [(f"person:{ania}", "redemption.cancelled", {"redemption": asked.id})]
    approved = redeeming.ask("course")
    redeeming.decide(approve, approved.id, by=ewa)
    error = refused(redeeming, AlreadyDecidedError, redeeming.decide, cancel, approved.id, person_id=ania)
    assert (error.state, error.by) == ("approved", ewa)
    untouched(redeeming)


def test_a_request_that_waited_too_long_expires(redeeming: Redeeming, ewa: str) -> None:
    first, approved = redeeming.ask("course"), redeeming.ask("course")
    redeeming.decide(approve, approved.id, by=ewa)
    fulton = redeeming.ask("workshop", redeeming_champion := _champion(redeeming, "fulton"), "fulton")
    assert redeeming_champion == "jan"
    end = NOW + dt.timedelta(days=14)
    account_id = redeeming.account_id()

    def due(now: dt.datetime) -> tuple[int, ...]:
        return redeeming.database.read(OPERATOR, lambda session: redemptions.accounts_due(session, now=now))

    def expire(now: dt.datetime) -> int:
        return redeeming.database.write({account_id}, lambda s: redemptions.expire_due(s, account_id, now=now))

    early = end - dt.timedelta(seconds=1)
    assert (due(early), expire(early), redeeming.states()) == ((), 0, ["requested", "approved"])
    assert due(end) == (account_id, redeeming.account_id("fulton"))
    assert (expire(end), expire(end)) == (1, 0)
    assert due(end) == (redeeming.account_id("fulton"),)
    assert redeeming.states() == ["expired", "approved"]
    assert redeeming.states("fulton") == ["requested"]
    assert redeeming.balances() == {"ania": 600, "ania held": 400, "pool": 1000}
    assert redeeming.taken("course") == 1
    assert redeeming.audited()[1:] == [("programme", "redemption.expired", {"redemption": first.id})]
    error = refused(redeeming, AlreadyDecidedError, redeeming.decide, approve, first.id, by=ewa)
    assert (error.state, error.by, fulton.state) == ("expired", "programme", "requested")


def test_up_to_a_cost_it_approves_itself(redeeming: Redeeming, ewa: str) -> None:
    swag, report = redeeming.ask("swag"), redeeming.ask("report")
    assert (swag.state, swag.automatic, swag.by, swag.decided_at) == ("approved", True, None, NOW)
    # Up to and including; and what is fulfilled at once is spent at once.
    assert (report.state, report.automatic, report.settled_at) == ("fulfilled", True, NOW)
    assert redeeming.balances() == {"ania": 850, "ania held": 50, "pool": 1000}
    redeeming.own_terms("report", {"cost": 101})
    dearer = redeeming.ask("report")
    assert (dearer.state, dearer.points) == ("requested", 101)
    done = redeeming.decide(approve, dearer.id, by=ewa)
    assert (done.state, done.automatic, done.by) == ("fulfilled", False, "Ewa")
    assert redeeming.balances() == {"ania": 749, "ania held": 50, "pool": 1000}
    assert redeeming.ask("report", account="fulton").points == 100
    redeeming.holds()


def test_the_pool_pays_what_is_for_all(redeeming: Redeeming, ewa: str) -> None:
    jan = _champion(redeeming)
    asked = redeeming.ask("workshop", jan)
    assert redeeming.balances() == {"ania": 1000, "jan": 1000, "pool": 700, "pool held": 300}
    hold = redeeming.transfers()[-1]
    assert (hold.kind, hold.person_id) == ("hold", redeeming.person(jan))
    redeeming.decide(approve, asked.id, by=ewa)
    redeeming.decide(fulfil, asked.id, by=ewa)
    assert redeeming.balances() == {"ania": 1000, "jan": 1000, "pool": 700}
    again = [redeeming.ask("workshop", jan), redeeming.ask("workshop", jan)]
    error = refused(redeeming, CannotPayError, redeeming.ask, "workshop", jan)
    assert (error.to_go, [one.state for one in again]) == (200, ["requested", "requested"])
    untouched(redeeming)


def test_the_same_press_twice_is_one_redemption(redeeming: Redeeming, ewa: str) -> None:
    first = redeeming.ask("course", key="V1")
    assert redeeming.ask("course", key="V1") == first
    assert redeeming.ask("course", key="V2").id != first.id
    redeeming.decide(decline, first.id, by=ewa, words="Not now")
    assert redeeming.ask("course", key="V1").state == "declined"
    # A press is one's own: the same id under another's hand is another request.
    redeeming.member("jan", points=400)
    assert redeeming.ask("course", "jan", key="V1").state == "requested"
    assert redeeming.balances() == {"ania": 600, "ania held": 400, "jan held": 400, "pool": 1000}
    untouched(redeeming)


def test_two_managers_at_once_make_one_decision(redeeming: Redeeming, ewa: str) -> None:
    olek = redeeming.manager("olek")
    asked = redeeming.ask("course")
    redeeming.decide(approve, asked.id, by=ewa)
    for verb, words in ((approve, {}), (decline, {"words": "No room"})):
        error = refused(
            redeeming,
            AlreadyDecidedError,
            redeeming.decide,
            verb,
            asked.id,
            by=olek,
            **words,
        )
        assert (error.state, error.by) == ("approved", ewa)
    # The same one again, by a double click, is told how it stands.
    assert redeeming.decide(approve, asked.id, by=ewa).state == "approved"
    done = redeeming.decide(fulfil, asked.id, by=olek)
    assert redeeming.decide(fulfil, asked.id, by=olek) == done
    error = refused(redeeming, AlreadyDecidedError, redeeming.decide, fulfil, asked.id, by=ewa)
    assert (error.state, error.by) == ("fulfilled", olek)
    assert [author for author, _, _ in redeeming.audited()] == [ewa, olek]


def test_a_decline_says_why(redeeming: Redeeming, ewa: str) -> None:
    asked = redeeming.ask("course")
    for words in ("", "  \n", "x" * 501):
        refused(
            redeeming,
            NoDeclineReasonError,
            redeeming.decide,
            decline,
            asked.id,
            by=ewa,
            words=words,
        )
    declined = redeeming.decide(decline, asked.id, by=ewa, words="x" * 500)
    assert redeeming.decide(decline, asked.id, by=ewa, words="y") == declined


def test_what_is_not_approved_cannot_be_handed_over(redeeming: Redeeming, ewa: str) -> None:
    asked = redeeming.ask("course")
    refused(redeeming, NotApprovedError, redeeming.decide, fulfil, asked.id, by=ewa)


@pytest.mark.parametrize("own", [{"user_id": "U_ANIA"}, {"email": "ania@northwind.example"}])
def test_nobody_decides_what_they_asked_for(redeeming: Redeeming, ewa: str, own: dict[str, str]) -> None:
    ania = redeeming.member(email="ania@northwind.example")
    herself = redeeming.manager("hers", **own)
    asked = redeeming.ask("course")
    for by in (herself, f"person:{ania}"):
        for verb, words in ((approve, {}), (decline, {"words": "No"}), (fulfil, {})):
            refused(
                redeeming,
                OwnRequestError,
                redeeming.decide,
                verb,
                asked.id,
                by=by,
                **words,
            )
    refused(redeeming, OwnRequestError, redeeming.give, "report", "ania", herself)
    # The same Slack id in another workspace is somebody else.
    stranger = redeeming.manager("far", user_id="U_ANIA", team_id="T2")
    assert redeeming.decide(approve, asked.id, by=stranger).state == "approved"


def test_anothers_request_is_none(redeeming: Redeeming, ewa: str) -> None:
    jan = redeeming.member("jan", points=400)
    asked = redeeming.ask("course")
    refused(redeeming, NoSuchRedemptionError, redeeming.decide, cancel, asked.id, person_id=jan)
    for verb, given in ((approve, {"by": ewa}), (cancel, {"person_id": redeeming.person("ania", "fulton")})):
        refused(
            redeeming,
            NoSuchRedemptionError,
            redeeming.decide,
            verb,
            asked.id,
            "fulton",
            **given,
        )


@pytest.mark.parametrize(
    "facts", [{"staff": True}, {"excluded": True}, {"left_at": NOW}, {"erased_at": NOW}], ids=lambda facts: min(facts)
)
def test_who_is_none_of_the_accounts_people_redeems_nothing(
    redeeming: Redeeming, ewa: str, facts: dict[str, Any]
) -> None:
    redeeming.member(**facts)
    refused(redeeming, NotEligibleError, redeeming.ask, "swag")
    refused(redeeming, NotEligibleError, redeeming.give, "swag", "ania", ewa)


def test_who_has_not_joined_redeems_nothing(redeeming: Redeeming, ewa: str) -> None:
    redeeming.use("Worked", by="jan", n=1000)
    refused(redeeming, NotEligibleError, redeeming.ask, "swag", "jan")
    untouched(redeeming)


def test_each_refusal_has_its_own_reason(redeeming: Redeeming, ewa: str) -> None:
    refused(redeeming, CannotSeeError, redeeming.ask, "nothing")
    refused(redeeming, CannotSeeError, redeeming.ask, "workshop")  # there, but not for a user
    refused(redeeming, CannotSeeError, redeeming.ask, "workshop", seen_cost=300)
    refused(redeeming, WithdrawnError, redeeming.ask, "nothing", seen_cost=100)  # it left the file since they looked
    error = refused(redeeming, PriceChangedError, redeeming.ask, "course", seen_cost=399)
    assert (error.seen, error.cost) == (399, 400)
    redeeming.ask("swag")
    error = refused(redeeming, LimitReachedError, redeeming.ask, "swag")
    assert error.again == dt.date(2026, 4, 1)
    redeeming.ask("course", seen_cost=400)
    redeeming.member("jan", points=399)
    error = refused(redeeming, CannotPayError, redeeming.ask, "course", who="jan")
    assert error.to_go == 1
    redeeming.ask("course")
    refused(redeeming, RanOutError, redeeming.ask, "course", who="jan")
    redeeming.set_stock("course", withdrawn=True)
    refused(redeeming, WithdrawnError, redeeming.ask, "course", who="jan")
    # A withdrawn reward stays promised to whom it was promised.
    [latest, *_] = redeeming.within(own_redemptions, person_id=redeeming.person("ania"))
    assert redeeming.decide(approve, latest.id, by=ewa).state == "approved"
    untouched(redeeming)


def test_what_comes_to_nothing_gives_its_room_back(redeeming: Redeeming, ewa: str) -> None:
    redeeming.under(PROGRAMME.replace("approval: {above: 60},", ""))
    redeeming.set_stock("swag", total=1)
    ania = redeeming.person("ania")
    ends: list[tuple[Any, dict[str, Any]]] = [(decline, {"by": ewa, "words": "No"}), (cancel, {"person_id": ania})]
    for verb, given in ends:
        asked = redeeming.ask("swag")
        refused(redeeming, LimitReachedError, redeeming.ask, "swag")
        redeeming.decide(verb, asked.id, **given)
        assert redeeming.taken("swag") == 0
    kept = redeeming.ask("swag")
    redeeming.decide(approve, kept.id, by=ewa)
    redeeming.decide(fulfil, kept.id, by=ewa)
    refused(redeeming, LimitReachedError, redeeming.ask, "swag")
    refused(redeeming, RanOutError, redeeming.ask, "swag", account="fulton")
    untouched(redeeming)


@pytest.mark.parametrize(
    ("per", "again"),
    [
        ("day", dt.date(2026, 3, 21)),
        ("week", dt.date(2026, 3, 23)),
        ("month", dt.date(2026, 4, 1)),
        ("quarter", dt.date(2026, 4, 1)),
        ("year", dt.date(2027, 1, 1)),
        ("ever", None),
    ],
)
def test_a_limit_counts_in_its_local_calendar_period(
    redeeming: Redeeming, ewa: str, per: Any, again: dt.date | None
) -> None:
    limit = RewardLimit(times=2, per=per).model_dump()
    redeeming.own_terms("swag", {"limit": limit})
    for _ in range(2):
        redeeming.ask("swag")
    error = refused(redeeming, LimitReachedError, redeeming.ask, "swag")
    assert error.again == again
    if again is not None:
        last = again - dt.timedelta(days=1)
        refused(redeeming, LimitReachedError, redeeming.ask, "swag", today=last)
        assert redeeming.ask("swag", today=again).state == "approved"
    assert redeeming.ask("swag", account="fulton").state == "approved"


def test_weeks_of_a_limit_begin_as_the_programme_says(redeeming: Redeeming) -> None:
    sundays = PROGRAMME.replace("week_starts: monday", "week_starts: sunday").replace("per: month", "per: week")
    redeeming.under(sundays)
    redeeming.member(points=1000)
    redeeming.ask("swag")
    error = refused(redeeming, LimitReachedError, redeeming.ask, "swag")
    assert error.again == dt.date(2026, 3, 22)


def test_a_gift_takes_stock_but_neither_points_nor_room(redeeming: Redeeming, ewa: str) -> None:
    gift = redeeming.give("swag", "ania", ewa, words="For the workshop")
    assert (gift.state, gift.points, gift.gift, gift.by, gift.words) == ("approved", 0, True, "Ewa", "For the workshop")
    assert redeeming.give("report", "ania", ewa).state == "fulfilled"
    # What the person does not see may be given them.
    assert redeeming.give("workshop", "ania", ewa).state == "approved"
    assert redeeming.balances() == {"ania": 1000, "pool": 1000}
    assert (redeeming.taken("swag"), redeeming.taken("report")) == (1, 1)
    assert redeeming.ask("swag").state == "approved"
    assert redeeming.decide(fulfil, gift.id, by=ewa).state == "fulfilled"
    assert redeeming.give("swag", "ania", ewa, key="once") == redeeming.give("swag", "ania", ewa, key="once")
    redeeming.set_stock("swag", total=3)
    refused(redeeming, RanOutError, redeeming.give, "swag", "ania", ewa)
    redeeming.set_stock("swag", withdrawn=True)
    refused(redeeming, WithdrawnError, redeeming.give, "swag", "ania", ewa)
    refused(redeeming, CannotSeeError, redeeming.give, "nothing", "ania", ewa)
    untouched(redeeming)


def test_an_account_has_its_own_rewards_and_stock(redeeming: Redeeming, ewa: str) -> None:
    visit = {"key": "visit", "kind": "consulting", "name": "A visit", "worth": "Time with us", "cost": 10, "value": 1}
    redeeming.own_terms("visit", visit, total=1)
    asked = redeeming.ask("visit")
    assert (asked.own, asked.reward and str(asked.reward.name)) == (True, "A visit")
    refused(redeeming, RanOutError, redeeming.ask, "visit")
    refused(redeeming, CannotSeeError, redeeming.ask, "visit", account="fulton")
    redeeming.decide(decline, asked.id, by=ewa, words="No")
    assert redeeming.ask("visit").state == "requested"
    untouched(redeeming)


def test_what_was_promised_stays_whatever_the_file_says_later(redeeming: Redeeming, ewa: str) -> None:
    asked = redeeming.ask("course")
    redeeming.under(PROGRAMME.replace("cost: 400", "cost: 450").replace("Analytics course", "Data course"))
    assert redeeming.decide(approve, asked.id, by=ewa).points == 400
    [state] = redeeming.within(own_redemptions, person_id=redeeming.person("ania"))
    assert str(state.reward and state.reward.name) == "Analytics course"
    assert redeeming.ask("course", seen_cost=450).points == 450


def test_whoever_decides_sees_what_is_needed(redeeming: Redeeming, ewa: str) -> None:
    redeeming.member("jan", points=450, name="Jan Lis", role="manager")
    done = [redeeming.ask("report"), redeeming.ask("swag")]
    asked = redeeming.ask("course")
    team = redeeming.ask("workshop", "jan")
    found = redeeming.within(pending_redemptions)
    assert [(one.redemption.id, one.person, one.role, one.balance, one.left) for one in found] == [
        (done[1].id, "ania", "user", 450, None),
        (asked.id, "ania", "user", 450, 1),
        (team.id, "Jan Lis", "manager", 700, None),
    ]
    assert [[each.id for each in one.before] for one in found] == [[done[0].id], [done[1].id, done[0].id], []]
    assert redeeming.within(pending_redemptions, "fulton") == ()
    assert redeeming.within(own_redemptions, "fulton", person_id=redeeming.person("ania", "fulton")) == ()
    assert [one.id for one in redeeming.within(own_redemptions, person_id=redeeming.person("ania"), limit=2)] == [
        asked.id,
        done[1].id,
    ]


def test_a_verb_that_runs_again_after_a_deadlock_does_it_once(redeeming: Redeeming, ewa: str) -> None:
    """What is refused within a transaction leaves nothing of the attempt in it either."""
    posting = redeeming.as_author("northwind", "person:1")
    jan = redeeming.member("jan", points=10)

    def attempt(session: Session) -> None:
        facts: dict[str, Any] = {"person_id": jan, "key": "x", "today": TODAY}
        for reward, error in (("course", CannotPayError), ("workshop", CannotSeeError)):
            with pytest.raises(error):
                redemptions.redeem(session, posting, reward=reward, **facts)

    redeeming.database.write({posting.account_id}, attempt)
    assert (redeeming.states(), redeeming.taken("course"), redeeming.said()) == ([], 0, [])
    redeeming.holds()


def _champion(redeeming: Redeeming, key: str = "northwind") -> str:
    redeeming.member("jan", key, points=1000, role="champion")
    return "jan"
