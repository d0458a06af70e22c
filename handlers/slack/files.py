"""Files on their way to Slack: pictures, uploaded privately and shown by an image block, and files of one's own."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from urllib.request import Request, urlopen

import structlog
from slack_sdk import WebClient

MAX_READY_CHECKS = 6
FETCH_TIMEOUT_SECONDS = 30
READY_CHECK_SECONDS = 0.5
"""Seconds between two looks whether Slack has a file ready: it says ok before it does."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: PNG bytes, its file's name, its title, and what it shows in words."""

    png: bytes
    filename: str
    title: str
    alt: str

    @property
    def digest(self) -> str:
        """Return what tells it from every other drawing."""
        return blake2b(b"\0".join((self.png, self.title.encode(), self.alt.encode())), digest_size=16).hexdigest()


def upload(client: WebClient, drawing: Drawing) -> str | None:
    """Return the id of the uploaded file, which only the bot sees; None where it did not work: the text goes alone."""
    try:
        answer = client.files_upload_v2(
            content=drawing.png, filename=drawing.filename, title=drawing.title, alt_txt=drawing.alt
        )
        return str(answer["files"][0]["id"])
    except Exception:
        # The words say all that the picture shows.
        log.exception("a picture could not be uploaded", filename=drawing.filename)
        return None


def share_file(client: WebClient, content: bytes, filename: str, title: str, conversation: str) -> bool:
    """Return whether a file was put into a conversation."""
    try:
        client.files_upload_v2(content=content, filename=filename, title=title, channel=conversation)
    except Exception:
        # What goes with it says the same in words and links.
        log.exception("a file could not be shared", filename=filename)
        return False
    return True


def fetch_file(client: WebClient, file_id: str, *, max_bytes: int) -> bytes | None:
    """Return what is in a file that somebody uploaded, one byte more than `max_bytes` at most; None where it fails."""
    try:
        url = str(client.files_info(file=file_id)["file"]["url_private_download"])
        request = Request(url, headers={"Authorization": f"Bearer {client.token}"})  # noqa: S310 - Slack's own answer
        with urlopen(request, timeout=FETCH_TIMEOUT_SECONDS) as response:  # noqa: S310 - as above
            return bytes(response.read(max_bytes + 1))
    except Exception:
        # Whoever uploaded it is told, and may try again.
        log.exception("a file could not be fetched", file=file_id)
        return None


def is_ready(client: WebClient, file_id: str, sleep: Callable[[float], object]) -> bool:
    """Return whether a file can be shown, having waited for it a little."""
    for look in range(MAX_READY_CHECKS):
        if look:
            sleep(READY_CHECK_SECONDS)
        try:
            if client.files_info(file=file_id)["file"].get("mimetype"):
                return True
        except Exception:  # noqa: BLE001 - whatever it is, the next look may be better, and the text goes alone at worst
            log.info("a picture is not to be had yet", file=file_id)
    return False
