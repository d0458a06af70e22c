from sqlmodel import Session, col, select

from loyalty.accounts.channels import bind_channel
from storage import outbox
from storage.database import OPERATOR, Database
from storage.outbox import OutboxMessage, Workspace
from storage.tables import Account, AuditEntry, Outgoing
from tests.bot.cli.conftest import NOW
from tests.bot.cli.shell import Ran, Shell


def doubtful(database: Database) -> dict[str, int]:
    """Put a message of which nobody knows in each account's outbox; return their numbers by account."""

    def put(session: Session) -> dict[str, int]:
        numbers = {}
        for account in session.exec(select(Account)).all():
            assert account.id is not None
            said = OutboxMessage(
                key="board/1", kind="board", category="news", workspace=Workspace("", "T1"),
                channel_id=f"C{account.id}", subject={}, due_at=NOW, good_until=NOW,
            )  # fmt: skip
            outbox.put_message(session, account.id, [said], now=NOW)
            row = session.exec(select(Outgoing).where(col(Outgoing.account_id) == account.id)).one()
            row.state = "unknown"
            numbers[account.key] = row.id or 0
        return numbers

    return database.write(OPERATOR, put)


def states(database: Database) -> dict[str, str]:
    wanted = select(Account.key, Outgoing.state).join(Outgoing, col(Outgoing.account_id) == col(Account.id))
    return dict(database.read(OPERATOR, lambda session: session.exec(wanted).all()))


def test_the_operator_decides_each_message_once(both: Shell, database: Database) -> None:
    both.apply()
    numbers = doubtful(database)
    ids = [f"northwind/{numbers['northwind']}", f"fulton/{numbers['fulton']}"]
    listed = both.json("outbox", "list")
    assert (listed["states"], [one["id"] for one in listed["unknown"]]) == ({"unknown": 2}, ids)
    assert both.run("outbox", "sent", ids[0]) == Ran(0, ["Noted as sent."], [])
    assert both.run("outbox", "again", ids[1]) == Ran(0, ["It waits to be sent again."], [])
    assert states(database) == {"northwind": "sent", "fulton": "waiting"}
    refused = [f"{ids[0]} is not to be decided: `laurels outbox list` shows what is"]
    assert both.run("outbox", "again", ids[0]) == Ran(1, [], refused)
    wanted = select(AuditEntry.author, AuditEntry.action).where(col(AuditEntry.action).startswith("outbox"))
    audited = database.read(OPERATOR, lambda session: session.exec(wanted.order_by(col(AuditEntry.id))).all())
    assert list(audited) == [("operator", "outbox.sent"), ("operator", "outbox.again")]


def test_a_message_of_the_vendors_own_is_decided_as_well(both: Shell, database: Database) -> None:
    both.apply()
    told = OutboxMessage(
        key="webinar.report/1", kind="webinar.report", category="answer", workspace=Workspace("", "T1"), user_id="U1",
        subject={}, due_at=NOW, good_until=NOW,
    )  # fmt: skip

    def put(session: Session) -> None:
        outbox.put_vendor_message(session, [told], now=NOW)
        session.exec(select(Outgoing)).one().state = "unknown"

    database.write(OPERATOR, put)
    (listed,) = both.json("outbox", "list")["unknown"]
    assert (listed["account"], listed["id"].partition("/")[0]) == ("@vendor", "@vendor")
    assert both.run("outbox", "sent", listed["id"]) == Ran(0, ["Noted as sent."], [])
    assert both.run("outbox", "sent", listed["id"]).code == 1


def test_a_list_is_a_table_and_says_what_to_do(shell: Shell, sqlite_database: Database) -> None:
    shell.apply()
    assert shell.run("outbox", "list").out == [
        "Nothing to decide: of every message it is known whether it was sent.",
        "The outbox is empty.",
    ]
    doubtful(sqlite_database)
    out = shell.run("outbox", "list").out
    assert out[-2:] == ["Look in Slack, then say `laurels outbox sent ID` or `laurels outbox again ID`.", "unknown: 2"]


def test_what_is_no_message_is_refused(shell: Shell) -> None:
    shell.apply()
    assert shell.run("outbox", "sent", "17") == Ran(2, [], ["17 is no message's id; one looks like northwind/17"])
    assert "did you mean `northwind`?" in shell.run("outbox", "sent", "northwnd/1").err[0]
    assert shell.run("outbox", "again", "northwind/1").code == 1


def test_an_invitation_is_posted_once_a_minute(both: Shell, database: Database) -> None:
    both.apply()
    assert both.run("invite", "northwind", "--yes").code == 1
    northwind = database.read(
        OPERATOR, lambda session: session.exec(select(Account.id).where(col(Account.key) == "northwind")).one()
    )
    assert northwind is not None
    database.write(
        {northwind}, lambda session: bind_channel(session, northwind, team_id="T1", channel_id="C1", now=NOW)
    )
    assert both.run("invite", "northwind").code == 2
    assert both.run("invite", "northwind", "--yes") == Ran(0, ["1 invitation for Northwind on the way."], [])
    assert states(database) == {"northwind": "waiting"}
