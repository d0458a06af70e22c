"""The facts, a file a concept. A new column wants a migration."""

from storage.tables.accounts import Account, UsageBefore
from storage.tables.audit import AuditEntry
from storage.tables.base import Tenant, core
from storage.tables.channels import BoundWorkspace, Channel
from storage.tables.ledger import Transfer, TransferNote, Wallet
from storage.tables.milestones import Reached
from storage.tables.outbox import Outgoing
from storage.tables.people import Manager, Member, Person, Refusal, Unmatched
from storage.tables.programme_versions import ProgrammeVersion
from storage.tables.rewards import OwnTerms, Redemption, RewardStock, SavingGoal, VipMember
from storage.tables.scores import Score, TeamScore
from storage.tables.seasons import Season
from storage.tables.tiers import TierHeld, TierReview
from storage.tables.usage import DistinctValue, Usage
from storage.tables.usage_secrets import UsageSecret
from storage.tables.webinars import (
    CalendarFeed,
    CourseCompletion,
    TrainingRequest,
    Webinar,
    WebinarAttendance,
    WebinarAudience,
    WebinarCodeTry,
    WebinarEvidence,
    WebinarReport,
    WebinarRsvp,
    WebinarSeries,
)

__all__ = [
    "Account",
    "AuditEntry",
    "BoundWorkspace",
    "CalendarFeed",
    "Channel",
    "CourseCompletion",
    "DistinctValue",
    "Manager",
    "Member",
    "Outgoing",
    "OwnTerms",
    "Person",
    "ProgrammeVersion",
    "Reached",
    "Redemption",
    "Refusal",
    "RewardStock",
    "SavingGoal",
    "Score",
    "Season",
    "TeamScore",
    "Tenant",
    "TierHeld",
    "TierReview",
    "TrainingRequest",
    "Transfer",
    "TransferNote",
    "Unmatched",
    "Usage",
    "UsageBefore",
    "UsageSecret",
    "VipMember",
    "Wallet",
    "Webinar",
    "WebinarAttendance",
    "WebinarAudience",
    "WebinarCodeTry",
    "WebinarEvidence",
    "WebinarReport",
    "WebinarRsvp",
    "WebinarSeries",
    "core",
]
