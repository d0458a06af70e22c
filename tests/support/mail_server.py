"""A mail server of the test's own: it keeps what it takes, and answers as it is told."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


@dataclass
class Mailbox:
    """What the server took, and what it says instead of OK at a step: `mail`, `rcpt` or `data`."""

    answers: dict[str, str] = field(default_factory=dict)
    taken: list[tuple[str, list[str], Any]] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    password: str = "hunter2"
    port: int = 0

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if "mail" in self.answers:
            return self.answers["mail"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if "rcpt" in self.answers:
            return self.answers["rcpt"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if "data" in self.answers:
            return self.answers["data"]
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, mail))
        return "250 OK"

    def login(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        assert isinstance(given, LoginPassword)
        self.logins.append((given.login.decode(), given.password.decode()))
        return AuthResult(success=given.password.decode() == self.password, handled=False)


@contextmanager
def mail_server_at_work() -> Iterator[Mailbox]:
    """Run a mail server on a port of its own."""
    box = Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box.port = free.getsockname()[1]
    controller = Controller(
        box, hostname="127.0.0.1", port=box.port, authenticator=box.login, auth_require_tls=False, auth_required=False
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


@contextmanager
def server_that_hangs_up(*, after: bytes) -> Iterator[int]:
    """Run a mail server that says yes to all, and is gone once it has read `after`: its last answer never comes."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(b"220 here\r\n")
            heard = b""
            while after not in heard:
                more = connection.recv(65536)
                if not more:
                    return
                heard += more
                if after in heard:
                    return
                if more.upper().startswith(b"DATA"):
                    connection.sendall(b"354 go on\r\n")
                elif b"DATA" not in heard.upper():
                    connection.sendall(b"250 OK\r\n")

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()
        thread.join(5)
