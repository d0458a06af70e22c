"""What a mail server's answer means for a mail, and what nobody knows."""

import socket
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from bot.delivery.outcomes import Outcome, Refused, Retry, Sent, Unknown
from bot.delivery.smtp import MailServer, mail_server, send_mail
from tests.support.mail_server import Mailbox, mail_server_at_work, server_that_hangs_up

TO = "ania@northwind.example"


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with mail_server_at_work() as box:
        yield box


def mail() -> EmailMessage:
    made = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    made["Subject"], made["To"], made["Message-ID"] = "Zażółć", TO, "<abc@orbit.example>"
    made.set_content("One line\n.a dot first\n..and two\nłąka\n")
    return made


def sent(port: int, login: str = "", **given: float) -> Outcome:
    server = mail_server(f"smtp://{login}127.0.0.1:{port}?from=laurels@orbit.example")
    return send_mail(server, TO, mail(), **given)


def test_a_mail_arrives_as_it_was_written(box: Mailbox) -> None:
    assert sent(box.port) == Sent("abc")
    ((sender, to, found),) = box.taken
    assert (sender, to, found["Subject"]) == ("laurels@orbit.example", [TO], "Zażółć")
    assert found.get_content().splitlines() == ["One line", ".a dot first", "..and two", "łąka"]


@pytest.mark.parametrize("step", ["mail", "rcpt", "data"])
def test_a_refusal_is_for_good_and_a_busy_server_is_asked_again(box: Mailbox, step: str) -> None:
    box.answers[step] = "550 5.1.1 No such mailbox"
    assert sent(box.port) == Refused("the mail server says 550 5.1.1 No such mailbox")
    box.answers[step] = "451 4.7.1 Try again later"
    assert sent(box.port) == Retry("the mail server says 451 4.7.1 Try again later")
    assert box.taken == []


def test_a_login_goes_with_it_and_a_wrong_one_waits_for_whoever_runs_the_bot(box: Mailbox) -> None:
    assert sent(box.port, "ewa:hunter2@") == Sent("abc")
    assert isinstance(sent(box.port, "ewa:wrong@"), Retry)
    assert box.logins[0] == ("ewa", "hunter2")
    assert len(box.taken) == 1


def test_a_server_that_is_not_there_was_certainly_sent_nothing() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert isinstance(sent(free.getsockname()[1]), Retry)


def test_an_answer_that_is_lost_after_the_text_is_unknown() -> None:
    with server_that_hangs_up(after=b"\r\n.\r\n") as port:
        assert isinstance(sent(port, timeout=5), Unknown)


def test_one_that_is_lost_before_the_text_is_tried_again() -> None:
    with server_that_hangs_up(after=b"RCPT") as port:
        assert isinstance(sent(port, timeout=5), Retry)


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://mail.orbit.example", MailServer("mail.orbit.example", 587, "laurels@mail.orbit.example")),
        (
            "smtps://ewa%40orbit.example:p%2Fw@mail.orbit.example",
            MailServer("mail.orbit.example", 465, "ewa@orbit.example", True, "ewa@orbit.example", "p/w"),
        ),
        (
            "smtp://a:b@h.example:25?from=l@orbit.example",
            MailServer("h.example", 25, "l@orbit.example", False, "a", "b"),
        ),
    ],
)
def test_a_url_names_a_server(url: str, server: MailServer) -> None:
    assert mail_server(url) == server
    assert "p/w" not in repr(server)


@pytest.mark.parametrize(
    "url",
    [
        "mail.orbit.example", "http://x:hunter2@mail.example", "smtp://x:hunter2@", "smtp://x:hunter2@h:port",
        "smtp://x:hunter2@h?form=a@b", "smtp://x:hunter2@h?from=nobody", "smtp://x:hunter2@h/path",
    ],
)  # fmt: skip
def test_a_url_that_is_none_is_said_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match="LAURELS_SMTP_URL") as wrong:
        mail_server(url)
    assert "hunter2" not in str(wrong.value)
