"""Names of Laurels' own events, which no door takes from outside."""

WEBINAR_ATTENDED = "Webinar Attended"
COURSE_COMPLETED = "Course Completed"
RESERVED_NAMES = frozenset(
    {
        WEBINAR_ATTENDED,
        COURSE_COMPLETED,
        "Survey Answered",
        "Research Taken Part",
        "Referral Advanced",
        "Idea Built",
        "Claim Verified",
    }
)
LAURELS_SOURCE = "laurels"
"""The source of Laurels' own events."""


def why_reserved(name: str, source: str) -> str:
    """Return why an event from outside is refused for its name or source; an empty text where it is not."""
    if name in RESERVED_NAMES:
        return f"the name {name!r} is of Laurels' own events: give yours another"
    if source == LAURELS_SOURCE:
        return f"the source {source!r} is of Laurels' own events: give yours another"
    return ""
