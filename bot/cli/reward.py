"""`laurels reward`: what points become, how many there still are, and which were taken out for a while."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Any

import typer
from sqlmodel import Session

from bot.cli.context import OPERATOR_NAME, database, now
from bot.cli.output import Json, document, number, say, table
from bot.errors import EXIT_WRONG_USE, CommandError
from loyalty.programme import Reward, versions
from loyalty.programme.field_types import MAX_NUMBER
from loyalty.rewards import stock
from loyalty.rewards.stock import Stock
from storage.database import OPERATOR

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Rewards: how many there still are.")

Key = Annotated[str, typer.Argument(metavar="REWARD", help="The reward's key.", show_default=False)]


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the programme's rewards and what is left of each, for all clients together."""
    with database() as opened:
        rewards, found = opened.read(
            OPERATOR, lambda session: (versions.in_force(session).programme.rewards, stock.totals(session))
        )
    rows = [(reward, found.get(reward.key, Stock(reward.stock))) for reward in rewards]
    if as_json:
        document({"rewards": [_document(reward, there) for reward, there in rows]})
    elif not rows:
        say("The programme has no rewards.")
    else:
        table(
            ("Reward", "Name", "Kind", ">Points", ">Costs to give", "Paid by", ">Of", ">Taken", ">Left", "Withdrawn"),
            [
                (
                    reward.key,
                    reward.name,
                    reward.kind.replace("_", " "),
                    reward.cost,
                    str(reward.value),
                    reward.paid_by,
                    there.total,
                    there.taken,
                    there.left,
                    "yes" if there.withdrawn else "",
                )
                for reward, there in rows
            ],
        )


def _document(reward: Reward, there: Stock) -> dict[str, Any]:
    said = reward.model_dump(mode="json", include={"key", "kind", "cost", "value", "paid_by"})
    return {**said, "name": str(reward.name), **_counts(there)}


@app.command("stock")
def stock_(
    reward: Key,
    total: Annotated[str, typer.Argument(metavar="N", help='How many there are in all, or "unlimited".')],
    as_json: Json = False,
) -> None:
    """Say how many there are of a reward, those that were taken among them. From then on the file leaves it."""
    wanted = _total(total)
    there, new = _changed(reward, stock.set_total, wanted)
    if as_json:
        _show(reward, there, new=new)
        return
    same = "" if new else " Nothing has changed."
    say(f"{reward}: {_of(there)}, {number(there.taken)} taken{_left(there)}.{same}")


@app.command()
def withdraw(reward: Key, as_json: Json = False) -> None:
    """Take a reward out: nobody can ask for it until it is restored. What was asked for stays promised."""
    there, new = _changed(reward, stock.withdraw_reward)
    if as_json:
        _show(reward, there, new=new)
    else:
        say(f"{reward} is withdrawn: nobody can ask for it." if new else f"{reward} was withdrawn already.")


@app.command()
def restore(reward: Key, as_json: Json = False) -> None:
    """Put a reward back that was withdrawn."""
    there, new = _changed(reward, stock.restore_reward)
    if as_json:
        _show(reward, there, new=new)
    else:
        say(f"{reward} is back: it can be asked for." if new else f"{reward} was not withdrawn.")


def _changed(reward: str, verb: Callable[..., bool], *values: int | None) -> tuple[Stock, bool]:
    at = now()

    def work(session: Session) -> tuple[Stock, bool]:
        new = verb(session, reward, *values, author=OPERATOR_NAME, now=at)
        return stock.totals(session)[reward], new

    with database() as opened:
        return opened.write(OPERATOR, work)


def _show(reward: str, there: Stock, *, new: bool) -> None:
    document({"reward": reward, "changed": new, **_counts(there)})


def _counts(there: Stock) -> dict[str, Any]:
    return {**asdict(there), "left": there.left}


def _total(written: str) -> int | None:
    if written == "unlimited":
        return None
    if not (
        written.isascii()
        and written.isdecimal()
        and len(written) <= len(str(MAX_NUMBER))
        and int(written) <= MAX_NUMBER
    ):
        raise CommandError(
            f'{written}: a whole number up to {number(MAX_NUMBER)}, or "unlimited", is wanted', EXIT_WRONG_USE
        )
    return int(written)


def _of(there: Stock) -> str:
    return "as many as are asked for" if there.total is None else f"{number(there.total)} in all"


def _left(there: Stock) -> str:
    return "" if there.left is None else f", {number(there.left)} left"
