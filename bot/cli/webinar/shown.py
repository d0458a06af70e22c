"""How a webinar is shown: as JSON, as a line of a table, in words."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from sqlmodel import Session

from bot.cli.output import document, number, say, table
from loyalty.accounts.accounts import find_account
from loyalty.webinars.details import WebinarDetails
from loyalty.webinars.overview.queries import AccountNumbers, webinar_shown, webinars_listed

Key = Annotated[str, typer.Argument(metavar="WEBINAR", help="The webinar's key.", show_default=False)]
COUNTED = ("going", "waitlisted", "maybe", "declined", "came")


@dataclass(frozen=True, slots=True)
class Shown:
    """A webinar and how the accounts answered, or the one that was asked for."""

    details: WebinarDetails
    accounts: tuple[AccountNumbers, ...]

    def total(self, field: str) -> int:
        """Return one of the numbers for all accounts together: `going`, `came` and so on."""
        return sum(getattr(each, field) for each in self.accounts)

    def row(self) -> dict[str, Any]:
        """Return the webinar as `list` has it in JSON."""
        facts = self.details.facts
        return {
            "webinar": facts.key,
            "kind": facts.kind,
            "title": str(facts.title),
            "starts": facts.starts_at,
            "ends": facts.ends_at,
            "seats": self.details.seats,
            **{field: self.total(field) for field in COUNTED},
        }

    def cells(self) -> tuple[Any, ...]:
        """Return the webinar as a line of the table."""
        facts = self.details.facts
        numbers = (self.total(field) for field in COUNTED)
        return (facts.key, facts.title, facts.starts_at, facts.state, self.details.seats, *numbers)


def shown(session: Session, key: str, *, now: dt.datetime) -> Shown:
    """Return a webinar with its numbers. Wants the operator's scope. Errors: `NoSuchWebinarError`."""
    found = webinar_shown(session, key, own=(), now=now)
    return Shown(found.details, found.accounts)


def listed(session: Session, account: str | None, *, now: dt.datetime) -> list[Shown]:
    """Return all webinars, or those of an account, with its numbers alone. Wants the operator's scope."""
    account_id = None if account is None else find_account(session, account).id
    found = webinars_listed(session, account_id=account_id, now=now)
    return [_of_account(shown(session, each.key, now=now), account_id) for each in found]


def announced_document(webinar: Shown) -> dict[str, Any]:
    """Return what `announce` answers in JSON."""
    facts = webinar.details.facts
    return {
        "webinar": facts.key,
        "state": facts.state,
        "starts": facts.starts_at,
        "invited": webinar.total("invited"),
    }


def show_webinar(webinar: Shown, *, as_json: bool) -> None:
    """Print a webinar."""
    if as_json:
        document(_shown_document(webinar))
        return
    details, facts = webinar.details, webinar.details.facts
    seats = "as many seats as are wanted" if details.seats is None else f"{number(details.seats)} seats"
    local = f"{facts.local_start:%Y-%m-%d %H:%M} in {facts.timezone}"
    say(f"{facts.key} ({facts.kind}): {facts.title}", f"{facts.state}, {local}, {facts.minutes} minutes, {seats}")
    say(*(f"{label}: {said}" for label, said in _lines(webinar) if said))
    if webinar.accounts:
        table(("Account", ">Invited", ">Going", ">Waiting", ">Maybe", ">Can't", ">Came"), _account_rows(webinar))


def _shown_document(webinar: Shown) -> dict[str, Any]:
    return {
        **webinar.row(),
        "state": webinar.details.facts.state,
        "invited": webinar.total("invited"),
        "by_account": [_account_document(each) for each in webinar.accounts],
        "other_time": webinar.total("other_time"),
        "wants_recording": webinar.total("wants_recording"),
    }


def _account_document(account: AccountNumbers) -> dict[str, Any]:
    fields = ("invited", *COUNTED, "minutes", "other_time", "wants_recording")
    return {"account": account.account, **{field: getattr(account, field) for field in fields}}


def _lines(webinar: Shown) -> Iterable[tuple[str, str | None]]:
    details, facts = webinar.details, webinar.details.facts
    yield "Where", facts.link or facts.place
    yield "Organizer", details.organizer
    yield "Code", details.code
    yield "Recording", facts.recording
    yield "Why", facts.why_changed


def _account_rows(webinar: Shown) -> list[tuple[Any, ...]]:
    return [(each.account, each.invited, *(getattr(each, field) for field in COUNTED)) for each in webinar.accounts]


def _of_account(webinar: Shown, account_id: int | None) -> Shown:
    if account_id is None:
        return webinar
    return Shown(webinar.details, tuple(each for each in webinar.accounts if each.account_id == account_id))
