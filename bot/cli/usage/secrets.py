"""`laurels usage secret`: what senders sign usage with."""

from secrets import token_bytes
from typing import Annotated

import typer

from bot.cli.context import OPERATOR_NAME, database, now
from bot.cli.environment import settings
from bot.cli.output import Json, document, note, say, table
from loyalty.usage import secrets
from storage.database import OPERATOR

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Secrets that usage over the API is signed with: several may live."
)

ForAccounts = Annotated[
    list[str] | None,
    typer.Option("--account", metavar="ACCOUNT", help="An account it may speak for; again for each. None: all."),
]


@app.command()
def create(account: ForAccounts = None, as_json: Json = False) -> None:
    """Make a secret and show it, this once. It counts at once, beside those there are."""
    key, at = _key(), now()
    with database() as opened:
        made = opened.write(
            OPERATOR,
            lambda session: secrets.create_secret(
                session, token_bytes(secrets.SEED_SIZE), key=key, accounts=account, author=OPERATOR_NAME, now=at
            ),
        )
    accounts = None if made.accounts is None else sorted(made.accounts)
    if as_json:
        document({"id": made.id, "secret": made.text, "accounts": accounts})
    else:
        say(made.text)
        note(f"Secret {made.id}, for {_whom(accounts)}. It is not shown again: hand it to the sender now.")
    if not key:
        note("LAURELS_SECRET_KEY is not set: whoever can read the database can sign with this secret.")


@app.command("list")
def list_(as_json: Json = False) -> None:
    """List the secrets there ever were, without what they are."""
    with database() as opened:
        listed = opened.read(OPERATOR, lambda session: secrets.list_secrets(session, key=_key()))
    if as_json:
        document({"secrets": listed})
    elif not listed:
        say("There is no secret yet: `laurels usage secret create` makes one.")
    else:
        table(
            ("Id", "For", "Created (UTC)", "State"),
            [(str(one.id), _whom(one.accounts), one.created_at, _state(one)) for one in listed],
        )


@app.command()
def revoke(
    secret: Annotated[int, typer.Argument(metavar="ID", help="The secret's id, as `list` shows it.")],
    as_json: Json = False,
) -> None:
    """Let a secret count no more, from now on."""
    at = now()
    with database() as opened:
        was_live = opened.write(
            OPERATOR, lambda session: secrets.revoke_secret(session, secret, author=OPERATOR_NAME, now=at)
        )
    if as_json:
        document({"id": secret, "revoked": was_live})
    else:
        say(f"Secret {secret} counts no more." if was_live else f"Secret {secret} was revoked before.")


def _key() -> str:
    return settings().secret_key


def _whom(accounts: list[str] | tuple[str, ...] | None) -> str:
    return "all accounts" if accounts is None else ", ".join(accounts)


def _state(one: secrets.ListedSecret) -> str:
    if one.revoked_at is not None:
        return f"revoked {one.revoked_at:%Y-%m-%d %H:%M}"
    return "live" if one.usable else "of another LAURELS_SECRET_KEY: does not count"
