"""Boards in Slack: the leaderboard, and seasons at the desk."""

from handlers.boards import leaderboard, seasons
from handlers.request import merge_routes

ROUTES = merge_routes(leaderboard.ROUTES, seasons.ROUTES)
