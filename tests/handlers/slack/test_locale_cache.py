"""Somebody's locale, asked of a local Slack: once a day, never waited for long."""

import datetime as dt
from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from handlers.slack.locale_cache import Locale, LocaleCache
from handlers.slack.profiles import SlackProfiles
from loyalty.accounts.slack_profile import SlackUser
from sandbox.driver import Driver
from sandbox.run_servers import Site, in_background
from sandbox.server import create
from tests.support.workspace import NOW, SEED

JUN, EWA = SlackUser("", "T_ORBIT", "U_JUN"), SlackUser("", "T_ORBIT", "U_EWA")
SEOUL, WARSAW = Locale("ko-KR", "Asia/Seoul"), Locale("pl-PL", "Europe/Warsaw")


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    server = create(SEED, bot_url="http://127.0.0.1:1/")
    with in_background(Site(server, before_stop=server.state.slack.feed.close)) as [url]:
        yield url


@pytest.fixture
def slack(url: str) -> WebClient:
    return WebClient(token="xoxb-laurels", base_url=f"{url}/api/", retry_handlers=[])


def breaks(url: str, times: int = 1) -> None:
    Driver(url).orders_trouble("server_error", "users.info", times=times)


def test_slack_is_asked_once_a_day(url: str, slack: WebClient) -> None:
    locales = LocaleCache()
    assert locales.get(SlackProfiles(), slack, JUN, now=NOW) == SEOUL
    breaks(url)
    assert locales.get(SlackProfiles(), slack, JUN, now=NOW + dt.timedelta(hours=23)) == SEOUL
    assert locales.get(SlackProfiles(), slack, JUN, now=NOW + dt.timedelta(hours=25)) == Locale()


def test_where_slack_fails_it_is_asked_again_after_a_minute(url: str, slack: WebClient) -> None:
    locales = LocaleCache()
    breaks(url)
    assert locales.get(SlackProfiles(), slack, JUN, now=NOW) == Locale()
    assert locales.get(SlackProfiles(), slack, JUN, now=NOW + dt.timedelta(seconds=59)) == Locale()
    assert locales.get(SlackProfiles(), slack, JUN, now=NOW + dt.timedelta(seconds=60)) == SEOUL


def test_of_more_people_than_it_holds_the_first_is_forgotten(url: str, slack: WebClient) -> None:
    locales = LocaleCache(most=1)
    assert [locales.get(SlackProfiles(), slack, who, now=NOW) for who in (JUN, EWA)] == [SEOUL, WARSAW]
    breaks(url)
    assert [locales.get(SlackProfiles(), slack, who, now=NOW) for who in (EWA, JUN)] == [WARSAW, Locale()]


def test_whom_slack_does_not_know_has_none(slack: WebClient) -> None:
    assert LocaleCache().get(SlackProfiles(), slack, SlackUser("", "T_ORBIT", "U_NOBODY"), now=NOW) == Locale()
