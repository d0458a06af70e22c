"""Rewards in Slack: the catalogue and redeeming; at the desk approvals, gifts, the VIP club and an account's terms."""

from handlers.request import merge_routes
from handlers.rewards import account_terms, approvals, catalogue, gifts, goals, redeem, vip

ROUTES = merge_routes(
    account_terms.ROUTES, approvals.ROUTES, catalogue.ROUTES, gifts.ROUTES, goals.ROUTES, redeem.ROUTES, vip.ROUTES
)
