"""The outbox's way to Slack: nothing lost, nothing said twice unseen."""

import datetime as dt
import threading
import time
from collections.abc import Iterator
from itertools import count, pairwise
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.delivery import sender
from bot.delivery.clients import Clients
from bot.delivery.rate_limits import RateLimiter
from bot.delivery.sender import Kind, Sender
from bot.delivery.settle import backoff, settle
from bot.delivery.workers import Delivery
from handlers.slack.files import MAX_READY_CHECKS, Drawing
from loyalty.recognition import shoutouts
from loyalty.recognition.shoutouts import ShoutoutFacts
from messages.kit.blocks import Message as Said
from storage import outbox, outbox_recovery
from storage.database import OPERATOR, Database
from storage.outbox import Claimed, Drop, Later, OutboxMessage, Workspace
from storage.tables import Outgoing, Person
from tests.support.milestones import TEAM, Celebrating, celebrating
from tests.support.slack_answers import Slack, local_slack
from tests.support.two_clients import NOW, TwoClients

DAY = dt.timedelta(days=1)
HERE = Workspace("", TEAM)
DEAD = "the sender stopped before it wrote down Slack's answer"


class Time:
    """A time of day that moves only when told."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


def say_shoutout(facts: ShoutoutFacts, _file_id: str | None) -> Said:
    text = f"{facts.account}: " + ", ".join(f"{one.name} {one.milestone}" for one in facts.shoutouts)
    return Said(text, ({"type": "section", "text": {"type": "mrkdwn", "text": text}},))


def note_facts(_session: Any, claimed: Claimed, now: dt.datetime) -> Any:
    subject = claimed.message.subject
    if "drop" in subject:
        return Drop(subject["drop"])
    if "later" in subject:
        return Later(now + dt.timedelta(hours=subject["later"]), "not yet")
    if "fail" in subject:
        raise LookupError("no such thing")
    return subject["say"]


def name_facts(session: Any, claimed: Claimed, _now: dt.datetime) -> Any:
    person = session.get_one(Person, (claimed.account_id, claimed.message.subject["person"]))
    return Drop("they left") if person.left_at else person.name


def change_facts(session: Any, claimed: Claimed, _now: dt.datetime) -> Any:
    place = outbox.posted(session, claimed.account_id, claimed.message.subject["of"])
    return (claimed.message.subject["say"], place) if place else Drop("it is not there")


def say_pictured(text: str, file_id: str | None) -> Said:
    return Said(text, ({"type": "image", "slack_file": {"id": file_id}},) if file_id else ())


KINDS = {
    "pictured": Kind(note_facts, say_pictured, lambda text: Drawing(text.encode(), "a.png", "A", "a picture")),
    "portrait": Kind(name_facts, say_pictured, lambda name: Drawing(name.encode(), "a.png", "A", name)),
    "shoutout": Kind(shoutouts.shoutout_facts, say_shoutout),
    "note": Kind(note_facts, lambda text, _: Said(text, ())),
    "change": Kind(change_facts, lambda facts, _: Said(facts[0], ()), replaces=lambda facts: facts[1]),
}


@pytest.fixture
def slack() -> Iterator[Slack]:
    with local_slack() as slack:
        yield slack


@pytest.fixture
def world(database: Database, two_clients: TwoClients) -> Celebrating:
    return celebrating(database, two_clients)


@pytest.fixture
def clock() -> Time:
    return Time()


def clients_of(slack: Slack) -> Clients:
    return Clients(lambda _: "xoxb-test", base_url=slack.url, timeout=1)


def delivery(world: Celebrating, slack: Slack, clock: Time, **rest: Any) -> Delivery:
    sender = Sender(world.database, rest.pop("clients", clients_of(slack)), KINDS, now=clock, sleep=lambda _: None)
    plain: dict[str, Any] = {"now": clock, "monotonic": time.monotonic, "workers": 3}
    return Delivery(world.database, sender, RateLimiter(rest.pop("ceiling", 1000.0)), **(plain | rest))


def run_until_quiet(it: Delivery) -> None:
    """Do all that may be done now, in this thread."""
    while it.step() == 0:
        pass


def note(key: str, **changes: Any) -> OutboxMessage:
    plain: dict[str, Any] = {
        "kind": "note",
        "category": "answer",
        "workspace": HERE,
        "user_id": f"U{key}",
        "subject": {"say": f"note {key}"},
        "due_at": NOW,
        "good_until": NOW + DAY,
    }
    return OutboxMessage(key=key, **(plain | changes))


def put(world: Celebrating, account_id: int, *messages: OutboxMessage) -> None:
    world.database.write({account_id}, lambda session: outbox.put_message(session, account_id, messages, now=NOW))


def rows(world: Celebrating) -> dict[str, tuple[str, str | None, str | None]]:
    """State, reason and ts of everything in the outbox, by account and key as Slack's metadata has them."""

    def read(session: Any) -> dict[str, tuple[str, str | None, str | None]]:
        found = session.execute(select(Outgoing).order_by(col(Outgoing.account_id), col(Outgoing.key))).scalars()
        return {f"{row.account_id}/{row.key}": (row.state, row.reason, row.ts) for row in found}

    return world.database.read(OPERATOR, read)


