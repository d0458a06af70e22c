"""The ids of every button, modal and field, an enum for what belongs together: `feature.what`, unique in the app."""

from enum import StrEnum


class PointsAction(StrEnum):
    """Buttons and menus of one's own points."""

    POINTS = "points.show"
    WHY = "points.why"
    HISTORY = "points.history"
    STATEMENT = "points.statement"
    HELP = "points.help"


class CorrectionAction(StrEnum):
    """Buttons and menus of a correction."""

    WRONG = "correcting.wrong"


class CorrectionView(StrEnum):
    """Modals of a correction."""

    FORM = "correcting.form"
    SURE = "correcting.sure"


class CorrectionField(StrEnum):
    """Fields of a correction."""

    PERSON = "person"
    OTHER = "other"
    POINTS = "points"
    REASON = "reason"


class BoardAction(StrEnum):
    """Buttons and menus of boards."""

    SHOW = "boards.show"


class SeasonAction(StrEnum):
    """Buttons and menus of seasons."""

    START = "seasons.start"
    UNDO = "seasons.undo"


class SeasonView(StrEnum):
    """Modals of seasons."""

    FORM = "seasons.form"
    SURE = "seasons.sure"


class SeasonField(StrEnum):
    """Fields of seasons."""

    NAME = "name"
    MONTH = "month"


class JoinAction(StrEnum):
    """Buttons and menus of joining."""

    JOIN = "joining.join"
    HOW = "joining.how"
    DECLINE = "joining.decline"
    SHOW = "joining.show"
    HIDE = "joining.hide"
    CELEBRATE = "joining.celebrate"
    HUSH = "joining.hush"


class SettingsAction(StrEnum):
    """Buttons and menus of settings."""

    SETTINGS = "settings.show"
    LANGUAGE = "settings.language"
    MODE = "settings.mode"
    LEAVE = "settings.leave"
    ERASE = "settings.erase"
    ACCOUNT = "settings.account"


class PeopleAction(StrEnum):
    """Buttons and menus of an account's people."""

    PEOPLE = "rostering.people"
    EDIT = "rostering.edit"


class RosterView(StrEnum):
    """Modals of the roster."""

    FORM = "rostering.form"


class RosterField(StrEnum):
    """Fields of the roster."""

    ROSTER = "roster"


class ConnectView(StrEnum):
    """Modals of linking somebody to their person."""

    FORM = "connecting.form"


class ConnectField(StrEnum):
    """Fields of linking somebody to their person."""

    CANDIDATE = "candidate"
    OTHER = "other"


class ProgrammeAction(StrEnum):
    """Buttons and menus of the rules."""

    RULES = "rules.show"


class RewardAction(StrEnum):
    """Buttons and menus of rewards."""

    REWARDS = "rewards.show"
    LOOK = "rewards.look"
    MINE = "rewards.mine"
    CANCEL = "rewards.cancel"
    GOAL = "rewards.goal"
    SAVE = "rewards.save"
    DROP = "rewards.drop"


class RewardView(StrEnum):
    """Modals of rewards."""

    REDEEM = "rewards.redeem"


class ApprovalAction(StrEnum):
    """Buttons and menus of decisions on requests."""

    APPROVE = "approvals.approve"
    DECLINE = "approvals.decline"
    FULFIL = "approvals.fulfil"


class ApprovalView(StrEnum):
    """Modals of decisions on requests."""

    DECLINE = "approvals.declined"


class ApprovalField(StrEnum):
    """Fields of decisions on requests."""

    WORDS = "words"


class TermsAction(StrEnum):
    """Buttons and menus of an account's own rewards and terms."""

    MORE = "terms.more"
    OUT = "terms.out"
    BACK = "terms.back"
    EDIT = "terms.edit"
    ADD = "terms.add"


class TermsView(StrEnum):
    """Modals of an account's own rewards and terms."""

    EDIT = "terms.edited"
    ADD = "terms.added"


class TermsField(StrEnum):
    """Fields of an account's own rewards and terms; a new reward's are named as in a programme file."""

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
    """Modals of a gift."""

    FORM = "gifts.form"
    SURE = "gifts.sure"


class GiftField(StrEnum):
    """Fields of a gift."""

    PERSON = "person"
    OTHER = "other"
    POINTS = "points"
    REWARD = "reward"
    WORDS = "words"


class VipAction(StrEnum):
    """Buttons and menus of the VIP club."""

    ACCEPT = "vip.accept"
    DECLINE = "vip.decline"
    OUT = "vip.out"


class VipView(StrEnum):
    """Modals of the VIP club."""

    INVITE = "vip.invite"


class VipField(StrEnum):
    """Fields of the VIP club."""

    PERSON = "person"
    OTHER = "other"


class TierView(StrEnum):
    """Modals of choosing a tier."""

    FORM = "tiers.form"
    SURE = "tiers.sure"


class TierField(StrEnum):
    """Fields of choosing a tier."""

    WHO = "who"
    OTHER = "other"
    TIER = "tier"
    UNTIL = "until"
    REASON = "reason"


class DeskAction(StrEnum):
    """Buttons and menus of the account managers' desk."""

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
    """Modals of binding a channel."""

    FORM = "binding.form"


class BindField(StrEnum):
    """Fields of binding a channel."""

    ACCOUNT = "account"


class WebinarAction(StrEnum):
    """Buttons and menus of webinars, for whoever is invited."""

    WEBINARS = "webinars.show"
    GOING = "webinars.going"
    DECLINE = "webinars.decline"
    MORE = "webinars.more"
    JOIN = "webinars.join"
    CALENDAR = "webinars.calendar"
    ASK = "webinars.ask"
    HERE = "webinars.here"


class WebinarView(StrEnum):
    """Modals of webinars."""

    ASK = "webinars.asked"
    HERE = "webinars.code"


class WebinarField(StrEnum):
    """Fields of webinars."""

    TOPIC = "topic"
    WISH = "wish"
    CODE = "code"
    WEBINAR = "webinar"


class WebinarDeskAction(StrEnum):
    """Buttons and menus of webinars, for account managers."""

    ANNOUNCE = "webinar_desk.new"
    WEBINARS = "webinar_desk.list"
    OPEN = "webinar_desk.open"
    SEND = "webinar_desk.send"
    MOVE = "webinar_desk.move"
    CANCEL = "webinar_desk.cancel"
    MORE = "webinar_desk.more"


class WebinarDeskView(StrEnum):
    """Modals of webinars, for account managers."""

    WHAT = "webinar_desk.what"
    WHOM = "webinar_desk.whom"
    MOVE = "webinar_desk.moved"
    CANCEL = "webinar_desk.cancelled"
    RECORDING = "webinar_desk.recording"
    REPORT = "webinar_desk.report"
    APPLY = "webinar_desk.apply"
    SCHEDULE = "webinar_desk.schedule"
    MARK = "webinar_desk.mark"


class WebinarDeskField(StrEnum):
    """Fields of webinars, for account managers."""

    KIND = "kind"
    TITLE = "title"
    WHY = "why"
    DATE = "date"
    TIME = "time"
    ZONE = "webinar_desk.zone"
    FOLD = "fold"
    MINUTES = "minutes"
    LINK = "link"
    SEATS = "seats"
    ACCOUNTS = "accounts"
    REACH = "reach"
    REASON = "reason"
    RECORDING = "recording"
    REPORT = "report"
    PERSON = "person"
    CAME = "came"
