"""What is announced, when, and who is named."""

import datetime as dt
import shutil
import tempfile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session, select

from loyalty.programme import read
from loyalty.recognition import shoutouts
from loyalty.recognition.shoutouts import Figure, Shoutout, ShoutoutFacts, Slot
from storage import bulk, outbox
from storage.database import OPERATOR, Database
from storage.outbox import Claimed, Drop, Later, Workspace
from storage.tables import Account, Channel, TeamScore, Usage
from tests.conftest import acquainted
from tests.support.milestones import PERSONAL, PROGRAMME, TEAM, Celebrating, celebrating
from tests.support.two_clients import NOW, Client, TwoClients, settle

HOUR = dt.timedelta(hours=1)
HERE = Workspace("", TEAM)
WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture
def world(database: Database, two_clients: TwoClients) -> Celebrating:
    return celebrating(database, two_clients)


def leaving(world: Celebrating, now: dt.datetime = NOW) -> Claimed:
    claimed = world.database.write(OPERATOR, lambda session: outbox.claim(session, HERE, now=now, lease=HOUR))
    assert claimed is not None
    return claimed


def facts(world: Celebrating, claimed: Claimed, now: dt.datetime = NOW) -> Any:
    return world.database.read({claimed.account_id}, lambda session: shoutouts.shoutout_facts(session, claimed, now))


def names(found: Any) -> list[str | None]:
    assert isinstance(found, ShoutoutFacts)
    return [one.name for one in found.shoutouts]


def test_the_days_first_goes_at_once_and_later_ones_gather(world: Celebrating) -> None:
    north, hanbit = world.clients.northwind, world.clients.hanbit
    for user in ("u1", "u2", "u3"):
        world.join(north, user)
        world.join(hanbit, user)
    one, two, three = world.reach(north, ("u1", "steady"), ("u2", "steady"), ("u3", "steady"))
    (four,) = world.reach(north, ("u1", "first-report"), now=NOW + HOUR)
    # In Seoul it is quiet: 18:00.
    theirs = world.reach(hanbit, ("u1", "steady"), ("u2", "steady"))
    assert world.outbox(north) == [
        ("Cnorthwind", [one], "03-10 10:00"),
        ("Cnorthwind", [two, three, four], "03-10 16:00"),
    ]
    assert world.outbox(hanbit) == [("Chanbit", theirs, "03-11 08:00")]


def test_it_is_the_same_in_one_batch_or_in_many(world: Celebrating) -> None:
    north, hanbit = world.clients.northwind, world.clients.hanbit
    noon = dt.datetime(2026, 3, 10, 4, tzinfo=dt.UTC)
    for user in ("u1", "u2", "u3"):
        world.join(north, user)
        world.join(hanbit, user)
    reached = [(user, milestone) for user in ("u1", "u2", "u3") for milestone in PERSONAL]
    together = world.reach(north, *reached, now=noon)
    apart = [number for one in reached for number in world.reach(hanbit, one, now=noon)]
    assert world.outbox(north) == [("Cnorthwind", together, "03-10 08:00")]
    assert world.outbox(hanbit) == [("Chanbit", apart[:1], "03-10 13:00"), ("Chanbit", apart[1:], "03-10 16:00")]


def test_what_gathers_after_the_gathering_has_left_waits_for_the_next_morning(world: Celebrating) -> None:
    north = world.clients.northwind
    world.join(north, "u1")
    (first,) = world.reach(north, ("u1", "steady"))
    assert leaving(world).message.subject == {"reached": [first]}
    (second,) = world.reach(north, ("u1", "first-report"), now=NOW + HOUR)
    assert leaving(world, NOW + 6 * HOUR).message.subject == {"reached": [second]}
    (third,) = world.reach(north, ("u1", "first-hundred"), now=NOW + 6 * HOUR)
    assert world.outbox(north) == [("Cnorthwind", [third], "03-11 08:00")]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (
            "2026-03-10 10:00",
            [("03-10", "first", "03-10 10:00", True), ("03-10", "gathered", "03-10 16:00", False)],
        ),
        (
            "2026-03-13 16:00",
            [("03-13", "first", "03-13 16:00", True), ("03-16", "first", "03-16 08:00", False)],
        ),
        (
            "2026-03-13 18:00",
            [("03-16", "first", "03-16 08:00", False), ("03-16", "gathered", "03-16 16:00", False)],
        ),
    ],
)
def test_slots_come_soonest_first(now: str, expected: list[Any]) -> None:
    moment = dt.datetime.fromisoformat(now).replace(tzinfo=WARSAW).astimezone(dt.UTC)
    found = list(shoutouts.slots(read(PROGRAMME), moment, WARSAW))
    assert [slot.due_at for slot in found] == sorted(slot.due_at for slot in found)

    def shown(slot: Slot) -> Any:
        return f"{slot.day:%m-%d}", slot.place, f"{slot.due_at.astimezone(WARSAW):%m-%d %H:%M}", slot.alone

    assert [shown(slot) for slot in found[:2]] == expected


