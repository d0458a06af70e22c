import datetime as dt
import secrets
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session, col, select

from bot.web.app import create
from loyalty.members.erasure import erase
from loyalty.webinars.calendar.feed import SECRET_BYTES, feed_made_at, feed_path, renew_feed, revoke_feed
from loyalty.webinars.changes import move_webinar
from storage.database import Database
from storage.tables import CalendarFeed, Member, Person
from tests.loyalty.webinars.builders import AUTHOR, Inviting
from tests.support.calendars import events
from tests.support.usage import NOW


@pytest.fixture
def inviting(sqlite_database: Database) -> Inviting:
    """Two clients, a webinar for both, and a person of the same id in each."""
    found = Inviting(sqlite_database)
    found.under()
    for key in ("northwind", "fulton"):
        found.people("ania", key=key)
    found.announce()
    return found


@pytest.fixture
def web(inviting: Inviting) -> Iterator[TestClient]:
    with TestClient(create(None, database=inviting.database, clock=lambda: NOW)) as client:
        yield client


def feed(inviting: Inviting, account: str = "northwind", who: str = "ania") -> str:
    """Give somebody a feed, and return its path."""
    secret, account_id = secrets.token_urlsafe(SECRET_BYTES), inviting.account_id(account)
    person_id = inviting.person(who, account)
    inviting.database.write({account_id}, lambda session: renew_feed(session, account_id, person_id, secret, now=NOW))
    return feed_path(secret)


def test_a_feed_has_what_its_owner_answered_and_nothing_of_anybody_else(inviting: Inviting, web: TestClient) -> None:
    mine, theirs = feed(inviting), feed(inviting, "fulton")
    inviting.answer("ania", "maybe")
    inviting.answer("ania", "declined", "fulton")
    got = web.get(mine)
    assert (got.status_code, got.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    (found,) = events(got.content)
    assert (found.summary.value, found.status.value) == ("Scheduled reports", "TENTATIVE")
    assert events(web.get(theirs).content) == []
    assert "fulton" not in got.text.lower()


def test_what_is_known_is_not_sent_again_until_it_changes(inviting: Inviting, web: TestClient) -> None:
    path = feed(inviting)
    inviting.answer("ania", "going")
    tag = web.get(path).headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = web.get(path, headers={"if-none-match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert web.get(path, headers={"if-none-match": '"other"'}).status_code == 200
    assert web.head(path).headers["etag"] == tag
    later = dt.datetime(2026, 3, 25, 15, 0)  # noqa: DTZ001 - a local time
    inviting.operate(lambda session: move_webinar(session, "reports", later, author=AUTHOR, now=NOW))
    changed = web.get(path, headers={"if-none-match": tag})
    assert (changed.status_code, changed.headers["etag"] != tag) == (200, True)


@pytest.mark.parametrize("path", ["/calendar/x.ics", "/calendar/.ics", "/calendar/" + "a" * 43 + ".ics", "/calendar/x"])
def test_a_secret_that_is_none_finds_nothing(web: TestClient, path: str) -> None:
    assert web.get(path).status_code == 404


def test_a_renewed_or_revoked_feed_is_not_there(inviting: Inviting, web: TestClient) -> None:
    first, second = feed(inviting), feed(inviting)
    assert (web.get(first).status_code, web.get(second).status_code) == (404, 200)
    account_id, person_id = inviting.account_id("northwind"), inviting.person("ania", "northwind")
    assert inviting.look(lambda session: feed_made_at(session, account_id, person_id)) == NOW
    assert inviting.operate(lambda session: revoke_feed(session, account_id, person_id)) is True
    assert inviting.operate(lambda session: revoke_feed(session, account_id, person_id)) is False
    assert web.get(second).status_code == 404


def test_somebody_who_left_the_company_has_none_and_who_has_not_joined_has_one(
    inviting: Inviting, web: TestClient
) -> None:
    mine, theirs = feed(inviting), feed(inviting, "fulton")
    left = (inviting.account_id("northwind"), inviting.person("ania", "northwind"))
    alone = (inviting.account_id("fulton"), inviting.person("ania", "fulton"))

    def go(session: Session) -> None:
        session.get_one(Person, left).left_at = NOW
        session.delete(session.get_one(Member, alone))

    inviting.operate(go)
    assert (web.get(mine).status_code, web.get(theirs).status_code) == (404, 200)


def test_erasure_ends_it(inviting: Inviting, web: TestClient) -> None:
    path, other = feed(inviting), feed(inviting, "fulton")
    account_id, person_id = inviting.account_id("northwind"), inviting.person("ania", "northwind")
    inviting.operate(lambda session: erase(session, account_id, person_id, reason="erased", author=AUTHOR, now=NOW))
    assert (web.get(path).status_code, web.get(other).status_code) == (404, 200)
    assert inviting.look(
        lambda session: session.exec(select(CalendarFeed.account_id).order_by(col(CalendarFeed.account_id))).all()
    ) == [inviting.account_id("fulton")]


def test_the_secret_is_kept_nowhere_and_no_log_names_it(
    inviting: Inviting, web: TestClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level("DEBUG", logger="laurels"):
        path = feed(inviting)
        assert web.get(path).status_code == 200
    secret = path.removeprefix("/calendar/").removesuffix(".ics")
    kept = inviting.look(lambda session: session.exec(select(CalendarFeed)).one())
    assert (len(kept.secret_hash), secret.encode() in kept.secret_hash) == (32, False)
    file = inviting.database.engine.url.database
    assert file is not None
    with open(file, "rb") as stored:  # noqa: PTH123 - its bytes
        assert secret.encode() not in stored.read()
    said = capfd.readouterr()
    assert secret not in said.out + said.err
