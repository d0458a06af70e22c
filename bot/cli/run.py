"""`laurels run`: the bot."""

import os
from typing import Annotated

import typer

from bot.cli.common import database
from bot.cli.mishaps import WRONG_USE, Mishap
from bot.settings import Settings

app = typer.Typer(add_completion=False)


@app.command()
def run(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 3001,
) -> None:
    """Run the bot until Ctrl-C: Slack's requests come to /slack/events, usage to /v1/usage, signed both."""
    import structlog  # noqa: PLC0415 - only here, as the next ones
    import uvicorn  # noqa: PLC0415

    from bot.logs import configure  # noqa: PLC0415
    from bot.serving import serving  # noqa: PLC0415 - brings Bolt along

    settings = Settings.from_env(os.environ)
    if not (settings.slack_bot_token and settings.slack_signing_secret):
        raise Mishap("SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are wanted: your Slack app's page shows both", WRONG_USE)
    try:
        configure(settings.log_level)
    except ValueError as error:
        raise Mishap(f"LAURELS_LOG_LEVEL: {error}", WRONG_USE) from None
    with database() as opened, serving(settings, opened) as web:
        structlog.get_logger().info("listening", url=f"http://{host}:{port}")
        uvicorn.run(web, host=host, port=port, log_level="warning", access_log=False, timeout_graceful_shutdown=3)
