"""Scenes of webinars on the desk: how an account manager comes to each listener, and what it is sure to say there."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace

from loyalty.people.people import find_person
from loyalty.webinars.changes import set_code
from sandbox.driver import Shown
from storage.database import OPERATOR
from tests.handlers.scenes import Act, Scene, acted, just
from tests.handlers.webinars.builders import announce, answer, report_of
from tests.support.languages import Stage
from tests.support.workspace import NOW

EARLIER = dt.datetime(2026, 3, 12, 9, 30)  # noqa: DTZ001 - a local time in Warsaw, an hour ago
SOON = dt.datetime(2026, 3, 12, 11, 0)  # noqa: DTZ001 - a local time in Warsaw, half an hour ahead: first on the list
WHAT = just("Why come? One sentence.")
TOLD = just("Whoever answered is told, with the reason.")
FILLED_IN = {
    "title": "XYZ Reports",
    "date": "2026-03-20",
    "time": "15:00",
    "minutes": "30",
    "link": "https://meet.orbit.example/r",
}


def begins(stage: Stage) -> Shown:
    """Return the window that says what is announced."""
    return stage.presses(stage.types("/desk", who="U_EWA"), "webinar_desk.new")


def opens_window(stage: Stage) -> Iterator[Shown]:
    yield begins(stage)


def types_new(stage: Stage) -> Iterator[Shown]:
    for spelling in ("new", "nowy", "새로"):
        form = stage.types(f"/webinars {spelling}", who="U_EWA")
        view = form if form.title else stage.town.driver.view("U_EWA")
        assert view is not None
        yield view
        stage.town.driver.closes(view)


def looks_for_a_zone(stage: Stage) -> Iterator[Shown]:
    form = begins(stage)
    assert stage.town.driver.suggestions(form, "webinar_desk.zone", "Europe/Wars") == ["Europe/Warsaw"]
    yield form


def says_what(stage: Stage) -> Iterator[Shown]:
    yield stage.submits(begins(stage), {**FILLED_IN, "title": f"XYZ {stage.number}"})


def previews(stage: Stage) -> Iterator[Shown]:
    for whom in says_what(stage):
        yield stage.submits(whom, {"accounts": [str(stage.town.accounts["northwind"])], "reach": "direct"})


def shows_preview(stage: Stage) -> Iterator[Shown]:
    """Yield what the preview says of itself: above the line stands what the invited read, in their own languages."""
    for preview in previews(stage):
        line = next(place for place, block in enumerate(preview.blocks) if block["type"] == "divider")
        yield replace(preview, raw={**preview.raw, "blocks": preview.blocks[line:]})


def sends(stage: Stage) -> Iterator[Shown]:
    for preview in previews(stage):
        yield stage.presses(preview, "webinar_desk.send")


def lists(stage: Stage) -> Shown:
    """Return the list of webinars."""
    return stage.presses(stage.types("/desk", who="U_EWA"), "webinar_desk.list")


def shows_list(stage: Stage) -> Iterator[Shown]:
    yield lists(stage)


def page(stage: Stage) -> Shown:
    """Return the page of a webinar that is for this scene alone."""
    key = f"k{stage.number}"
    announce(stage.town, key, local_start=SOON)
    found = stage.presses(lists(stage), "webinar_desk.open", key=f"#{key}")
    stage.town.database.write(OPERATOR, lambda session: set_code(session, key, "2468", author="manager:1", now=NOW))
    return found


def opens_page(stage: Stage) -> Iterator[Shown]:
    yield page(stage)


def on_page(action: str, value: str | None = None) -> Act:
    """Return the way to a button of a webinar's page."""

    def act(stage: Stage) -> Iterator[Shown]:
        given = f"k{stage.number}/{value}" if value else None
        yield stage.presses(page(stage), action, value=given)

    return act


def submitted(action: str, filled_in: Mapping[str, str], value: str | None = None) -> Act:
    """Return the way through a window of a webinar's page."""

    def act(stage: Stage) -> Iterator[Shown]:
        for window in on_page(action, value)(stage):
            yield stage.submits(window, dict(filled_in))

    return act


def once_read(stage: Stage) -> Shown:
    """Return what stands in the window once the report was read."""
    reading = stage.reader.say("*One moment:* the report is being read.")

    def look() -> Shown | None:
        shown = stage.town.driver.view("U_EWA")
        return None if shown is None or reading in shown.words else shown

    return stage.town.driver.waits_for(look)


