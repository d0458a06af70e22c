"""Files that a person adds to a modal's file input: private to them and the app."""

from sandbox.errors import Refusal
from sandbox.files import File
from sandbox.slack import Slack

MAX_FILE_BYTES = 10_000_000
"""What one file input takes at the most."""


def uploads(slack: Slack, person_id: str, name: str, content: bytes) -> File:
    """The file that a person adds, ready at once; refuses what is too large, and a name that is none."""
    person = slack.person(person_id)
    if not name or "/" in name or "\\" in name:
        raise Refusal("invalid_name")
    if len(content) > MAX_FILE_BYTES:
        raise Refusal("file_too_large")
    now = slack.now()
    file = File(
        id=slack.new_id("F"),
        name=name,
        length=len(content),
        team=person.team,
        owner=person.id,
        begun=now,
        content=content,
        ready_at=now,
    )
    return slack.files.begin(file)
