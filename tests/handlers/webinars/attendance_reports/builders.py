"""Reports in the shapes that the platforms write, in three languages, whole and as Excel saves them again.

One webinar: an hour from three in the afternoon of 10 September 2026 in Warsaw. People of two clients were there.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.webinars.attendance_reports import AttendanceReport, Attendee, Platform, Role, read_report, union

WARSAW = ZoneInfo("Europe/Warsaw")
STARTS = datetime(2026, 9, 10, 15, 0, tzinfo=WARSAW)
ENDS = STARTS + timedelta(hours=1)


@dataclass(frozen=True)
class Guest:
    """Somebody at the webinar: minutes and seconds from its start at which they joined and left, a pair a device."""

    name: str
    email: str
    role: Role
    stays: tuple[tuple[float, float], ...]
    mark: str = ""

    def times(self) -> list[tuple[datetime, datetime]]:
        return [(STARTS + timedelta(minutes=joined), STARTS + timedelta(minutes=left)) for joined, left in self.stays]

    def seconds(self) -> int:
        return int(sum((left - joined for joined, left in union(self.times())), timedelta()).total_seconds())


EWA = Guest("Ewa Kot", "ewa@orbit.example", Role.HOST, ((-5, 60),))
ANIA = Guest("Ania Nowak", "ania@northwind.example", Role.PRESENTER, ((0, 20), (25, 60)), " (External)")
MAREK = Guest("Lis, Marek", "marek@northwind.example", Role.ATTENDEE, ((1, 49),))
HANEUL = Guest("김하늘", "haneul@haneul.example", Role.ATTENDEE, ((2, 30), (30, 58)))
PHONE = Guest("+82 2 312 3456", "", Role.ATTENDEE, ((3, 4),), " (Unverified)")
GUESTS = (EWA, ANIA, MAREK, HANEUL, PHONE)
IN_LATIN = (EWA, ANIA, MAREK, PHONE)


@dataclass(frozen=True)
class Language:
    """How Teams writes in one language: titles, header words, instants and durations."""

    summary: tuple[str, ...]
    titles: tuple[str, str, str, str]
    participants: str
    activities: str
    roles: dict[Role, str]
    instant: Callable[[datetime], str]
    duration: Callable[[int], str]


def _units(hours: str, minutes: str, seconds: str) -> Callable[[int], str]:
    """Writes a duration and leaves out what is zero."""

    def written(total: int) -> str:
        parts = ((total // 3600, hours), (total // 60 % 60, minutes), (total % 60, seconds))
        return " ".join(f"{number}{unit}" for number, unit in parts if number)

    return written


def us(at: datetime) -> str:
    return f"{at.month}/{at.day}/{at:%y}, {at.hour % 12 or 12}:{at:%M:%S}\u202f{at:%p}"


ENGLISH = Language(
    ("Meeting title", "Attended participants", "Start time", "End time", "Meeting duration", "Average attendance time"),
    ("1. Summary", "2. Participants", "3. In-Meeting Activities", "4. Meeting Engagement"),
    "Name|First Join|Last Leave|In-Meeting Duration|Email|Participant ID (UPN)|Role",
    "Name|Join Time|Leave Time|Duration|Email|Role",
    {Role.HOST: "Organizer", Role.PRESENTER: "Presenter", Role.ATTENDEE: "Attendee"},
    us,
    _units("h", "m", "s"),
)
POLISH = Language(
    ("Tytuł spotkania", "Liczba uczestników", "Rozpoczęcie", "Zakończenie", "Czas trwania", "Średni czas"),
    ("1. Podsumowanie", "2. Uczestnicy", "3. Działania podczas spotkania", "4. Zaangażowanie"),
    "Nazwa|Pierwsze dołączenie|Ostatnie opuszczenie|Czas trwania spotkania|Adres e-mail|Identyfikator (UPN)|Rola",
    "Nazwa|Godzina dołączenia|Godzina opuszczenia|Czas trwania|Adres e-mail|Rola",
    {Role.HOST: "Organizator", Role.PRESENTER: "Prezenter", Role.ATTENDEE: "Uczestnik"},
    lambda at: f"{at:%d.%m.%Y, %H:%M:%S}",
    _units(" godz.", " min", " sek."),
)
KOREAN = Language(
    ("모임 제목", "참석자 수", "시작 시간", "종료 시간", "모임 기간", "평균 참석 시간"),
    ("1. 요약", "2. 참가자", "3. 모임 내 활동", "4. 모임 참여도"),
    "이름|최초 참가|마지막 나가기|모임 참석 기간|전자 메일|참가자 ID(UPN)|역할",
    "이름|참가 시간|나간 시간|기간|전자 메일|역할",
    {Role.HOST: "이끌이", Role.PRESENTER: "발표자", Role.ATTENDEE: "참석자"},
    lambda at: f"{at.year}. {at.month}. {at.day}. {'오후' if at.hour > 11 else '오전'} {at.hour % 12 or 12}:{at:%M:%S}",
    _units("시간", "분", "초"),
)
# A language of which no header word is known to anybody.
UNKNOWN = Language(
    ("aa", "bb", "cc", "dd", "ee", "ff"),
    ("1. gg", "2. hh", "3. ii", "4. jj"),
    "kk|ll|mm|nn|oo|pp (UPN)|qq",
    "kk|ll|mm|rr|oo|qq",
    {Role.HOST: "x", Role.PRESENTER: "y", Role.ATTENDEE: "z"},
    lambda at: f"{at:%Y-%m-%d %H:%M:%S}",
    _units(" h", " min", " s"),
)
LANGUAGES = {"English": ENGLISH, "Polish": POLISH, "Korean": KOREAN}


def table(rows: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    """The rows as CSV, CR LF behind each."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue()


