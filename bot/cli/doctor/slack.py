"""What `laurels doctor` finds of Slack: both tokens are tried, nothing is sent."""

from collections.abc import Callable, Iterator
from typing import Any

from bot.cli.doctor.check import Check
from bot.settings import SLACK, Settings


def slack(settings: Settings) -> Iterator[Check]:
    """Find out whether Slack takes the tokens, and whether the app may do what it has to."""
    if not settings.slack_bot_token:
        yield Check("Slack", "missing", "no SLACK_BOT_TOKEN: the command line works, the bot cannot run")
        return
    if not settings.slack_app_token and not settings.slack_signing_secret:
        yield Check("Slack", "wrong", "neither SLACK_APP_TOKEN (Socket Mode) nor SLACK_SIGNING_SECRET (HTTP) is given")
    yield from _bot_token(settings)
    if settings.slack_app_token:
        yield _app_token(settings)
    elif settings.slack_signing_secret:
        yield Check("HTTP", "fine", "SLACK_SIGNING_SECRET is given; whether it is right shows when Slack asks")


def _bot_token(settings: Settings) -> Iterator[Check]:
    answer = _ask_slack("bot", settings, lambda client: client.auth_test())
    if isinstance(answer, Check):
        yield answer
        return
    yield Check("Slack", "fine", f"workspace {answer.get('team')}, as {answer.get('user')}")
    missing = _missing_scopes(answer.headers)
    if missing:
        words = f"the app lacks {', '.join(missing)}: bring its manifest up to app.yaml, then install it again"
        yield Check("scopes", "wrong", words)


def _app_token(settings: Settings) -> Check:
    token = settings.slack_app_token
    answer = _ask_slack("app-level", settings, lambda client: client.apps_connections_open(app_token=token))
    return answer if isinstance(answer, Check) else Check("Socket Mode", "fine", "Slack opens a socket")


def _ask_slack(which: str, settings: Settings, ask: Callable[[Any], Any]) -> Any:
    """Return Slack's answer, or what was wrong."""
    from slack_sdk import WebClient  # noqa: PLC0415 - only where there is a token
    from slack_sdk.errors import SlackApiError  # noqa: PLC0415

    from handlers.slack.identity import UNREACHED  # noqa: PLC0415

    there = "Slack" if settings.slack_api_url == SLACK else f"Slack at {settings.slack_api_url}"
    name = "Slack" if which == "bot" else "Socket Mode"
    try:
        return ask(WebClient(settings.slack_bot_token, base_url=settings.slack_api_url, retry_handlers=[], timeout=10))
    except SlackApiError as error:
        return Check(name, "wrong", f"{there} refuses the {which} token: {error.response.get('error')}")
    except UNREACHED as error:
        return Check(name, "wrong", f"{there} cannot be reached: {error}")


def _missing_scopes(headers: dict[str, str]) -> list[str]:
    """Return the scopes that app.yaml asks for and the installed app does not have."""
    from bot.manifest import read  # noqa: PLC0415 - only where there is a token

    scopes = {name.lower(): value for name, value in headers.items()}.get("x-oauth-scopes")
    if scopes is None:
        return []
    return sorted({*read()["oauth_config"]["scopes"]["bot"]} - {scope.strip() for scope in scopes.split(",")})
