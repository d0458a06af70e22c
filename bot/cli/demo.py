"""`laurels demo`: the bot in a local Slack, with a story to walk through."""

from typing import Annotated

import typer

app = typer.Typer(add_completion=False)


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="The page's port; the two after it are taken too.")] = 3000,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page.")] = True,
) -> None:
    """Start a local Slack in the browser with the real bot in it. Nothing leaves this machine; nothing is kept."""
    from bot.demo.run import run_demo  # noqa: PLC0415 - brings the sandbox along

    run_demo(port=port, browser=browser)