def teams(language: Language = ENGLISH, guests: Sequence[Guest] = GUESTS, *, times: bool = True) -> str:
    """A report of a Teams meeting; without times where the client's policy leaves them out."""
    instant = language.instant if times else lambda _: ""
    duration = language.duration if times else lambda _: ""
    values = ("Reports,\r\nand boards", len(guests), language.instant(STARTS), language.instant(ENDS), duration(3600))
    summary = [*zip(language.summary, (*values, duration(2400)), strict=True)]
    people: list[Sequence[object]] = []
    joins: list[Sequence[object]] = []
    for guest in guests:
        shown, role, stays = guest.name + guest.mark, language.roles[guest.role], guest.times()
        total = sum((left - joined).seconds for joined, left in stays)
        people.append(
            (
                shown,
                instant(stays[0][0]),
                instant(stays[-1][1]),
                duration(total),
                guest.email,
                f"{guest.email}#EXT#",
                role,
            )
        )
        joins += [
            (shown, instant(joined), instant(left), duration((left - joined).seconds), guest.email, role)
            for joined, left in stays
        ]
    sections: tuple[Sequence[Sequence[object]], ...] = (
        summary,
        [(*language.participants.split("|"), *(f"Engagement: {n}" for n in range(8))), *people],
        [language.activities.split("|"), *(joins if times else [])],
        [("Name", "Engagement", "Count")],
    )
    texts = [title + "\r\n" + table(rows, "\t") for title, rows in zip(language.titles, sections, strict=True)]
    return "\r\n".join(texts)


def older_teams(instant: Callable[[datetime], str] = us) -> str:
    """A row for each who joined or left; Ewa downloads it while she is there."""
    actions = [
        (guest, at, what) for guest in GUESTS for stay in guest.times() for at, what in zip(stay, WHAT, strict=True)
    ]
    rows = [(guest.name, what, instant(at)) for guest, at, what in actions if (guest, what) != (EWA, "Left")]
    return table([("Full Name", "User Action", "Timestamp"), *rows, ("Ola Dąb", "Joined", instant(ENDS))], "\t")


WHAT = ("Joined", "Left")


def zoom_instant(at: datetime) -> str:
    return f"{at:%m/%d/%Y %I:%M:%S %p}"


def zoom_meeting(
    guests: Sequence[Guest] = GUESTS,
    *,
    per_join: bool = True,
    older: bool = False,
    instant: Callable[[datetime], str] = zoom_instant,
) -> str:
    """A report of a Zoom meeting, of today or before, a row a join or a user."""
    about: tuple[Sequence[object], Sequence[object]] = (
        ("Topic", "ID", "Host", "Duration (minutes)", "Start time", "End time", "Participants"),
        ("Reports", "812 3456 7890", "Ewa Kot", 60, instant(STARTS), instant(ENDS), len(guests)),
    )
    times: tuple[str, ...] = (
        ("Join time", "Leave time", "Duration (minutes)") if per_join else ("Total duration (minutes)",)
    )
    header = [
        "Name (original name)",
        "Email",
        *times,
        "Guest",
        *(("Recording disclaimer response",) if per_join else ()),
    ]
    if older:
        about = (
            ("Meeting ID", "Topic", "Start Time", "End Time", "User Email", "Duration (Minutes)", "Participants"),
            ("812 3456 7890", "Reports", instant(STARTS), instant(ENDS), EWA.email, 60, len(guests)),
        )
        header = ["Name (Original Name)", "User Email", *times, "Guest"]
    rows = [row for guest in guests for row in _zoom_rows(guest, per_join=per_join, instant=instant)]
    return table(about) + "\r\n" + table([header, *(row[: len(header)] for row in rows)])


