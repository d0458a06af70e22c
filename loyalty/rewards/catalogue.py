"""Rewards as an account's people find them: what is offered, to whom, and why one cannot be had now."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal
from unicodedata import combining, normalize

from sqlalchemy import bindparam, or_, select
from sqlmodel import Session

from leaderboards.periods import Weekday, span_of
from loyalty.people.eligibility import is_eligible
from loyalty.people.people import NoSuchPersonError
from loyalty.programme import Programme, Reward, RewardLimit
from loyalty.programme.versions import in_force
from loyalty.rewards.stock import Stock, totals
from loyalty.suggestions import closest
from loyalty.tiers.progress import held
from storage.tables import Account, Member, OwnTerms, Person, Redemption, VipMember, Wallet, core

WhyNot = Literal["withdrawn", "limit", "ran_out", "points"]
"""In the order in which they are looked for: the first that holds is told."""
POOLED_FOR = ("champion", "manager")
"""Who may ask for what the pool pays, where it does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A reward as one account has it: `reward` bears the account's own price and limit where it has some.

    `own`: the account's own reward, not the programme's. `left`: how many there are, None for as many as are asked for.
    """

    reward: Reward
    own: bool = False
    left: int | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Whoever looks at rewards, by all that decides which they see. `tiers`: their own and their account's, in effect.

    `eligible`: joined, and neither departed, erased, staff nor excluded; nobody else has any reward.
    """

    person_id: int
    role: str
    account_key: str
    tiers: frozenset[str] = frozenset()
    vip: bool = False
    eligible: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class VisibleReward:
    """A reward that somebody sees. `why_not` says why they cannot have it now, None where they can.

    `to_go`: how many points are missing, 0 for none; `again`: the first local day on which the limit gives room, None
    where it does now or never will.
    """

    offer: Offer
    why_not: WhyNot | None = None
    to_go: int = 0
    again: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """All that somebody sees, in the programme's order and then the account's own; what they and the pool have.

    `version` is the programme's that says so.
    """

    viewer: Viewer
    balance: int
    pool: int
    version: int
    rewards: tuple[VisibleReward, ...]


@dataclass(frozen=True, slots=True)
class FoundReward:
    """The reward that is called so, else (None) the one with the `nearest` name, if any is near."""

    reward: VisibleReward | None
    nearest: VisibleReward | None = None


def sees(reward: Reward, viewer: Viewer) -> bool:
    """Return whether somebody sees a reward; what its `for` leaves open is open to all.

    One that the pool pays is for champions and managers, unless it names roles itself.
    """
    audience = reward.for_
    roles = audience.roles or (POOLED_FOR if reward.paid_by == "pool" else ())
    return (
        viewer.eligible
        and (not roles or viewer.role in roles)
        and (not audience.tiers or not viewer.tiers.isdisjoint(audience.tiers))
        and (not audience.accounts or viewer.account_key in audience.accounts)
        and (not audience.vip or viewer.vip)
    )


def offers(session: Session, account_id: int) -> tuple[Offer, ...]:
    """Return what an account is offered: the programme's rewards under its own terms, then its own; withdrawn ones too.

    Errors: `NoProgrammeError`.
    """
    return _offers(session, account_id, in_force(session).programme)


def _offers(session: Session, account_id: int, programme: Programme) -> tuple[Offer, ...]:
    stock = totals(session)
    terms = {row.reward: row for row in session.execute(_TERMS, {"account_id": account_id})}
    shared = [_programme_offer(reward, stock.get(reward.key), terms.get(reward.key)) for reward in programme.rewards]
    known = {reward.key for reward in programme.rewards}
    own = [_account_offer(row) for key, row in terms.items() if row.own and key not in known]
    return (*shared, *own)


def _programme_offer(reward: Reward, stock: Stock | None, terms: Any) -> Offer:
    """Return one of the programme's rewards, `terms`: as this account has it."""
    if terms is not None and not terms.own:
        reward = Reward.model_validate(reward.model_dump(by_alias=True, mode="json") | terms.says)
    stock = stock or Stock(reward.stock)
    return Offer(reward=reward, left=stock.left, withdrawn=stock.withdrawn)


def _account_offer(terms: Any) -> Offer:
    stock = Stock(terms.total, terms.taken, terms.withdrawn)
    return Offer(reward=Reward.model_validate(terms.says), own=True, left=stock.left, withdrawn=stock.withdrawn)


def viewer(session: Session, account_id: int, person_id: int, *, today: dt.date) -> Viewer:
    """Return a person as one who looks at rewards. `today`: the account's local day, by which tiers are in effect.

    Errors: `NoSuchPersonError`.
    """
    parameters = {"account_id": account_id, "person_id": person_id}
    row = session.execute(_VIEWER, parameters).first()
    if row is None:
        raise NoSuchPersonError(f"there is no person {person_id} in this account")
    return Viewer(
        person_id=person_id,
        role=row.role,
        account_key=row.key,
        tiers=held(session, account_id, person_id, today=today),
        vip=row.accepted_at is not None and row.vip_left_at is None,
        eligible=row.member is not None and bool(row.eligible),
    )


def catalogue(session: Session, account_id: int, person_id: int, *, today: dt.date) -> Catalogue:
    """Return what a person sees and why they cannot have some of it now, in a fixed number of statements.

    Who is not eligible sees nothing. `today`: the account's local day. Errors: `NoProgrammeError`, `NoSuchPersonError`.
    """
    force = in_force(session)
    programme = force.programme
    reward_viewer = viewer(session, account_id, person_id, today=today)
    parameters = {"account_id": account_id, "person_id": person_id}
    balances: dict[str, int] = dict(session.execute(_BALANCES, parameters).all())
    had = _redemption_days(session, parameters)
    rewards = (
        _visible_reward(offer, balances, had.get((offer.own, offer.reward.key), ()), today, force.week_starts)
        for offer in _offers(session, account_id, programme)
        if sees(offer.reward, reward_viewer)
    )
    return Catalogue(
        viewer=reward_viewer,
        balance=balances.get("person", 0),
        pool=balances.get("pool", 0),
        version=force.number,
        rewards=tuple(rewards),
    )


