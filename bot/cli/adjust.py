"""`laurels adjust`: points given or taken by hand."""

from typing import Annotated
from uuid import uuid4

import typer
from sqlmodel import Session

from bot.cli.context import OfAccount, Yes, account_context, confirm, now
from bot.cli.corrections import ledger_context
from bot.cli.output import Json, count, document, say
from loyalty.people.people import find_person
from loyalty.points.corrections import adjust_points as correct
from loyalty.points.statement import statement

app = typer.Typer(add_completion=False)


@app.command(context_settings={"ignore_unknown_options": True})  # -40 is a number of points
def adjust(
    person: Annotated[str, typer.Argument(metavar="PERSON", help="The product's user id.", show_default=False)],
    points: Annotated[
        int, typer.Argument(metavar="POINTS", help="How many more, or fewer: 40, -40.", show_default=False)
    ],
    account: OfAccount,
    reason: Annotated[str, typer.Option("--reason", help="Why, in words; the person may read it.", show_default=False)],
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Correct a person's points by hand: a transfer of its own with a reason. What is not there is owed."""
    with account_context(account) as its:
        person_id, name = its.read(lambda session: find_person(session, its.id, person))
        doing = f"{'give' if points > 0 else 'take'} {count(abs(points), 'point')}"
        confirm(
            f"{doing.capitalize()} {'to' if points > 0 else 'from'} {name or person} ({its.account.name})?", yes=yes
        )
        at, key = now(), uuid4().hex

        def work(session: Session) -> tuple[int, int, int]:
            transfer_id = correct(
                session,
                ledger_context(session, its.account, at),
                person_id=person_id,
                points=points,
                reason=reason,
                local_day=its.today,
                key=key,
            )
            stands = statement(session, its.id, person_id)
            return transfer_id, stands.balance, stands.owed

        transfer_id, balance, owed = its.write(work)
    if as_json:
        document({"transfer": transfer_id, "points": points, "balance": balance, "owed": owed})
    else:
        owing = f", and owes {owed:,}" if owed else ""
        say(f"Done, transfer {transfer_id}: {name or person} now has {count(balance, 'point')} to spend{owing}.")
