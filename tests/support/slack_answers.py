"""A small Slack behind real HTTP, with a memory and, by order, bad manners."""

import json
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ANSWERS: dict[str, tuple[int, bytes] | tuple[int, bytes, str]] = {
    "429": (429, b'{"ok": false, "error": "ratelimited"}', "7"),
    "500": (500, b"<html>upstream fell over</html>"),
    "malformed": (200, b'{"ok": tr'),
    "list": (200, b"[]"),
    "no_ts": (200, b'{"ok": true}'),
}
TOOK_EFFECT = {"", "slow", "cut_after", "malformed", "list", "no_ts", "500"}


@dataclass
class Slack:
    """What was posted, in order, and how the next calls are to go: `faults` strike one call each.

    One of `ANSWERS`, slow, cut_before, cut_after, or the name of an error. Those of `TOOK_EFFECT` post all the same.
    """

    faults: deque[str] = field(default_factory=deque)
    posts: list[dict[str, Any]] = field(default_factory=list)
    changes: list[dict[str, Any]] = field(default_factory=list)
    """What was put in the place of a post."""
    calls: int = 0
    uploads: list[bytes] = field(default_factory=list)
    refuses_files: bool = False
    unready: int = 0
    """So many looks at a file find it not ready."""
    url: str = ""
    slow: float = 0.0
    released: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def keys(self) -> list[str]:
        """The keys of what was posted."""
        with self.lock:
            return [post["metadata"]["event_payload"]["key"] for post in self.posts]

    def take(self, call: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """Answer a post, or a change of one: how it goes, and the answer if it goes well."""
        with self.lock:
            self.calls += 1
            fault = self.faults.popleft() if self.faults else ""
            if fault in TOOK_EFFECT:
                (self.changes if "ts" in call else self.posts).append(call)
            where = call["channel"].replace("U", "D", 1)  # a direct message has a conversation of its own
            return fault, {"ok": True, "ts": call.get("ts", f"{len(self.posts)}.000"), "channel": where}

    def file(self, path: str, body: bytes) -> dict[str, Any]:
        """Answer what concerns files: a place to upload to, the bytes, the file, what is known of it."""
        with self.lock:
            method, number = path.rsplit("/", 1)[-1], len(self.uploads)
            if method == "files.getUploadURLExternal":
                return {"ok": True, "upload_url": f"{self.url}upload", "file_id": f"F00000000{number}"}
            if method == "upload":
                self.uploads.append(body)
                return {"ok": True}
            if method == "files.completeUploadExternal":
                return {"ok": not self.refuses_files, "error": "odd", "files": [{"id": f"F00000000{number - 1}"}]}
            self.unready -= 1
            return {"ok": True, "file": {"mimetype": "" if self.unready >= 0 else "image/png"}}


@contextmanager
def local_slack() -> Iterator[Slack]:
    """Give a Slack that runs while it is held."""
    slack = Slack()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(slack))
    slack.url = f"http://127.0.0.1:{server.server_port}/api/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield slack
    finally:
        slack.released.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(slack: Slack) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if not self.path.endswith(("/chat.postMessage", "/chat.update")):
                self._answer(200, json.dumps(slack.file(self.path, body)).encode())
                return
            fault, answer = slack.take(json.loads(body))
            if slack.slow:
                time.sleep(slack.slow)
            if fault in {"cut_before", "cut_after"}:
                self.connection.close()
            elif fault == "slow":
                slack.released.wait(10)
            elif fault in ANSWERS:
                self._answer(*ANSWERS[fault])
            else:
                self._answer(200, json.dumps({"ok": False, "error": fault} if fault else answer).encode())

        def _answer(self, status: int, body: bytes, retry_after: str | None = None) -> None:
            self.send_response(status)
            if retry_after:
                self.send_header("Retry-After", retry_after)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - http.server's name
            pass

    return Handler
