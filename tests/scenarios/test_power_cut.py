"""The bot is killed with messages on their way and usage coming in."""

import datetime as dt

from bot.demo.bot_process import BotProcess
from loyalty.verify.ledger import verify
from storage.database import OPERATOR
from tests.bot.demo.conftest import room
from tests.support.two_workspaces import HANBIT, MORNING, NORTHWIND, SIGNING_SECRET, TOKEN, Village


def test_a_bot_that_is_killed_loses_nothing_and_says_nothing_twice(village: Village) -> None:
    for minute in range(4):
        village.now = MORNING + dt.timedelta(minutes=minute)
        village.invites()
    village.driver.orders_trouble("slow", "chat.postMessage", times=20, seconds=0.3)
    bot = BotProcess(room(), environment(village))
    events = [("ania", f"report-{number}") for number in range(50)]
    with bot:
        in_process, village.bot_url = village.bot_url, bot.url
        assert village.sends("northwind", *events[:20], at=MORNING) == ["recorded"] * 20
        village.driver.waits_for(lambda: len(posted(village)) >= 2)
        bot.kill()
    village.bot_url = in_process

    village.passes(minutes=10)  # another one takes over
    assert village.sends("northwind", *events, at=MORNING) == ["replayed"] * 20 + ["recorded"] * 30
    states = {key: state for key, (state, _) in village.outbox().items()}
    there = posted(village)
    assert len(states) == 8
    assert sorted(there) == sorted(set(there))  # nothing twice
    assert {states[key] for key in states if key not in there} <= {"unknown"}  # nothing lost without a word
    assert {"sent"} <= {states[key] for key in there} <= {"sent", "unknown"}
    assert list(states.values()).count("unknown") <= 2  # one a channel
    assert village.database.read(OPERATOR, lambda session: verify(session, week_starts="monday")) == []


def posted(village: Village) -> list[str]:
    return village.posted(NORTHWIND, "U_ANIA") + village.posted(HANBIT, "U_JUN")


def environment(village: Village) -> dict[str, str]:
    return {
        "LAURELS_DATABASE_URL": village.database.engine.url.render_as_string(),
        "LAURELS_LOG_LEVEL": "warning",
        "LAURELS_CLOCK_AHEAD": str((village.now - dt.datetime.now(dt.UTC)).total_seconds()),
        "SLACK_BOT_TOKEN": TOKEN,
        "SLACK_SIGNING_SECRET": SIGNING_SECRET,
        "SLACK_API_URL": f"{village.slack_url}/api/",
    }
