"""/rules: the programme's rules in plain words, as they hold for the account today."""

from handlers.asked import Asked, Reply, Routes
from handlers.programme import programme
from loyalty.programme import Rule
from loyalty.versions import InForce
from messages import rules as say
from messages.rules import Action


def rules(asked: Asked) -> Reply:
    """Show the rules. Whoever has not joined may read them as well."""
    force = programme(asked)
    name = force.programme.programme.name.get(asked.reader.language)
    shown = say.rules(asked.reader, name, in_play(asked, force), force.programme.milestones)
    return Reply(message=shown, instead=True)


def in_play(asked: Asked, force: InForce) -> list[Rule]:
    """Return the rules that are there for the account today, in the order of the file."""
    account = asked.asker.client
    return [
        ready.rule
        for event in dict.fromkeys(rule.event for rule in force.programme.earn)
        for ready in force.book.rules(event)
        if ready.applies_to(account.key, account.cohort, asked.today)
    ]


ROUTES = Routes(commands={"/rules": rules}, actions={Action.RULES: rules})
