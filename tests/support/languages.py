"""A town whose people all read one language, and what is taken for a sentence of another."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.members.join import join
from messages import update_catalogues
from messages.kit.blocks import action_of
from messages.kit.reader import SPOKEN, Reader
from sandbox import blocks as kit
from sandbox.driver import Shown
from sandbox.seed import Channel, Person
from storage.database import Database
from tests.messages.test_every_message import texts
from tests.support.workspace import NOW, SEED, Town, open_town, settle

LOCALES = {"en": "en-GB", "pl": "pl-PL", "ko": "ko-KR"}
ACCOUNTS = {"en": "ko", "pl": "en", "ko": "pl"}
"""The account speaks another language than its people, so that nobody is answered in theirs by chance."""
PEOPLE = 250
PROGRAMME = """\
programme: {{name: Orbit Champions, product: Orbit}}
accounts:
  - {{key: northwind, name: Northwind, timezone: Europe/Warsaw, language: {language}, mode: board,
     managers: [ewa@orbit.example], owners: [owner@northwind.example]}}
  - {{key: hanbit, name: Hanbit, timezone: Asia/Seoul, language: {language}, mode: board}}
earn:
  - {{key: report, event: Report Scheduled, points: 15}}
tiers:
  members:
    - {{key: s, name: XYZ S, points: 1000, over: 12 months, benefits: [XYZ T]}}
value_cap: 9
rewards:
  - {{key: a, kind: swag, name: XYZ A, worth: XYZ 1, cost: 10, value: 9}}
  - {{key: b, kind: swag, name: XYZ B, worth: XYZ 2, cost: 400, value: 9}}
gifts: {{monthly: 1000}}
"""


def ids(number: int) -> tuple[str, str, str]:
    """Return the user id, e-mail and name of one of many."""
    return f"p{number}", f"p{number}@northwind.example", f"Pat {number}"


def seed(language: str) -> Any:
    """Return a Slack whose people all read `language`; those of the roster are U_P0, U_P1 and so on."""

    def person(user: str, name: str, email: str) -> Person:
        return Person(user, user[2:].lower(), name, email, "T_ORBIT", locale=LOCALES[language])

    many = [person(f"U_P{number}", name, email) for number in range(PEOPLE) for _, email, name in [ids(number)]]
    people = (
        person("U_EWA", "Ewa Kowal", "ewa@orbit.example"),
        person("U_OWNER", "Olek Maj", "owner@northwind.example"),
        person("U_BOTH", "Basia Lis", "both@orbit.example"),
        replace(person("U_MUTE", "Mo", "mo@northwind.example"), locale=""),
        replace(person("U_GUEST", "A Guest", "guest@northwind.example"), is_guest=True),
        *many,
        *(person(f"U_X{number}", f"Xena {number}", f"x{number}@elsewhere.example") for number in range(9)),
    )
    everybody = (*(each.id for each in people), "U_LAURELS")
    names = ("C_NORTHWIND", "C_HANBIT", "C_LOOSE", "C_BINDING")
    channels = tuple(Channel(name, name[2:].lower(), "T_ORBIT", everybody) for name in names)
    return replace(SEED, people=people, channels=channels)


def rosters() -> dict[str, list[tuple[str, str, str]]]:
    """Return who is known of each account."""
    both = ("basia", "both@orbit.example", "Basia Lis")
    owner = ("olek", "owner@northwind.example", "Olek Maj")
    return {"northwind": [owner, both, *map(ids, range(PEOPLE))], "hanbit": [both]}


@contextmanager
def open_tongue(database: Database, language: str) -> Iterator[Town]:
    """Yield the town in which everybody reads `language`."""
    programme = PROGRAMME.format(language=ACCOUNTS[language])
    settling = partial(settle, programme=programme, rosters=rosters())
    with open_town(database, seed=seed(language), settling=settling) as town:
        yield town


@dataclass(frozen=True)
class Stage:
    """A scene's own: `number` says which of the many people is for it alone."""

    town: Town
    language: str
    number: int

    @property
    def who(self) -> str:
        """Return the person whom nobody else uses."""
        return f"U_P{self.number}"

    @property
    def external_id(self) -> str:
        """Return that person's user id in the product."""
        return f"p{self.number}"

    @property
    def reader(self) -> Reader:
        """Return everybody as a reader."""
        return Reader(self.language, "Europe/Warsaw")

    def member(self) -> str:
        """Return the person, who joined and has 30 points."""
        account, profile = (
            self.town.accounts["northwind"],
            SlackProfile(
                user=SlackUser("", "T_ORBIT", self.who),
                email=f"{self.external_id}@northwind.example",
                language=LOCALES[self.language],
                timezone="Europe/Warsaw",
            ),
        )
        self.town.database.write({account}, lambda session: join(session, account, profile, now=NOW))
        self.town.uses("northwind", self.external_id, times=2)
        return self.who

    def saying(self, who: str, words: str) -> list[Shown]:
        """Return the messages that say so to somebody."""
        return [each for each in self.town.driver.messages("C_NORTHWIND", as_=who) if words in each.text]

    def types(self, words: str, *, who: str = "", channel: str = "C_NORTHWIND") -> Shown:
        """Return the message, or else the window, that answers a command."""
        who = who or self.who
        shown = self.town.driver.types(who, channel, words) or self.town.driver.view(who)
        assert shown is not None, f"{words} was met with silence"
        return shown

    def presses(self, shown: Shown, action: str, *, value: str | None = None, key: str = "") -> Shown:
        """Return the message or window that comes of a press."""
        driver, who, where = self.town.driver, shown.seen_by, shown.place.get("channel")
        messages = driver.messages(where, as_=who) if where else []
        view = driver.view(who)
        assert driver.presses(shown, button(shown, action, key), value=value)

        def new() -> Shown | None:
            top = driver.view(who)
            if top is not None and (view is None or top.raw != view.raw):
                return top
            now = driver.messages(where, as_=who) if where else []
            return next((message for message in reversed(now) if message not in messages), None)

        return driver.waits_for(new)

    def submits(self, view: Shown, given: dict[str, Any]) -> Shown:
        """Return the window that answers one that was sent."""
        assert self.town.driver.submits(view, given) == {}
        answer = self.town.driver.view(view.seen_by)
        assert answer is not None
        return answer

    def corrects(self) -> Shown:
        """Return the receipt for a correction that Ewa makes of the person's points."""
        desk = self.types("/desk", who="U_EWA")
        form = self.presses(desk, "desk.correct")
        sure = self.submits(form, {"other": self.external_id, "points": "-5", "reason": "XYZ 123."})
        return self.submits(sure, {})


