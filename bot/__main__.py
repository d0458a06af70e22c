"""The command `laurels`."""

import sys


def main() -> None:
    """Run the command line."""
    if sys.argv[1:2] == ["run"]:
        # Before anything dear is imported: whoever stops what is only just starting gets a clean end, too.
        from bot.process.signals import stop_on_signals  # noqa: PLC0415

        stop_on_signals()
    from bot.process.garbage_collection import paused_collection  # noqa: PLC0415 - after that

    with paused_collection():
        from bot.cli import app  # noqa: PLC0415

    app(prog_name="laurels")


if __name__ == "__main__":
    main()
