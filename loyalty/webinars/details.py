"""A webinar as a value: what is filled in, what the invited are told of it, what whoever manages it sees."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal, get_args

from loyalty.programme import LocalizedText

Kind = Literal["webinar", "training", "onboarding", "seminar", "retreat", "course", "conference"]
KINDS: tuple[Kind, ...] = get_args(Kind)
State = Literal["draft", "scheduled", "announced", "running", "over", "cancelled"]
Reach = Literal["channel", "direct"]
SeatsShown = Literal["free", "few", "waitlist"]
Answer = Literal["going", "maybe", "declined"]
"""What somebody can answer; `waitlisted` is what becomes of `going` where no seat is free."""
RsvpAnswer = Literal["going", "maybe", "declined", "waitlisted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebinarSpec:
    """What is filled in to make a webinar; checked by `validate_webinar`.

    `local_start` is what clocks show in `timezone`, without an offset; `fold` says which one where that comes twice,
    None where it was not said. `remind` None: as the programme says; empty: no reminders. `complete`: with it the
    series is a course, which so many parts complete. `organizer` is an account manager's e-mail, None the operator.
    """

    key: str
    kind: Kind = "webinar"
    title: LocalizedText
    why: LocalizedText | None = None
    local_start: dt.datetime
    timezone: str
    minutes: int
    fold: Literal[0, 1] | None = None
    link: str | None = None
    place: str | None = None
    seats: int | None = None
    remind: tuple[dt.timedelta, ...] | None = None
    min_minutes: int | None = None
    recording: str | None = None
    survey: str | None = None
    series: str | None = None
    complete: int | None = None
    organizer: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceSpec:
    """Who of an account is invited, and how they hear of it.

    Nothing said is the whole account; what is said holds together: some roles *and* some tiers. `people` are surrogate
    ids, invited whatever else is said. Announced in the channel only where the whole account is invited.
    """

    roles: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    people: tuple[int, ...] = ()
    reach: Reach = "channel"

    @property
    def whole(self) -> bool:
        """Return whether the whole account is invited."""
        return not (self.roles or self.tiers or self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class WebinarFacts:
    """What the invited are told of a webinar: never how many seats there are, nor who else is invited.

    `state` is as of the moment asked. `moved_from` is the start before it was moved last, `why_changed` the reason of
    that or of cancelling. `sequence` rises with each change, as a calendar's.
    """

    key: str
    kind: Kind
    title: LocalizedText
    why: LocalizedText | None
    state: State
    local_start: dt.datetime
    timezone: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    minutes: int
    link: str | None
    place: str | None
    series: str | None
    sequence: int
    seats_shown: SeatsShown
    moved_from: dt.datetime | None = None
    why_changed: str | None = None
    recording: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WebinarDetails:
    """A webinar as whoever manages it sees it. `waiting`: how many are on the waitlist."""

    facts: WebinarFacts
    seats: int | None
    seats_taken: int
    waiting: int
    organizer: str | None
    send_at: dt.datetime | None
    remind: tuple[dt.timedelta, ...]
    min_minutes: int
    survey: str | None
    complete: int | None
    code: str | None
    attendance_at: dt.datetime | None

    @property
    def key(self) -> str:
        """Return the webinar's key."""
        return self.facts.key


@dataclass(frozen=True, slots=True, kw_only=True)
class RsvpState:
    """What somebody answered, and how that stands.

    `answer` None: nothing yet. `place`: their place on the waitlist, counted from 1, only where one account is invited;
    `is_next`: first on it. `seat_free`: a seat is free that the first press has, as nobody is moved any more.
    `seat_came`: the seat came from the waitlist. `frees_seat`: a seat or a place was given up, or a seat is free while
    somebody waits: `promote_waitlist` is to be called once this is committed.
    """

    answer: RsvpAnswer | None = None
    wants_recording: bool = False
    other_time: bool = False
    place: int | None = None
    is_next: bool = False
    seat_free: bool = False
    seat_came: bool = False
    frees_seat: bool = False
