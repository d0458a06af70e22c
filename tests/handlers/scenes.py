"""Every listener there is, how a reader comes to it, and what it is sure to say there."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from slack_sdk import WebClient
from sqlmodel import Session, col, select

from handlers import laurels_command
from handlers.boards import leaderboard
from handlers.desk import overview as desk
from handlers.points import overview as points
from handlers.programme import rules
from handlers.rewards import catalogue, redeem
from handlers.webinars import overview as webinars
from leaderboards.periods import Period, span_of
from messages.boards.board import period_text
from messages.kit.reader import Reader
from sandbox.driver import Shown
from storage.tables import Outgoing
from tests.handlers.desk.test_overview import doubtful
from tests.support.languages import Stage
from tests.support.workspace import NOW

Says = Callable[[Reader], str]
Act = Callable[[Stage], Iterator[Shown]]


@dataclass(frozen=True, kw_only=True)
class Scene:
    """One listener, by kind and id, a command's with the word after it: each answer of `act` says all of `says`."""

    kind: str
    id: str
    word: str = ""
    act: Act
    says: tuple[Says, ...]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} {self.word}".strip()


def just(*sentences: str, **values: object) -> tuple[Says, ...]:
    """Return sentences as they stand in the catalogue, with what is filled in."""
    return tuple(lambda reader, each=each: reader.say(each, **values) for each in sentences)


TODAY = NOW.date()
WORDS: Mapping[str, Mapping[Any, Sequence[str]]] = {
    "/points": points.WORDS,
    "/leaderboard": leaderboard.WORDS,
    "/rules": rules.WORDS,
    "/desk": desk.WORDS,
    "/laurels": laurels_command.WORDS,
    "/rewards": catalogue.WORDS,
    "/redeem": redeem.WORDS,
    "/webinars": webinars.WORDS,
}
"""What each command understands after it, every word with its spellings."""
THIRTY: Says = lambda reader: reader.count("*{n} point to spend*", "*{n} points to spend*", 30)  # noqa: E731
MINE: Says = lambda reader: reader.say(  # noqa: E731
    "You: {points}.", points=reader.count("*{n} point*", "*{n} points*", 30)
)
NONE = just("You have no points here yet.")
POINTS = just("*Why these points*")
DESK = just("Look again")
"""What stands on every account's desk, however it goes."""
RULES = just("*{name}: what earns points*", name="Orbit Champions")
ALONE = just("Nobody sees your points but you.")
BINDING = just("Whose channel is it?")
WARN = just("If you wish otherwise one day, press Join.")


def board(period: Period, day: dt.date = TODAY) -> Says:
    """Return the heading of a board."""

    def heading(reader: Reader) -> str:
        return reader.label(
            "{account}, {when}", account="Northwind", when=period_text(reader, period, span_of(period, day))
        )

    return heading


def typed(
    command: str, word: str = "", *, says: tuple[Says, ...], who: str = "", channel: str = "C_NORTHWIND"
) -> Scene:
    """Return the scene of a command, with the word in each of its spellings; of a member unless `who` it is."""

    def act(stage: Stage) -> Iterator[Shown]:
        asks = who or stage.member()
        for spelling in WORDS[command].get(word, (word,)):
            yield stage.types(f"{command} {spelling}", who=asks, channel=channel)

    return Scene(kind="commands", id=command, word=word, act=act, says=says)


def pressed(*way: str, via: str, says: tuple[Says, ...], joined: bool = True, value: str | None = None) -> Scene:
    """Return the scene of a button, by the command and the buttons that lead to it; the last one is meant."""

    def act(stage: Stage) -> Iterator[Shown]:
        who = stage.member() if joined else stage.who
        shown = stage.types(via, who=who)
        for action in way[:-1]:
            shown = stage.presses(shown, action)
        yield stage.presses(shown, way[-1], value=value or (stage.language if way[-1] == "settings.language" else None))

    return Scene(kind="actions", id=way[-1], act=act, says=says)


def acted(kind: str, id_: str, act: Act, *, says: tuple[Says, ...]) -> Scene:
    """Return a scene that goes its own way."""
    return Scene(kind=kind, id=id_, act=act, says=says)


NO_CHART = just("There is no chart of this: it would show ranks, and nobody is ranked here. The figures stand above.")


def asks_for_a_chart(stage: Stage) -> Iterator[Shown]:
    who, (says,) = stage.member(), NO_CHART
    for number, spelling in enumerate(leaderboard.WORDS[leaderboard.Word.CHART]):
        stage.types(f"/leaderboard {spelling}")
        yield stage.town.driver.waits_for(lambda: stage.saying(who, says(stage.reader))[number:])[-1]  # noqa: B023


def chooses_mode(stage: Stage) -> Iterator[Shown]:
    stage.presses(stage.types("/points", who="U_OWNER"), "joining.join")
    yield stage.presses(stage.types("/points settings", who="U_OWNER"), "settings.mode", value="board")


