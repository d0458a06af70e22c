"""The programme file: its values, how it is read, what changes from one version to the next."""

from loyalty.programme.durations import Duration, Months
from loyalty.programme.file import canonical, digest, read, recall
from loyalty.programme.matching import Exclusion, ReadyRule, Rulebook, Skip
from loyalty.programme.plan import Change, Field, Plan, plan
from loyalty.programme.problems import Problem, ProgrammeError
from loyalty.programme.values import (
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
)
from loyalty.programme.words import Words

__all__ = [
    "AccountTerms",
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
    "Limit",
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
    "Rule",
    "Rulebook",
    "Settings",
    "Shoutouts",
    "Skip",
    "Streak",
    "TeamPoints",
    "Words",
    "canonical",
    "digest",
    "plan",
    "read",
    "recall",
]
