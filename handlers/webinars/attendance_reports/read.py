"""The door: a report's bytes to its people."""

import csv
from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.webinars.attendance_reports.attendees import AttendeeMaker
from handlers.webinars.attendance_reports.errors import Reason, Refusal, ReportRefused
from handlers.webinars.attendance_reports.outcome import AttendanceReport
from handlers.webinars.attendance_reports.platform import platform_of
from handlers.webinars.attendance_reports.tables.decode import open_text
from handlers.webinars.attendance_reports.tables.gather import Gathered, gather
from handlers.webinars.attendance_reports.tables.merge import merge_tables
from handlers.webinars.attendance_reports.tables.people import People, Person
from handlers.webinars.attendance_reports.tables.sheet import Sheet
from handlers.webinars.attendance_reports.times.dates import Window, find_order
from handlers.webinars.attendance_reports.times.moments import resolve
from handlers.webinars.attendance_reports.times.shift import find_shift
from handlers.webinars.attendance_reports.times.spans import SpanReader


def read_report(data: bytes, *, starts: datetime, ends: datetime, zone: ZoneInfo) -> AttendanceReport:
    """Who was in the webinar from `starts` to `ends` (aware), and for how long, by the platform's own report.

    Its times have no zone: they are taken in the webinar's, or moved by `shift` where only another zone's clock makes
    them fit. Raises ReportRefused where the file is no such report, or one of another day.
    """
    window = Window(starts, ends, zone)
    sheet = Sheet(open_text(data))
    try:
        found = gather(sheet)
    except csv.Error:  # a cell longer than any: a quote was left open
        raise ReportRefused(Refusal(Reason.CUT_OFF, line=sheet.line)) from None
    people, tables = merge_tables(found)
    _check_people(people, tables, found)
    spans = _span_reader(people, tables, found, window)
    shift = find_shift((span for person in people for span in spans.read(person).spans), window)
    attendees = AttendeeMaker(spans, shift, found.reader.unread).attendees(people)
    return AttendanceReport(
        platform=platform_of(tables, found.tables),
        attendees=attendees,
        no_shows=sum(table.no_shows for table in tables),
        unread=tuple(found.reader.unread.first),
        unread_rows=found.reader.unread.count,
        shift=timedelta(seconds=shift),
    )


def _check_people(people: Sequence[Person], tables: Sequence[People], found: Gathered) -> None:
    """Refuse a file without a table of people, and one with nobody in it."""
    if people:
        return
    if not tables and found.empty_table is None:
        raise ReportRefused(Refusal(Reason.NO_TABLE))
    no_shows = sum(table.no_shows for table in tables)
    raise ReportRefused(Refusal(Reason.NOBODY, line=found.empty_table, count=no_shows))


def _span_reader(people: Sequence[Person], tables: Sequence[People], found: Gathered, window: Window) -> SpanReader:
    """What reads people's times, once it is known which number of a date is the day."""
    written = found.reader.instants.found
    dates = {instant.date for instant in written if instant.date} or found.elsewhere
    order = find_order(dates, found.elsewhere | found.beside, window)
    exact = any(table.columns.exact for table in tables)
    return SpanReader(people, resolve(written, order, window), window, exact=exact)
