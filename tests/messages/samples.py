"""Every message there is, at least once: what the tests of all messages read."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from leaderboards.boards import Board, BoardRow, Goal, OwnBoard, OwnPlace
from leaderboards.highlights import Best, Improved, StrongWeek
from leaderboards.periods import PERIODS, Period, Span, span_of
from loyalty.accounts.requester import AccountInfo, Requester, Role, StrangerError, WhichAccountError
from loyalty.accounts.slack_profile import SlackUser
from loyalty.boards.seasons import Opened, SeasonFacts
from loyalty.desk.overview import Correction, Desk
from loyalty.members.join import Joined
from loyalty.overview.hints import Hint
from loyalty.overview.overview import Ahead, Overview
from loyalty.people.directory import ListedPerson, PeoplePage
from loyalty.people.people import KnownPerson
from loyalty.people.roster import RosterError, RosterFault, RosterReport, UnmatchedPerson
from loyalty.points.correction_notice import Change, CorrectionFacts
from loyalty.points.disputes import DisputeFacts
from loyalty.points.entries import Entry, Page
from loyalty.points.expiry_notice import ExpiringPoints, ExpiryFacts
from loyalty.points.monthly_statement import Earned, MonthlyStatement
from loyalty.programme import LocalizedText, Months, read
from loyalty.recognition.shoutouts import Figure, Raised, Shoutout, ShoutoutFacts
from loyalty.tiers.notices import TierFacts
from loyalty.tiers.progress import Ending, NextTier, TierStanding
from messages import accounts, errors, home, programme, recognition
from messages import help as help_messages
from messages.boards import board as boards
from messages.boards import own_place, seasons
from messages.boards.board import Picture
from messages.desk import overview as desk
from messages.kit.blocks import Message
from messages.kit.reader import Reader
from messages.members import account_choice, join, settings, welcome
from messages.people import link, roster
from messages.points import corrections, expiry_notice, history, reasons
from messages.points import overview as points
from messages.tiers import override
from storage.outbox import Claimed, OutboxMessage, Workspace
from storage.tables.base import MODES

NOW = dt.datetime(2026, 3, 12, 9, 30, tzinfo=dt.UTC)
NASTY = "Ania & <!channel> *Nowak* `\u202e"
"""A name that would ping a channel, be bold, begin code and turn round whatever follows it."""
SETTLED = "Ania & <!channel> *Nowak* `"
"""As it stands where there is no markup."""


def entry(**facts: object) -> Entry:
    """Return an entry: a report scheduled today, for 15 points."""
    plain: dict[str, object] = {
        "id": 7,
        "points": 15,
        "kind": "earn",
        "rule": "report",
        "event": "Report Scheduled",
        "occurred_at": NOW - dt.timedelta(minutes=18),
        "recorded_at": NOW,
        "local_day": dt.date(2026, 3, 12),
        "version": 3,
        "reversed": False,
        "author": "usage",
        "note": None,
    }
    return Entry(**(plain | facts))  # type: ignore[arg-type]


def overview(**facts: object) -> Overview:
    """Return a standing: 340 points, 60 to go to a badge."""
    plain: dict[str, object] = {
        "balance": 340,
        "owed": 0,
        "earned": 340,
        "this_week": 45,
        "ahead": Ahead("four-hundred", LocalizedText.model_validate("Explorer"), 60),
        "latest": entry(),
    }
    return Overview(**(plain | facts))  # type: ignore[arg-type]


ROWS = (
    BoardRow(1, "Jun Park", 1460, moved=2),
    BoardRow(2, NASTY, 140, moved=-1, own=True),
    BoardRow(3, "Marek Lis", 95),
)


def board(period: Period = "week", **facts: object) -> Board:
    """Return a board in mode `board`."""
    plain: dict[str, object] = {
        "account": "Northwind",
        "mode": "board",
        "period": period,
        "span": span_of(period, dt.date(2026, 3, 12)),
        "total": 2820,
        "total_before": None if period == "all" else 760,
        "goal": Goal("together", 3000, 2460),
        "ranked": 12,
        "rows": ROWS,
    }
    return Board(**(plain | facts))  # type: ignore[arg-type]


STRONG = (StrongWeek("Ania Nowak", 140), StrongWeek("Jun Park", 120))
GOALS = {"together": "Onboarding workshop"}
OWN = OwnPlace(points=140, points_before=90, rank=5, to_next=15, next_rank=4, moved=2)


def every(reader: Reader) -> Iterator[Message]:
    """Yield every message, as `reader` would read it."""
    yield from _joining(reader)
    yield from _points(reader)
    yield from _history(reader)
    yield from _boards(reader)
    yield from _shoutouts(reader)
    yield help_messages.help_message(reader)
    yield help_messages.help_message(reader, manages=True)
    yield help_messages.unknown_word_message(reader, "/desk", NASTY, "help")
    yield help_messages.points_help(reader)
    yield help_messages.leaderboard_help(reader)
    yield help_messages.rules_help(reader)
    yield help_messages.rewards_help(reader)
    yield help_messages.unknown_word_message(reader, "/points", NASTY, "why")
    yield help_messages.unknown_word_message(reader, "/points", "x", None)
    yield help_messages.old_button_message(reader)
    for kind in errors.KNOWN:
        yield errors.error_message(reader, kind())
    yield errors.error_message(reader, StrangerError(), manages=True)
    yield errors.internal_error(reader)
    yield errors.database_unavailable(reader)
    yield from _desk(reader)
    yield from _rostering(reader)
    yield from _seasons(reader)
    yield from _corrections(reader)
    yield from _tiers(reader)
    yield from _expiry(reader)
    yield from _settings(reader)
    yield from _rules(reader)


def _joining(reader: Reader) -> Iterator[Message]:
    yield join.invitation_message(reader, NASTY)
    yield join.how_it_works(reader, "Orbit")
    yield welcome.join_receipt(reader, Joined(person_id=1, new=True))
    yield welcome.join_receipt(reader, Joined(person_id=1, on_boards=True))
    for reason in ("unknown", "several", "taken"):
        yield welcome.join_receipt(reader, Joined(uncertain=reason))
    yield join.visibility_receipt(reader, Joined(person_id=1, on_boards=True, celebrated=True))
    yield join.visibility_receipt(reader, Joined(person_id=1, celebrated=True))
    yield join.still_in(reader)
    yield join.decline_receipt(reader, 0)
    yield join.decline_receipt(reader, 1)


def _points(reader: Reader) -> Iterator[Message]:
    yield points.overview_message(reader, overview(), now=NOW)
    yield points.overview_message(reader, overview(balance=0, owed=1, this_week=0, ahead=None), now=NOW)
    for way in (Hint("Report Scheduled", 4), Hint("Feature Used", 1, "feature"), Hint("Feature Used", 3, "feature")):
        ahead = Ahead("four-hundred", LocalizedText.model_validate("Explorer"), 60, way)
        yield points.overview_message(reader, overview(ahead=ahead), now=NOW)
    yield points.overview_message(reader, overview(balance=1, owed=2500), now=NOW)
    yield points.overview_message(reader, overview(latest=None), now=NOW)
    yield points.entries_message(reader, [], more=False, now=NOW)
    kinds = ("adjust", "gift", "hold", "release", "capture", "expire")
    by_hand = [entry(kind=kind, points=-40, rule=None, event=None, version=None, note=NASTY) for kind in kinds]
    undone = [entry(kind="reverse", points=-15), entry(kind="reverse", event=None), entry(event=None, reversed=True)]
    yield points.entries_message(
        reader, [entry(event=NASTY), *undone, *by_hand], more=True, now=NOW + dt.timedelta(days=3)
    )


def _history(reader: Reader) -> Iterator[Message]:
    found = (entry(event=NASTY), entry(reversed=True), entry(kind="adjust", points=-40, rule=None, event=None))
    yield history.history_message(reader, Page(found, earlier=True, later=True), now=NOW)
    yield history.history_message(reader, Page(()), now=NOW)
    earned = (Earned("report", 4, 1060), Earned(NASTY, 1, 5))
    full = MonthlyStatement(
        start=dt.date(2026, 2, 1), before=20, earned=earned, gifts=5, corrected=-40, spent=30, expired=1, earlier=True
    )
    for month in (full, replace(full, spent=-30), MonthlyStatement(start=dt.date(2026, 3, 1), before=0)):
        yield history.statement_message(reader, month, {"report": "Report Scheduled"}, today=NOW.date())


def _boards(reader: Reader) -> Iterator[Message]:
    for period in PERIODS:
        yield own_place.own_board_message(reader, OwnBoard(board(period), OWN), GOALS)
        yield boards.board_message(reader, board(period, rows=()), GOALS)
    team = board(mode="team", rows=(), strong=STRONG, total=1)
    yield boards.board_message(reader, team, GOALS, Picture("F012345678", "a picture"))
    yield boards.board_message(reader, board("month", mode="team", rows=(), strong=STRONG), {})
    yield own_place.own_board_message(reader, OwnBoard(board(rows=(), without="few"), OwnPlace(points=0)), GOALS)
    yield own_place.own_board_message(reader, OwnBoard(board(rows=(), without="level"), OwnPlace(points=15)), GOALS)
    yield own_place.own_place_message(reader, OwnBoard(board(), OWN))
    for points_before in (120, 160):
        shown = OwnBoard(board(), OWN, Best(dt.date(2026, 2, 2), points_before))
        yield own_place.own_place_message(reader, shown, last=True)
        yield own_place.own_board_message(reader, shown, GOALS, last=True)
    yield boards.board_message(reader, board(improved=(Improved(NASTY, 45), Improved("Jun Park", 45))), GOALS)
    yield boards.chart_message(reader, OwnBoard(board(), OWN), "F012345678")
    yield boards.no_chart_message(reader)


def _shoutouts(reader: Reader) -> Iterator[Message]:
    badge = LocalizedText.model_validate("Automator")
    says = LocalizedText.model_validate("{name} scheduled a first report")
    told = (
        Shoutout(
            reached_id=1, milestone="m", name=NASTY, badge=badge, says=says, figure=Figure(40, "Report Scheduled")
        ),
        Shoutout(reached_id=2, milestone="n", name="Jun Park", badge=badge, says=None, figure=Figure(1)),
        Shoutout(reached_id=3, milestone="o", name=None, badge=badge, says=None, figure=None),
    )
    yield recognition.shoutout_message(
        reader, ShoutoutFacts(account_id=1, account="Northwind", language="en", timezone="UTC", shoutouts=told)
    )


ANIA = Requester(
    user=SlackUser("", "T1", "U_ANIA"),
    role=Role.MEMBER,
    account=AccountInfo(id=1, key="northwind", name="Northwind", timezone="Europe/Warsaw", language="en", mode="team"),
    person_id=1,
    owner=True,
)


HANBIT = replace(ANIA.known_account, id=2, key="hanbit", name=NASTY)


def _settings(reader: Reader) -> Iterator[Message]:
    yield errors.error_message(reader, WhichAccountError((ANIA.known_account, HANBIT)))
    yield account_choice.account_choice_home(reader, (ANIA.known_account, HANBIT))
    yield account_choice.account_receipt(reader, HANBIT)
    yield settings.settings_message(reader, replace(ANIA, others=(HANBIT,)))
    yield settings.settings_message(reader, ANIA)
    yield settings.settings_message(
        reader, replace(ANIA, owner=False, on_boards=True, celebrated=True, chosen_language="pl")
    )
    yield settings.language_receipt(reader)
    for mode in MODES:
        yield settings.mode_receipt(reader, ANIA.known_account, mode)
    yield settings.leave_receipt(reader)
    yield settings.erase_receipt(reader)
    together = Goal("together", 3000, 2460)
    yield home.member_home(reader, ANIA, overview(), OWN, [], shared=(NASTY, together), now=NOW)
    yield home.member_home(reader, ANIA, overview(latest=None), OwnPlace(points=0), ["Explorer", NASTY], now=NOW)
    yield home.unknown_account_home(reader)


CLIENT = AccountInfo(id=1, key="northwind", name=NASTY, timezone="Europe/Warsaw", language="en", mode="team")


def knock(**facts: Any) -> UnmatchedPerson:
    """Return somebody who wants to join."""
    plain: dict[str, Any] = {
        "user": SlackUser("", "T1", "U1"),
        "name": NASTY,
        "email": None,
        "reason": "unknown",
        "at": NOW,
        "candidates": (),
    }
    return UnmatchedPerson(**(plain | facts))


def claimed(number: int, **facts: Any) -> Claimed:
    """Return a message of which nobody knows whether it was sent."""
    plain: dict[str, Any] = {
        "key": "k",
        "kind": "board",
        "category": "news",
        "workspace": Workspace("", "T1"),
        "subject": {},
        "due_at": NOW,
        "good_until": NOW,
        "channel_id": "C012345",
    }
    said = OutboxMessage(**(plain | facts))
    return Claimed(account_id=1, id=number, attempt=1, message=said, file_id=None)


def at_desk(**facts: Any) -> Desk:
    """Return an account as its manager sees it, with nothing that waits."""
    plain: dict[str, Any] = {
        "client": CLIENT,
        "known": 12,
        "joined": 3,
        "this_week": 820,
        "last_week": 760,
        "channels": ("C012345", "C012346"),
        "knocks": (),
        "unknown": (),
        "corrections": (),
        "tiers": True,
    }
    return Desk(**(plain | facts))


KNOCK = knock(
    email="ola@northwind.example", reason="several", candidates=("ola", "desk"), user=SlackUser("", "T1", "U2")
)
MADE = (
    Correction(transfer_id=7, points=-40, person=NASTY, at=NOW, reason=NASTY),
    Correction(transfer_id=8, points=1, person=None, at=NOW - dt.timedelta(days=2), reason=None),
)
BUSY = at_desk(
    known=1,
    this_week=1,
    last_week=2,
    channels=(),
    knocks=(
        knock(),
        KNOCK,
        knock(name=None, reason="taken", user=SlackUser("E1", "T1", "U3")),
        knock(name=None, email="x@y.example", user=SlackUser("", "T1", "U4")),
        *(knock(user=SlackUser("", "T1", f"U{number}")) for number in range(5, 8)),
    ),
    unknown=(
        *(claimed(n, kind=kind) for n, kind in enumerate(("board", "shoutout", "invitation", "other"))),
        claimed(9, kind="corrected", channel_id=None, user_id="U1"),
        claimed(10),
    ),
    corrections=MADE,
)


def _desk(reader: Reader) -> Iterator[Message]:
    several = [at_desk(last_week=820), replace(BUSY, client=replace(CLIENT, id=2))]
    yield desk.desk_message(reader, desk.desk_parts(reader, at_desk(), several=False, loose=True, now=NOW))
    yield desk.desk_message(reader, desk.desk_parts(reader, BUSY, several=True, now=NOW))
    words = tuple(claimed(n, kind=kind, channel_id=None, user_id="U1") for n, kind in enumerate(("tier", "expiry")))
    yield desk.desk_message(
        reader, desk.desk_parts(reader, at_desk(unknown=words, tiers=False), several=False, now=NOW)
    )
    yield desk.desk_message(reader, desk.account_list_parts(reader, several, following=None))
    yield desk.desk_message(reader, desk.account_list_parts(reader, [at_desk()], following=8, loose=True))
    yield desk.desk_help(reader, ["northwind", "hanbit"])
    for again, done in ((True, True), (False, True), (False, False)):
        yield desk.delivery_receipt(reader, again=again, was_undecided=done)
    yield desk.invitation_receipt(reader, NASTY, 0)
    yield desk.invitation_receipt(reader, NASTY, 1)
    yield desk.correction_undo_receipt(reader)
    yield home.manager_home([desk.desk_header(reader), *desk.desk_parts(reader, BUSY, several=False, now=NOW)])


LISTED = (
    ListedPerson(external_id="ania", email=None, name=NASTY, role="champion", joined=True),
    ListedPerson(external_id=None, email="x@y.example", name=None, role="user", joined=False),
    ListedPerson(external_id="ania", email=None, name=NASTY, role="manager", joined=True),
    ListedPerson(external_id="ania", email=None, name=NASTY, role="executive", joined=False),
)
WRONG = [
    RosterFault(kind=kind, lines=(2,) if kind != "twice" else (3, 4), said="")
    for kind in ("header", "unreadable", "no_id", "email", "role", "long", "twice")
]


def _rostering(reader: Reader) -> Iterator[Message]:
    yield roster.people_message(reader, CLIENT, PeoplePage(LISTED, 4, 20), size=4)
    yield roster.people_message(reader, CLIENT, PeoplePage(LISTED[:1], 0, 1), size=15)
    yield roster.people_message(reader, CLIENT, PeoplePage((), 0, 0), size=15)
    yield roster.roster_form(reader, CLIENT, "id\n", whole=True).content
    yield roster.roster_form(reader, CLIENT, "id\n", whole=False).content
    for wrong in (WRONG[:3], WRONG[3:], WRONG, [*WRONG, *WRONG]):
        yield errors.error_message(reader, RosterError(wrong))
    yield roster.roster_receipt(reader, CLIENT, RosterReport(read=1, added=1, updated=0, unchanged=0, refused=0))
    yield roster.roster_receipt(reader, CLIENT, RosterReport(read=9, added=2, updated=1, unchanged=5, refused=1))
    yield roster.roster_receipt(reader, CLIENT, RosterReport(read=9, added=2, updated=1, unchanged=4, refused=2))


MARCH, MAY = dt.date(2026, 3, 1), dt.date(2026, 5, 1)
SEASON = replace(board("all"), period="season", span=Span(MARCH, None))


def _seasons(reader: Reader) -> Iterator[Message]:
    yield seasons.season_form(reader, CLIENT, [MARCH, MAY], MARCH).content
    for name in ("", NASTY):
        season = Opened(7, MARCH, name or None)
        same = replace(CLIENT, language=reader.language)  # a channel is told in its account's language
        yield seasons.confirm_season(reader, same, starts=MARCH, name=name).content
        yield seasons.season_receipt(reader, CLIENT, season)
        yield seasons.season_message(
            reader, SeasonFacts(starts=MARCH, name=name or None, language="en", timezone="UTC")
        )
        yield desk.desk_message(reader, desk.desk_parts(reader, at_desk(season=season), several=False, now=NOW))
    doubtful = at_desk(unknown=(claimed(1, kind="season"),))
    yield desk.desk_message(reader, desk.desk_parts(reader, doubtful, several=False, now=NOW))
    yield seasons.season_undo_receipt(reader)
    for last in (False, True):
        yield seasons.no_season_message(reader, last=last)
    named, over = replace(SEASON, season=NASTY), replace(SEASON, span=Span(MARCH, MAY))
    for shown in (SEASON, named, over, replace(SEASON, span=Span(MARCH, dt.date(2026, 4, 1)))):
        yield own_place.own_board_message(reader, OwnBoard(shown, OWN), GOALS, seasons=2)
        yield own_place.own_place_message(reader, OwnBoard(shown, OWN), last=True, seasons=1)
        yield boards.board_message(reader, shown, GOALS)
    yield own_place.own_board_message(reader, OwnBoard(board(), OWN), GOALS, seasons=1)


PERSON = KnownPerson(1, "ania", NASTY, None)
CORRECTED = CorrectionFacts(
    account_id=1,
    change=Change(transfer_id=7, points=-40, before=380, after=340),
    reason=NASTY,
    author=NASTY,
    product="Orbit",
    day=dt.date(2026, 3, 5),
    language="en",
    timezone="UTC",
)
DISPUTE = DisputeFacts(
    account_id=1,
    account="Northwind",
    person=NASTY,
    points=-40,
    day=dt.date(2026, 3, 5),
    reason=NASTY,
    language="en",
    timezone="UTC",
)


def _corrections(reader: Reader) -> Iterator[Message]:
    yield corrections.correction_form(reader, NASTY, 1, [PERSON, KnownPerson(2, None, None, "x@y.example")]).content
    yield corrections.correction_form(reader, NASTY, 1, []).content
    for has, moved in ((380, False), (30, True)):
        yield corrections.confirm_correction(
            reader, NASTY, PERSON, points=-40, has=has, reason=NASTY, account_id=1, moved=moved
        ).content
    yield corrections.correction_receipt(reader, PERSON, Change(transfer_id=7, points=1, before=-1, after=0))
    yield corrections.correction_message(reader, CORRECTED)
    yield corrections.correction_message(reader, replace(CORRECTED, reason=reasons.UNDONE))
    owing = Change(transfer_id=7, points=-1, before=0, after=-1)
    yield corrections.correction_message(reader, replace(CORRECTED, reason=None, author=None, change=owing))
    yield corrections.dispute_receipt(reader, 0)
    yield corrections.dispute_receipt(reader, 2)
    yield corrections.dispute_message(reader, DISPUTE)
    yield corrections.dispute_message(reader, replace(DISPUTE, person=None, reason=None))
    yield link.connect_form(reader, 1, KNOCK).content
    yield link.connect_form(reader, 1, knock()).content
    yield link.connect_receipt(reader, KNOCK, "ola")
    yield accounts.bind_form(reader, "C012345", "T1", [CLIENT], "").content
    yield accounts.bind_receipt(reader, NASTY, "C012345", new=True)
    yield accounts.bind_receipt(reader, NASTY, "C012345", new=False)
    yield accounts.no_channel_message(reader)


TIERS = read(
    """\
