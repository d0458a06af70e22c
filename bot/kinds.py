"""Every kind of message in the outbox: which verb knows its facts, which words say them."""

from bot.sender import Kind, Kinds
from handlers.pictures import Drawing
from leaderboards.chart import draw
from loyalty import board_posts, corrected, disputes, expiry, expiry_notice, invitations, seasons, shoutouts
from loyalty.board_posts import BoardFacts
from loyalty.corrected import CorrectedFacts
from loyalty.disputes import DisputeFacts
from loyalty.expiry_notice import ExpiryFacts
from loyalty.invitations import InvitationFacts
from loyalty.seasons import SeasonFacts
from loyalty.shoutouts import ShoutoutFacts
from loyalty.tiers import told
from loyalty.tiers.told import TierFacts
from messages import boards as say_boards
from messages import correcting as say_correcting
from messages import expiry_notice as say_expiry
from messages import joining as say_joining
from messages import seasons as say_seasons
from messages import shoutouts as say_shoutouts
from messages import tier_choice as say_tier
from messages.boards import Picture
from messages.kit import Message
from messages.words import Reader


def shoutout(facts: ShoutoutFacts, _file_id: str | None) -> Message:
    """Return what a channel is told of milestones."""
    return say_shoutouts.told(Reader(facts.language, facts.timezone), facts)


def board(facts: BoardFacts, file_id: str | None) -> Message:
    """Return what a channel is told of a period."""
    reader = Reader(facts.language, facts.timezone)
    goals = {key: badge.get(facts.language) if badge else key for key, badge in facts.badges.items()}
    picture = (
        Picture(file_id, say_boards.alt(reader, say_boards.public_chart(reader, facts.board))) if file_id else None
    )
    return say_boards.posted(reader, facts.board, goals, picture)


def chart(facts: BoardFacts) -> Drawing | None:
    """Return a board as a picture; None where nobody is ranked on it."""
    if not (facts.chart and facts.board.rows):
        return None
    reader = Reader(facts.language, facts.timezone)
    drawn = say_boards.public_chart(reader, facts.board)
    return Drawing(draw(drawn), "leaderboard.png", drawn.title, say_boards.alt(reader, drawn))


def invitation(facts: InvitationFacts, _file_id: str | None) -> Message:
    """Return what invites a channel to join."""
    return say_joining.invitation(Reader(facts.language, facts.timezone), facts.product)


def correction(facts: CorrectedFacts, _file_id: str | None) -> Message:
    """Return what a member is told of a correction."""
    return say_correcting.told(Reader(facts.language, facts.timezone), facts)


def disputed(facts: DisputeFacts, _file_id: str | None) -> Message:
    """Return what an account manager is told of a correction that is said to look wrong."""
    return say_correcting.disputed(Reader(facts.language, facts.timezone), facts)


def tier(facts: TierFacts, _file_id: str | None) -> Message:
    """Return what is said of a tier in private."""
    return say_tier.told(Reader(facts.language, facts.timezone), facts)


def expiring(facts: ExpiryFacts, _file_id: str | None) -> Message:
    """Return what a member is told of points that run out."""
    return say_expiry.told(Reader(facts.language, facts.timezone), facts)


def season(facts: SeasonFacts, _file_id: str | None) -> Message:
    """Return what a channel is told of a new season."""
    return say_seasons.told(Reader(facts.language, facts.timezone), facts)


KINDS: Kinds = {
    corrected.KIND: Kind(corrected.facts, correction),
    disputes.KIND: Kind(disputes.facts, disputed),
    invitations.KIND: Kind(invitations.facts, invitation),
    seasons.KIND: Kind(seasons.facts, season),
    shoutouts.KIND: Kind(shoutouts.facts, shoutout),
    expiry.KIND: Kind(expiry_notice.facts, expiring),
    told.KIND: Kind(told.facts, tier),
    board_posts.KIND: Kind(board_posts.facts, board, chart),
}
