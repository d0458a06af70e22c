"""One usage event of each of two accounts, as every format writes it."""

from datetime import datetime, timedelta, timezone
from io import BytesIO
from typing import Any

from handlers.usage.formats import Format, Item, Refused, read_file
from loyalty.usage.record import UsageEvent

SUMMER = timezone(timedelta(hours=2))
NORTHWIND = UsageEvent(
    account="northwind",
    person="u-1",
    name="Report Scheduled",
    occurred_at=datetime(2026, 5, 20, 23, 14, 4, tzinfo=SUMMER),
    id="m-1",
    properties={"rows": 14, "plan": "pro"},
)
CONTOSO = UsageEvent(
    account="contoso",
    person="u-2",
    name="Dashboard Shared",
    occurred_at=datetime(2026, 5, 21, 8, 0, tzinfo=SUMMER),
    id="m-2",
)

EVENING, MORNING = b"2026-05-20T23:14:04+02:00", b"2026-05-21T08:00:00+02:00"
ROWS = b'{"rows": 14, "plan": "pro"}'
SEGMENT = tuple(
    b'{"type": "track", "messageId": "%s", "userId": "%s", "event": "%s", "timestamp": "%s", '
    b'"context": {"groupId": "%s"}, "properties": %s}' % cells
    for cells in (
        (b"m-1", b"u-1", b"Report Scheduled", EVENING, b"northwind", ROWS),
        (b"m-2", b"u-2", b"Dashboard Shared", MORNING, b"contoso", b"{}"),
    )
)
LAURELS = tuple(
    b'{"account": "%s", "person": "%s", "event": "%s", "at": "%s", "id": "%s"%s}' % cells
    for cells in (
        (b"northwind", b"u-1", b"Report Scheduled", EVENING, b"m-1", b', "properties": ' + ROWS),
        (b"contoso", b"u-2", b"Dashboard Shared", MORNING, b"m-2", b""),
    )
)
CLOUDEVENTS = tuple(
    b'{"specversion": "1.0", "id": "%s", "source": "/orbit", "type": "%s", "subject": "%s", "time": "%s", '
    b'"account": "%s"%s}' % cells
    for cells in (
        (b"m-1", b"Report Scheduled", b"u-1", EVENING, b"northwind", b', "data": ' + ROWS),
        (b"m-2", b"Dashboard Shared", b"u-2", MORNING, b"contoso", b""),
    )
)
CSV = (
    b"account,person,event,at,id,rows,plan",
    b"northwind,u-1,Report Scheduled,2026-05-20T23:14:04+02:00,m-1,14,pro",
    b"contoso,u-2,Dashboard Shared,2026-05-21T08:00:00+02:00,m-2,,",
)


def read(*lines: bytes, as_format: Format | None = None) -> list[Item | Refused]:
    """What reading a file of these lines yields."""
    return list(read_file(BytesIO(b"\n".join(lines)), as_format=as_format))


def without(value: dict[str, Any], key: str) -> dict[str, Any]:
    """The object without one of its keys."""
    return {name: inner for name, inner in value.items() if name != key}