def reads_report(stage: Stage) -> Iterator[Shown]:
    key, driver = f"k{stage.number}", stage.town.driver
    announce(stage.town, key, local_start=EARLIER)
    page = stage.presses(lists(stage), "webinar_desk.open", key=f"#{key}")
    form = stage.presses(page, "webinar_desk.more", value=f"{key}/attendance")
    report = report_of([("Pat 0", "p0@northwind.example")])
    assert driver.submits(form, {"report": [driver.uploads("U_EWA", "report.csv", report)]}) == {}
    yield once_read(stage)


def applies_report(stage: Stage) -> Iterator[Shown]:
    for preview in reads_report(stage):
        assert stage.town.driver.submits(preview) == {}
        yield once_read(stage)


def schedules(stage: Stage) -> Iterator[Shown]:
    for preview in previews(stage):
        form = stage.presses(preview, "webinar_desk.more")
        yield stage.submits(form, {"date": "2026-03-19", "time": "10:00"})


def marks(stage: Stage) -> Iterator[Shown]:
    key = f"k{stage.number}"
    stage.member()
    announce(stage.town, key, local_start=EARLIER)
    answer(stage.town, stage.external_id, "going", key=key)
    page = stage.presses(lists(stage), "webinar_desk.open", key=f"#{key}")
    yield stage.submits(stage.presses(page, "webinar_desk.more", value=f"{key}/mark"), {"person": whom(stage)})


def whom(stage: Stage) -> str:
    """Return the scene's person as the window that marks names them."""
    account = stage.town.accounts["northwind"]
    person = stage.town.database.read({account}, lambda session: find_person(session, account, stage.external_id)[0])
    return f"{account}/{person}"


SCENES: tuple[Scene, ...] = (
    Scene(kind="commands", id="/webinars", word="new", act=types_new, says=WHAT),
    acted("actions", "webinar_desk.new", opens_window, says=WHAT),
    acted("options", "webinar_desk.zone", looks_for_a_zone, says=WHAT),
    acted("views", "webinar_desk.what", says_what, says=just("Where do they hear of it?")),
    acted(
        "views",
        "webinar_desk.whom",
        shows_preview,
        says=just("Until you send it, nobody is told: it stays a draft on your desk."),
    ),
    acted("actions", "webinar_desk.send", sends, says=just("Only you see this.")),
    acted("actions", "webinar_desk.list", shows_list, says=just("*Webinars*", "Announce")),
    acted("actions", "webinar_desk.open", opens_page, says=just("Announced.", "Move it", "Cancel it")),
    acted("actions", "webinar_desk.move", on_page("webinar_desk.move"), says=TOLD),
    acted("actions", "webinar_desk.cancel", on_page("webinar_desk.cancel"), says=TOLD),
    acted(
        "actions",
        "webinar_desk.more",
        on_page("webinar_desk.more", "code"),
        says=just("*The code is {code}.* Say it while it runs; `/webinars here {code}` takes it.", code="2468"),
    ),
    acted(
        "views",
        "webinar_desk.moved",
        submitted("webinar_desk.move", {"date": "2026-03-24"}),
        says=just("Announced."),
    ),
    acted(
        "views",
        "webinar_desk.cancelled",
        submitted("webinar_desk.cancel", {"reason": "XYZ"}),
        says=just("*It is cancelled.* The reason: “{why}”", why="XYZ"),
    ),
    acted(
        "views",
        "webinar_desk.recording",
        submitted("webinar_desk.more", {"recording": "https://video.orbit.example/1"}, "recording"),
        says=just("*Noted.* Once it is over, the recording goes to who came, might have, or asked for it."),
    ),
    acted(
        "views",
        "webinar_desk.report",
        reads_report,
        says=just("Nothing is recorded until you press Apply; the same file twice changes nothing."),
    ),
    acted(
        "views",
        "webinar_desk.apply",
        applies_report,
        says=(
            lambda reader: reader.count(
                "*Recorded: {n} person came.* Thanks and points follow.",
                "*Recorded: {n} people came.* Thanks and points follow.",
                1,
            ),
        ),
    ),
    acted("views", "webinar_desk.schedule", schedules, says=just("Only you see this.")),
    acted("views", "webinar_desk.mark", marks, says=just("*Marked.* Points follow what you marked.")),
)
