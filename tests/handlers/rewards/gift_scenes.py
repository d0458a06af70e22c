"""Scenes of what account managers decide and give: how they come to each listener, and what it is sure to say there."""

from collections.abc import Callable, Iterator
from functools import partial

from slack_sdk import WebClient
from slack_sdk.http_retry import RateLimitErrorRetryHandler, RetryHandler
from sqlmodel import Session, col, select

from messages.kit.reader import Reader
from sandbox.driver import Shown
from storage.tables import Person, Redemption
from tests.handlers.rewards.scenes import asks
from tests.handlers.scenes import Says, Scene, acted, at_desk, just, posted
from tests.support.languages import Stage

EWA = "U_EWA"


def tail(sentence: str, **values: object) -> tuple[Says, ...]:
    """Return what a sentence says after somebody's name, who is another in each scene."""
    return (lambda reader: reader.say(sentence, name="@", **values).partition("@")[2],)


def for_ewa(stage: Stage, action: str, of: object) -> Shown:
    """Return a message for Ewa with a button of Northwind's."""
    patient: list[RetryHandler] = [RateLimitErrorRetryHandler(max_retry_count=3)]
    slack = WebClient(token="xoxb-laurels", base_url=f"{stage.town.driver.url}/api/", retry_handlers=patient)
    value = f"{stage.town.accounts['northwind']}/{of}"
    label = {"type": "plain_text", "text": "-"}
    press = {"type": "button", "text": label, "action_id": action, "value": value}
    slack.chat_postMessage(channel="C_NORTHWIND", text="-", blocks=[{"type": "actions", "elements": [press]}])
    return next(each for each in reversed(stage.town.driver.messages("C_NORTHWIND", as_=EWA)) if each.text == "-")


def person(stage: Stage) -> int:
    """Return the id of whom the scene is about."""
    account = stage.town.accounts["northwind"]
    wanted = select(Person.id).where(col(Person.account_id) == account, col(Person.external_id) == stage.external_id)
    return stage.town.database.read({account}, lambda session: session.exec(wanted).one())


def requested(stage: Stage) -> int:
    """Return the id of a request of theirs."""
    for shown in asks(stage):
        stage.town.driver.closes(shown, everything=True)
    account, who = stage.town.accounts["northwind"], person(stage)

    def find(session: Session) -> int:
        own = (col(Redemption.account_id) == account, col(Redemption.person_id) == who)
        return session.exec(select(Redemption.id).where(*own)).one()

    return stage.town.database.read({account}, find)


def approves(stage: Stage) -> Iterator[Shown]:
    yield stage.presses(for_ewa(stage, "approvals.approve", requested(stage)), "approvals.approve")


def hands_over(stage: Stage) -> Iterator[Shown]:
    number = requested(stage)
    stage.presses(for_ewa(stage, "approvals.approve", number), "approvals.approve")
    yield stage.presses(for_ewa(stage, "approvals.fulfil", number), "approvals.fulfil")


def starts_to_decline(stage: Stage) -> Iterator[Shown]:
    yield stage.presses(for_ewa(stage, "approvals.decline", requested(stage)), "approvals.decline")


def declines(stage: Stage) -> Iterator[Shown]:
    for form in starts_to_decline(stage):
        yield stage.submits(form, {"words": "XYZ 123."})


def thanks(stage: Stage) -> Iterator[Shown]:
    stage.member()
    form = stage.presses(stage.types("/desk", who=EWA), "desk.thank")
    yield stage.submits(form, {"other": stage.external_id, "points": "5", "words": "XYZ 123."})


def gives(stage: Stage) -> Iterator[Shown]:
    for sure in thanks(stage):
        yield stage.submits(sure, {})


def invites(stage: Stage) -> Iterator[Shown]:
    stage.member()
    form = stage.presses(stage.types("/desk", who=EWA), "desk.club")
    yield stage.submits(form, {"other": stage.external_id})