programme: {name: Orbit Champions}
tiers:
  members:
    - {key: silver, points: 500, over: 12 months, benefits: ["Ania & <!channel> *Nowak*", Northwind]}
    - {key: gold, name: {en: "Ania & <!channel> *Nowak*", pl: Northwind, ko: Northwind}, points: 900, over: 90 days}
  accounts: [{key: northwind, by: choice, benefits: [Northwind]}]
"""
).tiers
SILVER, GOLD = TIERS.members
TIER = TierFacts(
    word="notice",
    tier=NASTY,
    until=dt.date(2026, 5, 3),
    to_go=120,
    over=Months(12),
    product="Orbit",
    language="en",
    timezone="UTC",
)
STANDINGS = (
    TierStanding(next=NextTier(SILVER, 120, Months(12))),
    TierStanding(own=SILVER, next=NextTier(GOLD, 1, dt.timedelta(days=90)), ending=Ending(dt.date(2026, 5, 3), 1)),
    TierStanding(own=GOLD, ending=Ending(dt.date(2026, 5, 3), 0), accounts=TIERS.accounts[0]),
)


def _expiry(reader: Reader) -> Iterator[Message]:
    for number in (1, 60):
        runs_out = ExpiringPoints(number, dt.date(2026, 5, 1))
        yield points.overview_message(reader, overview(expiring=runs_out), now=NOW)
        yield expiry_notice.expiry_message(reader, ExpiryFacts(expiring=runs_out, language="en", timezone="UTC"))


def _tiers(reader: Reader) -> Iterator[Message]:
    for standing in STANDINGS:
        yield points.overview_message(reader, overview(tier=standing), now=NOW)
        yield points.overview_message(reader, overview(tier=standing, latest=None), now=NOW)
    raised = (Raised(NASTY, GOLD.name, "gold"), Raised(None, None, "northwind", SILVER.benefits))
    facts = ShoutoutFacts(account_id=1, account=NASTY, language="en", timezone="UTC", shoutouts=(), raised=raised)
    yield recognition.shoutout_message(reader, facts)
    for word in ("notice", "lost", "ends", "chosen"):
        yield override.tier_message(reader, replace(TIER, word=word))
        yield override.tier_message(reader, replace(TIER, word=word, then=NASTY, account=NASTY, to_go=0))
    chosen = replace(TIER, word="chosen", reason=NASTY, author=NASTY)
    yield override.tier_message(reader, chosen)
    yield override.tier_message(reader, replace(chosen, tier=""))
    yield override.tier_message(reader, replace(chosen, until=None))
    yield override.tier_form(reader, NASTY, 1, TIERS, [PERSON]).content
    for person, tier, back in ((PERSON, GOLD, False), (None, None, False), (None, None, True)):
        yield override.confirm_tier(
            reader, NASTY, person, tier, back=back, until=dt.date(2027, 5, 3), reason=NASTY, private_metadata={}
        ).content
        yield override.tier_receipt(reader, NASTY, person, new=back)


RULES = """\
programme: {name: Orbit Champions}
accounts: [{key: northwind, name: Northwind, timezone: Europe/Warsaw, cohort: pilot}]
earn:
  - {key: report, event: Report Scheduled, points: 15, limit: {times: 3, per: day}, cooldown: 90m}
  - {key: rows, event: Report Scheduled, points: {each: 100, of: rows, worth: 1, at_most: 20}, until: 2026-04-01}
  - {key: new, event: Feature Used, points: 1, once: {each: feature}, where: {plan: {in: [pro, team]}, trial: false}}
  - {key: big, event: Feature Used, points: 2, once: true, where: {size: {at_least: 5, at_most: 9}, s: {exists: true}}}
  - {key: rare, event: Feature Used, points: 3, limit: {points: 50, per: week}, where: {tag: {exists: false}}}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool, limit: {times: 1, per: month}}
milestones:
  - {key: a, when: {points: 100}, badge: Explorer}
  - {key: b, when: {distinct: 5, of: feature, event: Feature Used}, badge: All-rounder}
  - {key: c, when: {count: 100, of: Report Scheduled}, badge: Century}
  - {key: d, when: {streak: 5}, badge: Steady}
  - {key: e, when: {team_points: 3000}, badge: Together}
"""
PROGRAMME = read(RULES)


def _rules(reader: Reader) -> Iterator[Message]:
    yield programme.rules_message(reader, "Orbit Champions", PROGRAMME.earn, PROGRAMME.milestones, rewards=True)
    yield programme.rules_message(reader, "Orbit Champions", (), ())
