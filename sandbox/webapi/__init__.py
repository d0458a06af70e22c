"""Slack's Web API: a family of methods a file, `methods` lists them all."""
