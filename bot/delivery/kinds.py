"""Every kind of message in the outbox: which verb knows its facts, which words say them."""

from bot.delivery.sender import Kind, Kinds
from handlers.slack.files import Drawing
from leaderboards.chart.render import draw
from loyalty.boards import posts, seasons
from loyalty.boards.posts import BoardFacts
from loyalty.boards.seasons import SeasonFacts
from loyalty.notifications import channel_invitation
from loyalty.notifications.channel_invitation import InvitationFacts
from loyalty.points import correction_notice, disputes, expiry, expiry_notice
from loyalty.points.correction_notice import CorrectionFacts
from loyalty.points.disputes import DisputeFacts
from loyalty.points.expiry_notice import ExpiryFacts
from loyalty.recognition import shoutouts
from loyalty.recognition.shoutouts import ShoutoutFacts
from loyalty.rewards import gifts, redemption_notices, vip
from loyalty.rewards.gifts import GiftFacts
from loyalty.rewards.redemption_notices import RedemptionFacts, RequestFacts
from loyalty.rewards.vip import VipInvitationFacts
from loyalty.tiers import notices
from loyalty.tiers.notices import TierFacts
from loyalty.webinars import notices as webinar_notices
from loyalty.webinars.notices import OrganizerNotice, TrainingNotice, WebinarNotice
from loyalty.webinars.outbox import kinds as webinar_kinds
from messages import recognition as say_shoutouts
from messages.boards import board as say_boards
from messages.boards import seasons as say_seasons
from messages.boards.board import Picture
from messages.kit.blocks import Message
from messages.kit.reader import Reader
from messages.members import join as say_joining
from messages.points import corrections as say_correcting
from messages.points import expiry_notice as say_expiry
from messages.rewards import approvals as say_approvals
from messages.rewards import gifts as say_gifts
from messages.rewards import redemptions as say_redeemed
from messages.rewards import vip as say_vip
from messages.tiers import override as say_tier
from messages.webinars import notices as say_webinars
from storage.outbox import Posted


def shoutout(facts: ShoutoutFacts, _file_id: str | None) -> Message:
    """Return what a channel is told of milestones."""
    return say_shoutouts.shoutout_message(Reader(facts.language, facts.timezone), facts)


def board(facts: BoardFacts, file_id: str | None) -> Message:
    """Return what a channel is told of a period."""
    reader = Reader(facts.language, facts.timezone)
    goals = {key: badge.get(facts.language) if badge else key for key, badge in facts.badges.items()}
    picture = (
        Picture(file_id, say_boards.chart_alt(reader, say_boards.public_chart(reader, facts.board)))
        if file_id
        else None
    )
    return say_boards.board_message(reader, facts.board, goals, picture)


def chart(facts: BoardFacts) -> Drawing | None:
    """Return a board as a picture; None where nobody is ranked on it."""
    if not (facts.chart and facts.board.rows):
        return None
    reader = Reader(facts.language, facts.timezone)
    drawn = say_boards.public_chart(reader, facts.board)
    return Drawing(draw(drawn), "leaderboard.png", drawn.title, say_boards.chart_alt(reader, drawn))


def invitation(facts: InvitationFacts, _file_id: str | None) -> Message:
    """Return what invites a channel to join."""
    return say_joining.invitation_message(Reader(facts.language, facts.timezone), facts.product)


def correction(facts: CorrectionFacts, _file_id: str | None) -> Message:
    """Return what a member is told of a correction."""
    return say_correcting.correction_message(Reader(facts.language, facts.timezone), facts)


def disputed(facts: DisputeFacts, _file_id: str | None) -> Message:
    """Return what an account manager is told of a correction that is said to look wrong."""
    return say_correcting.dispute_message(Reader(facts.language, facts.timezone), facts)


def tier(facts: TierFacts, _file_id: str | None) -> Message:
    """Return what is said of a tier in private."""
    return say_tier.tier_message(Reader(facts.language, facts.timezone), facts)


def expiring(facts: ExpiryFacts, _file_id: str | None) -> Message:
    """Return what a member is told of points that run out."""
    return say_expiry.expiry_message(Reader(facts.language, facts.timezone), facts)


