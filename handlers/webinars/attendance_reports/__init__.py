"""Who was in a webinar and for how long, from the report of Teams, Zoom, Google Meet or Webex: bytes to values."""

from handlers.webinars.attendance_reports.errors import Reason, Refusal, ReportRefused
from handlers.webinars.attendance_reports.outcome import AttendanceReport, Attendee, Platform, Role, Unread, UnreadRow
from handlers.webinars.attendance_reports.read import read_report
from handlers.webinars.attendance_reports.union import Interval, union, union_minutes

__all__ = [
    "AttendanceReport",
    "Attendee",
    "Interval",
    "Platform",
    "Reason",
    "Refusal",
    "ReportRefused",
    "Role",
    "Unread",
    "UnreadRow",
    "read_report",
    "union",
    "union_minutes",
]