def due_at(world: Celebrating) -> dt.datetime:
    row: Outgoing = world.database.read(OPERATOR, lambda session: session.execute(select(Outgoing)).scalar_one())
    return row.due_at


def test_a_shoutout_goes_from_what_was_reached_to_the_accounts_channel(
    world: Celebrating, slack: Slack, clock: Time
) -> None:
    north, hanbit = world.clients.northwind, world.clients.hanbit
    world.join(north, "u1")
    world.join(hanbit, "u1")
    world.reach(north, ("u1", "steady"))
    world.reach(hanbit, ("u1", "steady"))  # evening in Seoul
    run_until_quiet(delivery(world, slack, clock))
    key = f"{north.id}/shoutouts/4/2026-03-10/first"
    assert slack.posts == [
        {
            "channel": "Cnorthwind",
            "text": "Northwind: Ania Nowak steady",
            "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "Northwind: Ania Nowak steady"}}],
            "metadata": {"event_type": "laurels_message", "event_payload": {"key": key}},
            "unfurl_links": False,
            "unfurl_media": False,
        }
    ]
    assert rows(world) == {
        key: ("sent", None, "1.000"),
        f"{hanbit.id}/shoutouts/4/2026-03-11/first": ("waiting", None, None),
    }
    clock.now = dt.datetime(2026, 3, 10, 23, tzinfo=dt.UTC)
    run_until_quiet(delivery(world, slack, clock))
    assert [post["text"] for post in slack.posts[1:]] == ["Hanbit: Jun Park steady"]


STRANGE = "with something else than its API does"
FAULTS: list[tuple[str, str, str]] = [
    ("429", "waiting", "too fast for Slack"),
    ("ratelimited", "waiting", "too fast for Slack"),
    ("team_added_to_org", "waiting", "team_added_to_org"),
    ("channel_not_found", "dropped", "channel_not_found"),
    ("is_archived", "dropped", "is_archived"),
    ("not_in_channel", "waiting", "not_in_channel"),
    ("account_inactive", "dropped", "account_inactive"),
    ("fatal_error", "unknown", "Slack answered 200, fatal_error"),
    ("500", "unknown", "Slack answered 500"),
    ("malformed", "unknown", f"Slack answered 200 {STRANGE}"),
    ("list", "unknown", f"Slack answered 200 {STRANGE}"),
    ("no_ts", "unknown", f"Slack answered 200 {STRANGE}"),
    ("slow", "unknown", "TimeoutError: timed out"),
    ("cut_before", "unknown", "RemoteDisconnected: Remote end closed connection without response"),
    ("cut_after", "unknown", "RemoteDisconnected: Remote end closed connection without response"),
]


