"""Scenes of rewards: how a reader comes to each listener, and what it is sure to say there."""

from collections.abc import Iterator

from messages.kit.reader import Reader
from sandbox.driver import Shown
from tests.handlers.scenes import Scene, acted, just, pressed, typed
from tests.support.languages import Stage

HERE = just("*What you can have now*")
HELP = just("*What `/rewards` and `/redeem` know*")
NOTHING = just(
    "*Nothing asked for yet.* Whatever you ask for will stand here, with how far it has come.",
)
NO_GOAL = just("*No goal of your own yet.* Each reward can become one.")


def takes(reader: Reader) -> str:
    """Return what the window says of the reward that can be had."""
    takes = "It takes {n} of your {have} points and leaves {left}."
    return reader.count(takes, takes, 10, have=30, left=20)


def back(reader: Reader) -> str:
    """Return what is said of points that are given back."""
    return reader.count("The {n} point is back.", "All {n} points are back.", 10)


def asks(stage: Stage) -> Iterator[Shown]:
    stage.member()
    yield stage.submits(stage.types("/redeem XYZ A"), {})


def takes_back(stage: Stage) -> Iterator[Shown]:
    for asked in asks(stage):
        stage.town.driver.closes(asked, everything=True)
    yield stage.presses(stage.types("/rewards mine"), "rewards.cancel")


SCENES: tuple[Scene, ...] = (
    typed("/rewards", says=HERE),
    typed("/rewards", "mine", says=NOTHING),
    typed("/rewards", "goal", says=NO_GOAL),
    typed("/rewards", "help", says=HELP),
    typed("/redeem", says=HERE),
    typed("/redeem", "help", says=HELP),
    typed("/laurels", "rewards", says=HERE),
    typed("/laurels", "redeem", says=HERE),
    pressed("rewards.show", via="/points", says=HERE),
    pressed("rewards.mine", via="/rewards", says=NOTHING),
    pressed("rewards.goal", via="/rewards", says=NO_GOAL),
    pressed("rewards.save", via="/rewards", says=just("*Noted.*")),
    pressed(
        "rewards.save", "rewards.goal", "rewards.drop", via="/rewards",
        says=just("*The goal is dropped.* The points stay."),
    ),
    pressed("rewards.look", via="/rewards", says=(takes,)),
    acted("actions", "rewards.cancel", takes_back, says=(back,)),
    acted("views", "rewards.redeem", asks, says=just("You can take it back while it waits.")),
)  # fmt: skip
