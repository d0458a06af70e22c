"""A local Slack: a server that a Slack bot talks to as it would to Slack, and a page to talk to the bot.

It knows nothing of the bot. `server.create` builds it from a `seed.Seed`; `serve` runs it; `driver` acts as its people.
"""