@pytest.mark.parametrize("kind", ["shoutout", "note"])
@pytest.mark.parametrize(("fault", "state", "reason"), FAULTS)
def test_whatever_slack_does_nothing_is_lost_nor_said_twice_unseen(
    world: Celebrating, slack: Slack, clock: Time, fault: str, state: str, reason: str, kind: str
) -> None:
    north, hanbit = world.clients.northwind, world.clients.hanbit
    if kind == "shoutout":
        world.reach(north, (None, "together"))
    else:
        put(world, north.id, note("a"))
    put(world, hanbit.id, note("b", due_at=NOW + dt.timedelta(seconds=1)))
    (key,) = (key for key in rows(world) if key.startswith(f"{north.id}/"))
    slack.faults.append(fault)
    run_until_quiet(delivery(world, slack, clock))
    assert rows(world)[key] == (state, reason, None)
    before = slack.keys().count(key)
    assert before == (fault in {"500", "malformed", "list", "no_ts", "slow", "cut_after"})
    # A day on: whatever waited is said; what is unknown waits for the operator, and nobody else says it again.
    clock.now += dt.timedelta(hours=20) if kind == "note" else dt.timedelta(hours=2)
    run_until_quiet(delivery(world, slack, clock))
    assert rows(world)[key][0] == {"waiting": "sent"}.get(state, state)
    assert slack.keys().count(key) == before + (state == "waiting")
    assert rows(world)[f"{hanbit.id}/b"][0] == "sent"


def test_a_workspace_that_says_too_fast_is_left_alone_for_as_long_as_it_says(
    world: Celebrating, slack: Slack, clock: Time
) -> None:
    put(world, world.clients.northwind.id, note("a"))
    put(world, world.clients.hanbit.id, note("b", due_at=NOW + dt.timedelta(seconds=1)))
    ticking = [0.0]
    it = delivery(world, slack, clock, monotonic=lambda: ticking[0])
    slack.faults.append("429")
    clock.now += dt.timedelta(seconds=10)
    run_until_quiet(it)
    assert (slack.calls, slack.keys()) == (1, [])
    for second in range(1, 7):
        ticking[0] = float(second)
        run_until_quiet(it)
    assert slack.calls == 1
    ticking[0] = 7.0
    clock.now += dt.timedelta(seconds=7)
    run_until_quiet(it)
    ticking[0] = 8.0
    run_until_quiet(it)
    assert sorted(slack.keys()) == [f"{world.clients.northwind.id}/a", f"{world.clients.hanbit.id}/b"]


def test_what_was_never_sent_waits_a_growing_while(world: Celebrating, slack: Slack, clock: Time) -> None:
    put(world, world.clients.northwind.id, note("a"))
    nobody = Clients(lambda _: "xoxb-test", base_url="http://127.0.0.1:9/", timeout=1)
    for seconds in (2, 4, 8):
        run_until_quiet(delivery(world, slack, clock, clients=nobody))
        ((state, reason, _),) = rows(world).values()
        assert (state, reason) == ("waiting", "ConnectionRefusedError: [Errno 111] Connection refused")
        assert due_at(world) == clock.now + dt.timedelta(seconds=seconds)
        clock.now = due_at(world)
    run_until_quiet(delivery(world, slack, clock))
    assert [state for state, _, _ in rows(world).values()] == ["sent"]
    assert [backoff(attempt).total_seconds() for attempt in (8, 9, 1000)] == [256, 300, 300]


def test_what_there_is_nothing_to_say_of_is_dropped_put_off_or_kept_until_it_can_be_made(
    world: Celebrating, slack: Slack, clock: Time
) -> None:
    north = world.clients.northwind.id
    nowhere = Clients(lambda _: None)
    put(
        world,
        north,
        note("drop", subject={"drop": "they left"}),
        note("fail", subject={"fail": True}),
        note("later", subject={"later": 3}),
        note("strange", kind="odd"),
    )
    run_until_quiet(delivery(world, slack, clock))
    put(world, north, note("unreachable"))
    run_until_quiet(delivery(world, slack, clock, clients=nowhere))
    assert rows(world) == {
        f"{north}/drop": ("dropped", "they left", None),
        f"{north}/fail": ("waiting", "it could not be made: LookupError", None),
        f"{north}/later": ("waiting", "not yet", None),
        f"{north}/strange": ("dropped", "no kind of message is called odd", None),
        f"{north}/unreachable": ("dropped", "the bot is not installed in the workspace", None),
    }
    assert slack.calls == 0


