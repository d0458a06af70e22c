"""Points in Slack: the overview, the history, and corrections at the desk."""

from handlers.points import corrections, overview
from handlers.request import merge_routes

ROUTES = merge_routes(corrections.ROUTES, overview.ROUTES)
