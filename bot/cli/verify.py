"""`laurels verify`: the audit."""

import typer
from sqlmodel import Session

from bot.cli.context import database
from bot.cli.output import Json, count, document, number, say
from bot.errors import EXIT_REFUSED
from leaderboards.periods import Weekday
from loyalty.programme.versions import NoProgrammeError, in_force
from loyalty.verify import ledger as audit
from storage.database import OPERATOR

app = typer.Typer(add_completion=False)

LISTED = 20


@app.command()
def verify(as_json: Json = False) -> None:
    """Hold every balance, score and row against the transfers; exit 1 and the rows that do not hold."""
    with database() as opened:
        findings = opened.read(OPERATOR, lambda session: audit.verify(session, week_starts=_week_starts(session)))
    if as_json:
        document({"holds": not findings, "findings": findings})
    elif not findings:
        say("Everything holds: balances, scores, digests and triggers agree with the transfers.")
    else:
        say(f"{count(len(findings), 'row')} {'does' if len(findings) == 1 else 'do'} not hold:")
        say(*(f"  {finding}" for finding in findings[:LISTED]))
        if len(findings) > LISTED:
            say(f"  and {number(len(findings) - LISTED)} more; --json lists them all")
    if findings:
        raise typer.Exit(EXIT_REFUSED)


def _week_starts(session: Session) -> Weekday:
    try:
        return in_force(session).week_starts
    except NoProgrammeError:
        return "monday"  # nothing was earned either
