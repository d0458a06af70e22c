"""/laurels: a home for every command, by its name: `/laurels points why` is `/points why`."""

from collections.abc import Mapping
from dataclasses import replace

from handlers import desk, joining, leaderboard, points, rules, settings, typed
from handlers.asked import Answer, Asked, Listener, Reply, Routes
from messages import help as helping

BY_NAME: Mapping[str, Listener] = {
    "points": points.command,
    "leaderboard": leaderboard.command,
    "rules": rules.command,
    "join": joining.join,
    "settings": settings.show,
    "desk": desk.command,
    "help": points.show_help,
}
WORDS = {
    "points": ("points", "punkty", "포인트"),
    "leaderboard": ("leaderboard", "board", "ranking", "순위표"),
    "rules": ("rules", "zasady", "규칙"),
    "join": ("join", "dołącz", "dołączam", "참여", "참여하기"),
    "settings": ("settings", "ustawienia", "설정"),
    "desk": ("desk", "biurko", "데스크"),
    "help": ("help", "pomoc", "도움말"),
}


def command(asked: Asked) -> Answer:
    """Hand the words after the first one to the command that the first one names."""
    first, _, rest = asked.words.partition(" ")
    if not first:
        return points.show_help(asked)
    read = typed.read(first, WORDS)
    if read.unknown is not None:
        return Reply(message=helping.mistyped(asked.reader, "/laurels", read.unknown, read.nearest))
    return BY_NAME[read.words[0]](replace(asked, words=rest))


ROUTES = Routes(commands={"/laurels": command})
