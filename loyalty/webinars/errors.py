"""Why something about a webinar is not done: one class a reason. Each is raised before anything moved."""

import datetime as dt

from loyalty.errors import LoyaltyError

Fact = str | int | dt.datetime | None


class WebinarError(LoyaltyError):
    """Something about a webinar that was refused."""


class BadWebinarError(WebinarError):
    """What was filled in is no webinar. `field` says where: as the file and the window call it."""

    field = "webinar"


class BadKeyError(BadWebinarError):
    """A key is small letters, digits and hyphens, at most 64."""

    field = "key"


class KeyTakenError(BadWebinarError):
    """Another webinar has that key."""

    field = "key"

    def __init__(self, key: str) -> None:
        super().__init__(f"there is a webinar `{key}` already: give this one another key")
        self.key = key


class NoTitleError(BadWebinarError):
    """A webinar has a title, of at most 150 characters in each language."""

    field = "title"


class NoSuchZoneError(BadWebinarError):
    """There is no such time zone; `nearest` may be meant."""

    field = "timezone"

    def __init__(self, zone: str, nearest: str | None) -> None:
        meant = f": did you mean `{nearest}`?" if nearest else ": one is Europe/Warsaw"
        super().__init__(f"there is no time zone `{zone}`{meant}")
        self.zone, self.nearest = zone, nearest


class TimeSkippedError(BadWebinarError):
    """Clocks in the zone skip that time: `before` and `after` are the two nearest that they show."""

    field = "at"

    def __init__(self, local: dt.datetime, zone: str, before: dt.datetime, after: dt.datetime) -> None:
        super().__init__(
            f"{local:%Y-%m-%d %H:%M} does not exist in {zone}: clocks go forward then. "
            f"The nearest are {before:%H:%M} and {after:%H:%M}"
        )
        self.local, self.zone, self.before, self.after = local, zone, before, after


class TimeTwiceError(BadWebinarError):
    """Clocks in the zone show that time twice: `first` and `second` are the two, in UTC, and one has to be said."""

    field = "at"

    def __init__(self, local: dt.datetime, zone: str, first: dt.datetime, second: dt.datetime) -> None:
        super().__init__(
            f"{local:%Y-%m-%d %H:%M} comes twice in {zone}: at {first:%H:%M} and at {second:%H:%M} UTC; say which"
        )
        self.local, self.zone, self.first, self.second = local, zone, first, second


class InPastError(BadWebinarError):
    """It would have begun before now."""

    field = "at"

    def __init__(self, starts_at: dt.datetime, now: dt.datetime) -> None:
        super().__init__(f"it would begin at {starts_at:%Y-%m-%d %H:%M} UTC, which is past: give a later time")
        self.starts_at, self.now = starts_at, now


class BadLengthError(BadWebinarError):
    """It lasts from 5 minutes to 14 days. `minutes`: as was said; below 0 where the end is before the start."""

    field = "minutes"

    def __init__(self, minutes: int) -> None:
        ends = "it ends before it begins" if minutes <= 0 else f"it lasts {minutes} minutes"
        super().__init__(f"{ends}: from 5 minutes to 14 days are possible")
        self.minutes = minutes


class BadLinkError(BadWebinarError):
    """A link begins with https:// and names a host."""

    field = "link"

    def __init__(self, link: str) -> None:
        super().__init__(f"`{link[:100]}` is no link that begins with https://")
        self.link = link


class NoPlaceError(BadWebinarError):
    """It takes place by a link or at a place: one of the two."""

    field = "link"


class BadSeatsError(BadWebinarError):
    """There are 1 to 10,000 seats, or as many as come."""

    field = "seats"

    def __init__(self, seats: int) -> None:
        super().__init__(f"{seats:,} seats are not possible: give 1 to 10,000, or leave them out")
        self.seats = seats


class BadMinMinutesError(BadWebinarError):
    """To have come one is there at least 1 minute, and at most as long as it lasts."""

    field = "min_minutes"


