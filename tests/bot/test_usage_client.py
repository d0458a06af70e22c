import datetime as dt
import json
from typing import Any

import pytest

from bot.usage_client import (
    ATTEMPTS,
    FIRST_PAUSE_SECONDS,
    MAX_BATCH_BYTES,
    MAX_PAUSE_SECONDS,
    SendingError,
    SendTotals,
    batches,
    key_of,
    send,
)
from handlers.usage import signatures
from handlers.usage.formats import read_item
from loyalty.usage.record import UsageEvent
from loyalty.usage.secrets import Secret

NOW = dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)
KEY = bytes(32)
SECRET = Secret(1, KEY, None)
ANSWER = b'{"results": []}'
Answer = tuple[int, dict[str, str], bytes]


class Bot:
    """A bot that answers as it is told, and checks each signature."""

    def __init__(self, *answers: Answer | OSError) -> None:
        self.answers = list(answers)
        self.pauses: list[float] = []
        self.clock = iter(NOW + dt.timedelta(minutes=4 * n) for n in range(99))

    def post(self, body: bytes, headers: dict[str, str]) -> Answer:
        at = dt.datetime.fromtimestamp(int(headers["webhook-timestamp"]), dt.UTC)
        assert signatures.standard(headers, body, [SECRET], at) is SECRET
        answer = self.answers.pop(0)
        if isinstance(answer, OSError):
            raise answer
        return answer

    def send(self) -> Any:
        return send([b"{}"], key=KEY, post=self.post, clock=lambda: next(self.clock), sleep=self.pauses.append)


def _event(number: int, **properties: Any) -> UsageEvent:
    return UsageEvent(
        account="northwind", person="Zoë", name="Report", occurred_at=NOW, id=str(number), properties=properties
    )


def test_batches_hold_every_event_in_order_as_the_api_reads_it() -> None:
    given = [_event(number, rows=number / 3, note="zażółć") for number in range(2_001)]
    found = list(batches(given))
    assert [len(batch) for batch in found] == [1_000, 1_000, 1]
    assert [read_item(json.loads(written)) for batch in found for written in batch] == given


def test_batches_stay_below_the_bytes_of_a_request() -> None:
    found = list(batches(_event(number, text="ż" * 60_000) for number in range(20)))
    assert [len(batch) for batch in found] == [7, 7, 6]
    assert all(sum(map(len, batch)) <= MAX_BATCH_BYTES for batch in found)


def test_where_the_bot_is_away_it_waits_as_it_is_asked_and_sends_again_signed_anew() -> None:
    bot = Bot(
        (503, {"retry-after": "7"}, b""), OSError("refused"), (503, {"retry-after": "soon"}, b""), (200, {}, ANSWER)
    )
    assert (bot.send(), bot.pauses) == ({"results": []}, [7, FIRST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS])


def test_it_waits_no_longer_than_a_minute_at_a_time_and_not_for_ever() -> None:
    bot = Bot(*[(503, {"retry-after": "3600"}, b'{"error": "away"}')] * ATTEMPTS)
    with pytest.raises(SendingError, match="the bot is away: away"):
        bot.send()
    assert bot.pauses == [MAX_PAUSE_SECONDS] * (ATTEMPTS - 1)


@pytest.mark.parametrize("status", [400, 401, 413, 404, 500])
def test_a_refusal_is_said_at_once_in_the_bots_own_words(status: int) -> None:
    bot = Bot((status, {}, b'{"error": "no such secret"}'))
    with pytest.raises(SendingError, match=f"the bot answered {status}: no such secret"):
        bot.send()
    assert bot.pauses == []


def test_answers_add_up() -> None:
    total = SendTotals()
    refused = {"id": "e2", "outcome": "refused", "reason": "too old", "points": 0, "pool": 0}
    done = {"id": "e1", "outcome": "recorded", "reason": "", "points": 15, "pool": 10}
    for _ in range(2):
        total.add({"recorded": 1, "replayed": 0, "refused": 1, "results": [done, refused]})
    assert total == SendTotals(4, 2, 0, 2, 30, 20, [("e2", "too old")] * 2)


def test_a_secrets_text_gives_what_is_signed_with() -> None:
    assert key_of(SECRET.text) == KEY


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_ż", "whsec_%%%", "AAAA"])
def test_what_is_no_secret_is_said_to_be_none(text: str) -> None:
    with pytest.raises(ValueError, match="right is whsec_"):
        key_of(text)
