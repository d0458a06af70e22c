"""An account's people at the desk: the roster, and linking who was not matched."""

from handlers.people import link, roster
from handlers.request import merge_routes

ROUTES = merge_routes(link.ROUTES, roster.ROUTES)