class BadRemindersError(BadWebinarError):
    """A reminder goes from 5 minutes to 14 days before the start; at most five."""

    field = "remind"


class NobodyInvitedError(BadWebinarError):
    """Nobody is invited: no account, or none of an account's people is meant."""

    field = "accounts"


class ChannelNotWholeError(BadWebinarError):
    """It is announced in a channel only where the whole account is invited; else by direct messages."""

    field = "where"


class BadSeriesError(BadWebinarError):
    """A series has 2 to 52 parts, each later than the one before; a course wants no more of them than it has."""

    field = "series"


class NoSuchWebinarError(WebinarError):
    """There is no such webinar, as far as whoever asks is told; `nearest` may be meant."""

    def __init__(self, key: str, nearest: str | None = None) -> None:
        super().__init__(f"there is no webinar `{key}`" + (f": did you mean `{nearest}`?" if nearest else ""))
        self.key, self.nearest = key, nearest


class NotInvitedToWebinarError(WebinarError):
    """Whoever answers is not invited, or not any more."""


class WebinarCancelledError(WebinarError):
    """It was cancelled; `why`, where that was said."""

    def __init__(self, key: str, why: str | None) -> None:
        super().__init__(f"`{key}` was cancelled" + (f": {why}" if why else ""))
        self.key, self.why = key, why


class WebinarOverError(WebinarError):
    """It is over, since `ended_at`."""

    def __init__(self, key: str, ended_at: dt.datetime) -> None:
        super().__init__(f"`{key}` was over at {ended_at:%Y-%m-%d %H:%M} UTC")
        self.key, self.ended_at = key, ended_at


class WrongStateError(WebinarError):
    """It is in a `state` in which that is not done; `wanted` are those in which it is."""

    def __init__(self, key: str, state: str, wanted: tuple[str, ...]) -> None:
        super().__init__(f"`{key}` is {state}: this wants it to be {' or '.join(wanted)}")
        self.key, self.state, self.wanted = key, state, wanted


class NotOrganizerError(WebinarError):
    """Title, time, link, seats and cancelling are the organizer's; another account manager invites their own."""


class NoReasonError(WebinarError):
    """Cancelling says why, in 1 to 500 characters."""


class NoCodeError(WebinarError):
    """The webinar has no code, or it is not asked for now: while it runs, and 15 minutes after."""

    def __init__(self, key: str, from_: dt.datetime | None, until: dt.datetime | None) -> None:
        super().__init__(f"`{key}` takes no code now")
        self.key, self.from_, self.until = key, from_, until


class WrongCodeError(WebinarError):
    """A code that was typed is wrong. `wait_until`: until when no further one is taken, None where one is."""

    def __init__(self, key: str, wait_until: dt.datetime | None) -> None:
        super().__init__(f"that is not the code of `{key}`")
        self.key, self.wait_until = key, wait_until


class NotOverYetError(WebinarError):
    """Attendance is applied once it has begun, and until 14 days after its end."""

    def __init__(self, key: str, starts_at: dt.datetime) -> None:
        super().__init__(f"`{key}` begins at {starts_at:%Y-%m-%d %H:%M} UTC: nobody came yet")
        self.key, self.starts_at = key, starts_at


class NobodyInReportError(WebinarError):
    """The report names nobody."""


class NoSuchReportError(WebinarError):
    """The webinar has no report of that number to replace; `known` are those that stand."""

    def __init__(self, report: int, known: tuple[int, ...]) -> None:
        there = ", ".join(map(str, known)) or "none"
        super().__init__(f"there is no report {report} to replace: those that stand are {there}")
        self.report, self.known = report, known


class NoSuchMatchError(WebinarError):
    """A name that was matched by hand is not in the report, or the person is not of an invited account."""


class EmptyRequestError(WebinarError):
    """A request for a training names its topic, in 1 to 200 characters; the wish has at most 500."""
