"""What lies behind the story's morning: the programme in force, the rosters, a month of usage, people who joined."""

import datetime as dt
import random
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from bot.demo.script import Habit, Player, Script
from loyalty.accounts.managers import recognise_manager
from loyalty.accounts.slack_profile import SlackProfile, SlackUser
from loyalty.apply_programme import apply_programme, unconfirmed
from loyalty.members import join
from loyalty.notifications.channel_invitation import invite_channel
from loyalty.people.roster import RosterRow, import_roster
from loyalty.programme.versions import in_force
from loyalty.rewards import goals
from loyalty.usage import record
from loyalty.usage.record import UsageEvent
from storage.database import OPERATOR, Database
from storage.tables import Account

DAYS = 28


def prepare(database: Database, script: Script) -> None:
    """Bring the database to where the story begins. The same each time."""
    database.write(OPERATOR, lambda session: _prepare(session, script))


def _prepare(session: Session, script: Script) -> None:
    now = script.morning
    text = script.programme_text()
    confirmed = {reward.key for reward in unconfirmed(session, text)}  # the example's own: courses, seats, hours
    apply_programme(session, text, author="operator", now=now - dt.timedelta(days=DAYS + 7), confirmed=confirmed)
    force = in_force(session)
    for account in session.exec(select(Account).order_by(col(Account.id))).all():
        players = [player for player in script.people if player.account == account.key]
        assert account.id is not None  # noqa: S101 - read from the database
        import_roster(session, account.id, [_row(line, player) for line, player in enumerate(players, 2)], now=now)
        events = sorted(_month(script, players), key=lambda event: (event.occurred_at, event.id))
        record.record_usage(session, account, events, in_force=force, now=now, door="command")
        for player in players:
            if player.joins:
                _join(session, account.id, script, player)
        for manager in script.people:
            if manager.account is None:
                recognise_manager(session, account.id, _profile(script, manager))
        invite_channel(session, account.id, now=now)


def _row(line: int, player: Player) -> RosterRow:
    return RosterRow(line=line, external_id=player.user or "", email=player.email, name=player.name, role=player.role)


def _join(session: Session, account_id: int, script: Script, player: Player) -> None:
    joined = join.join(session, account_id, _profile(script, player), now=script.morning)
    assert joined.person_id is not None, f"{player.name} is in the roster"  # noqa: S101 - the script's own
    join.choose(session, account_id, joined.person_id, boards=True, shoutouts=True)
    if player.goal is not None:
        today = script.morning.astimezone(ZoneInfo(player.tz)).date()
        goals.save_for(
            session, account_id, person_id=joined.person_id, reward=player.goal, today=today, now=script.morning
        )


def _profile(script: Script, player: Player) -> SlackProfile:
    return SlackProfile(
        user=SlackUser("", script.workspace.id, player.id),
        name=player.name,
        email=player.email,
        language=player.locale,
        timezone=player.tz,
    )


def _month(script: Script, players: list[Player]) -> Iterator[UsageEvent]:
    chance = random.Random(script.workspace.id)  # noqa: S311 - the same month each time
    for player in players:
        zone = ZoneInfo(player.tz)
        today = script.morning.astimezone(zone).date()
        habits = [habit for habit in script.habits if habit.event not in player.not_yet]
        for ago in range(DAYS, 0, -1):
            day = today - dt.timedelta(days=ago)
            if day.weekday() > 4:
                continue
            for number in range(int(player.busy + chance.random())):
                at = dt.datetime.combine(day, dt.time(9), zone) + dt.timedelta(minutes=chance.randrange(8 * 60))
                yield _event(player, _pick(chance, habits), chance, at, f"{player.user}-{day}-{number}")


def _pick(chance: random.Random, habits: list[Habit]) -> Habit:
    return chance.choices(habits, [habit.often for habit in habits])[0]


def _event(player: Player, habit: Habit, chance: random.Random, at: dt.datetime, event_id: str) -> UsageEvent:
    return UsageEvent(
        account=player.account or "",
        person=player.user or "",
        name=habit.event,
        occurred_at=at,
        id=event_id,
        properties={name: chance.choice(values) for name, values in habit.properties.items()},
    )
