"""Takes requests of the usage API in: many are checked at a time, then recorded account by account."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from handlers.usage.batch import Batch, BatchError, SignedBody, TooManyError, UnreadItem, admit
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

MAX_ACCOUNTS_AT_ONCE = 8
"""Accounts recorded for at a time: people in Slack find threads and connections free beside them."""
MAX_GROUP_REQUESTS = 64
"""Requests checked in one round."""
MAX_GROUP_EVENTS = 1_000
"""Events of several requests that go into one transaction of their account."""

REFUSALS = (SignatureError, FormatError, BatchError, TooManyError)
"""The errors that refuse a request as a whole."""

Events = Sequence[UsageEvent]
Admitted = tuple[Batch, Mapping[str, int]]
"""A request's batch, and the ids of those of its accounts that there are."""
R = TypeVar("R")


class Intake:
    """Takes in requests of the usage API. `secret_key` is the deployment's own; `recorded` takes each answer."""

    def __init__(
        self,
        database: Database,
        *,
        clock: Callable[[], dt.datetime],
        secret_key: str,
        recorded: Callable[[UsageResponse], None] = lambda _: None,
    ) -> None:
        self._database, self._clock, self._secret_key = database, clock, secret_key
        self._on_recorded = recorded
        self._admission = Coalescer(
            self._admit, limiter=CapacityLimiter(1), most=MAX_GROUP_REQUESTS, shared_errors=DATABASE_UNAVAILABLE
        )
        self._accounts: dict[int, Coalescer[Events, list[Result]]] = {}
        self._limiter = CapacityLimiter(MAX_ACCOUNTS_AT_ONCE)

    async def record(self, signed: SignedBody) -> UsageResponse:
        """Return what became of a request's events, all of it on disk. Errors: `REFUSALS`; the database's."""
        results = await self._results(signed, self._record_events, lambda item: _refused(item.id, item.reason))
        answer = UsageResponse.of(results)
        self._on_recorded(answer)
        return answer

    async def explain(self, signed: SignedBody) -> Explanations:
        """Return what would become of a request's events; nothing of them stays. Errors: `REFUSALS`; the database's."""
        results = await self._results(
            signed, self._explain_events, lambda item: Explanation(id=item.id, would="refuse", reason=item.reason)
        )
        return Explanations(results=results)

    async def _results(
        self,
        signed: SignedBody,
        act: Callable[[int, Events], Awaitable[Iterable[R]]],
        refuse: Callable[[UnreadItem], R],
    ) -> list[R]:
        """Return the result of each event, in the order given; `act` is called for one account after another."""
        batch, ids = await self._admission.ask(signed)
        unread = [*batch.unread, *_items_of_unknown_accounts(batch, ids)]
        results = {item.place: refuse(item) for item in unread}
        for account_id, placed in sorted((ids[key], placed) for key, placed in batch.accounts.items() if key in ids):
            outcomes = await act(account_id, [event for _, event in placed])
            results |= {place: result for (place, _), result in zip(placed, outcomes, strict=True)}
        return [results[place] for place in range(batch.size)]

    def _admit(self, requests: Sequence[SignedBody]) -> list[Admitted | Exception]:
        now = self._clock()
        return self._database.read(
            OPERATOR,
            lambda session: _admit_requests(
                requests, live_secrets(session, key=self._secret_key), partial(account_ids, session), now
            ),
        )

    async def _record_events(self, account_id: int, events: Events) -> list[Result]:
        if account_id not in self._accounts:
            record = partial(self._record, account_id)
            self._accounts[account_id] = Coalescer(
                record, limiter=self._limiter, most=MAX_GROUP_EVENTS, size=len, shared_errors=DATABASE_UNAVAILABLE
            )
        return await self._accounts[account_id].ask(events)

    def _record(self, account_id: int, groups: Sequence[Events]) -> list[list[Result]]:
        now = self._clock()
        events = [event for group in groups for event in group]
        outcomes = self._database.write(
            {account_id}, lambda session: receive_usage(session, account_id, events, now=now)
        )
        results = map(Result.of, (event.id for event in events), outcomes)
        return [list(islice(results, len(group))) for group in groups]

    async def _explain_events(self, account_id: int, events: Events) -> list[Explanation]:
        return await to_thread.run_sync(
            self._explain, account_id, events, limiter=self._limiter, abandon_on_cancel=True
        )

    def _explain(self, account_id: int, events: Events) -> list[Explanation]:
        now = self._clock()
        explained = self._database.dry_run(
            {account_id}, lambda session: explain_usage(session, account_id, events, now=now)
        )
        return list(map(Explanation.of, (event.id for event in events), explained))


def _admit_requests(
    requests: Sequence[SignedBody],
    secrets: Sequence[Secret],
    ids_of: Callable[[set[str]], Mapping[str, int]],
    now: dt.datetime,
) -> list[Admitted | Exception]:
    batches: list[Batch | Exception] = []
    for signed in requests:
        try:
            batches.append(admit(signed, secrets, now))
        except REFUSALS as error:
            batches.append(error)
    ids = ids_of({key for batch in batches if isinstance(batch, Batch) for key in batch.accounts})
    return [(batch, ids) if isinstance(batch, Batch) else batch for batch in batches]


def _refused(event_id: str, reason: str) -> Result:
    return Result(id=event_id, outcome="refused", reason=reason)


def _items_of_unknown_accounts(batch: Batch, ids: Mapping[str, int]) -> Iterable[UnreadItem]:
    for key, placed in batch.accounts.items():
        if key not in ids:
            reason = f"there is no account {key!r}: the programme file lists them"
            yield from (UnreadItem(place, event.id, reason) for place, event in placed)