def _redemption_days(session: Session, parameters: Mapping[str, int]) -> Mapping[tuple[bool, str], Collection[dt.date]]:
    """Return the local days on which a person asked for each reward, where a limit counts it: no gifts."""
    days: dict[tuple[bool, str], list[dt.date]] = defaultdict(list)
    for own, reward, local_day in session.execute(_HAD, parameters):
        days[own, reward].append(local_day)
    return days


def _visible_reward(
    offer: Offer, balances: Mapping[str, int], had: Collection[dt.date], today: dt.date, weeks: Weekday
) -> VisibleReward:
    reward = offer.reward
    to_go = max(0, reward.cost - balances.get(reward.paid_by, 0))
    full, again = _limit_full(reward.limit, had, today, weeks)
    why_not: WhyNot | None = None
    if offer.withdrawn:
        why_not = "withdrawn"
    elif full:
        why_not = "limit"
    elif offer.left == 0:
        why_not = "ran_out"
    elif to_go:
        why_not = "points"
    return VisibleReward(offer=offer, why_not=why_not, to_go=to_go, again=again)


def _limit_full(
    limit: RewardLimit | None, had: Collection[dt.date], today: dt.date, weeks: Weekday
) -> tuple[bool, dt.date | None]:
    """Return whether a limit has no room today, and the first local day on which it has; None: now, or never."""
    if limit is None or len(had) < limit.times:
        return False, None
    span = span_of("all" if limit.per == "ever" else limit.per, today, weeks)
    counted = sum(span.start <= day and (span.end is None or day < span.end) for day in had)
    return (True, span.end) if counted >= limit.times else (False, None)


def find_reward(catalogue: Catalogue, words: str, language: str = "en") -> FoundReward:
    """Return the reward called so, by its key or its name in any language, or by how one name begins.

    Case and accents do not matter. `nearest` goes by names in `language` first.
    """
    searched = plain(words)
    called: dict[str, VisibleReward] = {}
    for shown in catalogue.rewards:
        reward = shown.offer.reward
        for name in (reward.name.get(language), *(text for _, text in reward.name.texts()), reward.key):
            called.setdefault(plain(name), shown)
    if searched in called:
        return FoundReward(called[searched])
    begin = [shown for name, shown in called.items() if searched and name.startswith(searched)]
    if begin and all(shown is begin[0] for shown in begin):
        return FoundReward(begin[0])
    near = closest(searched, called) or next((name for name in called if searched and searched in name), None)
    return FoundReward(None, called[near] if near else begin[0] if begin else None)


def plain(text: str) -> str:
    """Return a text as it is compared with what somebody typed: in small letters, without accents."""
    apart = normalize("NFKD", " ".join(text.split()).casefold()).translate(_ACCENTED)
    return normalize("NFC", "".join(letter for letter in apart if not combining(letter)))


_ACCENTED = str.maketrans({"ł": "l", "ø": "o", "đ": "d"})
"""Letters with a stroke, which are no letter and an accent to Unicode."""

ACCOUNT = core(Account)
PERSON = core(Person)
MEMBER = core(Member)
VIP_MEMBER = core(VipMember)
OWN_TERMS = core(OwnTerms)
WALLET = core(Wallet)
REDEMPTION = core(Redemption)
_ACCOUNT: Any = bindparam("account_id")
_PERSON: Any = bindparam("person_id")

_TERMS = (
    select(
        OWN_TERMS.c.reward,
        OWN_TERMS.c.own,
        OWN_TERMS.c.says,
        OWN_TERMS.c.total,
        OWN_TERMS.c.taken,
        OWN_TERMS.c.withdrawn,
    )
    .where(OWN_TERMS.c.account_id == _ACCOUNT)
    .order_by(OWN_TERMS.c.reward)
)
_VIEWER = (
    select(
        PERSON.c.role,
        is_eligible(PERSON.c).label("eligible"),
        ACCOUNT.c.key,
        MEMBER.c.person_id.label("member"),
        VIP_MEMBER.c.accepted_at,
        VIP_MEMBER.c.left_at.label("vip_left_at"),
    )
    .join(ACCOUNT, ACCOUNT.c.id == PERSON.c.account_id)
    .outerjoin(MEMBER, (MEMBER.c.account_id == PERSON.c.account_id) & (MEMBER.c.person_id == PERSON.c.id))
    .outerjoin(VIP_MEMBER, (VIP_MEMBER.c.account_id == PERSON.c.account_id) & (VIP_MEMBER.c.person_id == PERSON.c.id))
    .where(PERSON.c.account_id == _ACCOUNT, PERSON.c.id == _PERSON)
)
_BALANCES = select(WALLET.c.kind, WALLET.c.balance).where(
    WALLET.c.account_id == _ACCOUNT,
    or_(
        (WALLET.c.person_id == _PERSON) & (WALLET.c.kind == "person"),
        WALLET.c.person_id.is_(None) & (WALLET.c.kind == "pool"),
    ),
)
_HAD = select(REDEMPTION.c.own, REDEMPTION.c.reward, REDEMPTION.c.local_day).where(
    REDEMPTION.c.account_id == _ACCOUNT,
    REDEMPTION.c.person_id == _PERSON,
    REDEMPTION.c.points > 0,
    REDEMPTION.c.state.in_(("requested", "approved", "fulfilled")),
)
