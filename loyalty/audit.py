"""The audit: who decided what, and when. Its rows name surrogate ids only and are never changed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from storage.tables import AuditEntry


def record(
    session: Session, account_id: int | None, action: str, details: Mapping[str, Any], *, author: str, now: dt.datetime
) -> None:
    """Add one decision to the audit; it is written with the session's next flush.

    `account_id` None: the operator's, over all accounts. `action` is a dotted name like `vip.invite`; `details` holds
    JSON values, ids in place of names; `author` is who decided, as the ledger names them: `manager:7`, `person:5`.
    """
    session.add(AuditEntry(account_id=account_id, at=now, author=author, action=action, details=dict(details)))
