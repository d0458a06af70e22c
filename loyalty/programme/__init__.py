"""The programme file: its values, how it is read, what changes from one version to the next."""

from loyalty.programme.confirmations import to_confirm
from loyalty.programme.diff import Change, Field, Plan, plan
from loyalty.programme.durations import Duration, Months, earlier, later
from loyalty.programme.errors import Problem, ProgrammeError
from loyalty.programme.file.read import canonical, digest, read, recall
from loyalty.programme.localized_text import LocalizedText
from loyalty.programme.rulebook import Exclusion, ReadyRule, Rulebook, Skip
from loyalty.programme.schema import (
    AccountTerms,
    Boards,
    Condition,
    Contact,
    Count,
    Distinct,
    Exclude,
    Limit,
    Milestone,
    OnceEach,
    PerUnit,
    Points,
    Programme,
    Rule,
    Settings,
    Shoutouts,
    Streak,
    TeamPoints,
    Webinars,
)
from loyalty.programme.schema_base import SchemaPart
from loyalty.programme.schema_rewards import Approval, Audience, Gifts, Reward, RewardKind, RewardLimit
from loyalty.programme.schema_tiers import AccountTier, MemberTier, Tiers

__all__ = [
    "AccountTerms",
    "AccountTier",
    "Approval",
    "Audience",
    "Boards",
    "Change",
    "Condition",
    "Contact",
    "Count",
    "Distinct",
    "Duration",
    "Exclude",
    "Exclusion",
    "Field",
    "Gifts",
    "Limit",
    "LocalizedText",
    "MemberTier",
    "Milestone",
    "Months",
    "OnceEach",
    "PerUnit",
    "Plan",
    "Points",
    "Problem",
    "Programme",
    "ProgrammeError",
    "ReadyRule",
    "Reward",
    "RewardKind",
    "RewardLimit",
    "Rule",
    "Rulebook",
    "SchemaPart",
    "Settings",
    "Shoutouts",
    "Skip",
    "Streak",
    "TeamPoints",
    "Tiers",
    "Webinars",
    "canonical",
    "digest",
    "earlier",
    "later",
    "plan",
    "read",
    "recall",
    "to_confirm",
]
