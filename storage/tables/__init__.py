"""The facts, a file a concept. A new column wants a migration."""

from storage.tables.accounts import Account, UsageBefore
from storage.tables.audit import AuditEntry
from storage.tables.base import Tenant
from storage.tables.channels import BoundWorkspace, Channel
from storage.tables.ledger import Transfer, TransferNote, Wallet
from storage.tables.milestones import Reached
from storage.tables.outbox import Outgoing
from storage.tables.people import Manager, Member, Person, Refusal, Unmatched
from storage.tables.programmes import ProgrammeVersion
from storage.tables.scores import Score, TeamScore
from storage.tables.seasons import Season
from storage.tables.usage import DistinctValue, Usage
from storage.tables.usage_secrets import UsageSecret

__all__ = [
    "Account",
    "AuditEntry",
    "BoundWorkspace",
    "Channel",
    "DistinctValue",
    "Manager",
    "Member",
    "Outgoing",
    "Person",
    "ProgrammeVersion",
    "Reached",
    "Refusal",
    "Score",
    "Season",
    "TeamScore",
    "Tenant",
    "Transfer",
    "TransferNote",
    "Unmatched",
    "Usage",
    "UsageBefore",
    "UsageSecret",
    "Wallet",
]