@pytest.mark.parametrize("fault", ["", "429", "500", "malformed", "no_ts", "cut_before", "cut_after", "slow"])
def test_a_message_is_changed_where_it_was_posted_as_often_as_it_takes(
    world: Celebrating, slack: Slack, clock: Time, fault: str
) -> None:
    north, hanbit = world.clients.northwind.id, world.clients.hanbit.id
    ticking = count()  # a second a look: nothing has to wait for its pace
    put(world, north, note("a"))
    run_until_quiet(delivery(world, slack, clock, monotonic=ticking.__next__))
    put(world, north, note("b", kind="change", subject={"of": "a", "say": "settled"}))
    put(world, hanbit, note("b", kind="change", subject={"of": "a", "say": "another's"}))
    slack.faults.append(fault)
    run_until_quiet(delivery(world, slack, clock, monotonic=ticking.__next__))
    clock.now += dt.timedelta(minutes=5)
    run_until_quiet(delivery(world, slack, clock, monotonic=ticking.__next__))
    assert len(slack.posts) == 1
    last = {"channel": "Da", "ts": "1.000", "text": "settled", "blocks": []}
    assert slack.changes == [last] * (2 if fault in {"500", "malformed", "no_ts", "cut_after", "slow"} else 1)
    assert rows(world) == {
        f"{north}/a": ("sent", None, "1.000"),
        f"{north}/b": ("sent", None, "1.000"),
        f"{hanbit}/b": ("dropped", "it is not there", None),
    }


def test_several_processes_on_one_database_send_each_message_once(
    world: Celebrating, slack: Slack, clock: Time
) -> None:
    north, hanbit = world.clients.northwind.id, world.clients.hanbit.id
    put(world, north, *(note(f"{number}") for number in range(25)))
    put(world, hanbit, *(note(f"{number}", user_id=f"V{number}") for number in range(25)))
    both = [delivery(world, slack, clock), delivery(world, slack, clock)]
    for it in both:
        it.start()
    wait_for(lambda: len(slack.posts) >= 50)
    for it in both:
        it.stop()
    assert sorted(slack.keys()) == sorted(f"{account}/{number}" for account in (north, hanbit) for number in range(25))
    assert {state for state, _, _ in rows(world).values()} == {"sent"}


def test_of_several_that_nobody_asked_for_one_goes_in_a_week_also_from_several_processes(
    world: Celebrating, slack: Slack, clock: Time
) -> None:
    north = world.clients.northwind
    world.join(north, "u1")
    theirs = {"category": "nudge", "person_id": north.people["u1"], "good_until": NOW + 28 * DAY}
    put(world, north.id, *(note(key, **theirs) for key in ("a", "b", "c")), note("d"))
    for week in range(3):
        clock.now = NOW + week * 7 * DAY + dt.timedelta(minutes=week)
        both = [delivery(world, slack, clock), delivery(world, slack, clock)]
        for it in both:
            it.start()
        for _ in range(20):
            time.sleep(0.1)
            clock.now += dt.timedelta(seconds=20)
        for it in both:
            it.stop()
        assert len(slack.posts) == 2 + week
    assert {state for state, _, _ in rows(world).values()} == {"sent"}


