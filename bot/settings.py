"""What a deployment is told by its environment."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

SLACK = "https://slack.com/api/"
PREFIX_IS = "right are a-z, 0-9, - and _, at most 20 of them: acme-, say"


def is_prefix(text: str) -> bool:
    """Return whether commands' names may begin so."""
    return re.fullmatch("[a-z0-9_-]{0,20}", text) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The deployment's settings. Secrets are kept out of its repr."""

    database_url: str = "sqlite:///laurels.db"
    slack_bot_token: str = ""
    slack_signing_secret: str = ""
    slack_app_token: str = ""
    slack_api_url: str = SLACK
    command_prefix: str = ""
    """What every command's name begins with in this workspace: `acme-` makes /points /acme-points."""
    clock_ahead: float = 0.0
    """Seconds by which the bot's clock is ahead of the machine's: for a demo, or a rehearsal."""
    log_level: str = "info"
    """What is logged: debug, info, warning or error, and what weighs more."""
    secret_key: str = ""
    """The deployment's own key: what is stored is made with it, and useless to whoever has only the database."""

    public_url: str = ""
    """Where the bot is reached from outside, https://…, without a slash at its end: for calendars' feeds."""
    smtp_url: str = ""
    """The mail server, with its user and password; empty: nothing goes by mail."""

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Self:
        """Return the settings that an environment gives; what it leaves out has its default. Errors: `ValueError`."""
        names = {
            "database_url": "LAURELS_DATABASE_URL",
            "slack_bot_token": "SLACK_BOT_TOKEN",
            "slack_signing_secret": "SLACK_SIGNING_SECRET",
            "slack_app_token": "SLACK_APP_TOKEN",
            "slack_api_url": "SLACK_API_URL",
            "command_prefix": "LAURELS_COMMAND_PREFIX",
            "log_level": "LAURELS_LOG_LEVEL",
            "secret_key": "LAURELS_SECRET_KEY",
            "public_url": "LAURELS_PUBLIC_URL",
            "smtp_url": "LAURELS_SMTP_URL",
        }
        values = {field: env[name] for field, name in names.items() if env.get(name)}
        if "public_url" in values:
            values["public_url"] = _public_url(values["public_url"])
        return cls(**values, clock_ahead=_seconds(env.get("LAURELS_CLOCK_AHEAD") or "0"))

    def __repr__(self) -> str:
        given = [
            name
            for name in ("slack_bot_token", "slack_signing_secret", "slack_app_token", "secret_key", "smtp_url")
            if getattr(self, name)
        ]
        return f"Settings(slack_api_url={self.slack_api_url!r}, given={given})"


def _public_url(text: str) -> str:
    if re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", text) is None:
        raise ValueError(f"LAURELS_PUBLIC_URL is {text!r}: right is https://laurels.example.com")
    return text.rstrip("/")


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
        if math.isfinite(seconds):
            return seconds
    except ValueError:
        pass
    raise ValueError(f"LAURELS_CLOCK_AHEAD is {text!r}: right is a number of seconds")
