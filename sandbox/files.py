"""Files: first a place to send the bytes to, then the bytes, then the file itself."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from mimetypes import guess_type
from typing import Any

from sandbox.errors import Refusal
from sandbox.limit_values import Rules

Json = dict[str, Any]
_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class File:
    """An upload; `content` is None until the bytes are there, `channels` is empty while it is private to the bot."""

    id: str
    name: str
    length: int
    team: str
    owner: str
    begun: datetime
    title: str = ""
    alt_text: str = ""
    content: bytes | None = None
    ready_at: datetime | None = None
    channels: tuple[str, ...] = ()

    @property
    def mimetype(self) -> str:
        """The media type its name promises."""
        return guess_type(self.name)[0] or "application/octet-stream"

    def as_slack(self, origin: str) -> Json:
        """The file as Slack's API and payloads carry it."""
        return {
            "id": self.id,
            "created": int(self.begun.timestamp()),
            "timestamp": int(self.begun.timestamp()),
            "name": self.name,
            "title": self.title or self.name,
            "alt_txt": self.alt_text,
            "mimetype": self.mimetype,
            "filetype": self.name.rsplit(".", 1)[-1],
            "user": self.owner,
            "user_team": self.team,
            "size": self.length,
            "mode": "hosted",
            "is_external": False,
            "is_public": bool(self.channels),
            "url_private": f"{origin}/files/{self.id}/{self.name}",
            "url_private_download": f"{origin}/files/{self.id}/download/{self.name}",
            "permalink": f"{origin}/files/{self.id}/{self.name}",
            "channels": list(self.channels),
            "groups": [],
            "ims": [],
        }


class Files:
    """All uploads, complete or not."""

    def __init__(self, rules: Rules) -> None:
        self._lifetime = timedelta(minutes=rules.upload_minutes)
        self._processing = timedelta(seconds=rules.file_processing_seconds)
        self._all: dict[str, File] = {}

    def begin(self, file: File) -> File:
        """The file, waiting for its bytes."""
        self._all[file.id] = file
        return file

    def find(self, file_id: str) -> File:
        """The file with this id, complete or not; refuses with file_not_found."""
        if file_id not in self._all:
            raise Refusal("file_not_found")
        return self._all[file_id]

    def receive(self, file_id: str, content: bytes, *, now: datetime) -> File:
        """The file with its bytes; refuses a wrong length, a late or a second upload."""
        file = self.find(file_id)
        if file.content is not None or now - file.begun > self._lifetime:
            raise Refusal("file_not_found")
        if len(content) != file.length:
            raise Refusal("invalid_length", expected=file.length, received=len(content))
        return self._keep(replace(file, content=content))

    def complete(self, file_id: str, *, title: str | None, channels: tuple[str, ...], now: datetime) -> File:
        """The finished file; refuses with file_not_found while its bytes are missing."""
        file = self.find(file_id)
        if file.content is None:
            raise Refusal("file_not_found")
        return self._keep(replace(file, title=title or file.name, ready_at=now + self._processing, channels=channels))

    def never_ready(self, file_id: str) -> None:
        """Let a finished file stay at being processed for ever."""
        self._keep(replace(self.find(file_id), ready_at=_NEVER))

    def is_ready(self, file_id: str, *, now: datetime) -> bool:
        """Whether the file can be drawn: complete, and a moment old."""
        file = self._all.get(file_id)
        return file is not None and file.ready_at is not None and file.ready_at <= now

    def delete(self, file_id: str) -> None:
        """Forget the file; refuses with file_not_found."""
        del self._all[self.find(file_id).id]

    def _keep(self, file: File) -> File:
        self._all[file.id] = file
        return file
