"""Two clients behind the usage API, and senders who sign."""

import base64
import datetime as dt
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from fastapi import FastAPI
from httpx2 import Response
from sqlmodel import col, select
from starlette.testclient import TestClient

from handlers.usage import api
from loyalty.apply_programme import apply_programme
from loyalty.usage import secrets
from loyalty.usage.secrets import Secret
from storage.database import OPERATOR, Database
from storage.tables import Account, Person, Score, Transfer, Usage

NOW = dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)
KEY = "the deployment's own key"
PROGRAMME = """\
programme: {name: Orbit Champions}
accounts:
  - {key: northwind, name: Northwind, timezone: Europe/Warsaw}
  - {key: hanbit, name: Hanbit, timezone: Asia/Seoul}
earn:
  - {key: report, event: Report Scheduled, points: 15, limit: {times: 2, per: day}}
  - {key: rows, event: Report Scheduled, points: {each: 100, of: rows, worth: 1, at_most: 20}}
  - {key: pro, event: Report Scheduled, points: 1, where: {plan: pro}}
  - {key: shared, event: Dashboard Shared, points: 10, to: pool}
exclude: {people: ["robot-*"]}
"""


@dataclass
class Api:
    """The usage API over a database; its clock stands still."""

    database: Database
    now: dt.datetime = NOW
    seeds: int = 0
    client: TestClient = field(init=False)

    def __post_init__(self) -> None:
        self.database.write(OPERATOR, lambda session: apply_programme(session, PROGRAMME, author="operator", now=NOW))
        self.client = self.over(self.database)

    def over(self, database: Database) -> TestClient:
        """Return a client of the usage API over a database."""
        app = FastAPI()
        app.include_router(api.router(database, clock=lambda: self.now, secret_key=KEY))
        return TestClient(app)

    def secret(self, *accounts: str) -> Secret:
        """Return a new secret for these accounts; for all where none is named."""
        self.seeds += 1
        seed = self.seeds.to_bytes(32, "big")
        return self.database.write(
            OPERATOR,
            lambda session: secrets.create_secret(
                session, seed, key=KEY, accounts=accounts or None, author="operator", now=self.now
            ),
        )

    def send(self, secret: Secret, given: Any, path: str = "/v1/usage") -> Response:
        """Send this as JSON, signed."""
        body = json.dumps(given).encode()
        return self.post(body, signed(secret.text, body, self.now), path)

    def post(self, body: bytes, headers: Mapping[str, str], path: str = "/v1/usage") -> Response:
        """Send these bytes."""
        return self.client.post(path, content=body, headers=dict(headers))

    def results(self, secret: Secret, given: Any) -> list[tuple[str, int, int]]:
        """Return what became of each event: outcome, points, pool."""
        answer = self.send(secret, given)
        assert answer.status_code == 200, answer.text
        return [(one["outcome"], one["points"], one["pool"]) for one in answer.json()["results"]]

    def facts(self) -> dict[str, Any]:
        """Return everything that usage writes, by account."""

        def look(session: Any) -> dict[str, Any]:
            found = {}
            for account in session.exec(select(Account).order_by(col(Account.id))).all():
                found[account.key] = {
                    "serial": account.serial,
                    "usage": _count(session, Usage, account.id),
                    "people": _count(session, Person, account.id),
                    "transfers": _count(session, Transfer, account.id),
                    "scores": _count(session, Score, account.id),
                }
            return found

        return self.database.read(OPERATOR, look)


def _count(session: Any, table: Any, account_id: int) -> int:
    return len(session.exec(select(table).where(col(table.account_id) == account_id)).all())


def signed(text: str, body: bytes, at: dt.datetime, message_id: str = "msg_1") -> dict[str, str]:
    """Return the headers of Standard Webhooks, made from the secret's text alone."""
    timestamp = str(int(at.timestamp()))
    key = base64.b64decode(text.removeprefix("whsec_"))
    digest = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, sha256).digest()
    signature = "v1," + base64.b64encode(digest).decode()
    return {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": signature}


def segment_signed(text: str, body: bytes) -> dict[str, str]:
    """Return the header of Segment's webhook, made from the secret's text alone."""
    return {"x-signature": hmac.new(text.encode(), body, "sha1").hexdigest()}


_numbers = iter(range(1_000_000))


def event(account: str = "northwind", name: str = "Report Scheduled", **given: Any) -> dict[str, Any]:
    """Return an event in our own JSON, with an id of its own where none is given."""
    return {
        "account": account,
        "person": "ania",
        "event": name,
        "at": NOW.isoformat(),
        "id": f"event-{next(_numbers)}",
        **given,
    }