def answers(stage: Stage, action: str) -> Iterator[Shown]:
    for receipt in invites(stage):
        stage.town.driver.closes(receipt, everything=True)
    yield stage.presses(posted(stage, f"{stage.town.accounts['northwind']}/", action), action)


def takes_out(stage: Stage) -> Iterator[Shown]:
    for receipt in invites(stage):
        stage.town.driver.closes(receipt, everything=True)
    club = stage.presses(stage.types("/desk", who=EWA), "desk.club")
    yield stage.presses(club, "vip.out", key=f"/{person(stage)}")


def lists(stage: Stage, action: str, key: str = "") -> Iterator[Shown]:
    listed = stage.presses(stage.types("/desk", who=EWA), "desk.terms")
    yield stage.presses(listed, action, key=key)


def turns_over(stage: Stage) -> Iterator[Shown]:
    yield stage.presses(for_ewa(stage, "terms.more", 0), "terms.more")


def switches(stage: Stage, *, back: bool) -> Iterator[Shown]:
    for out in lists(stage, "terms.out", "/b"):
        again = stage.presses(out, "terms.back", key="/b")
        yield again if back else out


def edits(stage: Stage) -> Iterator[Shown]:
    for form in lists(stage, "terms.edit", "/b"):
        yield stage.submits(form, {})


def adds(stage: Stage) -> Iterator[Shown]:
    for form in lists(stage, "terms.add"):
        given = {"name": f"XYZ {stage.number}", "kind": "swag", "worth": "XYZ", "cost": "900", "value": "1"}
        yield stage.submits(form, {**given, "not_money": ["yes"]})


def action(name: str, act: Callable[[Stage], Iterator[Shown]], says: tuple[Says, ...]) -> Scene:
    """Return the scene of a button."""
    return acted("actions", name, act, says=says)


LISTED = just("*Rewards of {account}*", account="Northwind")
FOUND = just("*Done.* {account} finds it so from now on:", account="Northwind")


def nothing(reader: Reader) -> str:
    """Return what stands under a receipt."""
    return reader.say("Only you see this.")


SCENES: tuple[Scene, ...] = (
    action("desk.thank", at_desk("desk.thank"), just("Whom do you thank?")),
    action("desk.club", at_desk("desk.club"), just("Whom do you invite?")),
    action("desk.terms", at_desk("desk.terms"), LISTED),
    action(
        "approvals.approve", approves,
        tail("*Approved: {reward} for {name}.* They are told; press again once it is there.", reward="XYZ A"),
    ),
    action("approvals.fulfil", hands_over, tail("*Done: {name} has {reward}.* They are told.", reward="XYZ A")),
    action("approvals.decline", starts_to_decline, just("What do you write to them?")),
    acted(
        "views", "approvals.declined", declines,
        says=tail("*Declined: {reward} for {name}.* The points are back, and they are told why.", reward="XYZ A"),
    ),
    acted(
        "views", "gifts.form", thanks,
        says=just("They are told in a direct message, with your words and your name."),
    ),
    acted("views", "gifts.sure", gives, says=(nothing,)),
    acted(
        "views", "vip.invite", invites,
        says=tail(
            "*{name} is invited*, and asked in a direct message: outside quiet hours, and once this week has room for"
            " one that nobody asked for."
        ),
    ),
    action("vip.accept", partial(answers, action="vip.accept"), just("*You're in the club.*")),
    action(
        "vip.decline", partial(answers, action="vip.decline"),
        just("*All right:* you are not in the club. Everything else stays as it is."),
    ),
    action("vip.out", takes_out, tail("*{name} is not in the club any more.*")),
    action("terms.more", turns_over, LISTED),
    action("terms.add", partial(lists, action="terms.add"), just("What is it called?")),
    action("terms.edit", partial(lists, action="terms.edit", key="/b"), just("How many more can be asked for?")),
    action("terms.out", partial(switches, back=False), just("*Taken out for now.*")),
    action("terms.back", partial(switches, back=True), LISTED),
    acted("views", "terms.edited", edits, says=FOUND),
    acted("views", "terms.added", adds, says=FOUND),
)  # fmt: skip
