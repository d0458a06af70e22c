"""The mail server: its address, one mail on its way to it, and what its answer means for the mail."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from urllib.parse import parse_qs, unquote, urlsplit

from bot.delivery.outcomes import Outcome, Refused, Retry, Sent, Unknown
from loyalty.webinars.outbox.kinds import MAIL_REFUSED

SMTP_TIMEOUT_SECONDS = 8.0
"""Seconds for one answer of the server's: all of them together stay below a message's lease."""
RIGHT = (
    "right is smtp://user:password@mail.example.com:587?from=laurels@example.com, or smtps:// for TLS from the start"
)
_PORTS = {"smtp": 587, "smtps": 465}
_GO_ON, _FOR_GOOD = 354, 500


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed over, and as whom. Its password is kept out of its repr."""

    host: str
    port: int
    sender: str
    tls: bool = False
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        """Return where it is, without user and password."""
        return f"{'smtps' if self.tls else 'smtp'}://{self.host}:{self.port}"

    @property
    def domain(self) -> str:
        """Return the domain that mail is sent from."""
        return self.sender.rpartition("@")[2]


def mail_server(url: str) -> MailServer:
    """Return the mail server that LAURELS_SMTP_URL names. Errors: `ValueError`, which does not show the URL."""
    try:
        parts = urlsplit(url)
        port, asked = parts.port, parse_qs(parts.query, strict_parsing=bool(parts.query))
    except ValueError:
        raise ValueError(f"LAURELS_SMTP_URL cannot be read: {RIGHT}") from None
    if parts.scheme not in _PORTS or not parts.hostname or set(asked) - {"from"} or parts.path.strip("/"):
        raise ValueError(f"LAURELS_SMTP_URL is no mail server's address: {RIGHT}")
    user = unquote(parts.username or "")
    sender = asked.get("from", [user if "@" in user else f"laurels@{parts.hostname}"])[0]
    if sender.count("@") != 1 or not sender.isascii() or not sender.isprintable() or " " in sender:
        raise ValueError(f"LAURELS_SMTP_URL says from={sender!r}, which is no address: {RIGHT}")
    tls = parts.scheme == "smtps"
    return MailServer(parts.hostname, port or _PORTS[parts.scheme], sender, tls, user, unquote(parts.password or ""))


def send_mail(server: MailServer, to: str, mail: EmailMessage, *, timeout: float = SMTP_TIMEOUT_SECONDS) -> Outcome:
    """Return what became of a mail. Once its text is under way and no answer comes, nobody knows."""
    text, number = mail.as_bytes(), str(mail["Message-ID"]).strip("<>").partition("@")[0]
    try:
        with connected(server, timeout=timeout) as smtp:
            for command in (f"MAIL FROM:<{server.sender}>", f"RCPT TO:<{to}>", "DATA"):
                code, said = smtp.docmd(command)
                if code not in {250, 251, _GO_ON}:
                    return _not_taken(code, said)
            return _handed_over(smtp, text, number)
    except (smtplib.SMTPException, OSError) as error:
        # Nothing of the text was sent: it is certainly not there. What is wrong with the login can be put right.
        return Retry(_words(error))


@contextmanager
def connected(server: MailServer, *, timeout: float = SMTP_TIMEOUT_SECONDS) -> Iterator[smtplib.SMTP]:
    """Log in to the mail server. Errors: `SMTPException`, `OSError`."""
    context = ssl.create_default_context()
    smtp: smtplib.SMTP
    if server.tls:
        smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=context)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=timeout)
    try:
        smtp.ehlo_or_helo_if_needed()
        if not server.tls and smtp.has_extn("starttls"):
            smtp.starttls(context=context)
            smtp.ehlo()
        elif not server.tls and server.user and server.host not in {"localhost", "127.0.0.1", "::1"}:
            raise smtplib.SMTPNotSupportedError("it offers no TLS, and a password does not go without")
        if server.user:
            smtp.login(server.user, server.password)
        yield smtp
    finally:
        _leave(smtp)


def _handed_over(smtp: smtplib.SMTP, text: bytes, number: str) -> Outcome:
    """Return what became of the text itself, from the server's answer to its last line."""
    stuffed = text.replace(b"\r\n.", b"\r\n..")
    try:
        smtp.send(stuffed + (b".\r\n" if stuffed.endswith(b"\r\n") else b"\r\n.\r\n"))
        code, said = smtp.getreply()
    except (smtplib.SMTPException, OSError) as error:
        return Unknown(f"the mail server did not say whether it has it: {_words(error)}")
    return Sent(number) if code == 250 else _not_taken(code, said)


def _not_taken(code: int, said: bytes) -> Outcome:
    words = f"{MAIL_REFUSED} {code} {_plain(said)}"
    return Refused(words) if code >= _FOR_GOOD else Retry(words)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error
        return f"{MAIL_REFUSED} {error.smtp_code} {_plain(said if isinstance(said, bytes) else said.encode())}"
    return f"{type(error).__name__}: {error}"


def _plain(said: bytes) -> str:
    text = said.decode(errors="replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _leave(smtp: smtplib.SMTP) -> None:
    try:
        smtp.quit()
    except (smtplib.SMTPException, OSError):
        smtp.close()
