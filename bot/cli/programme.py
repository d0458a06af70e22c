"""`laurels programme`: what the vendor declares, checked, compared, brought into force."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.context import OPERATOR_NAME, any_database, database, is_there, now
from bot.cli.output import Json, count, document, note, say, table
from bot.errors import EXIT_REFUSED, EXIT_WRONG_USE, CommandError
from loyalty import apply_programme
from loyalty.accounts.accounts import cohorts
from loyalty.apply_programme import Applied
from loyalty.programme import ProgrammeError, Reward, read, versions
from storage.database import OPERATOR
from storage.errors import DATABASE_UNAVAILABLE

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="The programme: check a file, see what it would change, apply it."
)

File = Annotated[Path, typer.Argument(metavar="FILE", help="The programme's file.", exists=True, dir_okay=False)]

NotMoney = Annotated[
    bool, typer.Option("--not-money", help="Say of all new rewards: none is money, or can be turned into money.")
]


@app.command()
def check(file: File, as_json: Json = False) -> None:
    """Check a file and name every problem with its line. Changes nothing.

    Its rules may name accounts of the database, where there is one.
    """
    try:
        programme = read(_text(file), name=str(file), accounts=_accounts())
    except ProgrammeError as error:
        if as_json:
            document({"file": str(file), "holds": False, "problems": error.problems})
            raise typer.Exit(EXIT_REFUSED) from None
        note(*str(error).splitlines(), f"{count(len(error.problems), 'problem')}; nothing was changed.")
        raise typer.Exit(EXIT_REFUSED) from None
    if as_json:
        document({"file": str(file), "holds": True, "problems": []})
        return
    tiers = programme.tiers
    parts = (
        count(len(programme.accounts), "account"),
        count(len(programme.earn), "rule"),
        count(len(programme.milestones), "milestone"),
        count(len(programme.rewards), "reward"),
        count(len(tiers.members) + len(tiers.accounts), "tier"),
    )
    say(f"{file} holds: {', '.join(parts)}.")


@app.command()
def plan(file: File, as_json: Json = False) -> None:
    """Show what applying a file would change, and change nothing."""
    text = _text(file)
    with database() as opened:
        found, wanted = opened.read(
            OPERATOR,
            lambda session: (
                apply_programme.propose_programme(session, text, name=str(file)),
                apply_programme.unconfirmed(session, text, name=str(file)),
            ),
        )
    if as_json:
        document(found.as_json())
        return
    say(*found.lines())
    if wanted:
        say(f"Applying it wants a person's word for {count(len(wanted), 'reward')}: none is money.")


@app.command()
def apply(file: File, not_money: NotMoney = False, as_json: Json = False) -> None:
    """Bring a file into force, as a new version that stays.

    Of rewards that are new, or another kind, name or value than before, a person has to say that none is money.
    """
    text, at = _text(file), now()
    with database() as opened:
        wanted = opened.read(OPERATOR, lambda session: apply_programme.unconfirmed(session, text, name=str(file)))
        confirmed = _confirmed(wanted, said=not_money)
        applied = opened.write(
            OPERATOR,
            lambda session: apply_programme.apply_programme(
                session, text, author=OPERATOR_NAME, now=at, name=str(file), confirmed=confirmed
            ),
        )
    _show(applied, as_json=as_json)


def _confirmed(wanted: Sequence[Reward], *, said: bool) -> frozenset[str]:
    """Return the keys of the rewards that somebody says are not money; a no, or nobody there, ends the command."""
    if wanted and not said:
        note(f"{count(len(wanted), 'reward')} that nobody has confirmed yet:", *map(_in_words, wanted))
        if not typer.get_text_stream("stdin").isatty():
            raise CommandError(
                "None of these may be money, or be turned into money. There is nobody to confirm it: say --not-money."
                " Nothing was applied.",
                EXIT_WRONG_USE,
            )
        if not typer.confirm("None of these is money, or can be turned into money. Confirm?", err=True):
            raise CommandError("Nothing was applied.")
    return frozenset(reward.key for reward in wanted)


def _in_words(reward: Reward) -> str:
    kind = reward.kind.replace("_", " ")
    return f"  {reward.key}: {reward.name} ({kind}), {count(reward.cost, 'point')}, costs {reward.value} to give"


@app.command()
def rollback(
    number: Annotated[
        int | None,
        typer.Argument(metavar="[N]", help="The version to bring back; the one before, where left out.", min=1),
    ] = None,
    as_json: Json = False,
) -> None:
    """Bring a former version back, as a new one."""
    at = now()
    with database() as opened:
        applied = opened.write(
            OPERATOR, lambda session: apply_programme.rollback_programme(session, number, author=OPERATOR_NAME, now=at)
        )
    _show(applied, as_json=as_json)


@app.command()
def history(as_json: Json = False) -> None:
    """List every version, the newest first: it is in force."""
    with database() as opened:
        found: list[dict[str, Any]] = [
            {
                "version": each.number,
                "applied_at": each.applied_at,
                "author": each.author,
                "restores": each.restores,
                "digest": each.digest,
            }
            for each in opened.read(OPERATOR, versions.history)
        ]
    if as_json:
        document({"versions": found})
    elif not found:
        say("No programme was applied yet: `laurels programme apply FILE`.")
    else:
        table(
            (">Version", "Applied at (UTC)", "By", ">Brings back", "Fingerprint"),
            [
                (str(row["version"]), row["applied_at"], row["author"], row["restores"], row["digest"][:12])
                for row in found
            ],
        )


def _accounts() -> dict[str, str | None]:
    """Return the accounts that are there already, with their cohorts; none where there is no database."""
    try:
        with any_database() as opened:
            if not is_there(opened):
                return {}
            return opened.read(OPERATOR, cohorts)
    except (CommandError, *DATABASE_UNAVAILABLE):
        note("The database cannot be read: accounts that only it has are taken for unknown.")
        return {}


def _show(applied: Applied, *, as_json: bool) -> None:
    if as_json:
        document({"version": applied.number, "new": applied.new, **applied.plan.as_json()})
    elif applied.new:
        say(*applied.plan.lines(), f"Version {applied.number} is in force.")
    else:
        say(f"Version {applied.number} is in force already: the file is the same, nothing changed.")


def _text(file: Path) -> str:
    raw = file.read_bytes()
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise CommandError(f"{file}:{line}: is not UTF-8: save it as UTF-8") from None
