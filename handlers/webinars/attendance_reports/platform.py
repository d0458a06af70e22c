"""Whose report it is, by what its tables have and others have not."""

from collections.abc import Sequence

from handlers.webinars.attendance_reports.outcome import Platform
from handlers.webinars.attendance_reports.tables.columns import ABSENT
from handlers.webinars.attendance_reports.tables.people import People


def platform_of(tables: Sequence[People], all_tables: int) -> Platform:
    """Zoom has plain minutes, or says who attended; Meet one table and no date; Webex its own columns; else Teams."""
    columns = [table.columns for table in tables]
    if any(column.webex for column in columns):
        return Platform.WEBEX
    if any(column.duration_is_number or column.attended != ABSENT for column in columns):
        return Platform.ZOOM
    has_times = any(column.duration != ABSENT or column.has_stays for column in columns)
    if all_tables == 1 and has_times and not any(column.has_date for column in columns):
        return Platform.MEET
    return Platform.TEAMS
