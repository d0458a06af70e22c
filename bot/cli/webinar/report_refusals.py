"""Why an attendance report is not taken, as whoever typed the command reads it."""

from handlers.webinars.attendance_reports import Reason, Refusal


def refusal_words(refusal: Refusal) -> str:
    """Return what is wrong with a report, where, and what would be right."""
    where = f"line {refusal.line}: " if refusal.line else ""
    dates = " or ".join(f"{day}" for day in refusal.dates)
    words = {
        Reason.EMPTY: "the file is empty: export the report again",
        Reason.TOO_LARGE: f"it has {refusal.count or 0:,} bytes: at most {refusal.limit or 0:,} are read",
        Reason.TOO_MANY_ROWS: f"it has more than {refusal.limit or 0:,} rows",
        Reason.ANOTHER_FORMAT: f"it is {refusal.found}, and a report is text: export it as CSV",
        Reason.NO_TABLE: "nothing in it is a table of people: it wants the attendance report of Teams, Zoom,"
        " Google Meet or Webex, as CSV",
        Reason.CUT_OFF: "a quote that is opened there is never closed: the file is cut off, export it again",
        Reason.NOBODY: "its table names nobody who came" + (f", {refusal.count} registered" if refusal.count else ""),
        Reason.UNREADABLE_TIMES: f"`{refusal.found}` looks like a time and cannot be read",
        Reason.DAY_OR_MONTH: f"a date may mean {dates}, and neither is the webinar's, {refusal.expected}",
        Reason.ANOTHER_DAY: f"it is of {dates}, and the webinar was on {refusal.expected}: is it another one's?",
        Reason.ANOTHER_TIME: f"it is of that day, {refusal.expected}, but of another time: is it another webinar's?",
    }
    return f"{where}{words[refusal.reason]}"
