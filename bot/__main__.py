"""The command `laurels`."""

from bot.cli import app


def main() -> None:
    """Run the command line."""
    app(prog_name="laurels")


if __name__ == "__main__":
    main()
