"""Two clients with a roster each, made by the verbs themselves."""

import datetime as dt

from sqlmodel import Session

from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.join import Joined, join
from loyalty.people.roster import RosterReport, RosterRow, import_roster
from storage.account_lock import next_ids
from storage.database import Database
from storage.tables import Wallet
from tests.support.two_clients import NOW, Client

ANIA = SlackUser("", "T1", "U_ANIA")


def row(line: int, external_id: str, email: str | None = None, **facts: str) -> RosterRow:
    return RosterRow(line=line, external_id=external_id, email=email, **facts)


def take_in(database: Database, client: Client, *rows: RosterRow) -> RosterReport:
    return database.write({client.id}, lambda session: import_roster(session, client.id, rows, now=NOW))


def press_join(database: Database, client: Client, user: SlackUser, email: str | None, **facts: str) -> Joined:
    profile = SlackProfile(user=user, email=email, name=facts.get("name"), language=facts.get("language"))
    now = NOW + dt.timedelta(hours=1)

    def run(session: Session) -> Joined:
        return join(session, client.id, profile, now=now)

    return database.write({client.id}, run)


def open_wallets(database: Database, client: Client) -> None:
    """Give the client the wallets that earning needs."""

    def run(session: Session) -> None:
        first = next_ids(session, client.id, 1 + len(client.people))
        session.add(Wallet(account_id=client.id, id=first, kind="issued"))
        for wallet_id, person_id in enumerate(client.people.values(), first + 1):
            session.add(
                Wallet(account_id=client.id, id=wallet_id, kind="person", person_id=person_id, balance=0, owed=0)
            )

    database.write({client.id}, run)
