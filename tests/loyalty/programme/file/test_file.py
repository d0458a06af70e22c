from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loyalty.errors import LoyaltyError
from loyalty.programme import (
    AccountTerms,
    Boards,
    Condition,
    Contact,
    Count,
    Distinct,
    Exclude,
    Limit,
    LocalizedText,
    Milestone,
    OnceEach,
    PerUnit,
    Points,
    Programme,
    ProgrammeError,
    Rule,
    Settings,
    Shoutouts,
    Streak,
    TeamPoints,
    canonical,
    digest,
    read,
    recall,
)
from loyalty.programme.times import PostTime, Quiet
from tests.loyalty.programme.builders import CLIENTS, REWARDS, marked, refused

WHOLE = """\
programme:
  {name: Orbit Champions, product: Orbit, week_starts: monday, unjoined_days: 30, points_expire: never}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw, language: pl, mode: team, channel: C012345,
     managers: [ewa@orbit.example], owners: [jan@northwind.example], cohort: pilot, yearly_value: 40000,
     invited: 2026-03-01}
  - {key: haneul, name: {en: Haneul, ko: 하늘}, timezone: Asia/Seoul}
earn:
  - {key: report, event: Report Scheduled, points: 15, limit: {times: 3, per: day}}
  - {key: rows, event: Report Scheduled, points: {each: 100, of: rows, worth: 1, at_most: 20}}
  - {key: new-feature, event: Feature Used, points: 20, once: {each: feature}, where: {plan: {in: [pro, team]}}}
  - {key: spring, event: Report Scheduled, points: 5, from: 2026-03-01, until: 2026-04-01, cohort: pilot}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool, cooldown: 1h, accounts: [haneul]}
milestones:
  - {key: first-hundred, when: {points: 100}, badge: Explorer, says: "{name} passed 100 points"}
  - {key: all-round, when: {distinct: 5, of: feature, event: Feature Used}, badge: All-rounder}
  - {key: hundred-reports, when: {count: 100, of: Report Scheduled}, badge: Century}
  - {key: steady, when: {streak: 5}, badge: Steady}
  - {key: together, when: {team_points: 3000}, says: "{account} reached 3,000 together"}
boards: {post: "monday 09:00", period: week, chart: true}
shoutouts: {gather_at: "16:00"}
contact: {quiet: "18:00-08:00", weekends: quiet, unasked_per_week: 1}
exclude: {people: ["robot-*"]}
"""
HURTFUL = [
    "&a ",
    "*a",
    "{",
    "}",
    "[",
    "- ",
    ": ",
    "!!x ",
    "\t",
    "'",
    '"\\UFFFFFFFF"',
    "---\n",
    "%YAML 1.1\n",
    "1e999",
    "~",
]


def test_a_whole_file_is_read_as_it_is_written() -> None:
    assert read(WHOLE) == Programme(
        settings=Settings(
            name=LocalizedText("Orbit Champions"),
            product="Orbit",
            week_starts="monday",
            unjoined_days=30,
            points_expire=None,
        ),
        accounts=(
            AccountTerms(
                key="northwind",
                name=LocalizedText("Northwind"),
                timezone="Europe/Warsaw",
                language="pl",
                mode="team",
                channel="C012345",
                managers=("ewa@orbit.example",),
                owners=("jan@northwind.example",),
                cohort="pilot",
                yearly_value=Decimal(40000),
                invited=date(2026, 3, 1),
            ),
            AccountTerms(key="haneul", name=LocalizedText({"en": "Haneul", "ko": "하늘"}), timezone="Asia/Seoul"),
        ),
        earn=(
            Rule(key="report", event="Report Scheduled", points=15, limit=Limit(times=3, per="day")),
            Rule(
                key="rows",
                event="Report Scheduled",
                points=PerUnit(each=Decimal(100), of="rows", worth=1, at_most=20),
            ),
            Rule(
                key="new-feature",
                event="Feature Used",
                points=20,
                once=OnceEach(each="feature"),
                where={"plan": Condition(in_=("pro", "team"))},
            ),
            Rule(
                key="spring",
                event="Report Scheduled",
                points=5,
                from_=date(2026, 3, 1),
                until=date(2026, 4, 1),
                cohort="pilot",
            ),
            Rule(
                key="shared",
                event="Dashboard Shared",
                points=10,
                to="pool",
                cooldown=timedelta(hours=1),
                accounts=("haneul",),
            ),
        ),
        milestones=(
            Milestone(
                key="first-hundred",
                when=Points(points=100),
                badge=LocalizedText("Explorer"),
                says=LocalizedText("{name} passed 100 points"),
            ),
            Milestone(
                key="all-round",
                when=Distinct(distinct=5, of="feature", event="Feature Used"),
                badge=LocalizedText("All-rounder"),
            ),
            Milestone(
                key="hundred-reports", when=Count(count=100, of="Report Scheduled"), badge=LocalizedText("Century")
            ),
            Milestone(key="steady", when=Streak(streak=5), badge=LocalizedText("Steady")),
            Milestone(
                key="together",
                when=TeamPoints(team_points=3000),
                says=LocalizedText("{account} reached 3,000 together"),
            ),
        ),
        boards=Boards(post=PostTime(0, time(9)), period="week", chart=True),
        shoutouts=Shoutouts(gather_at=time(16)),
        contact=Contact(quiet=Quiet(time(18), time(8)), weekends="quiet", unasked_per_week=1),
        exclude=Exclude(people=("robot-*",)),
    )