def test_stopping_finishes_what_is_under_way_and_leaves_the_rest_waiting(
    world: Celebrating, slack: Slack, clock: Time
) -> None:
    put(world, world.clients.northwind.id, *(note(f"{number}") for number in range(30)))
    slack.slow = 0.1
    it = delivery(world, slack, clock)
    it.start()
    wait_for(lambda: slack.calls >= 4)
    it.stop()
    states = [state for state, _, _ in rows(world).values()]
    assert states.count("sent") == len(slack.posts) >= 4
    assert states.count("waiting") == 30 - len(slack.posts) > 0


class Killed(BaseException):
    """What ends a thread at once."""


def test_a_death_between_post_and_writing_down_leaves_it_unknown(
    world: Celebrating, slack: Slack, clock: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    north, hanbit = world.clients.northwind.id, world.clients.hanbit.id
    put(world, north, note("a"))
    put(world, hanbit, note("b", due_at=NOW + dt.timedelta(seconds=1)))

    def die(*_: Any, **__: Any) -> bool:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(sender, "settle", die)
        with pytest.raises(Killed):
            delivery(world, slack, clock).step()
    assert slack.keys() == [f"{north}/a"]
    clock.now += dt.timedelta(hours=1)
    expired = world.database.write(OPERATOR, lambda session: outbox_recovery.expire_leases(session, now=clock.now))
    run_until_quiet(delivery(world, slack, clock))
    assert expired == 1
    assert rows(world) == {f"{north}/a": ("unknown", DEAD, None), f"{hanbit}/b": ("sent", None, "2.000")}
    assert slack.keys() == [f"{north}/a", f"{hanbit}/b"]


def test_a_database_that_fails_for_a_moment_stops_nobody(
    world: Celebrating, slack: Slack, clock: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(world, world.clients.northwind.id, note("a"), note("b"))
    failures = [OSError("disk full")]

    def fail_once(*given: Any, **named: Any) -> bool:
        if failures:
            raise failures.pop()
        return settle(*given, **named)

    monkeypatch.setattr(sender, "settle", fail_once)
    it = delivery(world, slack, clock, sleep=lambda _: time.sleep(0.01))
    it.start()
    wait_for(lambda: "sent" in {state for state, _, _ in rows(world).values()})
    it.stop()
    assert sorted(state for state, _, _ in rows(world).values()) == ["attempting", "sent"]
    assert len(slack.posts) == 2


def test_one_channel_gets_one_post_at_a_time_and_a_second_apart(world: Celebrating, slack: Slack, clock: Time) -> None:
    north, hanbit = world.clients.northwind.id, world.clients.hanbit.id
    to = {"user_id": None, "channel_id": "C1"}
    put(world, north, *(note(f"{number}", **to, due_at=NOW + number * dt.timedelta(seconds=1)) for number in range(3)))
    put(world, hanbit, note("b", due_at=NOW + dt.timedelta(seconds=1)))
    clock.now += dt.timedelta(minutes=1)
    ticking = [0.0]
    it = delivery(world, slack, clock, monotonic=lambda: ticking[0])
    said: list[int] = []
    for tenth in range(30):
        ticking[0] = tenth / 10
        run_until_quiet(it)
        said += [tenth] * (len(slack.keys()) - len(said))
    assert sorted(slack.keys()) == [f"{north}/0", f"{north}/1", f"{north}/2", f"{hanbit}/b"]
    times = [tenth for key, tenth in zip(slack.keys(), said, strict=True) if key.startswith(f"{north}/")]
    assert [later - earlier >= 10 for earlier, later in pairwise(times)] == [True, True]


def test_no_two_workers_post_to_one_channel_at_once(world: Celebrating, slack: Slack, clock: Time) -> None:
    put(world, world.clients.northwind.id, *(note(key, user_id="U1") for key in ("a", "b", "c")))
    slack.slow = 0.5
    it = delivery(world, slack, clock)
    it.start()
    wait_for(lambda: slack.calls > 0)
    time.sleep(0.3)
    calls = slack.calls
    it.stop()
    assert calls == 1


def test_a_workspace_with_much_to_say_delays_nobody_elses(world: Celebrating, slack: Slack, clock: Time) -> None:
    other = Workspace("", "T2")
    put(world, world.clients.northwind.id, *(note(f"{number}") for number in range(20)))
    put(world, world.clients.hanbit.id, note("late", workspace=other, due_at=NOW + dt.timedelta(seconds=1)))
    clock.now += dt.timedelta(minutes=1)
    ticking = [0.0]
    it = delivery(world, slack, clock, monotonic=lambda: ticking[0], ceiling=1.0)
    for second in range(3):
        ticking[0] = second * 1.1
        run_until_quiet(it)
    assert slack.keys()[:2] == [f"{world.clients.northwind.id}/0", f"{world.clients.hanbit.id}/late"]


PICTURE = [{"type": "image", "slack_file": {"id": "F000000000"}}]


def test_a_picture_is_uploaded_once_and_shown_as_soon_as_slack_has_it(
    world: Celebrating, slack: Slack, clock: Time
) -> None:
    put(world, world.clients.northwind.id, note("a", kind="pictured"))
    slack.unready = 2
    slack.faults.append("429")
    run_until_quiet(delivery(world, slack, clock))
    assert slack.posts == []
    clock.now += dt.timedelta(minutes=1)
    run_until_quiet(delivery(world, slack, clock))
    assert len(slack.uploads) == 1
    assert [(post["text"], post["blocks"]) for post in slack.posts] == [("note a", PICTURE)]


def test_a_picture_of_what_is_not_so_any_more_is_not_shown(world: Celebrating, slack: Slack, clock: Time) -> None:
    """What it shows changed between two attempts, as when somebody leaves the boards."""
    north = world.clients.northwind
    put(world, north.id, note("a", kind="portrait", subject={"person": north.people["u1"]}))
    slack.faults.append("429")
    run_until_quiet(delivery(world, slack, clock))
    world.change(north, "u1", name="Jun Park")
    clock.now += dt.timedelta(minutes=1)
    run_until_quiet(delivery(world, slack, clock))
    assert [b"Ania Nowak" in slack.uploads[0], b"Jun Park" in slack.uploads[1]] == [True, True]
    shown = [{"type": "image", "slack_file": {"id": "F000000001"}}]
    assert [(post["text"], post["blocks"]) for post in slack.posts] == [("Jun Park", shown)]


@pytest.mark.parametrize(("becomes", "posts"), [({"name": "Jun Park"}, [("Jun Park", [])]), ({"left_at": NOW}, [])])
def test_who_changes_their_mind_while_a_picture_is_on_its_way_is_not_named(
    world: Celebrating, slack: Slack, clock: Time, becomes: dict[str, Any], posts: list[Any]
) -> None:
    north = world.clients.northwind
    put(world, north.id, note("a", kind="portrait", subject={"person": north.people["u1"]}))
    slack.unready = 1
    waits = [lambda: world.change(north, "u1", **becomes)]
    sender = Sender(world.database, clients_of(slack), KINDS, now=clock, sleep=lambda _: waits.pop()())
    run_until_quiet(Delivery(world.database, sender, RateLimiter(1000.0), now=clock, monotonic=time.monotonic))
    assert [(post["text"], post["blocks"]) for post in slack.posts] == posts


@pytest.mark.parametrize("trouble", ["never ready", "refused in the message", "not taken"])
def test_without_a_picture_the_text_goes_all_the_same(
    world: Celebrating, slack: Slack, clock: Time, trouble: str
) -> None:
    put(world, world.clients.northwind.id, note("a", kind="pictured"))
    if trouble == "never ready":
        slack.unready = MAX_READY_CHECKS
    elif trouble == "not taken":
        slack.refuses_files = True
    else:
        slack.faults.append("invalid_blocks")
    run_until_quiet(delivery(world, slack, clock))
    assert [(post["text"], post["blocks"]) for post in slack.posts] == [("note a", [])]
    assert {state for state, _, _ in rows(world).values()} == {"sent"}


def wait_for(true: Any, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until, "it did not happen in time"
        threading.Event().wait(0.01)
