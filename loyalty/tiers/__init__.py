"""Tiers: what a person, or a whole account, holds by what they earned over a time, or because somebody chose so.

`loyalty.tier_rules` decides, `qualifying_points` counts, `review` reassesses everybody by the clock, `override` is the
account manager's choice, `notices` is what is said in private, `progress` what a person sees of it.
"""
