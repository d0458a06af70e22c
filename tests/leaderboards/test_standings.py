import datetime as dt
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.exc import NoResultFound
from sqlmodel import Session

from leaderboards.standings import (
    OwnStanding,
    Standing,
    active,
    counted,
    earned_before,
    everyone,
    on_boards,
    place,
    ranks,
    team_total,
    top,
)
from storage.database import Database, ScopeError
from tests.leaderboards.standings_data import NOW, START, Someone, settle

LAST_WEEK = START - dt.timedelta(weeks=1)

MIXED = (
    Someone("ania", 40, name="Ania Nowak"),
    Someone("marek", 60, on_boards=False),
    Someone("zoe", 50, on_boards=None),
    Someone("jun", 40, name="Jun Park"),
    Someone("ewa", 20),
    Someone("idle", 0),
    Someone("reversed", -5),
    Someone("staff", 90, marks={"staff": True}),
    Someone("robot", 90, marks={"excluded": True}),
    Someone("gone", 90, marks={"left_at": NOW}),
    Someone("erased", 90, marks={"external_id": None, "erased_at": NOW}),
)


def test_everyone_who_earned_ranks_joined_or_not(database: Database) -> None:
    account = settle(database, *MIXED)

    found = database.read({account}, lambda s: everyone(s, account, "week", START))

    assert found == [
        Standing(1, 2, "marek", "marek", 60),
        Standing(2, 3, "zoe", "zoe", 50),
        Standing(3, 1, "ania", "Ania Nowak", 40),
        Standing(3, 4, "jun", "Jun Park", 40),
        Standing(5, 5, "ewa", "ewa", 20),
    ]


def test_on_the_boards_are_only_members_who_chose_to_be_and_nobody_leaves_a_gap(database: Database) -> None:
    account = settle(database, *MIXED)

    found = database.read({account}, lambda s: on_boards(s, account, "week", START))

    assert found == [
        Standing(1, 1, "ania", "Ania Nowak", 40),
        Standing(1, 4, "jun", "Jun Park", 40),
        Standing(3, 5, "ewa", "ewa", 20),
    ]
    assert database.read({account}, lambda s: counted(s, account, "week", START)) == 3


def test_ties_stand_by_display_name_by_code_point_then_by_id(database: Database) -> None:
    account = settle(
        database,
        Someone("b", 5, name="Ola"),
        Someone("a", 5, name="Ola"),
        Someone("c", 5, name="ola"),
        Someone("Zed", 5),
        Someone("d", 5, name="Ólafur"),
        Someone("e", 5, name=""),
    )

    found = database.read({account}, lambda s: everyone(s, account, "week", START))

    assert [(standing.rank, standing.person) for standing in found] == [(1, each) for each in "ab"] + [
        (1, "Zed"),
        (1, "e"),
        (1, "c"),
        (1, "d"),
    ]


@pytest.mark.parametrize(
    ("limit", "people"),
    [(1, ["a"]), (2, ["a", "b", "c"]), (3, ["a", "b", "c"]), (4, ["a", "b", "c", "d"]), (9, ["a", "b", "c", "d"])],
)
def test_the_top_takes_in_whoever_is_tied_at_its_edge(database: Database, limit: int, people: list[str]) -> None:
    account = settle(database, Someone("d", 1), Someone("c", 20), Someone("a", 30), Someone("b", 20))

    found = database.read({account}, lambda s: top(s, account, "week", START, limit))

    assert [standing.person for standing in found] == people
    assert found == database.read({account}, lambda s: on_boards(s, account, "week", START))[: len(people)]


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("first", OwnStanding(50, 6, 1)),
        ("tied", OwnStanding(40, 6, 2, 10, 1)),
        ("below two", OwnStanding(30, 6, 4, 10, 2)),
        ("last", OwnStanding(10, 6, 6, 10, 5)),
        ("off the boards", OwnStanding(45, 7, 2, 5, 1)),
        ("not joined", OwnStanding(30, 7, 4, 10, 2)),
        ("idle", OwnStanding(0, 6)),
        ("reversed", OwnStanding(-5, 6)),
        ("staff", OwnStanding(45, 6)),
    ],
)
def test_ones_own_place_is_among_those_on_the_boards_and_oneself(
    database: Database, who: str, expected: OwnStanding
) -> None:
    people = [
        Someone("first", 50),
        Someone("tied", 40),
        Someone("other", 40),
        Someone("below two", 30),
        Someone("fifth", 20),
        Someone("last", 10),
        Someone("off the boards", 45, on_boards=False),
        Someone("not joined", 30, on_boards=None),
        Someone("idle", 0),
        Someone("reversed", -5),
        Someone("staff", 45, marks={"staff": True}),
    ]
    account = settle(database, *people)
    person_id = 1 + [someone.key for someone in people].index(who)

    assert database.read({account}, lambda s: place(s, account, "week", START, person_id)) == expected


