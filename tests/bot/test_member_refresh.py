"""Members who are silent are looked at all the same."""

import datetime as dt

from slack_sdk import WebClient
from sqlmodel import Session, select

from bot.member_refresh import refresh_members
from storage.database import OPERATOR
from storage.tables import Member, Person
from tests.support.workspace import NOW, Town


def slack_of(town: Town) -> WebClient:
    return WebClient(token="xoxb-laurels", base_url=f"{town.driver.url}/api/", retry_handlers=[])


def facts(town: Town) -> list[tuple[str, str | None, bool]]:
    def find(session: Session) -> list[tuple[str, str | None, bool]]:
        left = {(p.account_id, p.id) for p in session.exec(select(Person)) if p.left_at}
        found = session.exec(select(Member)).all()
        return sorted((m.user_id, m.slack_timezone, (m.account_id, m.person_id) in left) for m in found)

    return town.database.read(OPERATOR, find)


def test_a_silent_member_is_looked_at_once_a_week(town: Town) -> None:
    town.joins("U_ANIA", "U_PIOTR")
    town.becomes("U_ANIA", deleted=True)
    town.becomes("U_PIOTR", tz="Asia/Seoul")
    before = [("U_ANIA", "Europe/Warsaw", False), ("U_PIOTR", "Europe/Warsaw", False)]
    assert refresh_members(town.database, slack_of(town), NOW + dt.timedelta(days=6)) == 0
    assert facts(town) == before
    assert refresh_members(town.database, slack_of(town), NOW + dt.timedelta(days=7)) == 2
    assert facts(town) == [("U_ANIA", "Europe/Warsaw", True), ("U_PIOTR", "Asia/Seoul", False)]


def test_whoever_speaks_is_looked_at_that_day(town: Town) -> None:
    town.joins("U_ANIA")
    town.becomes("U_ANIA", tz="Asia/Seoul", locale="ko-KR")

    def forget(session: Session) -> None:
        for member in session.exec(select(Member)):
            member.looked_at = NOW - dt.timedelta(days=1)

    town.database.write(OPERATOR, forget)
    assert town.types("U_ANIA", "/points").text.startswith("*No points yet.*")
    town.driver.waits_for(lambda: facts(town) == [("U_ANIA", "Asia/Seoul", False)])
    assert town.types("U_ANIA", "/points").text.startswith("*아직")
