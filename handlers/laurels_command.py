"""/laurels: a home for every command, by its name: `/laurels points why` is `/points why`."""

from collections.abc import Mapping
from dataclasses import replace

from handlers import command_words
from handlers.boards import leaderboard
from handlers.desk import overview as desk
from handlers.members import join, settings
from handlers.points import overview as points
from handlers.programme import rules
from handlers.request import Listener, Reply, Response, Routes, SlackRequest
from handlers.rewards import catalogue, redeem
from handlers.webinars import overview as webinars
from messages import help as helping

BY_NAME: Mapping[str, Listener] = {
    "points": points.points,
    "leaderboard": leaderboard.show_leaderboard,
    "rewards": catalogue.rewards,
    "redeem": redeem.redeem_command,
    "webinars": webinars.webinars,
    "rules": rules.command,
    "join": join.join,
    "settings": settings.show_settings,
    "desk": desk.show_desk,
    "help": points.show_help,
}
WORDS = {
    "points": ("points", "punkty", "포인트"),
    "leaderboard": ("leaderboard", "board", "ranking", "순위표"),
    "rewards": ("rewards", "reward", "nagrody", "리워드"),
    "redeem": ("redeem", "odbierz", "받기"),
    "webinars": ("webinars", "webinar", "webinary", "웨비나"),
    "rules": ("rules", "zasady", "규칙"),
    "join": ("join", "dołącz", "dołączam", "참여", "참여하기"),
    "settings": ("settings", "ustawienia", "설정"),
    "desk": ("desk", "biurko", "데스크"),
    "help": ("help", "pomoc", "도움말"),
}


def laurels(request: SlackRequest) -> Response:
    """Hand the words after the first one to the command that the first one names."""
    first, _, rest = request.value.partition(" ")
    if not first:
        return points.show_help(request)
    read = command_words.read(first, WORDS)
    if read.unknown is not None:
        return Reply(message=helping.unknown_word_message(request.reader, "/laurels", read.unknown, read.nearest))
    return BY_NAME[read.words[0]](replace(request, value=rest))


ROUTES = Routes(commands={"/laurels": laurels})
