"""Asking for a reward: /redeem NAME, the window that says what it takes, and its sending."""

from handlers import command_words
from handlers.button_values import of_account, pressed
from handlers.form_values import kept, once
from handlers.request import Answer, Asked, Reply, Routes
from handlers.rewards import catalogue
from handlers.rewards.queries import found, managers, posting, reward
from loyalty.rewards.catalogue import Catalogue, Shown, find
from loyalty.rewards.errors import PriceChangedError
from loyalty.rewards.redemptions import redeem
from messages.kit.modals import Window
from messages.rewards import redeem as say
from messages.rewards.links import Action, Step

WORDS = {"help": catalogue.WORDS[catalogue.Word.HELP]}
"""What one can type after /redeem beside a name."""


def command(asked: Asked) -> Answer:
    """Answer /redeem by the reward that is named; without a name, show them all."""
    if not asked.words:
        return catalogue.show(asked)
    if command_words.read(asked.words, WORDS).words:
        return catalogue.show_help(asked)
    seen = found(asked)
    called = find(seen, asked.words, asked.reader.language)
    if called.shown is not None:
        return _window(asked, seen, called.shown)
    account, near = asked.asker.client.id, called.nearest
    yes = say.meant(asked.reader, near, account) if near else None
    return Reply(message=say.perhaps(asked.reader, asked.words, near, yes, account))


def look(asked: Asked) -> Window:
    """Open the window of the reward whose button was pressed."""
    asked = pressed(asked)
    seen = found(asked)
    return _window(asked, seen, reward(seen, asked.words))


def ask(asked: Asked) -> Answer:
    """Ask for the reward as confirmed, once a window; where its price has changed since, show it anew."""
    wish = kept(asked)
    asked = of_account(asked, wish["account"])
    account, person, doing = asked.asker.client, asked.asker.member, posting(asked)
    try:
        state = asked.write(
            {account.id},
            lambda session: redeem(
                session,
                doing,
                person_id=person,
                reward=wish["reward"],
                key=once(asked),
                today=asked.today,
                seen_cost=wish["seen"],
            ),
        )
    except PriceChangedError:
        seen = found(asked)
        return _window(asked, seen, reward(seen, wish["reward"]), moved=True)
    return Reply(message=say.asked(asked.reader, state, account.id, managers=managers(asked)))


def _window(asked: Asked, seen: Catalogue, shown: Shown, *, moved: bool = False) -> Window:
    return say.window(
        asked.reader, seen, shown, asked.asker.client.id, managers=managers(asked), now=asked.now, moved=moved
    )


ROUTES = Routes(commands={"/redeem": command}, actions={Action.LOOK: look}, views={Step.REDEEM: ask})