def test_nothing_is_written_of_those_who_did_not_choose_it_nor_of_what_is_no_news(world: Celebrating) -> None:
    north = world.clients.northwind
    world.join(north, "u1", celebrated=False)
    world.join(north, "u2")
    world.reach(north, ("u1", "steady"), ("u3", "steady"))
    world.reach(north, ("u2", "steady"), announced=False)
    assert world.outbox(north) == []


@pytest.mark.parametrize("fact", ["staff", "excluded", "left_at", "erased_at"])
def test_nothing_is_written_of_staff_robots_and_the_departed(world: Celebrating, fact: str) -> None:
    north = world.clients.northwind
    world.join(north, "u1")
    world.change(north, "u1", **{fact: NOW if fact.endswith("_at") else True})
    world.reach(north, ("u1", "steady"))
    assert world.outbox(north) == []


def set_mode(world: Celebrating, client: Client, mode: str) -> None:
    def change(session: Session) -> None:
        session.get_one(Account, client.id).mode = mode

    world.database.write({client.id}, change)


def unbind(world: Celebrating, client: Client) -> None:
    def change(session: Session) -> None:
        for channel in session.exec(select(Channel)):
            session.delete(channel)

    world.database.write({client.id}, change)


def test_in_a_private_account_only_what_all_reached_is_told(world: Celebrating) -> None:
    north = world.clients.northwind
    world.join(north, "u1")
    set_mode(world, north, "private")
    _, together = world.reach(north, ("u1", "steady"), (None, "together"))
    assert world.outbox(north) == [("Cnorthwind", [together], "03-10 10:00")]
    assert names(facts(world, leaving(world))) == [None]


def test_an_account_without_a_channel_is_told_nothing(world: Celebrating) -> None:
    unbind(world, world.clients.hanbit)
    world.reach(world.clients.hanbit, (None, "together"))
    assert world.outbox(world.clients.hanbit) == []


def test_every_channel_of_the_account_is_told(world: Celebrating) -> None:
    north = world.clients.northwind
    world.database.write(
        {north.id},
        lambda session: session.add(
            Channel(account_id=north.id, id=99, team_id=TEAM, channel_id="Csecond", created_at=NOW)
        ),
    )
    reached = world.reach(north, (None, "together"))
    assert sorted(world.outbox(north)) == [
        ("Cnorthwind", reached, "03-10 10:00"),
        ("Csecond", reached, "03-10 10:00"),
    ]


def use(world: Celebrating, client: Client, user: str, times: int) -> None:
    row = {"body": b"b", "name": "Report Scheduled", "occurred_at": NOW, "recorded_at": NOW, "door": "api"}
    rows = [
        {
            "account_id": client.id,
            "id": 1000 + client.people[user] * 100 + number,
            "source_key": f"{user}{number}".encode(),
            "person_id": client.people[user],
            "local_day": NOW.date(),
            "version": 2,
            "properties": {},
            **row,
        }
        for number in range(times)
    ]
    world.database.write({client.id}, lambda session: bulk.insert(session, Usage, rows))


def test_the_facts_are_todays_with_the_teams_figure(world: Celebrating) -> None:
    north, hanbit = world.clients.northwind, world.clients.hanbit
    world.join(north, "u1")
    use(world, north, "u1", 3)
    use(world, north, "u3", 2)
    use(world, hanbit, "u1", 9)
    score = TeamScore(account_id=north.id, period="all", start=dt.date(1970, 1, 1), points=3010)
    world.database.write({north.id}, lambda session: session.add(score))
    one, two, three, four = world.reach(
        north, ("u1", "first-report"), ("u1", "steady"), ("u1", "first-hundred"), (None, "together")
    )
    world.change(north, "u1", name="Ania Nowak-Lis")
    milestones = {milestone.key: milestone for milestone in read(PROGRAMME).milestones}

    def told(number: int, key: str, name: str | None, figure: Figure | None) -> Shoutout:
        it = milestones[key]
        return Shoutout(reached_id=number, milestone=key, name=name, badge=it.badge, says=it.says, figure=figure)

    def all_of(*told: Shoutout) -> ShoutoutFacts:
        return ShoutoutFacts(
            account_id=north.id, account="Northwind", language="en", timezone="Europe/Warsaw", shoutouts=told
        )

    name = "Ania Nowak-Lis"
    assert facts(world, leaving(world)) == all_of(
        told(one, "first-report", name, Figure(5, "Report Scheduled")),
    )
    later = NOW + 6 * HOUR
    assert facts(world, leaving(world, later), later) == all_of(
        told(two, "steady", name, None),
        told(three, "first-hundred", name, Figure(3010)),
        told(four, "together", None, Figure(3010)),
    )


CHANGES: list[dict[str, Any]] = [
    {"celebrated": False},
    {"staff": True},
    {"excluded": True},
    {"left_at": NOW},
    {"erased_at": NOW},
]


