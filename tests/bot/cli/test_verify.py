from storage.database import Database
from tests.bot.cli.shell import Ran, Shell, track


def test_a_balance_that_does_not_hold_is_named(both: Shell, database: Database) -> None:
    both.apply()
    assert both.run("usage", "import", both.file("usage.ndjson", track(1, rows=0))).code == 0
    assert both.run("verify") == Ran(
        0, ["Everything holds: balances, scores, digests and triggers agree with the transfers."], []
    )
    assert both.json("verify") == {"holds": True, "findings": []}
    with database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE wallet SET balance = 16 WHERE balance = 15")
    found = both.json("verify", code=1)
    assert found["holds"] is False
    assert [(one["account"], one["kind"], one["found"], one["expected"]) for one in found["findings"]] == [
        ("northwind", "balance", "balance 16", "15")
    ]
    assert both.run("verify").out[0] == "1 row does not hold:"
