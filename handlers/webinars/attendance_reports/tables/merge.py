"""The people of a report out of its tables: which tables count, and which of two says more."""

from collections.abc import Sequence

from handlers.webinars.attendance_reports.cells.names import name_key
from handlers.webinars.attendance_reports.tables.columns import ABSENT
from handlers.webinars.attendance_reports.tables.gather import Gathered
from handlers.webinars.attendance_reports.tables.people import People, Person


def merge_tables(found: Gathered) -> tuple[list[Person], list[People]]:
    """Everybody in the report, once each, and the tables they were taken from."""
    tables = _without_summary(found)
    sections = [people for people in tables if people.columns.attended != ABSENT]
    if sections:  # hosts, panelists and attendees of a Zoom webinar
        return list(_all(sections).values()), sections
    details = [people for people in tables[1:] if people.columns.has_stays]
    if details:  # joins of a Teams meeting, a row each, behind a row a person
        return _by_details(tables[0], details[-1]), [tables[0], details[-1]]
    return [person for people in tables[:1] for person in people.values()], tables[:1]


def _without_summary(found: Gathered) -> list[People]:
    """The tables of people without the row about the meeting itself with which Zoom begins."""
    if not found.first_is_people or found.people[0].rows != 1 or found.tables < 2:
        return found.people
    return found.people[1:]


def _all(sections: Sequence[People]) -> dict[str, Person]:
    everybody: dict[str, Person] = {}
    for people in sections:
        for key, person in people.items():
            if key in everybody:
                everybody[key].add(person)
            else:
                everybody[key] = person
    return everybody


def _by_details(summary: People, details: People) -> list[Person]:
    """Everybody in either; whoever has joins goes by these, and has the e-mail and the role of the summary."""
    rest: dict[str, Person] = dict(details)
    everybody = []
    for key, person in summary.items():
        by_name = name_key(person.name)
        detailed = rest.pop(key, None) or rest.pop(by_name, None)
        if detailed is not None:
            person.flat_stays = detailed.flat_stays or person.flat_stays
        everybody.append(person)
    return everybody + list(rest.values())