def test_a_place_of_nobody_is_an_error(database: Database) -> None:
    account = settle(database, Someone("ania", 5))

    with pytest.raises(NoResultFound):
        database.read({account}, lambda s: place(s, account, "week", START, 2))


def test_ranks_are_found_for_those_asked_about_who_have_one(database: Database) -> None:
    people = [Someone("a", 9), Someone("b", 9), Someone("c", 7), Someone("d", 8, on_boards=False), Someone("e", 1)]
    account = settle(database, *people)

    assert database.read({account}, lambda s: ranks(s, account, "week", START, [2, 3, 4, 77])) == {2: 1, 3: 3}
    assert database.read({account}, lambda s: ranks(s, account, "week", START, [])) == {}


def test_what_was_earned_before_leaves_out_weeks_without_points_and_people_not_on_the_boards(
    database: Database,
) -> None:
    account = settle(database, Someone("a", 9, [1, 0, 3, 4, 5]), Someone("b", 2, [6], on_boards=False), Someone("c", 2))
    starts = [START - dt.timedelta(weeks=ago) for ago in range(1, 5)]

    found = database.read({account}, lambda s: earned_before(s, account, "week", starts))

    assert {person_id: sorted(points) for person_id, points in found.items()} == {1: [1, 3, 4]}


def test_the_team_counts_everybody(database: Database) -> None:
    account = settle(database, *MIXED)

    assert database.read({account}, lambda s: team_total(s, account, "week", START)) == 565
    assert database.read({account}, lambda s: team_total(s, account, "week", LAST_WEEK)) == 0
    assert database.read({account}, lambda s: active(s, account, "week", START)) == 9


def test_another_client_is_out_of_reach(database: Database) -> None:
    account = settle(database, Someone("ania", 5))

    def reach(session: Session) -> object:
        return top(session, account - 1, "week", START, 10)

    with pytest.raises(ScopeError):
        database.read({account}, reach)


def test_no_hot_read_walks_a_table_so_the_ledgers_length_does_not_matter(sqlite_database: Database) -> None:
    account = settle(sqlite_database, *(Someone(f"u{number}", 1 + number // 2) for number in range(30)))
    reads: list[str] = []

    @event.listens_for(sqlite_database.readers, "checkout")
    def _note(driver: Any, *_: Any) -> None:
        driver.set_trace_callback(reads.append)

    def read(session: Session) -> None:
        top(session, account, "week", START, 3)
        place(session, account, "week", START, 7)
        counted(session, account, "week", START)
        ranks(session, account, "week", START, [1, 2, 3])

    sqlite_database.read({account}, read)

    with sqlite_database.engine.connect() as connection:
        plans = [
            connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
            for statement in reads
            if "FROM score" in statement
        ]
    steps = [str(row[3]) for plan in plans for row in plan]
    assert len(plans) == 6
    assert [step for step in steps if step.startswith("SCAN") and step != "SCAN own"] == []
    assert [s for s in steps if " score " in s and "account_id=? AND period=? AND start=?" not in s] == []
