"""/rules: the programme's rules in plain words, as they hold for the account today."""

from enum import StrEnum

from handlers import command_words
from handlers.programme.queries import programme
from handlers.request import Reply, Routes, SlackRequest
from messages import help as helping
from messages import programme as say
from messages.actions import ProgrammeAction


class Word(StrEnum):
    """What one can type after /rules."""

    HELP = "help"


WORDS = {Word.HELP: ("help", "pomoc", "도움말")}


def command(request: SlackRequest) -> Reply:
    """Answer /rules by the word after it."""
    read = command_words.read(request.value, WORDS)
    if read.unknown is not None:
        return Reply(message=helping.unknown_word_message(request.reader, "/rules", read.unknown, read.nearest))
    if Word.HELP in read.words:
        return Reply(message=helping.rules_help(request.reader), replaces_message=True)
    return rules(request)


def rules(request: SlackRequest) -> Reply:
    """Show the rules. Whoever has not joined may read them as well."""
    force, account = programme(request), request.requester.known_account
    name = force.programme.settings.name.get(request.reader.language)
    in_play = force.book.in_play(account.key, account.cohort, request.today)
    milestones, rewards = force.programme.milestones, bool(force.programme.rewards)
    shown = say.rules_message(request.reader, name, in_play, milestones, rewards=rewards)
    return Reply(message=shown, replaces_message=True)


ROUTES = Routes(commands={"/rules": command}, actions={ProgrammeAction.RULES: rules})
