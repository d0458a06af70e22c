"""The ids of every button, modal and field, an enum for what belongs together: `feature.what`, unique in the app."""

from enum import StrEnum


class PointsAction(StrEnum):
    """What one can press."""

    POINTS = "points.show"
    WHY = "points.why"
    HISTORY = "points.history"
    STATEMENT = "points.statement"
    HELP = "points.help"


class CorrectionAction(StrEnum):
    """What one can press."""

    WRONG = "correcting.wrong"


class CorrectionView(StrEnum):
    """Modals that are submitted."""

    FORM = "correcting.form"
    SURE = "correcting.sure"


class CorrectionField(StrEnum):
    """What is filled in."""

    PERSON = "person"
    OTHER = "other"
    POINTS = "points"
    REASON = "reason"


class BoardAction(StrEnum):
    """What one can press."""

    SHOW = "boards.show"


class SeasonAction(StrEnum):
    """What one can press."""

    START = "seasons.start"
    UNDO = "seasons.undo"


class SeasonView(StrEnum):
    """Modals that are submitted."""

    FORM = "seasons.form"
    SURE = "seasons.sure"


class SeasonField(StrEnum):
    """What is filled in."""

    NAME = "name"
    MONTH = "month"


class JoinAction(StrEnum):
    """What one can press."""

    JOIN = "joining.join"
    HOW = "joining.how"
    DECLINE = "joining.decline"
    SHOW = "joining.show"
    HIDE = "joining.hide"
    CELEBRATE = "joining.celebrate"
    HUSH = "joining.hush"


class SettingsAction(StrEnum):
    """What one can press."""

    SETTINGS = "settings.show"
    LANGUAGE = "settings.language"
    MODE = "settings.mode"
    LEAVE = "settings.leave"
    ERASE = "settings.erase"
    ACCOUNT = "settings.account"


class PeopleAction(StrEnum):
    """What one can press."""

    PEOPLE = "rostering.people"
    EDIT = "rostering.edit"


class RosterView(StrEnum):
    """Modals that are submitted."""

    FORM = "rostering.form"


class RosterField(StrEnum):
    """What is filled in."""

    ROSTER = "roster"


class ConnectView(StrEnum):
    """Modals that are submitted."""

    FORM = "connecting.form"


class ConnectField(StrEnum):
    """What is filled in."""

    CANDIDATE = "candidate"
    OTHER = "other"


class ProgrammeAction(StrEnum):
    """What one can press."""

    RULES = "rules.show"


class RewardAction(StrEnum):
    """What one can press."""

    REWARDS = "rewards.show"
    LOOK = "rewards.look"
    MINE = "rewards.mine"
    CANCEL = "rewards.cancel"
    GOAL = "rewards.goal"
    SAVE = "rewards.save"
    DROP = "rewards.drop"


class RewardView(StrEnum):
    """Modals that are submitted."""

    REDEEM = "rewards.redeem"


class ApprovalAction(StrEnum):
    """What one can press."""

    APPROVE = "approvals.approve"
    DECLINE = "approvals.decline"
    FULFIL = "approvals.fulfil"


class ApprovalView(StrEnum):
    """Modals that are submitted."""

    DECLINE = "approvals.declined"


class ApprovalField(StrEnum):
    """What is filled in."""

    WORDS = "words"


class TermsAction(StrEnum):
    """What one can press."""

    MORE = "terms.more"
    OUT = "terms.out"
    BACK = "terms.back"
    EDIT = "terms.edit"
    ADD = "terms.add"


class TermsView(StrEnum):
    """Modals that are submitted."""

    EDIT = "terms.edited"
    ADD = "terms.added"


class TermsField(StrEnum):
    """What is filled in. Those of a new reward are named as a programme file names them."""

    NAME = "name"
    KIND = "kind"
    WORTH = "worth"
    COST = "cost"
    VALUE = "value"
    STOCK = "stock"
    LIMIT = "limit"
    PER = "per"
    ABOVE = "approval"
    GIVES = "gives"
    NOT_MONEY = "not_money"


class GiftView(StrEnum):
    """Modals that are submitted."""

    FORM = "gifts.form"
    SURE = "gifts.sure"


class GiftField(StrEnum):
    """What is filled in."""

    PERSON = "person"
    OTHER = "other"
    POINTS = "points"
    REWARD = "reward"
    WORDS = "words"


class VipAction(StrEnum):
    """What one can press."""

    ACCEPT = "vip.accept"
    DECLINE = "vip.decline"
    OUT = "vip.out"


class VipView(StrEnum):
    """Modals that are submitted."""

    INVITE = "vip.invite"


class VipField(StrEnum):
    """What is filled in."""

    PERSON = "person"
    OTHER = "other"


class TierView(StrEnum):
    """Modals that are submitted."""

    FORM = "tiers.form"
    SURE = "tiers.sure"


class TierField(StrEnum):
    """What is filled in."""

    WHO = "who"
    OTHER = "other"
    TIER = "tier"
    UNTIL = "until"
    REASON = "reason"


class DeskAction(StrEnum):
    """What one can press."""

    OPEN = "desk.open"
    ACCOUNTS = "desk.accounts"
    INVITE = "desk.invite"
    UNDO = "desk.undo"
    CORRECT = "desk.correct"
    THANK = "desk.thank"
    CLUB = "desk.club"
    TERMS = "desk.terms"
    TIERS = "desk.tiers"
    CONNECT = "desk.connect"
    BIND = "desk.bind"
    SENT = "desk.sent"
    AGAIN = "desk.again"


class BindView(StrEnum):
    """Modals that are submitted."""

    FORM = "binding.form"


class BindField(StrEnum):
    """What is filled in."""

    ACCOUNT = "account"
