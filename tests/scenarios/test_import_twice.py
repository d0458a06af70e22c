"""Usage that comes in twice counts once, and the ledger holds."""

from pathlib import Path
from typing import Any

from tests.bot.cli.conftest import both
from tests.bot.cli.shell import Shell

ROOT = Path(__file__).parents[2]
USAGE = sorted((ROOT / "tests" / "fixtures" / "usage").glob("*.ndjson"))
ACCOUNTS = ("warehouse", "fava", "errbot")

__all__ = ["both"]


def test_a_second_import_records_nothing_and_the_audit_holds(both: Shell) -> None:
    assert both.run("programme", "apply", ROOT / "examples" / "open-source.yaml").code == 0
    first = both.json("usage", "import", *USAGE)
    assert (first["read"], first["recorded"], first["refused"]) == (442, 442, 0)
    standings = all_time(both)
    assert sum(row["points"] for rows in standings.values() for row in rows) == first["points"] > 0

    again = both.json("usage", "import", *reversed(USAGE))
    assert again == {**dict.fromkeys(first, 0), "read": 442, "replayed": 442, "skipped": {}, "refused_items": []}
    assert all_time(both) == standings
    assert both.json("verify") == {"holds": True, "findings": []}


def all_time(shell: Shell) -> dict[str, list[dict[str, Any]]]:
    """Who earned what, account by account."""
    return {account: shell.json("leaderboard", account, "--period", "all")["rows"] for account in ACCOUNTS}
