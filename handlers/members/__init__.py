"""Members in Slack: joining, settings, and which account is meant."""

from handlers.members import account_choice, join, settings
from handlers.request import merge_routes

ROUTES = merge_routes(account_choice.ROUTES, join.ROUTES, settings.ROUTES)
