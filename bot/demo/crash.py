"""Pull the plug: the bot dies in the middle of a burst of usage, comes back, and is sent the burst once more."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlmodel import col, func, select

from bot.demo.bot_process import BotProcess
from bot.demo.toy_product import Json, Orbit
from loyalty.verify.ledger import verify
from storage.database import OPERATOR, Database
from storage.tables import Transfer, Usage

BATCH = 20
BATCHES = 12
DIES_AFTER = 5

Say = Callable[[str], None]


def crash_and_recover(orbit: Orbit, bot: BotProcess, database: Database, people: Sequence[str], say: Say) -> Json:
    """Return what came of it: how many events were sent, lost and counted twice, and whether the audit holds."""
    burst = list(_burst(orbit, people))
    say(f"{len(burst)} events leave Orbit.")
    before = _counts(database)
    answered = _until_it_dies(orbit, bot, burst, say)
    say("It starts again, and Orbit sends everything once more.")
    bot.start()
    outcomes: Counter[str] = Counter()
    for batch in _batches(burst):
        outcomes.update(result["outcome"] for result in orbit.send(batch))
    after = _counts(database)
    findings = database.read(OPERATOR, lambda session: verify(session, week_starts="monday"))
    lost, twice = len(burst) - (after["events"] - before["events"]), after["doubled"]
    say(f"{outcomes['replayed']} of them it knew already.")
    say(f"{lost} lost, {twice} counted twice. The ledger {'does not balance' if findings else 'balances'}.")
    return {
        "sent": len(burst),
        "answered_before": answered,
        "replayed": outcomes["replayed"],
        "lost": lost,
        "twice": twice,
        "balanced": not findings,
    }


def _until_it_dies(orbit: Orbit, bot: BotProcess, burst: Sequence[Json], say: Say) -> int:
    answered = 0
    for number, batch in enumerate(_batches(burst)):
        if number == DIES_AFTER:
            bot.kill()
            say(f"The bot is killed after {answered} answers.")
        try:
            answered += len(orbit.send(batch))
        except OSError:
            break
    return answered


def _burst(orbit: Orbit, people: Sequence[str]) -> Iterator[Json]:
    events = ("Rows Exported", "Report Scheduled", "Dashboard Shared")
    for number in range(BATCH * BATCHES):
        yield orbit.made(people[number % len(people)], events[number % len(events)])


def _batches(burst: Sequence[Json]) -> Iterator[Sequence[Json]]:
    for start in range(0, len(burst), BATCH):
        yield burst[start : start + BATCH]


def _counts(database: Database) -> dict[str, Any]:
    def count(session: Any) -> dict[str, Any]:
        events = session.exec(select(func.count()).select_from(Usage)).one()
        paid = select(func.count()).select_from(Transfer).where(col(Transfer.cause_kind) == "usage")
        each = paid.group_by(col(Transfer.account_id), col(Transfer.cause_id), col(Transfer.rule))
        doubled = sum(times > 1 for times in session.exec(each))
        return {"events": events, "doubled": doubled}

    return database.read(OPERATOR, count)
