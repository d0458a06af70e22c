import datetime as dt

import pytest

from tests.bot.cli.shell import PROGRAMME, Shell

NOW = dt.datetime(2026, 3, 10, 9, 0, tzinfo=dt.UTC)
"""A Tuesday, ten days before the webinar of `FILE`."""
FILE = """\
webinar:
  key: reports-march
  title: {en: Scheduled reports in 30 minutes, pl: Raporty w 30 minut}
  why: For everybody who builds reports
  at: "2026-03-20 15:00"
  timezone: Europe/Warsaw
  minutes: 30
  link: "https://meet.orbit.example/r"
  seats: 2
  accounts: [northwind, fulton]
  where: direct
  min_minutes: 15
"""
CAME = "  - {key: came, event: Webinar Attended, points: 30, once: {each: webinar}}\n"
PEOPLE = {
    "northwind": "id,name,email\nania,Ania Nowak,ania@northwind.example\nmarek,Marek Lis,marek@northwind.example\n",
    "fulton": "id,name,email\nania,Anne Reed,anne@fulton.example\njohn,John Fulton,john@fulton.example\n",
}


class Clock:
    """The commands' clock, which stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOW

    def __call__(self) -> dt.datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in ("context", "people", "webinar", "webinar.answers", "webinar.evidence", "webinar.feeds"):
        monkeypatch.setattr(f"bot.cli.{module}.now", made)
    return made


@pytest.fixture
def office(both: Shell, clock: Clock) -> Shell:
    """Two clients with two people each; one product's user id is of both."""
    both.apply(PROGRAMME.replace("exclude:", f"{CAME}exclude:"))
    for account, text in PEOPLE.items():
        ran = both.run("people", "import", both.file(f"{account}.csv", text), "--account", account)
        assert ran.code == 0, ran
    return both


@pytest.fixture
def announced(office: Shell) -> Shell:
    """The webinar of `FILE`, announced."""
    ran = office.run("webinar", "announce", office.file("webinar.yaml", FILE))
    assert ran.code == 0, ran
    return office