def season(facts: SeasonFacts, _file_id: str | None) -> Message:
    """Return what a channel is told of a new season."""
    return say_seasons.season_message(Reader(facts.language, facts.timezone), facts)


def redemption(facts: RedemptionFacts, _file_id: str | None) -> Message:
    """Return what a member is told of something they asked for."""
    return say_redeemed.redemption_message(Reader(facts.language, facts.timezone), facts)


def asked(facts: RequestFacts, _file_id: str | None) -> Message:
    """Return what an account manager is asked of a redemption, or what that became."""
    return say_approvals.request_message(Reader(facts.language, facts.timezone), facts)


def gift(facts: GiftFacts, _file_id: str | None) -> Message:
    """Return what is told of a gift of points."""
    return say_gifts.gift_message(Reader(facts.language, facts.timezone), facts)


def vip_invitation(facts: VipInvitationFacts, _file_id: str | None) -> Message:
    """Return what somebody is told who is invited into the VIP club."""
    return say_vip.vip_invitation_message(Reader(facts.language, facts.timezone), facts)


def where(facts: RequestFacts) -> Posted | None:
    """Return the message that is to change."""
    return Posted(facts.channel_id, facts.ts) if facts.channel_id and facts.ts else None


def webinar(facts: WebinarNotice, _file_id: str | None) -> Message:
    """Return what is said of a webinar."""
    return say_webinars.notice_message(Reader(facts.language, facts.timezone), facts)


def webinar_over(facts: OrganizerNotice, _file_id: str | None) -> Message:
    """Return what a webinar's organizer is told once it is over."""
    return say_webinars.organizer_message(Reader(facts.language, facts.timezone), facts)


def training(facts: TrainingNotice, _file_id: str | None) -> Message:
    """Return what an account manager is told of somebody who asks for a training."""
    return say_webinars.training_message(Reader(facts.language, facts.timezone), facts)


def posted_invitation(facts: WebinarNotice) -> Posted | None:
    """Return the invitation that is to change."""
    return Posted(facts.channel_id, facts.ts) if facts.channel_id and facts.ts else None


WEBINAR_KINDS: Kinds = {
    **{
        kind: Kind(webinar_notices.webinar_notice, webinar)
        for kind in (
            webinar_kinds.INVITATION_KIND,
            webinar_kinds.CHANGE_KIND,
            webinar_kinds.REMINDER_KIND,
            webinar_kinds.SEAT_KIND,
            webinar_kinds.OFFER_KIND,
            webinar_kinds.THANKS_KIND,
            webinar_kinds.RECORDING_KIND,
        )
    },
    webinar_kinds.INVITATION_CHANGED_KIND: Kind(webinar_notices.webinar_notice, webinar, replaces=posted_invitation),
    webinar_kinds.REPORT_KIND: Kind(webinar_notices.organizer_notice, webinar_over),
    webinar_kinds.TRAINING_KIND: Kind(webinar_notices.training_notice, training),
}
KINDS: Kinds = {
    **WEBINAR_KINDS,
    correction_notice.CORRECTION_KIND: Kind(correction_notice.correction_facts, correction),
    disputes.DISPUTE_KIND: Kind(disputes.dispute_facts, disputed),
    gifts.GIFT_KIND: Kind(gifts.gift_facts, gift),
    channel_invitation.INVITATION_KIND: Kind(channel_invitation.invitation_facts, invitation),
    seasons.SEASON_KIND: Kind(seasons.season_facts, season),
    redemption_notices.MEMBER_KIND: Kind(redemption_notices.member_facts, redemption),
    redemption_notices.REQUEST_KIND: Kind(redemption_notices.request_facts, asked),
    redemption_notices.SETTLED_KIND: Kind(redemption_notices.settled_facts, asked, replaces=where),
    vip.VIP_INVITATION_KIND: Kind(vip.vip_invitation_facts, vip_invitation),
    shoutouts.SHOUTOUT_KIND: Kind(shoutouts.shoutout_facts, shoutout),
    expiry.EXPIRY_KIND: Kind(expiry_notice.expiry_facts, expiring),
    notices.TIER_KIND: Kind(notices.tier_facts, tier),
    posts.BOARD_KIND: Kind(posts.board_facts, board, chart),
}