def chooses_account(stage: Stage) -> Iterator[Shown]:
    for channel in ("C_NORTHWIND", "C_HANBIT"):
        stage.presses(stage.types("/points", who="U_BOTH", channel=channel), "joining.join")
    question = stage.types("/points", who="U_BOTH", channel=stage.town.driver.direct("U_BOTH"))
    yield question
    yield stage.presses(question, "settings.account", key=f"#{stage.town.accounts['northwind']}")


def says_it_is_wrong(stage: Stage) -> Iterator[Shown]:
    stage.member()
    stage.corrects()
    account = stage.town.accounts["northwind"]
    wanted = select(Outgoing.subject).where(col(Outgoing.user_id) == stage.who, col(Outgoing.kind) == "corrected")

    def find(session: Session) -> int:
        return int(session.exec(wanted).one()["transfer"])

    told = posted(stage, f"{account}/{stage.town.database.read({account}, find)}", "correcting.wrong")
    yield stage.presses(told, "correcting.wrong")


def posted(stage: Stage, value: str, *actions: str) -> Shown:
    """Return a message with a button for each of the actions, posted to the person alone."""
    slack = WebClient(token="xoxb-laurels", base_url=f"{stage.town.driver.url}/api/", retry_handlers=[])
    label = {"type": "plain_text", "text": "-"}
    buttons = [{"type": "button", "text": label, "action_id": action, "value": value} for action in actions]
    slack.chat_postMessage(channel=stage.who, text="-", blocks=[{"type": "actions", "elements": buttons}])
    return stage.town.driver.messages("app", as_=stage.who)[-1]


def at_desk(action: str) -> Act:
    """Return the way to a button of the desk's first page."""

    def act(stage: Stage) -> Iterator[Shown]:
        desk = stage.types("/desk", who="U_EWA", channel="C_LOOSE" if action == "desk.bind" else "C_NORTHWIND")
        stage.member()
        yield stage.presses(desk, action)

    return act


def goes_back(stage: Stage) -> Iterator[Shown]:
    yield stage.presses(stage.types("/desk help", who="U_EWA"), "desk.accounts")


def decides(action: str) -> Act:
    """Return the way to deciding on a message of which nobody knows."""

    def act(stage: Stage) -> Iterator[Shown]:
        number = doubtful(stage.town, "northwind", action)
        yield stage.presses(stage.types("/desk", who="U_EWA"), action, key=f"/{number}")

    return act


def undoes(stage: Stage) -> Iterator[Shown]:
    stage.member()
    stage.corrects()
    yield stage.presses(stage.types("/desk", who="U_EWA"), "desk.undo")


def knocks(user: str) -> Callable[[Stage], Shown]:
    """Return the way to the window in which it is said who somebody is."""

    def act(stage: Stage) -> Shown:
        stage.presses(stage.types("/points", who=user), "joining.join")
        return stage.presses(stage.types("/desk", who="U_EWA"), "desk.connect", key=user)

    return act


def connects(stage: Stage) -> Iterator[Shown]:
    yield stage.submits(knocks("U_X2")(stage), {"other": "brand-new"})


def binds(stage: Stage) -> Iterator[Shown]:
    form = stage.types("/desk bind", who="U_EWA", channel="C_BINDING")
    yield stage.submits(form, {"account": str(stage.town.accounts["northwind"])})


def writes_a_correction(stage: Stage) -> Iterator[Shown]:
    form = stage.presses(stage.types("/desk", who="U_EWA"), "desk.correct")
    yield stage.submits(form, {"other": stage.external_id, "points": "5", "reason": "XYZ 123."})


def corrects(stage: Stage) -> Iterator[Shown]:
    yield stage.corrects()


def opens_home(stage: Stage) -> Iterator[Shown]:
    yield stage.town.driver.opens_home(stage.member())


