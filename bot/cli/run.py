"""`laurels run`: the bot."""

from socket import socket
from typing import Annotated

import typer

from bot.cli.environment import settings as settings_from_env
from bot.errors import EXIT_REFUSED, EXIT_WRONG_USE, CommandError
from bot.process.garbage_collection import paused_collection
from bot.settings import PREFIX_IS, Settings, is_prefix
from bot.web.listener import PortTakenError, take_port

app = typer.Typer(add_completion=False)


@app.command()
def run(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on; 0 for any.", min=0, max=65535)] = 3001,
) -> None:
    """Run the bot until Ctrl-C.

    With SLACK_APP_TOKEN it speaks with Slack by Socket Mode, with SLACK_SIGNING_SECRET Slack's requests come to
    /slack/events; signed usage comes to /v1/usage. /health and /metrics say how it is.
    """
    settings = settings_from_env()
    _check(settings)
    from bot.logs import setup  # noqa: PLC0415 - only here, as what `_serve` imports

    try:
        setup.configure(settings.log_level)
    except ValueError as error:
        raise CommandError(f"LAURELS_LOG_LEVEL: {error}", EXIT_WRONG_USE) from None
    setup.log_whatever_ends_a_thread()
    try:
        with take_port(host, port) as listener:
            _serve(settings, f"http://{host}:{listener.getsockname()[1]}", listener)
    except PortTakenError as error:
        raise CommandError(
            f"port {port} on {host} cannot be had ({error}): stop what listens there, or say --port"
        ) from None


def _serve(settings: Settings, url: str, listener: socket) -> None:
    with paused_collection():
        import structlog  # noqa: PLC0415

        from bot.cli.context import database  # noqa: PLC0415
        from bot.runtime import open_runtime  # noqa: PLC0415 - brings Bolt along
        from bot.web.server import listen  # noqa: PLC0415
        from bot.workspace import TokenRefusedError  # noqa: PLC0415
    try:
        with database() as opened, open_runtime(settings, opened) as runtime:
            structlog.get_logger().info("listening", url=url, slack=_connections(settings))
            listen(runtime.web, listener, stopping=runtime.halt)
    except TokenRefusedError as error:
        raise CommandError(
            f"Slack refuses a token ({error}): look at SLACK_BOT_TOKEN and SLACK_APP_TOKEN; your Slack app's page has"
            " them, under Install App and Basic Information",
            EXIT_REFUSED,
        ) from None


def _check(settings: Settings) -> None:
    """Raise a `CommandError` that names what is missing, and where it is found."""
    if not settings.slack_bot_token:
        raise CommandError(
            "SLACK_BOT_TOKEN is missing: your Slack app's page has it under Install App, xoxb-…", EXIT_WRONG_USE
        )
    if not (settings.slack_app_token or settings.slack_signing_secret):
        raise CommandError(
            "SLACK_APP_TOKEN (xapp-…, for Socket Mode) or SLACK_SIGNING_SECRET (for HTTP) is missing: your Slack app's"
            " page has both under Basic Information",
            EXIT_WRONG_USE,
        )
    if not is_prefix(settings.command_prefix):
        raise CommandError(f"LAURELS_COMMAND_PREFIX is {settings.command_prefix!r}: {PREFIX_IS}", EXIT_WRONG_USE)
    if settings.smtp_url:
        from bot.delivery.smtp import mail_server  # noqa: PLC0415 - only where there is a mail server

        try:
            mail_server(settings.smtp_url)
        except ValueError as error:
            raise CommandError(str(error), EXIT_WRONG_USE) from None


def _connections(settings: Settings) -> list[str]:
    secrets = {"Socket Mode": settings.slack_app_token, "HTTP": settings.slack_signing_secret}
    return [name for name, secret in secrets.items() if secret]
