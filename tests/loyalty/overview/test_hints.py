import datetime as dt
from collections.abc import Callable

import pytest

from loyalty.overview.hints import Hint, is_simple
from loyalty.overview.overview import overview
from loyalty.programme import Rule
from storage.database import Database
from tests.support.usage import Earning

FRIDAY = dt.date(2026, 3, 20)
GOAL = "milestones: [{key: goal, when: {points: 60}, badge: Explorer}]\n"
REPORT = "{key: report, event: Report Scheduled, points: 15"
FEATURE = "{key: new, event: Feature Used, points: 20, once: {each: feature}}"


@pytest.fixture
def hinted(database: Database) -> Callable[[Earning], Hint | None]:
    def find(earning: Earning) -> Hint | None:
        account, person = earning.account("northwind").id or 0, earning.person("ania")
        found = database.read({account}, lambda session: overview(session, account, person, today=FRIDAY))
        assert found.ahead is not None
        return found.ahead.hint

    return find


def under(database: Database, *rules: str) -> Earning:
    earning = Earning(database)
    earning.under(f"earn: [{', '.join(rules)}, {{key: other, event: Other, points: 1}}]\n{GOAL}")
    earning.use("Nothing")
    return earning


@pytest.mark.parametrize(
    ("rules", "hint"),
    [
        ((REPORT + "}",), Hint("Report Scheduled", 4)),
        ((REPORT + ", limit: {times: 3, per: day}}",), None),
        ((REPORT + ", limit: {points: 59, per: week}}",), None),
        ((REPORT + ", limit: {points: 60, per: week}}",), Hint("Report Scheduled", 4)),
        ((REPORT + ", cooldown: 1h}",), Hint("Report Scheduled", 4)),
        ((REPORT + ", once: true}",), None),
        ((REPORT + ", to: pool}",), None),
        ((REPORT + ", where: {size: big}}",), None),
        ((REPORT + ", accounts: [fulton]}",), None),
        ((REPORT + ", until: 2026-03-20}",), None),
        (("{key: report, event: Report Scheduled, points: 5}",), None),
        ((REPORT + "}", FEATURE), Hint("Feature Used", 3, "feature")),
        (("{key: rows, event: Rows, points: {each: 1, of: rows}}",), None),
    ],
)
def test_a_hint_is_what_the_rules_would_really_pay(
    database: Database, hinted: Callable[[Earning], Hint | None], rules: tuple[str, ...], hint: Hint | None
) -> None:
    assert hinted(under(database, *rules)) == hint


def test_what_was_paid_already_is_no_hint_any_more(
    database: Database, hinted: Callable[[Earning], Hint | None]
) -> None:
    first = "{key: first, event: First Login, points: 50, once: true}"
    earning = under(database, first, REPORT + ", limit: {times: 4, per: day}}")
    assert hinted(earning) == Hint("Report Scheduled", 4)
    earning.use("Report Scheduled")
    assert hinted(earning) == Hint("First Login", 1)
    earning.use("First Login")
    assert earning.reached() == {("goal", "ania", True)}


def test_nobody_is_told_to_do_what_laurels_records_by_itself() -> None:
    assert is_simple(Rule(key="a", event="Report Scheduled", points=30))
    assert not is_simple(Rule(key="a", event="Webinar Attended", points=30))
