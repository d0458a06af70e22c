"""What `laurels doctor` finds of mail: the server is logged in to, nothing is sent."""

from bot.cli.doctor.check import Check
from bot.settings import Settings


def mail(settings: Settings) -> Check:
    """Find out whether the mail server lets the bot in."""
    if not settings.smtp_url:
        return Check("mail", "missing", "no LAURELS_SMTP_URL: calendars are told by files and feeds alone")
    import smtplib  # noqa: PLC0415 - only where there is a mail server

    from bot.delivery.smtp import connected, mail_server  # noqa: PLC0415

    try:
        server = mail_server(settings.smtp_url)
    except ValueError as error:
        return Check("mail", "wrong", str(error))
    try:
        with connected(server):
            return Check("mail", "fine", f"{server.shown}, as {server.sender}")
    except smtplib.SMTPAuthenticationError as error:
        return Check("mail", "wrong", f"{server.shown} refuses the user or the password ({error.smtp_code})")
    except (smtplib.SMTPException, OSError) as error:
        return Check("mail", "wrong", f"{server.shown} cannot be reached: {type(error).__name__}")
