"""What happens by the clock: a few ticks that look for what is due. Times are kept in the database, never here.

Every replica ticks; what a tick does is safe to do twice.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from typing import NamedTuple

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.webinar_schedule import put_mails, refresh_webinars, tend_webinars
from loyalty.accounts.accounts import account_keys
from loyalty.boards.posts import due_boards
from loyalty.members.retention import sweep
from loyalty.points.expiry import expire_points as run_out
from loyalty.points.expiry import wants_expiry
from loyalty.points.expiry_notice import is_notice_due, notify_expiry
from loyalty.programme.versions import NoProgrammeError
from loyalty.rewards.redemptions import accounts_due, expire_due
from loyalty.tiers.review import is_review_due
from loyalty.tiers.review import review_tiers as review
from storage import outbox, outbox_recovery
from storage.database import OPERATOR, Database

log = structlog.get_logger()

DAY = 24 * 60 * 60


class Tick(NamedTuple):
    """Something to do every so many seconds."""

    name: str
    seconds: float
    do: Callable[[], object]


def ticks(
    database: Database,
    *,
    now: Callable[[], dt.datetime],
    stopping: Callable[[], bool] = lambda: False,
    by_mail: bool = False,
) -> tuple[Tick, ...]:
    """Return all ticks. `stopping` says whether long work is to be left for the next time; `by_mail`: mails go, too."""
    mails = (Tick("calendar mails", 20, lambda: put_mails(database, now(), stopping)),) if by_mail else ()
    return (
        Tick("expire leases", 15, lambda: expire(database, now())),
        Tick("drop what is late", 60, lambda: drop(database, now())),
        Tick("due boards", 20, lambda: put_boards(database, now())),
        Tick("expire requests", 60, lambda: expire_requests(database, now())),
        Tick("tiers", 120, lambda: review_tiers(database, now())),
        Tick("points that run out", 3600, lambda: expire_points(database, now(), stopping)),
        Tick("sweep", DAY, lambda: sweep_all(database, now(), stopping)),
        Tick("webinars", 20, lambda: tend_webinars(database, now(), stopping)),
        Tick("webinars' instants", DAY, lambda: refresh_webinars(database, now())),
        *mails,
    )


def expire(database: Database, now: dt.datetime) -> None:
    """Let messages whose sender died be unknown."""
    expired = database.write(OPERATOR, lambda session: outbox_recovery.expire_leases(session, now=now))
    if expired:
        log.warning("it is unknown whether messages were sent: the operator decides", messages=expired)


def drop(database: Database, now: dt.datetime) -> None:
    """Let go of messages that were not sent in time."""
    for account_id, key in database.write(OPERATOR, lambda session: outbox_recovery.drop_stale(session, now=now)):
        log.warning("a message was not sent in time and is dropped", account=account_id, key=key)


def put_boards(database: Database, now: dt.datetime) -> None:
    """Put the boards that are due into the outbox."""
    due = database.read(OPERATOR, lambda session: due_boards(session, now))
    for account_id, messages in due.items():
        database.write({account_id}, partial(outbox.put_message, account_id=account_id, messages=messages, now=now))


def expire_requests(database: Database, now: dt.datetime) -> None:
    """Let requests for rewards expire that nobody decided in time."""
    for account_id in database.read(OPERATOR, lambda session: accounts_due(session, now=now)):
        expired = database.write({account_id}, partial(expire_due, account_id=account_id, now=now))
        log.info("requests expired", account=account_id, requests=expired)


def review_tiers(database: Database, now: dt.datetime) -> None:
    """Bring every account's tiers up to date, where there is anything to look at."""
    for account_id in database.read(OPERATOR, account_keys).values():
        try:
            if database.read({account_id}, partial(is_review_due, account_id=account_id, now=now)):
                database.write({account_id}, partial(review, account_id=account_id, now=now))
        except NoProgrammeError:
            return
        except Exception:
            # The others are looked at all the same.
            log.exception("an account's tiers could not be looked at", account=account_id)


def expire_points(database: Database, now: dt.datetime, stopping: Callable[[], bool] = lambda: False) -> None:
    """Tell whose points run out, and let run out what is due; nothing where the programme says never."""
    for account_id in database.read(OPERATOR, account_keys).values():
        try:
            if database.read({account_id}, partial(is_notice_due, account_id=account_id, now=now)):
                database.write({account_id}, partial(notify_expiry, account_id=account_id, now=now))
            more = database.read({account_id}, partial(wants_expiry, account_id=account_id, now=now))
            while more and not stopping():
                more = database.write({account_id}, partial(run_out, account_id=account_id, now=now))
        except NoProgrammeError:
            return
        except Exception:
            # The others' points are looked at all the same.
            log.exception("an account's points could not run out", account=account_id)


def sweep_all(database: Database, now: dt.datetime, stopping: Callable[[], bool] = lambda: False) -> None:
    """Sweep every account, batch by batch, so that nobody who writes beside it waits for long."""
    for account_id in database.read(OPERATOR, account_keys).values():
        try:
            _sweep(database, account_id, now, stopping)
        except NoProgrammeError:
            return
        except Exception:
            # The others are swept all the same.
            log.exception("an account could not be swept", account=account_id)


def _sweep(database: Database, account_id: int, now: dt.datetime, stopping: Callable[[], bool]) -> None:
    more = True
    while more and not stopping():
        swept = database.write({account_id}, partial(sweep, account_id=account_id, now=now))
        more = swept.more
        if swept.events or swept.emptied:
            log.info("swept", account=account_id, **asdict(swept))


class Schedule:
    """Runs ticks in the background. One that is still running when its next turn comes is left to finish."""

    def __init__(self, ticks: Sequence[Tick]) -> None:
        self._scheduler = BackgroundScheduler(timezone=dt.UTC)
        for tick in ticks:
            self._scheduler.add_job(
                _guarded(tick),
                "interval",
                id=tick.name,
                seconds=tick.seconds,
                next_run_time=dt.datetime.now(dt.UTC),
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        """Begin, each tick at once and then in its rhythm."""
        self._scheduler.start()

    def stop(self) -> None:
        """Return once what is under way has finished."""
        self._scheduler.shutdown(wait=True)


def _guarded(tick: Tick) -> Callable[[], None]:
    def run() -> None:
        try:
            tick.do()
        except Exception:
            # The next one comes in a moment and looks at the same rows.
            log.exception("a tick failed", tick=tick.name)

    return run
