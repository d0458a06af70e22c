"""Webinars in Slack: what whoever is invited sees and presses."""

from handlers.request import merge_routes
from handlers.webinars import calendar, overview, rsvp

ROUTES = merge_routes(calendar.ROUTES, overview.ROUTES, rsvp.ROUTES)
