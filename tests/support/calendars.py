"""Calendar files as readers other than their writer understand them."""

import datetime as dt
import json
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import vobject

_READ = """
const ICAL = (m => m.default ?? m)(require("ical.js"))
const files = JSON.parse(require("fs").readFileSync(0, "utf8"))
const read = file => new ICAL.Component(ICAL.parse(file)).getAllSubcomponents("vevent").map(each => {
  const event = new ICAL.Event(each)
  return [event.uid, event.summary, event.startDate.toJSDate().toISOString(), event.endDate.toJSDate().toISOString()]
})
process.stdout.write(JSON.stringify(files.map(read)))
"""


class Seen(NamedTuple):
    """An event as a reader shows it."""

    uid: str
    title: str
    starts: dt.datetime
    ends: dt.datetime


def by_vobject(file: bytes) -> list[Seen]:
    """Return the events that vobject finds in a file."""
    return [
        Seen(
            each.uid.value,
            each.summary.value,
            each.dtstart.value.astimezone(dt.UTC),
            each.dtend.value.astimezone(dt.UTC),
        )
        for each in events(file)
    ]


def events(file: bytes) -> Any:
    """Return the events of a file as vobject's own."""
    return vobject.readOne(file.decode()).contents.get("vevent", [])


@cache
def has_ical_js() -> bool:
    """Return whether Node is here with the package ical.js, beside the tests or where NODE_PATH points."""
    node = shutil.which("node")
    return node is not None and subprocess.run([node, "-e", 'require("ical.js")'], capture_output=True).returncode == 0  # noqa: PLW1510, S603 - our own program


def by_ical_js(files: Sequence[bytes]) -> list[list[Seen]]:
    """Return the events that ical.js finds in each file."""
    given = json.dumps([file.decode() for file in files])
    ran = subprocess.run(["node", "-e", _READ], input=given, capture_output=True, text=True, check=True)  # noqa: S603, S607
    return [
        [
            Seen(uid, title, dt.datetime.fromisoformat(starts), dt.datetime.fromisoformat(ends))
            for uid, title, starts, ends in file
        ]
        for file in json.loads(ran.stdout)
    ]
