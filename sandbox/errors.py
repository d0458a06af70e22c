"""How Slack says no."""

from typing import Any


class Refusal(Exception):  # noqa: N818 - Slack's word is "error"; a refusal is an answer, nothing has broken
    """A call that Slack refuses: `error` is Slack's own code, `details` whatever else stands in the envelope."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details = details

    def envelope(self) -> dict[str, Any]:
        """The body Slack answers with, at status 200."""
        return {"ok": False, "error": self.error, **self.details}


def invalid_arguments(*complaints: str) -> Refusal:
    """The refusal for arguments that are missing or of the wrong kind, each with its complaint."""
    return Refusal("invalid_arguments", response_metadata={"messages": [f"[ERROR] {words}" for words in complaints]})
