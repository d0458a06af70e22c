"""What listeners want to know of the programme in force."""

from handlers.request import SlackRequest
from leaderboards.periods import Frame, Period, frame_of
from loyalty.programme.versions import InForce, in_force


def programme(request: SlackRequest) -> InForce:
    """Return the programme in force. Raises NoProgrammeError where none was applied yet."""
    return request.database.read({request.requester.known_account.id}, in_force)


def product(request: SlackRequest) -> str:
    """Return what the points are earned in: the product's name, else the programme's."""
    return programme(request).product(request.reader.language)


def badges(force: InForce, language: str) -> dict[str, str]:
    """Return what each milestone is called, by key: its badge's name, its key where it has none."""
    return {
        milestone.key: milestone.badge.get(language) if milestone.badge else milestone.key
        for milestone in force.programme.milestones
    }


def frame(request: SlackRequest, period: Period, force: InForce) -> Frame:
    """Return the calendar period that holds today in the account's zone."""
    return frame_of(period, request.today, force.week_starts)