def test_what_a_file_leaves_out_is_as_documented() -> None:
    programme = read("programme: {name: Orbit Champions}\nearn:\nboards:\n")
    assert programme == Programme(
        settings=Settings(
            name=LocalizedText("Orbit Champions"),
            product=None,
            week_starts="monday",
            unjoined_days=30,
            points_expire=None,
        ),
        accounts=(),
        earn=(),
        milestones=(),
        boards=Boards(post=PostTime(0, time(9)), period="week", chart=True),
        shoutouts=Shoutouts(gather_at=time(16)),
        contact=Contact(quiet=Quiet(time(18), time(8)), weekends="quiet", unasked_per_week=1),
        exclude=Exclude(people=()),
    )
    account = read(CLIENTS).accounts[1]
    assert (account.language, account.mode, account.channel, account.managers) == ("en", "team", None, ())


def test_never_is_no_board_no_quiet_hours_and_no_expiry() -> None:
    text = "programme: {name: A, points_expire: never}\nboards: {post: never}\ncontact: {quiet: never}\n"
    programme = read(text)
    assert (programme.settings.points_expire, programme.boards.post, programme.contact.quiet) == (None, None, None)


def test_words_of_yaml_1_1_stay_text() -> None:
    text = CLIENTS + "earn:\n  - {key: on, event: yes, points: 1, where: {no: off, at: 12:30:00, day: 2026-03-01}}\n"
    rule = read(text).earn[0]
    assert (rule.key, rule.event, rule.where) == ("on", "yes", {"no": "off", "at": "12:30:00", "day": "2026-03-01"})


def test_an_alias_is_what_it_refers_to() -> None:
    text = CLIENTS + (
        "earn:\n"
        "  - {key: a, event: A, points: 1, limit: &daily {times: 3, per: day}}\n"
        "  - {key: b, event: B, points: 1, limit: *daily}\n"
    )
    assert [rule.limit for rule in read(text).earn] == [Limit(times=3, per="day")] * 2


def test_what_was_checked_once_is_recalled_without_asking_for_its_accounts_again() -> None:
    text = CLIENTS + "earn: [{key: a, event: A, points: 1, accounts: [fulton], cohort: late}]\n"
    assert recall(text) == read(text, accounts={"fulton": "late"})
    with pytest.raises(ProgrammeError):
        recall(text.replace("points: 1", "points: -1"))


def test_accounts_known_from_elsewhere_may_be_named_with_their_cohorts() -> None:
    text = CLIENTS + "earn: [{key: a, event: A, points: 1, accounts: [fulton], cohort: late}]\n"
    assert read(text, accounts={"fulton": "late"}).earn[0].accounts == ("fulton",)
    assert refused(text) == [
        (5, "rule `a`: `accounts`: there is no account `fulton`"),
        (5, "rule `a`: `cohort`: no account is in the cohort `late`"),
    ]


def test_every_problem_is_told_at_once_with_its_line_in_order() -> None:
    with pytest.raises(LoyaltyError) as caught:
        read("programme: {nam: A}\nearn:\n  - {key: a, event: A, points: 0}\nmilestone: []\n", name="orbit.yaml")
    assert str(caught.value) == (
        "orbit.yaml:1: `programme`: unknown key `nam`: did you mean `name`?\n"
        "orbit.yaml:3: rule `a`: `points`: 0 is too little: a rule that gives nothing can never fire\n"
        "orbit.yaml:4: unknown key `milestone`: did you mean `milestones`?"
    )


def test_a_wrong_field_does_not_hide_what_else_is_wrong_with_its_rule() -> None:
    text = CLIENTS + (
        "earn:\n"
        "  - key: a\n"
        "    event: 404  # here\n"
        "    points: -1  # here\n"
        "    limt: {times: 3, per: day}  # here\n"
        "    from: 2026-03-01\n"
        "    until: 2026-02-01  # here\n"
        "    accounts: [nordwind]  # here\n"
    )
    assert refused(text) == marked(
        text,
        [
            "rule `a`: `event`: a text is wanted, not the number 404: put it in quotes",
            "rule `a`: `points`: -1 is too little: a rule that gives nothing can never fire",
            "rule `a`: unknown key `limt`: did you mean `limit`?",
            (
                "rule `a`: `until`: 2026-02-01 is not after `from`, 2026-03-01, and `until` is the first day "
                "without it: this rule can never fire"
            ),
            "rule `a`: `accounts`: there is no account `nordwind`: did you mean `northwind`?",
        ],
    )


def test_reading_again_what_was_written_gives_the_same_programme() -> None:
    programme = read(WHOLE)
    assert Programme.model_validate_json(programme.model_dump_json(by_alias=True)) == programme


def test_a_digest_is_of_the_text_whatever_its_line_ends() -> None:
    assert canonical("\ufeffa: 1\r\nb: 2\n\n") == "a: 1\nb: 2\n"
    assert digest("a: 1\nb: 2") == digest("\ufeffa: 1\r\nb: 2\r\n")
    assert digest("a: 1\nb: 2") != digest("a: 1\nb: 3")
    assert digest("a: 1") == "37b128c59f1f5097f73f82691cb519f1f568667faab5ced1b4ab979d36837eae"


def lines_refused(text: str) -> list[int]:
    try:
        read(text)
    except ProgrammeError as error:
        return [problem.line for problem in error.problems] or [0]
    return []


@settings(deadline=None)
@given(st.data())
def test_a_mutilated_file_is_read_or_refused_with_lines_it_has(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([WHOLE, REWARDS]))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 30, len(whole))))
    put = data.draw(st.text(max_size=12) | st.sampled_from(HURTFUL))
    text = whole[:start] + put + whole[end:]
    assert [line for line in lines_refused(text) if not 1 <= line <= len(text.splitlines()) + 1] == []


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(ProgrammeError):
        read(text)
