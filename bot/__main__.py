"""The command `laurels`."""


def main() -> None:
    """Run the command line."""
    raise SystemExit("laurels: not built yet")


if __name__ == "__main__":
    main()
