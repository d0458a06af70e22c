"""The demo: a local Slack in the browser with the real bot in it, beside a toy product and a story to walk through."""
