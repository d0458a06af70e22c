"""The way of usage from requests to the facts: looked at many at a time, recorded account by account."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from handlers.usage.batch import Batch, BatchError, Sent, TooManyError, Unread, admit
from handlers.usage.formats import FormatError
from handlers.usage.group_commit import Coalescer
from handlers.usage.schemas import Explanation, Explanations, Result, UsageResponse
from handlers.usage.signatures import SignatureError
from loyalty.usage.explain import explain_usage
from loyalty.usage.receive import account_ids, receive_usage
from loyalty.usage.record import UsageEvent
from loyalty.usage.secrets import Secret, live_secrets
from storage.database import OPERATOR, Database
from storage.errors import DATABASE_UNAVAILABLE

ACCOUNTS = 8
"""Accounts recorded for at a time: people in Slack find threads and connections free beside them."""
MAX_GROUP_REQUESTS = 64
"""Requests looked at in one round."""
MAX_GROUP_EVENTS = 1_000
"""Events of several requests that go into one transaction of their account."""

REFUSALS = (SignatureError, FormatError, BatchError, TooManyError)
"""What is said of a request as a whole."""

Events = Sequence[UsageEvent]
Admitted = tuple[Batch, Mapping[str, int]]
"""A request's batch, and the ids of those of its accounts that there are."""
R = TypeVar("R")


class Intake:
    """Takes in what the usage API is sent. `secret_key` is the deployment's own; `recorded` hears each answer."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], dt.datetime],
        secret_key: str,
        recorded: Callable[[UsageResponse], None] = lambda _: None,
    ) -> None:
        self._database, self._clock, self._secret_key = database, clock, secret_key
        self._heard = recorded
        self._door = Coalescer(
            self._admit, limiter=CapacityLimiter(1), most=MAX_GROUP_REQUESTS, shared_errors=DATABASE_UNAVAILABLE
        )
        self._accounts: dict[int, Coalescer[Events, list[Result]]] = {}
        self._limiter = CapacityLimiter(ACCOUNTS)

    async def record(self, sent: Sent) -> UsageResponse:
        """Return what became of a request's events, all of it on disk. Errors: `REFUSALS`; the database's."""
        each = await self._each(sent, self._recorded, lambda unread: _refused(unread.id, unread.reason))
        answer = UsageResponse.of(each)
        self._heard(answer)
        return answer

    async def explain(self, sent: Sent) -> Explanations:
        """Return what would become of a request's events; nothing of them stays. Errors: `REFUSALS`; the database's."""
        results = await self._each(
            sent, self._explained, lambda unread: Explanation(id=unread.id, would="refuse", reason=unread.reason)
        )
        return Explanations(results=results)

    async def _each(
        self, sent: Sent, act: Callable[[int, Events], Awaitable[Iterable[R]]], refuse: Callable[[Unread], R]
    ) -> list[R]:
        """Return what came of each event, in the order given: account after account, each alone."""
        batch, ids = await self._door.ask(sent)
        unread = [*batch.unread, *_of_no_account(batch, ids)]
        results = {one.place: refuse(one) for one in unread}
        for account_id, placed in sorted((ids[key], placed) for key, placed in batch.accounts.items() if key in ids):
            done = await act(account_id, [event for _, event in placed])
            results |= {place: result for (place, _), result in zip(placed, done, strict=True)}
        return [results[place] for place in range(batch.size)]

    def _admit(self, asked: Sequence[Sent]) -> list[Admitted | Exception]:
        now = self._clock()
        return self._database.read(
            OPERATOR,
            lambda session: _admitted(
                asked, live_secrets(session, key=self._secret_key), partial(account_ids, session), now
            ),
        )

    async def _recorded(self, account_id: int, events: Events) -> list[Result]:
        if account_id not in self._accounts:
            record = partial(self._record, account_id)
            self._accounts[account_id] = Coalescer(
                record, limiter=self._limiter, most=MAX_GROUP_EVENTS, size=len, shared_errors=DATABASE_UNAVAILABLE
            )
        return await self._accounts[account_id].ask(events)

    def _record(self, account_id: int, asked: Sequence[Events]) -> list[list[Result]]:
        now = self._clock()
        events = [event for one in asked for event in one]
        outcomes = self._database.write(
            {account_id}, lambda session: receive_usage(session, account_id, events, now=now)
        )
        results = map(Result.of, (event.id for event in events), outcomes)
        return [list(islice(results, len(one))) for one in asked]

    async def _explained(self, account_id: int, events: Events) -> list[Explanation]:
        return await to_thread.run_sync(
            self._explain, account_id, events, limiter=self._limiter, abandon_on_cancel=True
        )

    def _explain(self, account_id: int, events: Events) -> list[Explanation]:
        now = self._clock()
        explained = self._database.dry_run(
            {account_id}, lambda session: explain_usage(session, account_id, events, now=now)
        )
        return list(map(Explanation.of, (event.id for event in events), explained))


def _admitted(
    asked: Sequence[Sent], secrets: Sequence[Secret], ids_of: Callable[[set[str]], Mapping[str, int]], now: dt.datetime
) -> list[Admitted | Exception]:
    batches: list[Batch | Exception] = []
    for sent in asked:
        try:
            batches.append(admit(sent, secrets, now))
        except REFUSALS as error:
            batches.append(error)
    ids = ids_of({key for batch in batches if isinstance(batch, Batch) for key in batch.accounts})
    return [(batch, ids) if isinstance(batch, Batch) else batch for batch in batches]


def _refused(event_id: str, reason: str) -> Result:
    return Result(id=event_id, outcome="refused", reason=reason)


def _of_no_account(batch: Batch, ids: Mapping[str, int]) -> Iterable[Unread]:
    for key, placed in batch.accounts.items():
        if key not in ids:
            words = f"there is no account {key!r}: the programme file lists them"
            yield from (Unread(place, event.id, words) for place, event in placed)
