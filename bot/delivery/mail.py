"""The outbox's way to mail: one worker, one mail at a time, each as the facts are when it leaves."""

import datetime as dt
import hashlib
import threading
from collections.abc import Callable
from email.message import EmailMessage

import structlog

from bot.delivery.outcomes import Outcome, Refused, Retry
from bot.delivery.settle import scope_of, settle
from bot.delivery.smtp import MailServer, send_mail
from loyalty.webinars.calendar.mail import MailNotice, mail_notice
from loyalty.webinars.outbox.kinds import MAIL_KIND
from messages.kit.reader import Reader
from messages.webinars.calendar.calendar import Mailbox
from messages.webinars.calendar.mail import invitation_mail
from storage import outbox
from storage.database import OPERATOR, Database
from storage.outbox import Claimed, Drop

LEASE_DURATION = dt.timedelta(minutes=2)
"""Longer than all the answers of a mail server may take together."""
TICK_SECONDS = 1.0
"""Seconds between two looks for mail that is due."""
_AFTER_AN_ERROR = 5.0
_ID_CHARS = 32

log = structlog.get_logger()


class MailDelivery:
    """Sends what is due by mail. `now` is the time of day, with its offset."""

    def __init__(self, database: Database, server: MailServer, *, now: Callable[[], dt.datetime]) -> None:
        self._database, self._server, self._now = database, server, now
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="mail")

    def start(self) -> None:
        """Begin to send."""
        self._thread.start()

    def halt(self) -> None:
        """Begin to stop: take nothing more in hand."""
        self._stopping.set()

    def stop(self) -> None:
        """Send nothing more, and return once what is under way has been written down."""
        self.halt()
        self._thread.join()

    def step(self) -> bool:
        """Send one mail, and return whether there was one."""
        claimed = self._database.write(
            OPERATOR, lambda session: outbox.claim_mail(session, now=self._now(), lease=LEASE_DURATION)
        )
        if claimed is None:
            return False
        outcome = self._send(claimed)
        self._database.write(scope_of(claimed), lambda session: settle(session, claimed, outcome, now=self._now()))
        # The address is not logged, nor what the server says of it: an answer often repeats it.
        log.info("mail", account=claimed.account_id, key=claimed.message.key, became=type(outcome).__name__.lower())
        return True

    def _work(self) -> None:
        while not self._stopping.is_set():
            try:
                wait = 0.0 if self.step() else TICK_SECONDS
            except Exception:
                # The database is away, for instance. What was in hand becomes unknown; the rest is still to be sent.
                log.exception("mail")
                wait = _AFTER_AN_ERROR
            if wait:
                self._stopping.wait(wait)

    def _send(self, claimed: Claimed) -> Outcome:
        if claimed.message.kind != MAIL_KIND:
            return Refused(f"no kind of mail is called {claimed.message.kind}")
        now = self._now()
        found = self._database.read(scope_of(claimed), lambda session: mail_notice(session, claimed, now))
        if isinstance(found, Drop):
            return Refused(found.reason)
        try:
            mail = self._mail(claimed, found, now)
        except Exception as error:
            # Nothing was sent. A mistake of ours must not lose the mail: it waits, and says why.
            log.exception("a mail could not be made", account=claimed.account_id, key=claimed.message.key)
            return Retry(f"it could not be made: {type(error).__name__}")
        return send_mail(self._server, found.address, mail)

    def _mail(self, claimed: Claimed, notice: MailNotice, now: dt.datetime) -> EmailMessage:
        told = f"{claimed.account_id}/{claimed.message.key}"
        # The same however often it is tried: a mailbox that gets it twice may show it once.
        number = hashlib.sha256(told.encode()).hexdigest()[:_ID_CHARS]
        return invitation_mail(
            Reader(notice.language, notice.timezone),
            notice.entry,
            attendee=Mailbox(notice.address, notice.name),
            sender=self._server.sender,
            message_id=f"<{number}@{self._server.domain}>",
            now=now,
        )