def button(shown: Shown, action: str, key: str = "") -> str:
    """Return the id of the button or menu with that action, among several the one with `key` in its id."""
    for block in shown.blocks:
        for element in kit.elements(block):
            found = str(element.get("action_id", ""))
            if action_of(found) == action and key in found:
                return found
    raise LookupError(f"no {action} in: {' / '.join(shown.words)}")


def seen(shown: Shown) -> str:
    """Return everything that is to be read in a message or a window."""
    return "\n".join([shown.text, *texts(shown.raw)])


def foreign(language: str, told: str) -> list[str]:
    """Return the sentences and labels of other languages that stand in what was told."""
    lines = set(told.splitlines())
    found = [each for each in labels(language) if each in lines]
    found += [pattern.pattern for piece, pattern in patterns(language) if piece in told and pattern.search(told)]
    hangul = re.findall("[가-힣]+", told) if language != "ko" else []
    return found + [each for each in hangul if each != "한국어"]


def catalogues(language: str) -> tuple[set[str], set[str]]:
    """Return what our catalogues say in a language, and what they say in the others."""
    own: set[str] = set()
    others: set[str] = set()
    for spoken in SPOKEN:
        for sentence in update_catalogues.load("pl" if spoken == "en" else spoken):
            said = sentence.id if spoken == "en" else sentence.string
            texts_: Sequence[Any] = (said,) if isinstance(said, str) else said or ()
            (own if spoken == language else others).update(filter(None, texts_))
    return own, others - own


@cache
def labels(language: str) -> frozenset[str]:
    """Return what other languages say without anything filled in, where it is a whole line."""
    return frozenset(each for each in catalogues(language)[1] if "{" not in each)


@cache
def patterns(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return what other languages say in several words, or in one beside what is filled in.

    Before each stands its longest piece, which is looked for first.
    """
    found = []
    for sentence in catalogues(language)[1]:
        pieces = re.split(r"\{\w+\}", sentence)
        words = re.findall(r"[^\W\d_]{3,}", " ".join(pieces))
        if words and len(words) + len(pieces) > 2:
            inner = r"[^\n]+?".join(map(re.escape, pieces))
            found.append((max(pieces, key=len), re.compile(rf"(?<!\w){inner}(?!\w)")))
    return tuple(found)