@pytest.mark.parametrize("change", CHANGES)
def test_who_changed_their_mind_or_left_is_not_named(world: Celebrating, change: dict[str, Any]) -> None:
    north = world.clients.northwind
    for user in ("u1", "u2"):
        world.join(north, user)
    night = NOW - 6 * HOUR
    world.reach(north, ("u1", "steady"), ("u2", "steady"), (None, "together"), now=night)
    claimed = leaving(world)
    assert names(facts(world, claimed)) == ["Ania Nowak", "Marek Lis", None]
    world.change(north, "u1", **change)
    assert names(facts(world, claimed)) == ["Marek Lis", None]


def test_a_shoutout_of_nobody_is_dropped(world: Celebrating) -> None:
    north = world.clients.northwind
    world.join(north, "u1")
    world.reach(north, ("u1", "steady"))
    world.change(north, "u1", celebrated=False)
    assert facts(world, leaving(world)) == Drop("nobody of them may be named any more")


def test_whoever_waits_to_be_named_is_not_once_the_account_is_private(world: Celebrating) -> None:
    north = world.clients.northwind
    world.join(north, "u1")
    world.reach(north, ("u1", "steady"))
    set_mode(world, north, "private")
    assert facts(world, leaving(world)) == Drop("nobody of them may be named any more")


def test_a_shoutout_does_not_leave_for_a_channel_that_is_another_clients_now(world: Celebrating) -> None:
    north, hanbit = world.clients.northwind, world.clients.hanbit
    world.reach(north, (None, "together"))
    unbind(world, north)
    theirs = Channel(account_id=hanbit.id, id=99, team_id=TEAM, channel_id="Cnorthwind", created_at=NOW)
    world.database.write({hanbit.id}, lambda session: session.add(theirs))
    assert facts(world, leaving(world)) == Drop("the channel is not the account's any more")


def test_a_shoutout_held_up_until_the_quiet_hours_waits_for_their_end(world: Celebrating) -> None:
    north = world.clients.northwind
    world.reach(north, (None, "together"))
    evening = dt.datetime(2026, 3, 10, 17, tzinfo=dt.UTC)
    assert facts(world, leaving(world), evening) == Later(dt.datetime(2026, 3, 11, 7, tzinfo=dt.UTC), "quiet hours")


NAMES = {"u1": "Ania Nowak", "u2": "Marek Lis", "u3": "Ewa Kot"}
USERS = st.sampled_from(sorted(NAMES))
STEPS = st.one_of(
    st.tuples(st.just("choose"), USERS, st.booleans()),
    st.tuples(st.just("depart"), USERS, st.booleans()),
    st.tuples(st.just("reach"), USERS, st.sampled_from(PERSONAL)),
    st.tuples(st.just("wait"), st.just(""), st.integers(1, 20)),
)


@pytest.fixture(scope="session")
def template(_sqlite_template: Path) -> Path:
    return _sqlite_template


@settings(max_examples=60, deadline=None)
@given(story=st.lists(STEPS, max_size=25))
def test_no_post_names_anyone_who_does_not_want_it_as_it_leaves(template: Path, story: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = acquainted(Database(f"sqlite:///{shutil.copy(template, folder)}"))
        _play(celebrating(database, settle(database)), [*story, ("wait", "", 100)])
        database.dispose()


def _play(world: Celebrating, story: list[tuple[str, str, Any]]) -> None:
    """Let one client's people choose, depart, come back and reach; whatever leaves names only who wants it then."""
    north, hanbit, now = world.clients.northwind, world.clients.hanbit, NOW
    wanting: dict[str, bool] = {}
    gone: dict[str, bool] = {}
    reached: dict[tuple[str, str], int] = {}
    told: list[int] = []
    for user in NAMES:
        world.join(north, user, celebrated=False)
        world.join(hanbit, user)
    for step, user, what in story:
        if step == "choose":
            world.change(north, user, celebrated=what)
            wanting[user] = what
        elif step == "depart":
            world.change(north, user, left_at=now if what else None)
            gone[user] = what
        elif step == "reach" and (user, what) not in reached:
            (reached[user, what],) = world.reach(north, (user, what), now=now)
            world.reach(hanbit, (user, what), now=now)
        elif step == "wait":
            now += what * HOUR
        for said in leave(world, now):
            if said.account_id == north.id:
                may = {NAMES[user] for user, wants in wanting.items() if wants and not gone.get(user)}
                assert set(names(said)) <= may
                told += [one.reached_id for one in said.shoutouts]
    assert len(told) == len(set(told))


def leave(world: Celebrating, now: dt.datetime) -> list[ShoutoutFacts]:
    """Send all that is due, and return what was said."""
    said = []
    while claimed := world.database.write(OPERATOR, lambda s: outbox.claim(s, HERE, now=now, lease=HOUR)):
        found = facts(world, claimed, now)
        if isinstance(found, ShoutoutFacts):
            said.append(found)
    return said
