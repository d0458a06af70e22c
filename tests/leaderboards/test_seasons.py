"""A season's figures are those of its months together, by the same rules as all that is kept."""

import datetime as dt
from typing import Any

import pytest
from sqlmodel import Session, select

from leaderboards.boards import everyones_board, private_board, public_board
from leaderboards.periods import ALWAYS, Frame, Span, frame_of
from leaderboards.score_sources import source_of
from leaderboards.seasons import SeasonStandings, begun_seasons, season_frames
from storage.database import Database
from storage.tables import Account, Score, Season, TeamScore
from tests.leaderboards.standings_data import NOW, Someone, settle

JANUARY, FEBRUARY, MARCH, APRIL = (dt.date(2026, month, 1) for month in (1, 2, 3, 4))
MONTHS = (JANUARY, FEBRUARY, MARCH)
PEOPLE: dict[str, tuple[tuple[int, int, int], dict[str, Any]]] = {
    "ania": ((500, 40, 60), {"name": "Ania Nowak"}),
    "marek": ((0, 70, 29), {}),
    "jan": ((9, 60, 0), {}),
    "ola": ((0, 0, 60), {"on_boards": False}),
    "zoe": ((0, 90, -30), {}),
    "guest": ((0, 10, 80), {"on_boards": None}),
    "staff": ((0, 900, 0), {"marks": {"staff": True}}),
    "gone": ((0, 900, 0), {"marks": {"left_at": NOW}}),
    "even": ((0, 20, -20), {}),
    "late": ((0, 1, 0), {}),
    "none": ((0, 0, 0), {}),
}
"""Who earned what in January, February and March."""


@pytest.fixture
def league(database: Database) -> int:
    """Northwind with these months, all of it kept as `all`, too; beside it Hanbit with a thousand more each."""
    people = [Someone(key, **facts) for key, (_, facts) in PEOPLE.items()]
    account_id = settle(database, *people)
    hanbit = 3 - account_id

    def earn(session: Session) -> None:
        for account, more in ((account_id, 0), (hanbit, 1000)):
            for number, (points, _) in enumerate(PEOPLE.values(), 1):
                _score(
                    session, account, number, {month: each + more for month, each in zip(MONTHS, points, strict=True)}
                )

    database.write({account_id, hanbit}, earn)
    return account_id


def _score(session: Session, account_id: int, person_id: int, months: dict[dt.date, int]) -> None:
    kept = [("month", month, points) for month, points in months.items()]
    since = sum(points for month, points in months.items() if month >= FEBRUARY)
    for period, start, points in [*kept, ("all", ALWAYS, since)]:
        if points:
            session.add(Score(account_id=account_id, period=period, start=start, person_id=person_id, points=points))
            team = session.get(TeamScore, (account_id, period, start))
            session.add(team or TeamScore(account_id=account_id, period=period, start=start, points=0))
            session.flush()
            session.get_one(TeamScore, (account_id, period, start)).points += points


SINCE_FEBRUARY = Frame("season", Span(FEBRUARY, None), name="Spring")
ALL = frame_of("all", MARCH)


def test_a_season_stands_as_what_is_kept_of_the_same_months(database: Database, league: int) -> None:
    """`all` holds February and March here: whatever is asked of either has one answer."""

    def figures(session: Session, frame: Frame) -> list[Any]:
        source = source_of(session, league, frame)
        return [
            source.everyone(),
            source.counted(),
            source.team_total(),
            source.active(),
            [standing for standing in source.top(3) if standing.rank <= 3],
            [source.place(person_id) for person_id in range(1, len(PEOPLE) + 1)],
        ]

    season = database.read({league}, lambda session: figures(session, SINCE_FEBRUARY))
    kept = database.read({league}, lambda session: figures(session, ALL))
    assert season == kept
    assert [(standing.rank, standing.name, standing.points) for standing in season[0]] == [
        (1, "Ania Nowak", 100), (2, "marek", 99), (3, "guest", 90), (4, "jan", 60), (4, "ola", 60), (4, "zoe", 60),
        (7, "late", 1),
    ]  # fmt: skip


def test_a_season_ends_where_the_next_one_begins(database: Database, league: int) -> None:
    span = Span(FEBRUARY, MARCH)
    found = database.read({league}, lambda session: SeasonStandings(session, league, span).everyone())
    assert [(standing.name, standing.points) for standing in found][:3] == [("zoe", 90), ("marek", 70), ("jan", 60)]


@pytest.mark.parametrize("mode", ["private", "team", "board"])
def test_boards_of_a_season_show_what_boards_of_all_time_show(database: Database, league: int, mode: str) -> None:
    def boards(session: Session, frame: Frame) -> tuple[Any, ...]:
        session.get_one(Account, league).mode = mode
        session.flush()
        private = private_board(session, league, 4, frame)
        return public_board(session, league, frame), private.own, private.best_before, private.board.rows

    season = database.write({league}, lambda session: boards(session, SINCE_FEBRUARY))
    kept = database.write({league}, lambda session: boards(session, ALL))
    shown, always = season[0], kept[0]
    assert (shown.rows, shown.strong, shown.improved, shown.total, shown.total_before, shown.ranked) == (
        always.rows, always.strong, always.improved, always.total, always.total_before, always.ranked,
    )  # fmt: skip
    assert season[1:] == kept[1:]
    assert (shown.period, shown.season, always.season) == ("season", "Spring", None)
    assert bool(shown.rows) is (mode == "board")


def test_the_command_lines_picture_has_everybody(database: Database, league: int) -> None:
    board = database.read({league}, lambda session: everyones_board(session, league, SINCE_FEBRUARY))
    assert ([row.name for row in board.rows][:3], board.ranked, board.season) == (
        ["Ania Nowak", "marek", "guest"], 7, "Spring",
    )  # fmt: skip


def test_nobody_has_anything_in_a_season_without_points(database: Database, league: int) -> None:
    source = Span(APRIL, None)
    own, everyone, total = database.read(
        {league},
        lambda session: (
            SeasonStandings(session, league, source).place(1),
            SeasonStandings(session, league, source).everyone(),
            SeasonStandings(session, league, source).team_total(),
        ),
    )
    assert (own.points, own.of, own.rank, everyone, total) == (0, 0, None, [], 0)


def test_seasons_follow_each_other() -> None:
    assert season_frames([(MARCH, None), (JANUARY, "Winter")]) == [
        Frame("season", Span(JANUARY, MARCH), name="Winter"),
        Frame("season", Span(MARCH, None)),
    ]
    assert season_frames([]) == []
    assert list(SINCE_FEBRUARY.past()) == []


def test_a_season_is_there_from_its_first_day_for_its_own_client(database: Database, league: int) -> None:
    hanbit = 3 - league

    def opens(session: Session) -> None:
        for account, number, starts in ((league, 900, JANUARY), (league, 901, MARCH), (hanbit, 900, FEBRUARY)):
            session.add(Season(account_id=account, id=number, starts=starts, author="operator", opened_at=NOW))

    database.write({league, hanbit}, opens)

    def starts(account: int, day: dt.date) -> list[dt.date]:
        return [
            frame.span.start for frame in database.read({account}, lambda session: begun_seasons(session, account, day))
        ]

    assert starts(league, JANUARY - dt.timedelta(days=1)) == []
    assert starts(league, MARCH - dt.timedelta(days=1)) == [JANUARY]
    assert starts(league, MARCH) == [JANUARY, MARCH]
    assert starts(hanbit, MARCH) == [FEBRUARY]
    assert database.read({hanbit}, lambda session: len(session.exec(select(Season)).all())) == 1
