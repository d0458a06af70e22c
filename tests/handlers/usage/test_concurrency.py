import datetime as dt
import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from storage.database import Database
from tests.handlers.usage.builders import Api, event, signed
from tests.support.live_server import live


def test_of_many_senders_of_the_same_at_once_one_records_and_the_others_are_told_so(database: Database) -> None:
    api = Api(database)
    secret, now = api.secret(), dt.datetime.now(dt.UTC)
    given = [event(("northwind", "hanbit")[n % 2], "Dashboard Shared", at=now.isoformat()) for n in range(20)]
    bodies = [json.dumps(one).encode() for one in given] * 4 + [json.dumps(given).encode()] * 2
    with live(database) as url, ThreadPoolExecutor(12) as senders:
        answers = list(senders.map(lambda body: _post(url, body, signed(secret.text, body, now)), bodies))
    assert (sum(one["recorded"] for one in answers), sum(one["replayed"] for one in answers)) == (20, 100)
    assert sum(result["pool"] for one in answers for result in one["results"]) == 200
    facts = api.facts()
    assert [facts[key]["transfers"] for key in ("northwind", "hanbit")] == [10, 10]


def _post(url: str, body: bytes, headers: dict[str, str]) -> Any:
    request = urllib.request.Request(f"{url}/v1/usage", body, headers)  # noqa: S310 - our own server
    with urllib.request.urlopen(request) as answer:  # noqa: S310 - the same
        return json.load(answer)
