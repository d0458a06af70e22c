"""Beyond one scene for each listener: whoever mistypes, may not, comes late or was never met; words that help."""

from collections.abc import Iterator
from functools import partial

from bot.app import ROUTES
from messages.kit.reader import Reader
from sandbox.driver import Shown
from tests.handlers.scenes import DESK, WORDS, Says, Scene, just, posted
from tests.support.languages import Stage

NOT_JOINED = just("*This is for those who joined.* It takes one press, and shows nothing of you to anybody.")
NOT_MANAGER = just(
    "*This is for account managers.* If you look after a client, let whoever runs Laurels add your e-mail address"
    " to the account."
)
STRANGER = just(
    "I can't tell which company you belong to. Ask me in your company's channel, or ask your account manager to"
    " connect it."
)

GONE = just("This button is from an older version and does nothing any more. Here is what works now.")
UNCERTAIN = just("Your account manager sees this and will connect you. There is nothing more for you to do.")
GUEST = just(
    "This is for people of the company itself; Slack says that you are a guest here. Your account manager can help."
)
LATE = just("They are connected already, or do not wait any more. Nothing has changed.")
OTHERS = just("This is not about your points. Nothing has changed.")
OWNERS = just("Only an owner of the account can decide this. Nothing has changed.")
NO_REWARD = just("I know no reward called “{words}”. `/rewards` shows those there are.", words="hepl")
NOT_YET = just(
    "Here you will find your points, your badges and your settings. To begin, type `/points` in your company's"
    " channel, or press Join there."
)


def guess(command: str) -> Says:
    """Return what is said to a word that is almost `help`."""

    def told(reader: Reader) -> str:
        meant = reader.say("Did you mean `{command} {nearest}`?", command=command, nearest="help")
        return reader.say("I don't know “{word}”. {guess}", word="hepl", guess=meant)

    return told


def mistypes(stage: Stage, command: str) -> Iterator[Shown]:
    yield stage.types(f"{command} hepl", who="U_EWA" if command == "/desk" else stage.who)


def names_no_reward(stage: Stage) -> Iterator[Shown]:
    yield stage.types("/redeem hepl", who=stage.member())


def asks(stage: Stage, *, words: tuple[str, ...], who: str, channel: str) -> Iterator[Shown]:
    where = stage.town.driver.direct(who) if channel == "app" else channel
    for each in words:
        yield stage.types(each, who=who, channel=where)


def presses_what_is_gone(stage: Stage) -> Iterator[Shown]:
    yield stage.presses(posted(stage, "1", "gone.long.ago"), "gone.long.ago")


def presses_the_desk(stage: Stage) -> Iterator[Shown]:
    stage.member()
    actions = sorted(action for action in ROUTES.actions if action.startswith(("desk.", "rostering.", "seasons.")))
    shown = posted(stage, "1", *actions)
    for action in actions:
        yield stage.presses(shown, action)


def joins_as_a_stranger(stage: Stage) -> Iterator[Shown]:
    yield stage.presses(stage.types("/points", who="U_X3"), "joining.join")


def connects_whom_another_connected(stage: Stage) -> Iterator[Shown]:
    stage.presses(stage.types("/points", who="U_X4"), "joining.join")
    desk = stage.types("/desk", who="U_EWA")
    stage.submits(stage.presses(desk, "desk.connect", key="U_X4"), {"other": "xena-4"})
    yield stage.presses(desk, "desk.connect", key="U_X4")


def joins_twice(stage: Stage) -> Iterator[Shown]:
    door = stage.types("/points")
    stage.member()
    yield stage.presses(door, "joining.join")


def joins_as_a_guest(stage: Stage) -> Iterator[Shown]:
    yield stage.presses(stage.types("/points", who="U_GUEST"), "joining.join")


def presses_what_is_not_theirs(stage: Stage, action: str, value: str) -> Iterator[Shown]:
    stage.member()
    yield stage.presses(posted(stage, value, action), action)


def reads_of_a_correction_undone(stage: Stage) -> Iterator[Shown]:
    stage.member()
    stage.corrects()
    desk = stage.types("/desk", who="U_EWA")
    stage.presses(desk, "desk.undo")
    yield stage.types("/points why")
    yield stage.types("/points history")


def opens_home(stage: Stage, who: str) -> Iterator[Shown]:
    yield stage.town.driver.opens_home(who)


def scene(name: str, act: partial[Iterator[Shown]], says: tuple[Says, ...]) -> Scene:
    """Return a scene that is of no one listener."""
    return Scene(kind="words", id=name, act=act, says=says)


MEMBERS_ONLY = ("/points", "/points why", "/leaderboard", "/laurels settings")
REFUSED = (
    *(
        scene(f"mistyped {command}", partial(mistypes, command=command), (guess(command),))
        for command in WORDS
        if command != "/redeem"  # what stands after that one is a reward's name
    ),
    scene("of a reward nobody knows", partial(names_no_reward), NO_REWARD),
    scene("of a newcomer", partial(asks, words=MEMBERS_ONLY, who="U_X5", channel="C_NORTHWIND"), NOT_JOINED),
    scene("of a stranger", partial(asks, words=(*MEMBERS_ONLY, "/rules"), who="U_X5", channel="C_LOOSE"), STRANGER),
    scene("in a direct message", partial(asks, words=(*MEMBERS_ONLY, "/rules"), who="U_X5", channel="app"), STRANGER),
    scene(
        "of nobody's manager", partial(asks, words=("/desk", "/desk bind"), who="U_X5", channel="C_LOOSE"), NOT_MANAGER
    ),
    scene("to the desk's buttons", partial(presses_the_desk), NOT_MANAGER),
    scene("to a button of long ago", partial(presses_what_is_gone), GONE),
    scene("to whom nobody knows", partial(joins_as_a_stranger), UNCERTAIN),
    scene("to a guest", partial(joins_as_a_guest), GUEST),
    scene("to Join a second time", partial(joins_twice), just("*You're in already.*")),
    scene("to what was done meanwhile", partial(connects_whom_another_connected), LATE),
    scene(
        "to another's correction", partial(presses_what_is_not_theirs, action="correcting.wrong", value="1/1"), OTHERS
    ),
    scene("to an owner's choice", partial(presses_what_is_not_theirs, action="settings.mode", value="team"), OWNERS),
    scene("of what was undone", partial(reads_of_a_correction_undone), just("a correction, undone")),
    scene("on a manager's Home", partial(opens_home, who="U_EWA"), DESK),
    scene("on a newcomer's Home", partial(opens_home, who="U_X5"), NOT_YET),
)
