"""Imports usage from files: read, recorded batch by batch, with a report of what became of each item.

What a batch recorded is committed: an import that stops half-way is finished by running it again, for what is on
record already is a replay.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from handlers.usage.formats import Format, Item, Refused, read_file
from handlers.usage.formats.items import Unit
from loyalty.accounts.accounts import account_keys, by_id, no_account
from loyalty.programme.versions import in_force
from loyalty.usage import record
from loyalty.usage.record import Outcome, Recorded, RefusedEvent, Replayed, UsageEvent
from storage.database import OPERATOR, Database

BATCH_EVENTS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedItem:
    """An item that is not on record: where it stood, and why. `id` is empty where none could be read."""

    file: str
    line: int
    id: str
    reason: str
    unit: Unit = "line"

    def __str__(self) -> str:
        named = f" (id {self.id})" if self.id else ""
        return f"{self.file}, {self.unit} {self.line}{named}: {self.reason}"


@dataclass(slots=True)
class ImportReport:
    """What became of all items so far: `read` = `recorded` + `replayed` + `refused`.

    Of the recorded, `excluded` are those of people whom the programme leaves out, `counted` those before their account
    was invited. `skipped` counts, by rule and reason, the events that lacked what a rule goes by. `points` went to
    people, `pool` to pools.
    """

    recorded: int = 0
    replayed: int = 0
    excluded: int = 0
    counted: int = 0
    points: int = 0
    pool: int = 0
    skipped: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _refused: dict[int, RefusedItem] = field(default_factory=dict)

    @property
    def read(self) -> int:
        """How many items there were."""
        return self.recorded + self.replayed + self.refused

    @property
    def refused(self) -> int:
        """How many items are not on record."""
        return len(self._refused)

    @property
    def refused_items(self) -> list[RefusedItem]:
        """Those that are not on record, in their order of arrival."""
        return [self._refused[arrival] for arrival in sorted(self._refused)]

    def as_json(self) -> dict[str, Any]:
        """Return the report for `--json`."""
        return {
            "read": self.read,
            "recorded": self.recorded,
            "replayed": self.replayed,
            "refused": self.refused,
            "excluded": self.excluded,
            "counted": self.counted,
            "skipped": {rule: dict(reasons) for rule, reasons in self.skipped.items()},
            "points": self.points,
            "pool": self.pool,
            "refused_items": self.refused_items,
        }

    def refuse(self, arrived: "Arrived", reason: str) -> None:
        """Note an item that is not on record."""
        item = arrived.item
        self._refused[arrived.number] = RefusedItem(
            file=arrived.file,
            line=item.line,
            id=item.id if isinstance(item, Refused) else item.event.id,
            reason=reason,
            unit=item.unit,
        )

    def take(self, arrived: "Arrived", outcome: Outcome) -> None:
        """Note what became of an item that was read."""
        match outcome:
            case Recorded():
                self._record(outcome)
            case Replayed():
                self.replayed += 1
            case RefusedEvent():
                self.refuse(arrived, outcome.reason)

    def _record(self, outcome: Recorded) -> None:
        self.recorded += 1
        self.excluded += outcome.excluded
        self.counted += outcome.counted
        for award in outcome.awards:
            if award.skipped:
                self.skipped[award.rule][award.reason] += 1
            elif award.to == "pool":
                self.pool += award.points
            else:
                self.points += award.points


class Arrived(NamedTuple):
    """An item, read or refused, and when it came: across files, in the order given."""

    number: int
    file: str
    item: Item | Refused


def import_usage(
    database: Database,
    files: Sequence[Path],
    *,
    now: Callable[[], dt.datetime],
    report: ImportReport,
    as_format: Format | None = None,
    progress: Callable[[int], object] = lambda _bytes: None,
) -> None:
    """Record the usage in the files and let `report` count what became of it, also where something interrupts.

    A transaction holds one account's part of a batch. `progress` is called with the bytes read each time. Errors:
    `NoProgrammeError`; OSError from a file.
    """
    accounts = database.read(OPERATOR, account_keys)
    database.read(OPERATOR, in_force)
    for batch in batches(arrivals(files, as_format, progress)):
        for key, own in _by_account(batch, accounts, report).items():
            events = [event for _, event in own]
            outcomes = _record_events(database, accounts[key], events, now())
            for (arrived, _), outcome in zip(own, outcomes, strict=True):
                report.take(arrived, outcome)


def _by_account(
    batch: Iterable[Arrived], accounts: Mapping[str, int], report: ImportReport
) -> dict[str, list[tuple[Arrived, UsageEvent]]]:
    """Return the events by account, each account's in order; what cannot be recorded goes to the report."""
    by_account: dict[str, list[tuple[Arrived, UsageEvent]]] = {}
    for arrived in batch:
        match arrived.item:
            case Refused(reason=reason):
                report.refuse(arrived, reason)
            case Item(event=event) if event.account in accounts:
                by_account.setdefault(event.account, []).append((arrived, event))
            case Item(event=event):
                report.refuse(arrived, no_account(event.account, accounts))
    return by_account


def _record_events(
    database: Database, account_id: int, events: Sequence[UsageEvent], now: dt.datetime
) -> list[Outcome]:
    return database.write(
        {account_id},
        lambda session: record.record_usage(
            session, by_id(session, account_id), events, in_force=in_force(session), now=now, door="command"
        ),
    )


def arrivals(files: Iterable[Path], as_format: Format | None, progress: Callable[[int], object]) -> Iterator[Arrived]:
    """Yield every item of the files in order, numbered."""
    number = 0
    for path in files:
        with path.open("rb") as file:
            for item in read_file(cast("BinaryIO", _ProgressFile(file, progress)), as_format=as_format):
                number += 1
                yield Arrived(number, str(path), item)


def batches(arrived: Iterator[Arrived], size: int = BATCH_EVENTS) -> Iterator[list[Arrived]]:
    """Yield the items by so many at a time."""
    for first in arrived:
        yield list(chain([first], islice(arrived, size - 1)))


class _ProgressFile:
    """A file that calls `progress` with how many bytes were read."""

    def __init__(self, file: BinaryIO, progress: Callable[[int], object]) -> None:
        self._file, self._progress = file, progress

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        chunk = self._file.read(size)
        self._progress(len(chunk))
        return chunk
