import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from storage.database import Database
from tests.handlers.usage.builders import Api, event
from tests.support.live_server import live

SENDERS = Path(__file__).parents[2] / "docs" / "senders"
PROGRAMMES = {
    "bash": [shutil.which("bash") or "", str(SENDERS / "usage.sh")],
    "python": [sys.executable, str(SENDERS / "usage.py")],
    "node": [shutil.which("node") or "", str(SENDERS / "usage.mjs")],
}
PRESENT = [
    name
    for name, (programme, _) in PROGRAMMES.items()
    if programme and (name != "bash" or (shutil.which("curl") and shutil.which("openssl")))
]


@pytest.mark.parametrize("name", PRESENT)
def test_the_sender_signs_so_that_it_is_taken_and_a_second_time_counts_nothing(
    name: str, sqlite_database: Database
) -> None:
    api = Api(sqlite_database)
    now = dt.datetime.now(dt.UTC)
    given = json.dumps([event(at=now.isoformat(), person="Zoë"), event("hanbit", at=now.isoformat())])
    with live(sqlite_database) as url:
        env = os.environ | {"LAURELS_URL": url, "LAURELS_USAGE_SECRET": api.secret("northwind").text}
        answers = [_run(PROGRAMMES[name], given, env) for _ in range(2)]
    assert [(one["recorded"], one["replayed"], one["refused"]) for one in answers] == [(1, 0, 1), (0, 1, 1)]


@pytest.mark.parametrize("name", PRESENT)
def test_the_sender_says_what_a_refusal_is(name: str, sqlite_database: Database) -> None:
    Api(sqlite_database)
    with live(sqlite_database) as url:
        env = os.environ | {"LAURELS_URL": url, "LAURELS_USAGE_SECRET": "whsec_AAAA"}
        done = subprocess.run(PROGRAMMES[name], input="[]", env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode != 0
    assert "is of no secret that counts here" in done.stdout + done.stderr


def _run(command: list[str], given: str, env: dict[str, str]) -> dict[str, int]:
    done = subprocess.run(command, input=given, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    assert done.returncode == 0, done.stderr + done.stdout
    answer: dict[str, int] = json.loads(done.stdout)
    return answer
