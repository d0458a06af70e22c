"""What a command shows: one JSON document, or words and tables on standard output; notes on standard error."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from typing import Annotated, Any

import typer

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of words.")]


def document(value: Any) -> None:
    """Print the one JSON document."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain_value))


def _plain_value(value: Any) -> Any:
    match value:
        case dt.datetime() | dt.date():
            return value.isoformat()
        case tuple() | set() | frozenset():
            return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def say(*lines: str) -> None:
    """Print lines of words."""
    for line in lines:
        typer.echo(plain(line))


def note(*lines: str) -> None:
    """Print lines beside the result: refusals, and what the person ought to know."""
    for line in lines:
        typer.echo(plain(line), err=True)


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Print a table. A column whose name begins with `>` is aligned to the right."""
    from rich import box  # noqa: PLC0415 - rich is dear, and most commands show no table
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    for name in columns:
        right = name.startswith(">")
        shown.add_column(name.removeprefix(">"), justify="right" if right else "left", no_wrap=right, overflow="fold")
    for row in rows:
        shown.add_row(*(Text(plain(written(cell))) for cell in row))
    console = Console(highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = 500  # a pipe has no edge to wrap at
    console.print(shown)


def written(value: Any) -> str:
    """Return a cell's value as people read it."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return number(value)
        case dt.datetime():
            return value.strftime("%Y-%m-%d %H:%M")
        case _:
            return str(value)


def number(value: int) -> str:
    """Return a number with its thousands apart: 2,460."""
    return f"{value:,}"


def count(value: int, one: str, many: str | None = None) -> str:
    """Return how many of what: `1 event`, `2,460 events`."""
    return f"{number(value)} {one if value == 1 else many or one + 's'}"


def plain(text: str) -> str:
    """Return a text without characters that would steer a terminal."""
    return text if text.isprintable() else "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
