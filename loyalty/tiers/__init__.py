"""Tiers: what a person, or a whole account, holds by what they earned over a time, or because somebody chose so.

`steps` decides, `earned` counts, `review` looks at everybody by the clock, `choice` is the account manager's, `told`
is what is said in private, `standing` what one sees of it.
"""