SCENES = (
    typed("/points", says=(THIRTY,)),
    typed("/points", "why", says=POINTS),
    typed("/points", "history", says=just("*History*")),
    typed("/points", "statement", says=(lambda reader: reader.say("*{month}, so far*", month=reader.month(TODAY)),)),
    typed("/points", "last", says=just("Nothing earned.")),
    typed("/points", "this", says=(lambda reader: reader.say("*{month}, so far*", month=reader.month(TODAY)),)),
    typed("/points", "settings", says=just("*My settings*")),
    typed("/points", "help", says=just("*What `/points` knows*")),
    typed("/leaderboard", says=(board("week"), MINE)),
    typed("/leaderboard", "day", says=(board("day"), MINE)),
    typed("/leaderboard", "week", says=(board("week"), MINE)),
    typed("/leaderboard", "month", says=(board("month"), MINE)),
    typed("/leaderboard", "quarter", says=(board("quarter"), MINE)),
    typed("/leaderboard", "year", says=(board("year"), MINE)),
    typed("/leaderboard", "all", says=(board("all"), MINE)),
    typed("/leaderboard", "last", says=(board("week", TODAY - dt.timedelta(days=7)), *NONE)),
    typed("/leaderboard", "this", says=(board("week"), MINE)),
    Scene(kind="commands", id="/leaderboard", word="chart", act=asks_for_a_chart, says=NO_CHART),
    typed("/leaderboard", "me", says=(board("week"), MINE)),
    typed("/leaderboard", "help", says=just("*What `/leaderboard` knows*")),
    typed("/rules", says=RULES),
    typed("/rules", "help", says=just("*What `/rules` knows*")),
    typed("/desk", who="U_EWA", says=DESK),
    typed("/desk", "bind", who="U_EWA", channel="C_LOOSE", says=BINDING),
    typed("/desk", "help", who="U_EWA", says=just("*Your desk*")),
    typed("/laurels", says=just("*What you can ask*")),
    typed("/laurels", "points", says=(THIRTY,)),
    typed("/laurels", "leaderboard", says=(board("week"), MINE)),
    typed("/laurels", "rules", says=RULES),
    typed("/laurels", "join", who="U_P249", says=ALONE),
    typed("/laurels", "settings", says=just("*My settings*")),
    typed("/laurels", "desk", who="U_EWA", says=DESK),
    typed("/laurels", "help", says=just("*What you can ask*")),
    pressed("points.show", via="/points help", says=(THIRTY,)),
    pressed("points.why", via="/points", says=POINTS),
    pressed("points.history", via="/points help", says=just("*History*")),
    pressed("points.statement", via="/points help", says=just("Before: {before}. Now: {after}.", before=0, after=30)),
    pressed("points.help", via="/points", says=just("*What you can ask*")),
    pressed("boards.show", via="/points help", says=(board("week"), MINE)),
    pressed("rules.show", via="/points help", says=RULES),
    pressed("joining.join", via="/points", joined=False, says=just("*You're in.*")),
    pressed("joining.how", via="/points", joined=False, says=just("*How it works*")),
    pressed("joining.how", "joining.decline", via="/points", joined=False, says=WARN),
    pressed("joining.show", via="/points settings", says=just("You can be on boards; your milestones stay yours.")),
    pressed("joining.show", "joining.hide", via="/points settings", says=ALONE),
    pressed(
        "joining.celebrate", via="/points settings", says=just("Your milestones are celebrated; you are on no board.")
    ),
    pressed("joining.celebrate", "joining.hush", via="/points settings", says=ALONE),
    pressed("settings.show", via="/points", says=just("*My settings*")),
    pressed("settings.language", via="/points settings", says=just("From now on I speak English to you.")),
    pressed("settings.leave", via="/points settings", says=WARN),
    pressed(
        "settings.erase",
        via="/points settings",
        says=just("What remains in the books are numbers that no longer lead to you."),
    ),
    acted(
        "actions",
        "settings.mode",
        chooses_mode,
        says=just("*{account}* shows the top third with ranks from now on.", account="Northwind"),
    ),
    acted("actions", "settings.account", chooses_account, says=just("Only you see this.")),
    acted(
        "actions",
        "correcting.wrong",
        says_it_is_wrong,
        says=just("*Your account manager is told* and will look at it."),
    ),
    acted("actions", "desk.accounts", goes_back, says=DESK),
    acted("actions", "desk.open", at_desk("desk.open"), says=DESK),
    acted(
        "actions",
        "desk.invite",
        at_desk("desk.invite"),
        says=just("*The invitation is on its way* to the channel of {account}.", account="Northwind"),
    ),
    acted("actions", "desk.correct", at_desk("desk.correct"), says=just("How many points?")),
    acted("actions", "desk.bind", at_desk("desk.bind"), says=BINDING),
    acted("actions", "desk.sent", decides("desk.sent"), says=just("*Noted as sent.* It will not be sent again.")),
    acted("actions", "desk.again", decides("desk.again"), says=just("*It is on its way again.*")),
    acted("actions", "desk.undo", undoes, says=just("*Undone.* The points moved back by an entry of its own.")),
    acted(
        "actions",
        "desk.connect",
        lambda stage: chain([knocks("U_X1")(stage)]),
        says=just("Exactly as the product has it; a new one is taken as somebody new."),
    ),
    acted(
        "views",
        "binding.form",
        binds,
        says=just("I must be in the channel to post there: type `/invite @Laurels` in it if I am not."),
    ),
    acted(
        "views",
        "connecting.form",
        connects,
        says=just(
            "*Done.* {name} is {person} from now on, and sees their points.",
            name="Xena 2 (x2@elsewhere.example)",
            person="brand-new",
        ),
    ),
    acted(
        "views",
        "correcting.form",
        writes_a_correction,
        says=just("Members are told in a direct message, with the reason and your name."),
    ),
    acted("views", "correcting.sure", corrects, says=just("It can be undone from your desk.")),
    acted("events", "app_home_opened", opens_home, says=(THIRTY, *just("*My settings*"))),
)
