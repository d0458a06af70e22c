"""Webinars in Slack: what whoever is invited sees and presses; what account managers announce and change."""

from handlers.request import merge_routes
from handlers.webinars import announce, attendance, calendar, desk, overview, rsvp

ROUTES = merge_routes(announce.ROUTES, attendance.ROUTES, calendar.ROUTES, desk.ROUTES, overview.ROUTES, rsvp.ROUTES)