def _zoom_rows(guest: Guest, *, per_join: bool, instant: Callable[[datetime], str]) -> list[tuple[object, ...]]:
    guest_of = "Yes" if guest.mark else "No"
    if not per_join:
        return [(guest.name, guest.email, guest.seconds() // 60, guest_of)]
    return [
        (guest.name, guest.email, instant(joined), instant(left), -(-(left - joined).seconds // 60), guest_of, "")
        for joined, left in guest.times()
    ]


def zoom_webinar(guests: Sequence[Guest] = GUESTS, *, instant: Callable[[datetime], str] = zoom_instant) -> str:
    """A report of a Zoom webinar: no blank lines, trailing commas, and two who registered and did not come."""
    sections = {
        "Host Details": (EWA,),
        "Panelist Details": (ANIA,),
        "Attendee Details": tuple(guest for guest in guests if guest not in {EWA, ANIA}),
    }
    registered = "08/25/2026 09:07:39"
    text = f'Attendee Report\r\nReport Generated:,"{instant(ENDS + timedelta(days=19))}"\r\n'
    text += table(
        [("Topic", "Webinar ID", "Actual Start Time", "Actual Duration (minutes)", "# Registered", "# Cancelled")]
    )
    text += table([("Reports", "812 3456 7890", instant(STARTS), 60, 7, 0)])
    for title, people in sections.items():
        full = title.startswith("Attendee")
        extra = ("Registration Time", "Approval Status") if full else ()
        names = ("First Name", "Last Name") if full else ()
        times = ("Join Time", "Leave Time", "Time in Session (minutes)", "Is Guest", "Country/Region Name")
        rows: list[Sequence[object]] = [("Attended", "User Name (Original Name)", *names, "Email", *extra, *times)]
        for guest in people:
            first, _, last = guest.name.partition(" ")
            rows += [
                (
                    "Yes",
                    guest.name,
                    *((first, last) if full else ()),
                    guest.email,
                    *((registered, "approved") if full else ()),
                    instant(joined),
                    instant(left),
                    -(-(left - joined).seconds // 60),
                    "Yes",
                    "Poland",
                    "",
                )
                for joined, left in guest.times()
            ]
        if full:
            away = ("--", "--", "--", "--", "", "")
            rows += [
                ("No", name, *name.split(), f"{name[:3].lower()}@northwind.example", registered, "approved", *away)
                for name in ("Ola Dąb", "Piotr Zając")
            ]
        text += f"{title}\r\n{table(rows)}"
    return text


MEET = {
    "English": ("First name,Last name,Email,Duration,Time joined,Time exited", " hr", " min", "%I:%M %p"),
    "Polish": ("Imię,Nazwisko,Adres e-mail,Czas trwania,Godzina dołączenia,Godzina wyjścia", " godz.", " min", "%H:%M"),
    "Korean": ("이름,성,이메일,기간,참여 시간,나간 시간", "시간", "분", "%H:%M"),
}


def meet(language: str, guests: Sequence[Guest]) -> str:
    """A sheet of Google Meet, saved as CSV: times of day, and no date."""
    header, hours, minutes, clock = MEET[language]
    duration = _units(hours, minutes, "")
    rows = [
        (
            *guest.name.partition(" ")[::2],
            guest.email,
            duration(guest.seconds()),
            f"{joined:{clock}}",
            f"{left:{clock}}",
        )
        for guest in guests
        for joined, left in guest.times()
    ]
    return table([header.split(","), *rows])


def webex(guests: Sequence[Guest] = GUESTS) -> str:
    """A report of Webex: a row a device."""
    header = (
        "Meeting Name,Meeting Start Time,Meeting End Time,Display Name,First Name,Last Name,Role,Attendee Email,"
        "Join Time,Leave Time,Attendance Duration,Connection Type"
    )
    about = ("Reports", f"{STARTS:%Y-%m-%d %H:%M:%S}", f"{ENDS:%Y-%m-%d %H:%M:%S}")
    rows = [
        (
            *about,
            guest.name,
            *guest.name.partition(" ")[::2],
            str(guest.role),
            guest.email,
            f"{joined:%Y-%m-%d %H:%M:%S}",
            f"{left:%Y-%m-%d %H:%M:%S}",
            f"{(left - joined).seconds // 60} mins",
            "Desktop",
        )
        for guest in guests
        for joined, left in guest.times()
    ]
    return table([header.split(","), *rows])


def saved_by_excel(text: str, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """The report opened in Excel and saved as CSV: every row as wide as the widest."""
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in text else ","))
    width = max(map(len, rows))
    return table([[*row, *[""] * (width - len(row))] for row in rows], delimiter).encode(encoding, errors="replace")


def as_teams_saves(text: str) -> bytes:
    return text.encode("utf-16")


def read(data: bytes | str, *, starts: datetime = STARTS, ends: datetime = ENDS) -> AttendanceReport:
    """The report, read as that of the webinar."""
    return read_report(data.encode() if isinstance(data, str) else data, starts=starts, ends=ends, zone=WARSAW)


def came(guest: Guest, *, times: bool = True, minutes: bool = True, role: bool = True) -> Attendee:
    """Whom reading should give."""
    there = [(joined.astimezone(UTC), left.astimezone(UTC)) for joined, left in guest.times()]
    return Attendee(
        guest.name,
        guest.email or None,
        tuple(union(there)) if times else (),
        guest.seconds() // 60 if minutes else None,
        guest.role if role else None,
    )


def report(
    platform: Platform,
    guests: Sequence[Guest] = GUESTS,
    *,
    times: bool = True,
    minutes: bool = True,
    role: bool = True,
    no_shows: int = 0,
) -> AttendanceReport:
    """What reading should give, all of it."""
    people = tuple(came(guest, times=times, minutes=minutes, role=role) for guest in guests)
    return AttendanceReport(platform, people, no_shows)
